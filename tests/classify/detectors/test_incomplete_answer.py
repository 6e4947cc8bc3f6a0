"""Incomplete answer: the model never says what the gold's answer claims."""

from spectool.classify.classify import classify
from tests.classify.build import outcome, tables, trajectory
from tests.classify.detectors.test_wrong_answer import told

LAST = "$.turns[1]"
FLAGGED = {
    "a value that is nowhere said": (told("Your flight is booked.", "327"), [(LAST, "claim", "candidate")]),
    "one claim of two": (told("It costs 120.", "departs 9", "costs 120"), [(LAST, "claim", "candidate")]),
    "a word that is nowhere said": (told("You may fly tomorrow.", "refundable"), [(LAST, "claim", "candidate")]),
}
CLEAN = {
    "every claim": told("It departs at 9 and costs 120.", "departs 9", "costs 120"),
    "thousands": told("It comes to 1,250 euros.", "1250"),
    "in words": told("There are three of them.", "3"),
    "over several turns": (
        '{"turns": ["?", {"say": "It costs 120."}, "and when?", {"say": "At 9."}], "gold": [], "mode": "required", "answer": ["costs 120", "9"]}'  # noqa: E501
    ),
    "a claim that is contradicted is wrong, not missing": told("The total is 45.", "the total is 40"),
    "no claims": '{"turns": ["?", {"say": "Done."}], "gold": []}',
    "nothing said at all": '{"turns": ["?", [{"get_time": {"city": "Paris"}}]], "gold": [], "mode": "required", "answer": ["9"]}',
}

CLEAN["the engine failed before the answer"] = (
    '{"turns": ["?", [{"get_time": {"city": "Paris"}}], {"say": "Error: 429", "finish": "error"}], "gold": [], "mode": "required",'
    ' "answer": ["9"]}'
)
CLEAN["the answer was cut"] = '{"turns": ["?", {"say": "It is", "finish": "length"}], "gold": [], "mode": "required", "answer": ["9"]}'

test_flagged, test_clean = tables("incomplete_answer", FLAGGED, CLEAN)


def test_the_claims_are_the_opportunities():
    assert outcome(told("It costs 120.", "departs 9", "costs 120"), "incomplete_answer").assessed == 2


def test_a_candidate_is_never_primary_and_decides_nothing():
    verdict = classify(trajectory(told("Done.", "327")))
    assert [f.primary for found in verdict.outcomes for f in found.findings] == [False]
    assert verdict.passed is True
