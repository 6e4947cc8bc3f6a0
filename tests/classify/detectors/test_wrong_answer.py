"""Wrong answer: the model's answer contradicts a claim of the gold's."""

from tests.classify.build import charged, outcome, tables


def told(say: str, *claims: str) -> str:
    answer = ", ".join(f'"{claim}"' for claim in claims)
    return f'{{"turns": ["?", {{"say": "{say}"}}], "gold": [], "mode": "required", "answer": [{answer}]}}'


LAST = "$.turns[1]"
FLAGGED = {
    "another figure for the same thing": (told("The total is 45.", "the total is 40"), [(LAST, "claim", "candidate")]),
    "in one sentence of several": (
        told("I looked it up. Your flight leaves at 9. The ticket costs 120 euros.", "the ticket costs 210 euros"),
        [(LAST, "claim", "candidate")],
    ),
    "one of two claims": (told("It costs 120 euros and leaves at 10.", "costs 120 euros", "leaves 9"), [(LAST, "claim", "candidate")]),
}
CLEAN = {
    "the claim in its own words": told("The total is 40.", "the total is 40"),
    "the figure written otherwise": told("The total is 1,250 euros.", "total 1250"),
    "the figure in words": told("The total is forty.", "the total is 40"),
    "another figure for another thing": told("Your table is number 45. The total is 40.", "the total is 40"),
    "nothing said of it": told("Done.", "the total is 40"),
    "a value alone can be missing, not contradicted": told("It is 45.", "40"),
    "no claims": '{"turns": ["?", {"say": "The total is 45."}], "gold": []}',
    "nothing said at all": '{"turns": ["?", [{"get_time": {"city": "Paris"}}]], "gold": [], "mode": "required", "answer": ["the total is 40"]}',  # noqa: E501
}

test_flagged, test_clean = tables("wrong_answer", FLAGGED, CLEAN)


def test_without_claims_it_is_skipped():
    assert "judge" in outcome('{"turns": ["?", {"say": "Hi."}]}', "wrong_answer").skipped


def test_a_contradicted_claim_is_not_missing_too():
    assert charged(told("The total is 45.", "the total is 40")) == [("wrong_answer", LAST, "claim", "candidate")]
