"""One-to-one matching of calls with gold, by least total cost."""

import itertools
import json
import random

import pytest

from spectool.classify import matching
from spectool.classify.assignment import least_cost
from spectool.classify.case import build
from tests.classify.build import charged, trajectory, verdict


def call(city: str, name: str = "get_time") -> dict:
    return {name: {"city": city}}


def run(steps: list, mode: str = "exact", **more) -> str:
    return json.dumps({"turns": ["?", *steps], "mode": mode, **more})


def pairs(raw: str) -> list[tuple[int, int]]:
    match = build(trajectory(raw)).match
    return [(pair.attempt, pair.order) for pair in match.pairs]


PARIS, ROME, LYON = call("Paris"), call("Rome"), call("Lyon")
CANCEL = {"cancel_order": {"order_id": 7}}
MAIL = {"send_mail": {"to": "a", "body": "b"}}
EXTRA = {"get_weather": {"city": "Oslo"}}

# mode -> the errors charged for: the gold's calls swapped over two steps, with a reading more, a write more, one left out
MODES = {
    "exact": (["wrong_order"], ["extra_call"], ["extra_call"], ["IAC"]),
    "ordered": (["wrong_order"], [], [], ["IAC"]),
    "unordered": ([], ["extra_call"], ["extra_call"], ["IAC"]),
    "required": ([], [], [], ["IAC"]),
    "writes": ([], [], ["extra_call"], ["IAC"]),
    "any_call": ([], [], [], []),
    "state": ([], [], [], []),
}


@pytest.mark.parametrize("mode", MODES)
def test_what_each_mode_binds(mode):
    gold = [CANCEL, {"return_order": {"order_id": 1}}]
    runs = (
        [[gold[1]], [gold[0]]],
        [[gold[0]], [EXTRA], [gold[1]]],
        [[gold[0]], [MAIL], [gold[1]]],
        [[gold[0]]],
    )
    assert tuple([code for code, *_ in charged(run(steps, mode, gold=gold))] for steps in runs) == MODES[mode]


# The same where the gold names an end state: a write more led elsewhere, a reading more did not.
@pytest.mark.parametrize(("mode", "expected"), [("ordered", ["extra_call"]), ("required", ["extra_call"]), ("writes", ["extra_call"])])
def test_a_known_end_state_charges_what_else_was_changed(mode, expected):
    gold = [CANCEL, {"return_order": {"order_id": 1}}]
    more = {"gold": gold, "state": {"orders": {"7": None}}}
    reading, writing = ([code for code, *_ in charged(run([[gold[0]], [one], [gold[1]]], mode, **more))] for one in (EXTRA, MAIL))
    failed = {"send_mail": {"to": "a", "body": "b"}, "!": "mailbox full"}
    refused = [code for code, *_ in charged(run([[gold[0]], [failed], [gold[1]]], mode, **more))]
    assert (reading, writing, refused) == ([], expected, ["tool_error"])


def test_the_tool_that_ends_a_run_is_no_call_too_many_and_stands_in_for_none():
    finish = {"name": "finish", "effect": "read", "parameters": {"type": "object", "properties": {"answer": {"type": "string"}}}}
    more = {"tools": ["get_time", finish], "request": {"finish": "finish"}}
    end = {"finish": {"answer": "It is noon."}}
    assert charged(run([[PARIS], [end]], gold=[PARIS], **more)) == []
    assert [(code, subtype) for code, _, subtype in charged(run([[end]], gold=[PARIS], **more))] == [("IAC", "no_call")]
    assert charged(run([[end]], gold=[], **more)) == []
    assert [code for code, *_ in charged(run([[PARIS], [end]], gold=[PARIS], tools=["get_time", finish]))] == ["extra_call"]


def test_a_user_who_was_asked_back_is_still_in_the_same_stage():
    """Gold counts stages, the conversation turns: without being told which is which, the calls would be taken for each other."""
    turns = [{"say": "For which city?"}, "Paris.", [PARIS], "And Rome?", [ROME]]
    gold = [{**PARIS, "turn": 0}, {**ROME, "turn": 1}]
    told = [[pair.expected.turn for pair in build(trajectory(run(turns, gold=gold, **more))).match.pairs] for more in STAGES]
    assert told == [[1, 0], [0, 1]]


