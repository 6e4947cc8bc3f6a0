"""ToolScan's accuracies: the paper's formulas over our findings, and where the agent counts as finished."""

from __future__ import annotations

import json
from typing import Any

import pytest

from spectool.classify.classify import classify
from spectool.classify.compat.ruling import METRICS
from spectool.classify.compat.toolscan import SEVEN, finished, rule
from spectool.classify.taxonomy import load
from spectool.model import Finding, Gold, Outcome, Step, Trajectory, Verdict
from tests.classify.build import trajectory

PARIS = {"get_weather": '{"city": "Paris"}'}  # as an API's text, whose format can be judged
ROME = {"get_weather": '{"city": "Rome"}'}
DUE_PARIS = {"get_weather": {"city": "Paris"}}
DUE_ROME = {"get_weather": {"city": "Rome"}}
CLEAN = dict.fromkeys(METRICS, 1.0)


def scores(raw: dict[str, Any]) -> dict[str, float]:
    made = trajectory(json.dumps(raw))
    return {name: round(score, 6) for name, score in rule(made, classify(made)).scores.items()}


def without(code: str, score: float) -> dict[str, float]:
    """All clean but for one pattern."""
    return {**CLEAN, code: score, "success": round((6 + score) / 7, 6)}


SCORED: dict[str, tuple[dict[str, Any], dict[str, float]]] = {
    "the gold call": ({"turns": ["?", [PARIS]], "gold": [DUE_PARIS]}, CLEAN),
    "no call where none is due": ({"turns": ["?", {"say": "Which city?"}], "gold": []}, CLEAN),
    "one of two gold calls": ({"turns": ["?", [PARIS]], "gold": [DUE_PARIS, DUE_ROME], "mode": "unordered"}, without("IAC", 0.5)),
    "a gold call that does not bind": ({"turns": ["?", {"say": "18C."}], "gold": [DUE_PARIS], "mode": "writes"}, CLEAN),
    "a wrong value": ({"turns": ["?", [ROME]], "gold": [DUE_PARIS]}, without("IAV", 0.9)),
    "a missing required argument counts under names": ({"turns": ["?", [{"get_weather": "{}"}]], "gold": [DUE_PARIS]}, without("IAN", 0.9)),
    "an unknown argument": ({"turns": ["?", [{"get_weather": '{"city": "Paris", "mood": 1}'}]], "gold": [DUE_PARIS]}, without("IAN", 0.9)),
    "an unknown function": ({"turns": ["?", [{"weather_of": '{"city": "Paris"}'}]], "gold": [DUE_PARIS]}, without("IFN", 0.9)),
    "a call repeated in its batch": ({"turns": ["?", [PARIS, PARIS]], "gold": [DUE_PARIS]}, without("RAC", 0.9)),
}


@pytest.mark.parametrize(("raw", "expected"), SCORED.values(), ids=SCORED)
def test_accuracies(raw, expected):
    assert scores(raw) == expected


def test_patterns_that_could_not_be_judged_have_no_accuracy_and_leave_no_success():
    made = trajectory(json.dumps({"turns": ["?", [PARIS]]}))
    found = rule(made, classify(made))
    assert "IAC" not in found.scores
    assert "success" not in found.scores
    assert found.reason == "no success: IAC could not be judged"
    assert (found.passed, found.label) == (None, None)


def verdict(**errors: int) -> Verdict:
    """So many findings of each pattern of the seven."""
    outcomes = []
    for code in (*SEVEN, "budget_limit"):
        finding = Finding(error=code, subtype="other", level="core" if code in SEVEN else "extended")
        outcomes.append(Outcome(error=code, assessed=1, findings=(finding,) * errors.get(code, 0)))
    return Verdict(key="k", passed=None, outcomes=tuple(outcomes))


DUE = Gold(paths=((),))


def test_more_errors_than_steps_leave_nothing():
    made = Trajectory(key="k", id="t", turns=(Step(),), gold=DUE)
    assert rule(made, verdict(IAV=12, IFE=10)).scores == {**CLEAN, "IAV": 0.0, "IFE": 0.0, "success": 5 / 7}


def test_candidates_and_others_faults_are_no_errors():
    made = Trajectory(key="k", id="t", turns=(Step(),), gold=DUE)
    unsure = Finding(error="IAV", subtype="other", level="core", tier="candidate")
    excused = Finding(error="IAV", subtype="other", level="core", fault="task")
    judged = tuple(Outcome(error=code, findings=(unsure, excused) if code == "IAV" else ()) for code in SEVEN)
    assert rule(made, Verdict(key="k", passed=None, outcomes=judged)).scores == CLEAN


ANSWERED = [{"get_weather": {"city": "Paris"}, "->": "18C"}]
ENDS = {
    "an answer": (["?", [PARIS], {"tool": "18C"}, {"say": "It is 18C."}], True),
    "a single turn of calls": (["?", [PARIS]], True),
    "calls whose replies are known": (["?", ANSWERED, ANSWERED], True),
    "a call that still waits": (["?", [PARIS], {"tool": "18C"}, [ROME]], False),
    "a length stop": (["?", {"say": "It is", "finish": "length"}], False),
    "an error of the engine": (["?", {"say": "", "finish": "error"}], False),
    "nothing said": (["?"], False),
}


@pytest.mark.parametrize(("turns", "end"), ENDS.values(), ids=ENDS)
def test_the_agent_finished_unless_it_was_stopped(turns, end):
    made = trajectory(json.dumps({"turns": turns, "gold": []}))
    assert finished(made, Verdict(key="k", passed=None, outcomes=())) is end


def test_no_success_for_a_run_that_was_stopped():
    made = Trajectory(key="k", id="t", turns=(Step(),), gold=DUE)
    assert rule(made, verdict(budget_limit=1)).scores == {**CLEAN, "success": 0.0}


def test_the_metrics_are_the_seven_in_the_order_of_the_taxonomy_and_success():
    core = tuple(error.code for error in load().errors if error.level == "core")
    assert sorted(METRICS) == sorted((*core, "success"))
