"""tau-bench runs: reward, reference actions, errors told in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spectool.model import Rejected, Step, Trajectory
from spectool.read.formats import tau_bench
from spectool.read.formats.registry import detect
from spectool.read.source import Source

POLICY = {"role": "system", "content": "# Bakery agent policy\n\nBe kind."}
CALL = {"id": "c1", "type": "function", "function": {"name": "cancel_order", "arguments": '{"order_id": "7"}'}}


def run(**changes: Any) -> dict[str, Any]:
    actions = [{"name": "get_order", "kwargs": {"order_id": "7"}}, {"name": "cancel_order", "kwargs": {"order_id": "7"}}]
    messages = [
        POLICY,
        {"role": "user", "content": "Cancel order 7"},
        {"role": "assistant", "content": None, "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "c1", "name": "cancel_order", "content": "Error: already shipped"},
    ]
    task = {"user_id": "u", "actions": actions, "instruction": "…", "outputs": ["7"]}
    return {"task_id": 3, "reward": 0.0, "info": {"task": task}, "traj": messages, "trial": 2} | changes


def test_a_run_is_read_with_gold_that_binds_where_it_writes(opened: Callable[..., Source]) -> None:
    source = opened(json.dumps([run()]), name="some-model-bakery.json")
    (item,) = tau_bench.read(source, {})
    assert isinstance(item, Trajectory)
    assert detect(source) is tau_bench
    assert (item.task, item.sample, item.model, item.reward) == ("tau-bakery-3", 2, "some-model", 0.0)
    assert item.tool_sets == ()
    assert item.gold is not None
    assert (item.gold.mode, item.gold.answer) == ("writes", ("7",))
    assert [call.name for call in item.gold.paths[0]] == ["get_order", "cancel_order"]
    step = item.turns[2]
    assert isinstance(step, Step)
    assert step.calls[0].result is not None
    assert step.calls[0].result.is_error


def test_no_action_due_means_that_nothing_may_be_changed(opened: Callable[..., Source]) -> None:
    (item,) = tau_bench.read(opened(run(info={"task": {"actions": [], "outputs": []}})), {})
    assert isinstance(item, Trajectory)
    assert item.gold is not None
    assert (item.gold.paths, item.gold.mode) == (((),), "writes")


def test_a_single_object_is_one_run_and_a_broken_one_is_rejected(opened: Callable[..., Source]) -> None:
    found = list(tau_bench.read(opened(run(), run(traj="gone")), {}))
    assert [type(item).__name__ for item in found] == ["Trajectory", "Rejected"]
    assert isinstance(found[1], Rejected)
    assert found[1].line == 2


def test_published_runs(shared_data: Path) -> None:
    runs = [item for item in tau_bench.read(Source(shared_data / "tau_bench" / "gpt-4o-airline.json"), {}) if isinstance(item, Trajectory)]
    assert len(runs) == 200
    assert sum(len(turn.calls) for item in runs for turn in item.turns if isinstance(turn, Step)) == 1_164
    assert sum(item.reward == 1 for item in runs) == 84
    assert {item.model for item in runs} == {"gpt-4o"}
