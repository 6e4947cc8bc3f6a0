"""Per model and pattern: harm, rewards, systemic hints, examples, intervals by task."""

from __future__ import annotations

import pytest

from spectool.classify.taxonomy import load
from spectool.model import Outcome
from spectool.results.interval import Rate
from spectool.results.store import open_folder
from spectool.results.summarise import SYSTEMIC, summarise_models
from spectool.results.summary import Harm


@pytest.fixture
def models(tmp_path, make):
    """Writes trajectories (made from keyword fields and findings) and sums them up."""

    def sum_up(*rows):
        made = []
        for number, (fields, findings, passed) in enumerate(rows):
            one = make.trajectory(number, **fields)
            errors = sorted({each.error for each in findings} | {"IAV"}, key=load().order)
            outcomes = [
                Outcome(error=error, assessed=2, findings=tuple(each for each in findings if each.error == error)) for error in errors
            ]
            made.append((one, make.verdict(one, *outcomes, passed=passed)))
        make.write(tmp_path / "demo", made)
        opened = open_folder(tmp_path / "demo")
        try:
            return opened.summary().models
        finally:
            opened.close()

    return sum_up


def test_every_systemic_subtype_is_of_the_taxonomy():
    known = {f"{error.code}.{subtype.code}" for error in load().errors for subtype in error.subtypes} | set(load().positions)
    assert known >= SYSTEMIC


def test_harm_is_by_reward_where_there_is_one_else_by_our_verdict(models, make):
    slip = [make.finding("IAV", "other")]
    (model,) = models(({"reward": 1.0}, slip, False), ({"reward": 0.5}, slip, True), ({}, slip, False), ({}, slip, None), ({}, [], True))
    assert model.patterns[0].failed_with == Harm(decided=3, failed=2)


def test_recall_and_false_alarms_are_by_reward_and_by_task(models, make):
    core, beyond, event = (
        make.finding("IAV", "other"),
        make.finding("extra_call", "unmatched", level="extended"),
        make.finding("tool_error", "error_reply", level="event"),
    )
    (model,) = models(
        ({"reward": 0.0}, [core], None),
        ({"reward": 0.0}, [beyond], None),
        ({"reward": 0.0}, [event], None),
        ({"reward": 1.0}, [beyond], None),
        ({"reward": 1.0}, [], None),
    )
    assert model.reward is not None
    rates = (model.reward.recall, model.reward.false_alarms, model.reward.core_recall, model.reward.core_false_alarms)
    assert (model.reward.failing, model.reward.passing) == (3, 2)
    assert [(rate.count, rate.n) for rate in rates] == [(2, 3), (1, 2), (1, 3), (0, 2)]


@pytest.mark.parametrize(
    ("hit", "of", "subtype", "hinted"),
    [
        pytest.param(21, 40, "wrapped", True, id="most of forty failing trajectories"),
        pytest.param(20, 40, "wrapped", False, id="exactly half is not most"),
        pytest.param(19, 19, "wrapped", False, id="too few to say"),
    ],
)
def test_one_subtype_behind_most_failures_is_a_hint_at_the_harness(models, make, hit, of, subtype, hinted):
    (model,) = models(*(({}, [make.finding("IFE", subtype)] if number < hit else [], False) for number in range(of)))
    expected = (
        f"IFE.{subtype} is in {hit} of {of} failing trajectories: likely harness or parser fault; look at some before blaming the model"
    )
    assert model.systemic == ((expected,) if hinted else ())


def test_a_wrong_value_is_no_fault_of_a_harness(models, make):
    (model,) = models(*(({}, [make.finding("IAV", "other")], False) for _ in range(30)))
    assert model.systemic == ()


def test_the_example_is_a_proven_finding_where_there_is_one(models, make):
    found = [
        [make.finding("IAV", "ungrounded", tier="candidate", message="first")],
        [make.finding("IAV", "unexpected", tier="likely", message="second")],
        [make.finding("IAV", "other", message="third")],
    ]
    (model,) = models(*(({}, each, None) for each in found))
    (pattern,) = model.patterns
    assert pattern.example is not None
    assert (pattern.example.message, pattern.example.id) == ("third", "task-2")
    assert (pattern.findings, pattern.candidates, pattern.subtypes) == (2, 1, {"other": 1, "unexpected": 1})


def test_samples_of_one_task_are_no_independent_trials(models, make):
    rows = [
        ({"task": f"q-{number // 4}", "sample": number % 4}, [make.finding("IAV", "other")] if number < 48 else [], None)
        for number in range(96)
    ]
    (model,) = models(*rows)
    rate = model.patterns[0].per_trajectory
    assert (model.tasks, rate.count, rate.n, rate.rate, rate.method) == (24, 48, 96, 0.5, "bootstrap by task")
    # 24 tasks that are each wholly wrong or wholly right: as wide as 24 trials, twice as wide as 96.
    assert rate.high - rate.low == pytest.approx(0.39, abs=0.04)


def test_a_pattern_that_was_never_judged_has_no_rate(models, make, tmp_path):
    one = make.trajectory(0)
    make.write(tmp_path / "other", [(one, make.verdict(one, Outcome(error="IAC", skipped="no gold")))])
    opened = open_folder(tmp_path / "other")
    (pattern,) = opened.summary().models[0].patterns
    opened.close()
    assert (pattern.judged, pattern.per_trajectory, pattern.skipped) == (0, Rate(count=0, n=0), {"no gold": 1})


def test_an_empty_slice_has_no_models(results):
    with results._connection.cursor() as cursor:
        assert summarise_models(cursor, "t.model = ?", ["nobody"]) == ()
