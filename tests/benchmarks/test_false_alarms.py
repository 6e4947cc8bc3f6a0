"""Runs that passed and failed, blamed or not: counted by mode, by pattern, and with intervals over tasks."""

from __future__ import annotations

import pytest

from benchmarks import false_alarms
from benchmarks.false_alarms import Runs, blames, by_cause, by_mode, by_pattern, has_passed, never
from benchmarks.loading import gap, listed, rate, shown, table
from spectool.model import Call, Expected, ExpectedCall, Finding, Gold, Message, Result, Step, Trajectory
from tests.classify.build import CATALOGUE


def made(key: str, *calls: Call, reward: float | None = None, **more: object) -> Trajectory:
    """A run that should cancel order 7."""
    gold = Gold(paths=((ExpectedCall(name="cancel_order", arguments={"order_id": Expected(values=(7,))}),),), mode="writes")
    fields = {"task": "t", "gold": gold, "meta": {"category": "simple", "language": "python"}} | more
    turns = (Message(role="user", content="Cancel order 7"), *(Step(calls=(call,)) for call in calls))
    return Trajectory(key=key, id=key, tool_sets=(tuple(CATALOGUE.values()),), turns=turns, reward=reward, **fields)


CANCEL, OTHER = Call(name="cancel_order", arguments={"order_id": 7}), Call(name="cancel_order", arguments={"order_id": 8})
LOOK, UNKNOWN = Call(name="get_time", arguments={"city": "Rome"}, result=Result(content="noon")), Call(name="fetch", arguments={})
PASSED, LOOKED = made("passed", CANCEL, reward=1.0), made("looked", LOOK, CANCEL, reward=1.0, task="u")
FAILED, BROKEN = made("failed", OTHER, reward=0.0), made("broken", UNKNOWN, reward=0.0, task="u")
RUNS = Runs("made", (PASSED, LOOKED, FAILED, BROKEN, made("unjudged", CANCEL)), clean=True)


def test_a_mode_that_charges_reads_blames_a_passing_run_and_writes_does_not():
    text = by_mode(RUNS)
    assert "n = 2 failing and 2 passing runs with gold." in text
    cells = {line.split(" | ")[0].strip("| "): [cell.split(" %")[0] for cell in line.split(" | ")[4:6]] for line in text.splitlines()}
    assert cells["exact"] == ["100", "50"]
    assert cells["writes"] == ["100", "0"]
    assert "The widest gap, extended patterns included, has" in text


def test_patterns_are_counted_by_failing_and_passing_runs():
    lines = by_pattern(RUNS).splitlines()
    assert "| IFN.invented | certain | agent | 1 | 1 | 0 |" in lines
    told = by_cause(RUNS)
    assert "| IFN | 1 of 2 = 50 %" in told
    assert "- 2 × nothing" in told
    assert told.endswith("Failing runs that nothing certain blames: 0.")


def test_what_the_tools_accepted_is_never_to_be_found():
    assert [line.partition(" expected")[0] for line in never(RUNS)] == ["broken $.turns[1].calls[0]: IFN.invented:"]


def found(error: str = "IAV", subtype: str = "other", **more: object) -> Finding:
    fields: dict[str, object] = {"error": error, "subtype": subtype, "level": "core", "path": "$.turns[1].calls[0].arguments.a"} | more
    return Finding(**fields)  # type: ignore[arg-type]


BLAMES = {
    "a certain finding of the seven": (found(), ("core",), True),
    "an unsure one": (found(tier="likely"), ("core",), False),
    "one that blames the task": (found(fault="task"), ("core",), False),
    "one of another level": (found("extra_call", "unmatched", level="extended"), ("core",), False),
    "one of a level asked for": (found("extra_call", "unmatched", level="extended"), ("core", "extended"), True),
}


@pytest.mark.parametrize(("finding", "levels", "blamed"), BLAMES.values(), ids=list(BLAMES))
def test_a_finding_blames(finding, levels, blamed):
    assert blames([finding], levels) is blamed
    assert not blames([finding], levels, ["IFN"])


@pytest.mark.parametrize(("reward", "passed"), [(1.0, True), (0.5, False), (None, False)])
def test_a_run_passes_by_its_reward(reward, passed):
    assert has_passed(made("k", reward=reward)) is passed


def test_a_gap_is_the_difference_of_two_rates_over_the_same_tasks():
    left, right = [(f"t{n}", n % 4 > 0) for n in range(40)], [(f"t{n}", n % 4 == 0) for n in range(40)]
    middle, low, high = gap(left, right)
    assert middle == 0.5
    assert 0 < low < 0.5 < high < 1
    assert gap([("a", True)], []) == (1.0, 1.0, 1.0)


def test_figures_are_written_with_their_numbers():
    assert shown(rate([("a", True), ("b", False)]), 0) == "1 of 2 = 50 % (9–91)"
    assert shown(rate([])) == "–"
    assert table(("a", "n"), [("x|y", 1)], 1) == "| a | n |\n|---|--:|\n| x\\|y | 1 |"
    assert listed({"b": 1, "a": 3, "c": 1}, 2) == "- 3 × a\n- 1 × b\n- … and 1 more kinds, 1 cases"
    assert listed({}, 2) == "- none"


@pytest.mark.slow
def test_published_runs_hold_no_certain_slip_that_their_tools_accepted(shared_data, capsys):
    assert false_alarms.main([str(shared_data)]) == 0
    assert capsys.readouterr().out.count("Certain IFN, IAN, IAT, IFE: 0.") == 2
