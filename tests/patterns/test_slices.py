"""Slices: what is searched, what is tested, and that nothing is found where nothing is."""

from __future__ import annotations

import random
from dataclasses import dataclass
from hashlib import md5
from itertools import combinations

import numpy as np
import pytest

from spectool.model import ExpectedCall, Gold, Message, Outcome, Step, Tool
from spectool.patterns.conditions import Task, Term, tasks_of
from spectool.patterns.slices import Counted, believed, find, slices
from spectool.patterns.slices_permutation import p_value
from spectool.patterns.slices_search import candidates
from spectool.results.tables import connect
from tests.results.conftest import finding, trajectory, verdict, write

HARD = Term(attribute="category", value="hard")


@dataclass
class Attempt:
    """One row to write: the task, its category, what it asks, and how many of its four places failed."""

    task: str
    category: str
    query: str = "Weather?"
    found: int = 0
    sample: int = 0


@pytest.fixture
def connected(tmp_path):
    """Writes attempts as a result folder and connects to it."""
    opened = []

    def make(attempts):
        rows = []
        for number, each in enumerate(attempts):
            one = trajectory(
                number,
                task=each.task,
                sample=each.sample,
                turns=(Message(role="user", content=each.query), Step(text="")),
                meta={"category": each.category},
            )
            found = tuple(finding("IAV", "other") for _ in range(each.found))
            rows.append((one, verdict(one, Outcome(error="IAV", assessed=4, findings=found))))
        write(tmp_path / "demo", rows)
        opened.append(connect(tmp_path / "demo"))
        return opened[-1]

    yield make
    for connection in opened:
        connection.close()


def planted(rate_of_hard: float) -> list[Attempt]:
    """A hundred tasks of two samples: a third is hard, and there so many of four places fail, elsewhere one in forty tasks."""
    draw = random.Random(5)
    made = []
    for number in range(100):
        hard = number % 3 == 0
        found = sum(draw.random() < (rate_of_hard if hard else 0.02) for _ in range(4))
        made += [Attempt(f"q-{number}", "hard" if hard else "easy", found=found, sample=sample) for sample in range(2)]
    return made


def test_a_slice_is_found_in_tasks_that_it_was_not_searched_in(connected):
    cursor = connected(planted(0.4))
    found = slices(cursor)
    (one,) = found.slices
    halves = tasks_of(cursor, "small")
    confirming = [task for task in halves if task.confirming]
    assert (one.model, one.error, one.terms) == ("small", "IAV", (HARD,))
    assert (one.tasks, one.trajectories) == (34, 68)
    assert one.inside.n == 8 * sum(HARD in task.terms for task in confirming)
    assert one.inside.n + one.outside.n == 8 * len(confirming) < 800
    assert one.lift == pytest.approx(one.inside.rate / one.outside.rate)
    assert one.lift > 5
    assert one.p <= one.q < 0.01
    assert len(one.examples) == 3


def test_examples_are_trajectories_of_the_slice_with_a_finding(connected):
    cursor = connected(planted(0.4))
    (one,) = slices(cursor).slices
    cursor.execute(
        "SELECT count(*) FROM trajectories t JOIN findings f USING (key) WHERE t.category = 'hard' AND list_contains(?, key)",
        [list(one.examples)],
    )
    assert cursor.fetchone()[0] >= 3


def test_no_slice_where_the_rate_is_the_same(connected):
    assert slices(connected(planted(0.02))).slices == ()


def test_another_pattern_is_left_out_when_one_is_asked_for(connected):
    assert slices(connected(planted(0.4)), "IAC").tested == 0


