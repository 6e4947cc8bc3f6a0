"""tau2 simulations: flat calls, users with tools, one file or a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spectool.model import Message, Step, Trajectory
from spectool.read.formats import tau2
from spectool.read.formats.registry import detect
from spectool.read.source import Source
from spectool.read.tasks import load_tasks

ACTIONS = [
    {"name": "cancel_order", "arguments": {"order_id": "7"}, "requestor": "assistant"},
    {"name": "restart", "arguments": {}, "requestor": "user"},
]
MESSAGES = [
    {"role": "user", "content": "Cancel 7"},
    {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "a", "name": "cancel_order", "arguments": {"order_id": "7"}, "requestor": "assistant"}],
    },
    {"id": "a", "role": "tool", "content": "Error: shipped", "requestor": "assistant"},
    {"role": "user", "content": None, "tool_calls": [{"id": "u", "name": "restart", "arguments": {}, "requestor": "user"}]},
    {"id": "u", "role": "tool", "content": "restarted", "requestor": "user"},
    {"role": "assistant", "content": "Done."},
]
SIMULATION = {
    "id": "s1",
    "task_id": "0",
    "trial": 1,
    "termination_reason": "user_stop",
    "reward_info": {"reward": 1.0},
    "messages": MESSAGES,
}


def document(**changes: Any) -> dict[str, Any]:
    info = {"environment_info": {"domain_name": "bakery", "tool_defs": None}, "agent_info": {"llm": "some-model"}}
    tasks = [{"id": "0", "evaluation_criteria": {"actions": ACTIONS, "communicate_info": ["7"]}}]
    return {"timestamp": "t", "info": info, "tasks": tasks, "simulations": [SIMULATION]} | changes


def check(item: Any) -> None:
    assert isinstance(item, Trajectory)
    assert (item.task, item.sample, item.model, item.reward) == ("tau2-bakery-0", 1, "some-model", 1.0)
    assert item.meta["termination_reason"] == "user_stop"
    assert item.gold is not None
    assert [call.name for call in item.gold.paths[0]] == ["cancel_order"]
    assert (item.gold.mode, item.gold.answer) == ("writes", ("7",))
    steps = [turn for turn in item.turns if isinstance(turn, Step)]
    assert [call.name for step in steps for call in step.calls] == ["cancel_order"]
    assert steps[0].calls[0].result is not None
    assert steps[0].calls[0].result.is_error
    assert Message(role="system", content="(the user calls restart({}))") in item.turns
    assert Message(role="system", content="(the user's tool replied) restarted") in item.turns


def test_one_document_holds_many_simulations_and_the_user_s_calls_are_not_the_agent_s(opened: Callable[..., Source]) -> None:
    source = opened(document(), name="run.json")
    (item,) = tau2.read(source, {})
    assert detect(source) is tau2
    check(item)


def test_a_folder_keeps_each_simulation_in_its_own_file(opened: Callable[..., Source]) -> None:
    results = opened(document(simulations=[]), name="run/results.json")
    (item,) = tau2.read(opened(SIMULATION, name="run/simulations/s1.json"), {})
    check(item)
    assert "tasks" in str(tau2.overlay(results))
    assert list(tau2.read(results, {})) == []


def test_tasks_are_read_from_a_results_file(opened: Callable[..., Source]) -> None:
    path = opened(document(), name="run.json").path
    assert path is not None
    tasks, broken = load_tasks([path])
    assert not broken
    assert list(tasks) == ["tau2-bakery-0"]


REFUNDED = {"name": "refund", "arguments": {"order_id": "9"}, "requestor": "assistant"}
OWN_GOLD = [
    ("its own checks", {"action_checks": [{"action": REFUNDED}], "communicate_checks": [{"info": "9"}]}, (["refund"], ("9",))),
    ("its own checks of the user's actions", {"action_checks": [{"action": ACTIONS[1]}]}, ([], ())),
    ("its own note that no action was due", {"action_checks": None, "info": {"action": {"note": "No actions"}}}, ([], ())),
    ("its task's, where nothing was compared", {"action_checks": None, "info": {"action": None}}, (["cancel_order"], ("7",))),
]


@pytest.mark.parametrize(("rewards", "gold"), [case[1:] for case in OWN_GOLD], ids=[case[0] for case in OWN_GOLD])
def test_gold_is_what_the_simulation_was_judged_against(opened: Callable[..., Source], rewards: Any, gold: Any) -> None:
    simulation = SIMULATION | {"reward_info": {"reward": 1.0} | rewards}
    (item,) = tau2.read(opened(document(simulations=[simulation]), name="run.json"), {})
    assert isinstance(item, Trajectory)
    assert item.gold is not None
    assert ([call.name for call in item.gold.paths[0]], item.gold.answer) == gold


COMPARED = [("all where nothing is said", None, [True, True]), ("those named", ["order_id"], [True, False]), ("none", [], [False, False])]


@pytest.mark.parametrize(("compared", "bound"), [case[1:] for case in COMPARED], ids=[case[0] for case in COMPARED])
def test_arguments_that_the_task_does_not_compare_are_free(opened: Callable[..., Source], compared: Any, bound: list[bool]) -> None:
    action = {"name": "refund", "arguments": {"order_id": "9", "note": "x"}, "compare_args": compared}
    tasks = [{"id": "0", "evaluation_criteria": {"actions": [action]}}]
    (item,) = tau2.read(opened(document(tasks=tasks), name="run.json"), {})
    assert isinstance(item, Trajectory)
    assert item.gold is not None
    wanted = item.gold.paths[0][0].arguments
    assert [not wanted[name].any for name in ("order_id", "note")] == bound
    assert [wanted[name].optional for name in ("order_id", "note")] == [not each for each in bound]


def test_published_simulations(shared_data: Path) -> None:
    found = [
        item
        for item in tau2.read(Source(shared_data / "tau2" / "toolorchestra_airline_gpt-5_1trial.json"), {})
        if isinstance(item, Trajectory)
    ]
    assert len(found) == 50
    assert sum(len(turn.calls) for item in found for turn in item.turns if isinstance(turn, Step)) == 581
    assert sum(item.reward == 1 for item in found) == 28
    assert len({item.key for item in found}) == 50