STAGES = ({}, {"meta": {"stage_of_turn": [0, 0, 1]}})


@pytest.mark.parametrize(
    ("user", "turn"),
    [
        ({"stages": [{"says": "?"}, {"says": "And Rome?"}]}, 1),
        ({"stages": [{"says": "?"}, {"says": "And Oslo?"}]}, 0),
        ({"stages": "none"}, 2),
        (7, 2),
    ],
    ids=["the script opens its next stage so", "it never gets there", "no script", "nothing of the kind"],
)
def test_where_no_harness_tells_the_stage_the_script_does(user, turn):
    turns = [{"say": "For which city?"}, "Paris.", [PARIS], "And Rome?", [ROME]]
    gold = [{**PARIS, "turn": 0}, {**ROME, "turn": 1}]
    assert build(trajectory(run(turns, gold=gold, meta={"user": user}))).attempts[1].turn == turn


def test_a_missing_reading_counts_in_every_mode_but_writes():
    said = {mode: [code for code, *_ in charged(run([[CANCEL]], mode, gold=[PARIS, CANCEL]))] for mode in MODES}
    assert said == {
        "exact": ["IAC"], "ordered": ["IAC"], "unordered": ["IAC"], "required": ["IAC"], "writes": [], "any_call": [], "state": [],
    }  # fmt: skip


def test_the_cheapest_path_is_reported_against():
    raw = run([[LYON]], paths=[[PARIS, ROME], [CANCEL], [call("lyon")]])
    assert charged(raw) == [("IAV", "$.turns[1].calls[0].arguments.city", "format_variant")]
    assert verdict(raw).gold_path == 2


def test_of_paths_that_cost_the_same_the_first_is_reported_against():
    assert verdict(run([[LYON]], paths=[[PARIS], [ROME]])).gold_path == 0


def test_of_paths_that_cost_nothing_the_one_that_speaks_for_more_calls_is_reported_against():
    """Where further calls are welcome, a shorter path fits too; a call that a longer one makes twice is no repeat."""
    steps = [[{**PARIS, "->": "noon"}], [{**ROME, "->": "one"}], [{**PARIS, "->": "noon"}]]
    raw = run(steps, "required", paths=[[PARIS], [PARIS, ROME, PARIS]])
    assert (verdict(raw).gold_path, charged(raw)) == (1, [])


def test_calls_match_in_whatever_order_they_came():
    assert pairs(run([[PARIS, ROME, LYON]], "unordered", gold=[LYON, PARIS, ROME])) == [(0, 1), (1, 2), (2, 0)]


def test_ties_go_to_position():
    assert pairs(run([[call("A"), call("B"), call("C")]], gold=[call("x"), call("y"), call("z")])) == [(0, 0), (1, 1), (2, 2)]


def test_an_equal_call_is_matched_before_a_nearer_one():
    assert pairs(run([[ROME, PARIS]], gold=[PARIS])) == [(1, 0)]


def test_alternatives_are_shared_out_so_that_all_fit():
    gold = [{"get_time": {"city": {"one_of": ["Paris", "Rome"]}}}, PARIS]
    assert charged(run([[PARIS, ROME]], "unordered", gold=gold)) == []


def test_the_same_name_beats_another_however_many_arguments_differ():
    raw = run(
        [[{"send_mail": {"to": "x", "body": "y"}}, CANCEL]],
        gold=[{"send_mail": {"to": "a", "body": "b"}}, {"get_time": {"city": "Rome"}}],
    )
    assert [(code, path) for code, path, *_ in charged(raw)] == [
        ("IAV", "$.turns[1].calls[0].arguments.to"),
        ("IAV", "$.turns[1].calls[0].arguments.body"),
        ("wrong_tool", "$.turns[1].calls[1]"),
    ]


def test_calls_match_within_their_user_turn_first():
    raw = json.dumps({"turns": ["a", [ROME], "b", [PARIS]], "gold": [{**call("Paris"), "turn": 0}, {**call("Rome"), "turn": 1}]})
    assert [path for _, path, *_ in charged(raw)] == ["$.turns[1].calls[0].arguments.city", "$.turns[3].calls[0].arguments.city"]