def test_both_terms_of_a_slice_are_found(connected):
    draw = random.Random(3)
    made = []
    for number in range(400):
        category, word = ("hard" if number % 3 == 0 else "easy"), ("radar" if number // 3 % 3 == 0 else "cloud")
        rate = 0.5 if (category, word) == ("hard", "radar") else 0.03
        found = sum(draw.random() < rate for _ in range(4))
        made.append(Attempt(f"q-{number}", category, query=f"Is there a {word}?", found=found))
    found = slices(connected(made)).slices
    assert found[0].terms == (HARD, Term(attribute="word", value="radar"))


def test_what_is_known_of_a_task_before_the_model_answers(tmp_path):
    tools = ((Tool(name="get_radar", parameters={}), Tool(name="get_weather", parameters={})),)
    gold = Gold(paths=((ExpectedCall(name="get_radar"), ExpectedCall(name="get_radar")),))
    turns = (Message(role="user", content="Äh: RAIN, rain at 5 in X?"), Step(text="sunny words of the model"))
    one = trajectory(0, tool_sets=tools, gold=gold, turns=turns, meta={"category": "even", "environment": "sky"})
    again = trajectory(1, task="task-0", sample=1, meta={"category": "another"})
    other = trajectory(2, tool_sets=(), gold=None, turns=(Message(role="user", content=""), Step(text="")), meta={})
    write(tmp_path / "demo", [(each, verdict(each)) for each in (one, again, other)])
    with connect(tmp_path / "demo") as cursor:
        first, last = tasks_of(cursor, "small")
    # Not that both prompts are short: what holds everywhere tells no task from another.
    assert tuple(map(str, first.terms)) == (
        *("category = even", "environment = sky", "tools offered = 2–3", "gold calls = 2"),
        *("tool offered = get_radar", "tool offered = get_weather", "tool due = get_radar", "query has the word = rain"),
    )
    assert first.name == "task-0"
    assert tuple(map(str, last.terms)) == (
        *("category = (none)", "environment = (none)", "tools offered = (tools not known)", "gold calls = (no gold)"),
    )


def test_a_task_stands_in_the_same_half_in_every_run(connected):
    first = {task.name: task.confirming for task in tasks_of(connected(planted(0.4)), "small")}
    assert 35 <= sum(first.values()) <= 65
    assert first == {name: md5(name.encode()).hexdigest() >= "8" for name in first}


@pytest.mark.parametrize(
    ("found", "places", "size"),
    [
        pytest.param([1, 1, 1, 0, 0, 0, 0, 0], [1] * 8, 3, id="one place a task"),
        pytest.param([3, 0, 2, 0, 1, 0, 0, 1], [4] * 8, 3, id="several places a task"),
        pytest.param([3, 2, 1, 0, 1, 0, 0, 1], [4, 8, 2, 4, 6, 4, 1, 3], 4, id="uneven places"),
    ],
)
def test_the_p_value_is_that_of_all_ways_to_draw_the_tasks(found, places, size):
    def statistic(chosen):
        spread = rates = 0.0
        for sign, side in ((1, chosen), (-1, [at for at in range(8) if at not in chosen])):
            total = sum(places[at] for at in side)
            rate = sum(found[at] for at in side) / total
            spread += sum((found[at] - rate * places[at]) ** 2 for at in side) / total**2
            rates += sign * rate
        return rates / (spread + 1e-12) ** 0.5

    every = [statistic(chosen) for chosen in combinations(range(8), size)]
    exact = sum(one >= statistic(range(size)) - 1e-9 for one in every) / len(every)
    inside = np.array([at < size for at in range(8)])
    assert p_value(np.array(found), np.array(places), inside) == pytest.approx(exact, rel=0.5 if exact > 0.01 else 0.3)


def test_calls_of_one_task_are_no_evidence_of_their_own():
    """Three of ten tasks fail at all of their hundred places: to chance that is three of ten tasks."""
    found, places = np.array([100] * 3 + [0] * 17), np.array([100] * 20)
    inside = np.array([True, True, False] + [False] * 9 + [True] * 8)
    assert p_value(found, places, inside) > 0.2


def tasks(number: int, draw: random.Random) -> list[Task]:
    return [
        Task(
            name=f"t-{at}",
            confirming=draw.random() < 0.5,
            terms=tuple(Term(attribute=f"a{which}", value=str(draw.randrange(4))) for which in range(10)),
        )
        for at in range(number)
    ]


def test_no_more_slices_are_found_in_dealt_out_findings_than_the_level_allows():
    """Thirty runs of eight calls and four samples a task that are much alike: benchmarks/slices.py runs hundreds."""
    shown = 0
    for seed in range(30):
        draw = random.Random(seed)
        every = tasks(160, draw)
        counted = {}
        for task in every:
            rate = min(1.0, 0.1 * draw.gammavariate(0.5, 2))
            found = sum(draw.random() < rate for _ in range(32))
            counted[task.name] = Counted(found=found, places=32, trajectories=4, example=None)
        shown += bool(believed(list(find("m", "IAV", every, counted))))
    assert shown <= 4


def test_candidates_are_apart_from_each_other():
    found, places = np.array([4] * 20 + [0] * 80), np.array([4] * 100)
    same = np.arange(100) < 20
    terms = {Term(attribute="b", value="x"): same, Term(attribute="a", value="x"): same, Term(attribute="c", value="x"): ~same}
    assert [each.terms for each in candidates(found, places, terms)] == [(Term(attribute="a", value="x"),)]
    assert candidates(found, places, {}) == []


def test_too_few_tasks_are_not_searched(connected):
    assert slices(connected(planted(0.4)[:20])).tested == 0
