"""How far a run is: counts, rates, time left, and patterns that are counted when there is time."""

from __future__ import annotations

import msgspec
import pytest

from spectool.cli.run_summary import left, progress_line, speed, summary_lines, tally
from spectool.model import ExpectedCall, Gold, Message, Step, Trajectory
from spectool.run import progress
from spectool.run.engines.engine import Completion
from spectool.run.journal import Totals
from spectool.run.progress import Found, Progress, Rates, Tally, Watch, rates_of
from spectool.run.run import RunSummary

SILENT = Trajectory(key="k", id="a", turns=(Message(role="user", content="Weather?"), Step(text="No.", raw="No.")))


@pytest.fixture
def missed(weather):
    """An attempt that should have called and did not."""
    gold = Gold(paths=((ExpectedCall(name="get_weather"),),))
    return msgspec.structs.replace(SILENT, tool_sets=((weather,),), gold=gold)


def test_turns_episodes_and_failures_are_counted_and_told(missed):
    told = []
    watch = Watch(3, told.append)
    watch.turn(Completion(id="a#0", prompt_tokens=5, completion_tokens=2))
    watch.episode(missed, None)
    watch.episode(SILENT, "out of memory")
    totals = msgspec.structs.replace(watch.totals(), seconds=0.0)
    assert totals == Totals(episodes=2, failed=1, turns=1, prompt_tokens=5, completion_tokens=2)
    assert [(now.totals.episodes, now.of) for now in told] == [(0, 3), (0, 3), (1, 3), (2, 3)]
    assert watch.errors == {"out of memory": 1}
    assert watch.found() == Found(attempts=1, not_passed=1, patterns={"IAC": 1})


def test_without_time_for_it_attempts_wait_and_are_counted_at_the_end(missed, monkeypatch):
    monkeypatch.setattr(progress, "SHARE", 0.0)
    told = []
    watch = Watch(4, told.append)
    for _ in range(4):
        watch.episode(missed, None)
    assert [now.found.attempts for now in told] == [0, 0, 0, 0, 0]
    assert watch.found() == Found(attempts=4, not_passed=4, patterns={"IAC": 4})


def test_only_so_many_attempts_wait(missed, monkeypatch):
    monkeypatch.setattr(progress, "MOST_WAITING", 2)
    tally = Tally()
    for _ in range(5):
        tally.add(missed)
        tally.work(within=0.0)
    assert tally.found().attempts == 3


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        pytest.param(0.0, "", id="before any time has passed"),
        pytest.param(10.0, "0.20 tasks/s, 9.9 tokens/s read, 0.3 written", id="slow rates have a decimal"),
        pytest.param(0.01, "200.00 tasks/s, 9,900 tokens/s read, 300 written", id="fast ones have none"),
    ],
)
def test_speed(seconds, said):
    assert speed(Totals(episodes=2, prompt_tokens=99, completion_tokens=3, seconds=seconds)) == said


def test_rates_are_those_of_the_sitting():
    assert rates_of(Totals(episodes=1, prompt_tokens=10, completion_tokens=4, seconds=4.0)) == Rates(
        tasks=0.25, prompt_tokens=2.5, completion_tokens=1.0
    )
    assert rates_of(Totals(episodes=1)) == Rates()


@pytest.mark.parametrize(
    ("ended", "seconds", "said"),
    [
        pytest.param(0, 50.0, "", id="before the first attempt has ended"),
        pytest.param(90, 90.0, "10 s left", id="seconds"),
        pytest.param(50, 600.0, "10 min left", id="minutes"),
        pytest.param(10, 3600.0, "9.0 h left", id="hours"),
        pytest.param(100, 100.0, "0 s left", id="at the end"),
    ],
)
def test_time_left(ended, seconds, said):
    assert left(Progress(of=100, totals=Totals(episodes=ended, seconds=seconds), found=Found())) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        pytest.param(Found(attempts=3), "3 attempts without a finding", id="nothing found and nothing to decide by"),
        pytest.param(Found(attempts=3, passed=1, not_passed=1), "passed 50.0 % (1 of 2)", id="decided attempts only"),
        pytest.param(
            Found(attempts=9, not_passed=9, patterns={"IFE": 6, "IAV": 5, "IAN": 4, "IFN": 3, "RAC": 2, "IAT": 1, "IAC": 1}),
            "passed 0.0 % (0 of 9), IFE 6, IAV 5, IAN 4, IFN 3, RAC 2, 2 more patterns",
            id="the most frequent patterns",
        ),
    ],
)
def test_tally(found, said):
    assert tally(found) == said


def test_a_line_of_a_log_says_all_at_once():
    totals = Totals(episodes=5, failed=1, turns=9, seconds=10.0, prompt_tokens=5000, completion_tokens=400)
    found = Found(attempts=4, passed=1, not_passed=3, patterns={"IAV": 3})
    assert progress_line(Progress(of=20, totals=totals, found=found)) == (
        "5 of 20 attempts; 0.50 tasks/s, 500 tokens/s read, 40 written; 30 s left; passed 25.0 % (1 of 4), IAV 3; 1 failed"
    )


def test_the_end_says_what_was_there_what_it_cost_what_was_found_and_what_is_next():
    totals = Totals(episodes=5, failed=1, turns=9, seconds=10.0, prompt_tokens=5000, completion_tokens=400)
    found = Found(attempts=4, passed=1, not_passed=3, patterns={"IAV": 3})
    summary = RunSummary(out="my out.jsonl", kept=2, damaged=1, totals=totals, found=found, errors=("out of\x1b[2J memory",))
    assert list(summary_lines(summary, in_world=True)) == [
        "2 attempts were there already",
        "1 row was damaged and is taken out",
        "5 attempts, 9 turns in 10 s: 0.50 tasks/s, 500 tokens/s read, 40 written",
        "5,000 tokens read, 400 written",
        "passed 25.0 % (1 of 4), IAV 3",
        "1 failed (--resume tries them again): out of memory",
        "wrote my out.jsonl",
        "next: spectool score 'my out.jsonl'   or   spectool classify 'my out.jsonl'",
    ]