def test_a_call_of_another_turn_may_still_fill_a_gap_of_its_own_name():
    raw = json.dumps({"turns": ["a", [PARIS], "b", {"say": "?"}], "gold": [{**PARIS, "turn": 1}], "mode": "unordered"})
    assert charged(raw) == []


def test_two_messages_of_the_user_in_a_row_are_one_turn():
    raw = json.dumps({"turns": ["a", "b", [PARIS], "c", [ROME]], "gold": [{**PARIS, "turn": 0}, {**ROME, "turn": 1}]})
    assert charged(raw) == []


def test_gold_without_turns_is_matched_over_the_whole_run():
    assert charged(json.dumps({"turns": ["a", [PARIS], "b", [ROME]], "gold": [PARIS, ROME]})) == []


def test_gold_by_state_is_not_matched():
    assert build(trajectory(run([[PARIS]], "state", gold=[ROME]))).match is None


def test_the_pair_of_a_lone_call_says_what_differs():
    pair = build(trajectory(run([[{"get_weather": {"city": "Rome", "days": 3}}]], gold=[{"get_weather": {"city": "Paris"}}]))).match.pairs[
        0
    ]
    assert [(d.name, d.kind) for d in pair.differences] == [("city", "other"), ("days", "unexpected")]


@pytest.mark.parametrize("seed", range(25))
def test_the_assignment_is_the_cheapest_of_all(seed):
    draw = random.Random(seed)
    rows, columns = draw.randint(1, 4), draw.randint(1, 4)
    costs = [[draw.choice([0, 1, 2, 9, 11, 25, None]) for _ in range(columns)] for _ in range(rows)]

    def total(chosen) -> int:
        return sum(costs[r][c] for r, c in chosen) + 20 * (rows + columns - 2 * len(chosen))

    every = (
        tuple(zip(some, order, strict=True))
        for size in range(min(rows, columns) + 1)
        for some in itertools.combinations(range(rows), size)
        for order in itertools.permutations(range(columns), size)
    )
    cheapest = min(total(chosen) for chosen in every if all(costs[r][c] is not None for r, c in chosen))
    assert total(least_cost(costs, 20)) == cheapest


def test_nothing_to_assign():
    assert least_cost([], 20) == []
    assert least_cost([[], []], 20) == []


DEGENERATE = {
    "all equal": ([PARIS] * 300, [PARIS] * 300),
    "none equal": ([call(f"a{i}") for i in range(300)], [call(f"b{i}") for i in range(300)]),
    "the other way round": ([call(str(i)) for i in range(300)], [call(str(i)) for i in reversed(range(300))]),
    "another tool each": ([call(f"a{i}") for i in range(300)], [call(f"b{i}", "get_weather") for i in range(300)]),
    "no call due": ([PARIS] * 300, []),
    "calls that do not parse": ([{"get_time": "{"}] * 300, [PARIS] * 300),
    "unknown names": ([{"fetch": {"city": str(i)}} for i in range(300)], [call(str(i)) for i in range(300)]),
    "sixty of each, no two alike": ([call(f"a{i}") for i in range(60)], [call(f"b{i}") for i in range(60)]),
}


@pytest.mark.parametrize(("calls", "gold"), DEGENERATE.values(), ids=list(DEGENERATE))
@pytest.mark.parametrize("mode", ["exact", "required"])
def test_the_work_on_three_hundred_calls_is_bounded(calls, gold, mode, monkeypatch):
    """Counted, not timed: at most three looks at each pair, and no cubic assignment larger than ``MAX_ASSIGN``."""
    sizes, looks = [], []
    assign, cost = matching.least_cost, matching._Assignment._cost

    def sized(costs, unmatched):
        sizes.extend([len(costs), *(len(row) for row in costs)])
        return assign(costs, unmatched)

    def counted(self, i, g):
        looks.append((i, g))
        return cost(self, i, g)

    monkeypatch.setattr(matching, "least_cost", sized)
    monkeypatch.setattr(matching._Assignment, "_cost", counted)
    build(trajectory(run([calls], mode, gold=gold)))
    assert max(sizes, default=0) <= matching.MAX_ASSIGN
    assert len(looks) <= 3 * max(len(calls), 1) * max(len(gold), 1)
