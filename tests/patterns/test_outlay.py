"""Success, seconds and tokens of each model."""

from __future__ import annotations

from pathlib import Path

from spectool.model import Message, Outcome, Step
from spectool.patterns.outlay import Outlay, outlays
from spectool.results.interval import wilson
from spectool.results.tables import connect
from tests.results.conftest import trajectory, verdict, write

CLEAN = Outcome(error="IAV", assessed=1)


def test_success_is_by_reward_and_times_are_of_the_turns_where_they_have_one(tmp_path: Path) -> None:
    turns = (Message(role="user", content="?"), Step(text="a", time=1.0), Step(text="b", time=3.0))
    made = [
        (
            one := trajectory(0, "timed", turns=turns, meta={"seconds": 99, "prompt_tokens": 100, "completion_tokens": 10}),
            verdict(one, CLEAN),
        ),
        (
            one := trajectory(1, "timed", meta={"seconds": 2, "prompt_tokens": 300, "completion_tokens": 30}),
            verdict(one, CLEAN, passed=False),
        ),
        (one := trajectory(2, "timed", reward=0.0, meta={"run": {"parameters": "7B"}}), verdict(one, CLEAN)),
        (one := trajectory(3, "bare"), verdict(one, CLEAN, passed=None)),
    ]
    write(tmp_path / "res", made)
    with connect(tmp_path / "res") as cursor:
        timed, bare = outlays(cursor)
    low, high = wilson(1 / 3, 3)
    assert (timed.success.count, timed.success.n, timed.success.low, timed.success.high) == (1, 3, low, high)
    assert (timed.timed, timed.seconds, timed.median_seconds, timed.turn_seconds) == (2, 3.0, 3.0, 2.0)
    assert (timed.counted, timed.prompt_tokens, timed.completion_tokens, timed.parameters) == (2, 200.0, 20.0, "7B")
    nothing = dict.fromkeys(("seconds", "median_seconds", "turn_seconds", "prompt_tokens", "completion_tokens"))
    assert bare == Outlay(model="bare", success=bare.success, timed=0, counted=0, parameters="", **nothing)
    assert (bare.success.n, bare.success.rate) == (0, None)
