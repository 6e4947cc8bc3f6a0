"""The agent that errs on purpose: what it plants is found, exactly; what it does after a refused call is planted too; the seed decides."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.erring import ABSENT, RATES, kind_of
from spectool.benchmark.agreement import agreement
from spectool.benchmark.draft import Planted
from spectool.benchmark.erring import each_subtype, erring
from spectool.benchmark.generate import generate
from spectool.benchmark.slips.in_worlds import BY_CONDUCT, IN_WORLDS
from spectool.benchmark.slips.registry import SLIPS
from spectool.benchmark.templates.registry import BOOKS
from spectool.environments.episode import world
from spectool.environments.episode.world import StaleWorld
from spectool.model import Expected, ExpectedCall, Gold, Message, Task
from tests.benchmark.toy import TOY

KINDS = ("one_constraint", "several_constraints", "multi_step", "state_changing", "parallel", "missing_information", "dialogue")


def some(number: int, seed: int = 0) -> list[Task]:
    """As many fresh tasks of each kind."""
    return [task for kind in KINDS for task in generate(BOOKS, "dev", number, seed=seed, kinds=[kind])]


@pytest.fixture
def toy(monkeypatch):
    """The toy environment is the only one there is."""
    monkeypatch.setattr(world, "environment", {TOY.name: TOY}.__getitem__)


def due(name, turn=0, **values):
    return ExpectedCall(name=name, arguments={key: Expected(values=(value,)) for key, value in values.items()}, turn=turn)


def task(*path, mode="required", answer=(), **meta):
    gold = Gold(paths=(path,), mode=mode, answer=answer)
    asks = Message(role="user", content="Which books stand in the north, and how long is B3?")
    return Task(id="t", tool_sets=(TOY.tools,), messages=(asks,), gold=gold, meta={"world": {"toy": TOY.version}, **meta})


BOTH = (due("find_books", shelf="north"), due("get_book", book_id="B3"))


def script(trajectory):
    """Who says what: the user's words, the model's words, and its calls with whether they worked."""
    return [
        turn.content
        if isinstance(turn, Message)
        else [(call.name, call.arguments, not call.result.is_error) for call in turn.calls] or turn.text
        for turn in trajectory.turns[1:]
        if not (isinstance(turn, Message) and turn.role == "tool")
    ]


def run(name, feedback="options", of=None, *, steps):
    """The first run with that slip, of so many steps, in structured calls and ended in words."""
    for seed in range(60):
        for found in each_subtype(of or task(*BOTH, answer=("103",)), seed=seed, feedback=feedback, names=[name]):
            request = found.trajectory.request
            if request.dialect is None and request.finish is None and len(script(found.trajectory)) == steps:
                return found
    raise AssertionError(f"no run of {steps} steps with {name}")


@pytest.mark.parametrize("feedback", ["off", "options"])
def test_all_that_is_planted_is_found_and_nothing_else(feedback):
    runs = [found for each in some(2) for found in each_subtype(each, feedback=feedback)]
    assert len(runs) > 300
    assert {found.trajectory.id: held for found in runs if not (held := agreement(found)).is_exact} == {}


@pytest.mark.parametrize("feedback", ["off", "error", "options"])
def test_many_slips_at_once_are_all_found_and_nothing_else(feedback):
    runs = list(erring(some(6), {name: min(1.0, 2 * rate) for name, rate in RATES.items()}, feedback=feedback, seed=3))
    assert {found.trajectory.id: held for found in runs if not (held := agreement(found)).is_exact} == {}
    assert max(len(found.slips) for found in runs) > 1


@pytest.mark.slow
def test_every_subtype_finds_a_place_and_is_found():
    runs = [found for each in some(12, seed=1) for found in each_subtype(each)]
    seen = {f"{found.error}.{found.subtype}" for each in runs for found in each.planted}
    names = {slip.name for slip in SLIPS}
    assert sorted(names - seen - ABSENT.keys()) == []
    assert Counter(agreement(found).is_exact for found in runs)[False] == 0


def test_every_slip_is_planted_or_follows_from_conduct():
    assert {slip.name for slip in IN_WORLDS} | BY_CONDUCT.keys() == {slip.name for slip in SLIPS}
    assert not {slip.name for slip in IN_WORLDS} & BY_CONDUCT.keys()


def test_a_refused_call_is_mended_where_the_world_says_what_is_wrong(toy):
    found = run("IAV.missing_required", steps=4)
    first, second = [("find_books", {"shelf": "north"}, True)], [("get_book", {"book_id": "B3"}, True)]
    wrong = [("get_book", {}, False)]
    if found.planted[0].path.startswith("$.turns[1]"):
        first, second, wrong = [("find_books", {}, False)], first, second
        assert script(found.trajectory) == [first, second, wrong, "103."]
    else:
        assert script(found.trajectory) == [first, wrong, second, "103."]
    assert [(each.error, each.subtype, each.tier) for each in found.planted] == [
        ("IAV", "missing_required", "certain"),
        ("tool_error", "error_reply", "certain"),
    ]


def test_without_feedback_it_may_give_up_and_what_was_due_is_missing(toy):
    found = run("unrecovered_error.gave_up", "off", steps=2)
    (calls, words) = script(found.trajectory)
    assert (calls[0][0] == "find_books", calls[0][2], words) == (True, False, "I could not finish this: the tool reported an error.")
    late = [each for each in found.planted if each.error not in ("IFN", "IAN", "IAT", "IAV")]
    assert late == [
        Planted(error="IAC", subtype="stopped_early", path="$"),
        Planted(error="incomplete_answer", subtype="claim", path="$.turns[3]", tier="candidate"),
        Planted(error="tool_error", subtype="error_reply", path="$.turns[1].calls[0]"),
        Planted(error="unrecovered_error", subtype="gave_up", path="$.turns[1].calls[0]", tier="likely"),
    ]
    assert agreement(found).is_exact


def test_it_may_pass_over_a_refusal(toy):
    found = run("ignored_tool_error.continued", "off", of=task(due("get_book", book_id="B3"), mode="exact"), steps=2)
    assert script(found.trajectory)[1] == "All done, enjoy your day!"
    assert Planted(error="ignored_tool_error", subtype="continued", path="$.turns[1].calls[0]", tier="likely") in found.planted
    assert agreement(found).is_exact


def test_it_may_make_the_refused_call_once_more(toy):
    found = run("RAC.retry_same_error", "off", of=task(due("get_book", book_id="B3"), mode="exact"), steps=4)
    first, again, right, _ = script(found.trajectory)
    assert (first == again, first[0][2], right) == (True, False, [("get_book", {"book_id": "B3"}, True)])
    assert Planted(error="RAC", subtype="retry_same_error", path="$.turns[3].calls[0]") in found.planted
    assert agreement(found).is_exact


def test_a_slip_after_which_nobody_could_know_the_next_value_finds_no_place(toy):
    only = task(due("find_books", shelf="south"), due("get_book", book_id="B10"))
    left_out = [found for seed in range(5) for found in each_subtype(only, seed=seed, names=["IAC.missing_call"])]
    assert left_out == []
    assert list(each_subtype(task(*BOTH), names=["IAC.missing_call"])) != []


def test_what_the_results_no_longer_tell_is_not_said(toy):
    found = run("IAV.other", "off", of=task(due("get_book", book_id="B3"), mode="exact", answer=("103",)), steps=2)
    said = script(found.trajectory)[-1]
    assert said in ("All of it is done.", "I could not finish this: the tool reported an error.")
    assert [each.error for each in found.planted if each.error == "incomplete_answer"] == ["incomplete_answer"]


def test_at_no_rate_at_all_it_is_perfect():
    for found in erring(some(1), {}):
        assert (found.slips, found.planted, agreement(found).is_exact) == ((), (), True)


def test_at_a_higher_rate_it_errs_more_often():
    tasks = some(5)
    often = [sum(len(found.slips) for found in erring(tasks, {"IAV": rate})) for rate in (0.1, 0.9)]
    assert often[0] < often[1] / 2


def test_only_what_has_a_rate_is_planted():
    found = Counter(name for each in erring(some(5), {"IAT.null": 0.6, "IFN": 0.3}) for name in each.slips)
    assert {name.partition(".")[0] for name in found} == {"IAT", "IFN"}
    assert {name for name in found if name.startswith("IAT")} == {"IAT.null"}


def test_it_is_decided_by_the_seed():
    tasks = some(1)
    assert list(erring(tasks, RATES, seed=7)) == list(erring(tasks, RATES, seed=7))
    assert list(erring(tasks, RATES, seed=7)) != list(erring(tasks, RATES, seed=8))
    assert list(each_subtype(tasks[0], seed=7)) == list(each_subtype(tasks[0], seed=7))


@pytest.mark.parametrize("rates", [{"IAV.scales": 0.5}, {"IAV": 1.5}, {"IAV": -0.1}])
def test_rates_are_checked(rates):
    with pytest.raises(ValueError, match="expected"):
        erring([], rates)


def test_another_world_is_told(toy):
    with pytest.raises(StaleWorld):
        list(each_subtype(task(*BOTH, world={"toy": "0"})))


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        ("none due", task(mode="exact")),
        ("single", task(due("get_book", book_id="B3"))),
        ("multi-step", task(*BOTH)),
        ("parallel", task(*BOTH, mode="unordered")),
        ("dialogue", task(*BOTH, user={"stages": []})),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_kinds_of_tasks(kind, of):
    assert kind_of(of if kind != "none due" else Task(id="t", gold=Gold(paths=((),), mode="exact"))) == kind
