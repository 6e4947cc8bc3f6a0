"""tau2-bench results: one document of tasks and simulations, or a folder of ``results.json`` and ``simulations/*.json``.

- Calls are flat, ``{"id", "name", "arguments", "requestor"}``. The simulated user has tools too; what it calls and gets is context, told as
  system messages, and never the agent's.
- Gold is what the simulation was judged against: the actions in its own ``reward_info.action_checks`` (of the agent; mode ``writes``, as in
  tau-bench) and what ``communicate_checks`` wanted said. Only where a simulation keeps no checks is it the ``evaluation_criteria`` of the
  task of its id: published files are known whose simulations were numbered anew, so that the same id names another task. Arguments that
  an action's ``compare_args`` leaves out are free.
- A failed tool sets ``error``; in published runs the field is missing and the reply begins with ``Error``.
- Tools are in ``info.environment_info.tool_defs`` where the run kept them, else given with ``--tools``.

Source: sierra-research/tau2-bench, ``src/tau2/data_model`` (MIT).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from spectool.model import Expected, ExpectedCall, Gold, Rejected, Task, Tool, Trajectory
from spectool.read.formats.openai_messages import turns_from_messages
from spectool.read.formats.tau_bench import gold_of_actions, with_errors
from spectool.read.join import Joined
from spectool.read.record import as_json, as_list, as_object, as_text, convert
from spectool.read.source import Source
from spectool.read.tools import tools_from

NAME = "tau2"
DESCRIPTION = "tau2-bench simulations with reward and reference actions (a file, or a folder of them)"
EXAMPLE = (
    '{"info": {"environment_info": {"domain_name": "retail"}, "agent_info": {"llm": "some-model"}}, "tasks": [{"id": "0", '
    '"evaluation_criteria": '
    '{"actions": [{"name": "cancel_order", "arguments": {"order_id": "7"}, "requestor": "assistant"}]}}], '
    '"simulations": [{"id": "s1", "task_id": "0", '
    '"trial": 0, "termination_reason": "user_stop", "reward_info": {"reward": 1.0}, "messages": [{"role": "user", '
    '"content": "Cancel order 7."}, '
    '{"role": "assistant", "content": null, "tool_calls": [{"id": "c1", "name": "cancel_order", "arguments": {"order_id": "7"}, '
    '"requestor": "assistant"}]}]}]}'
)

_RESULTS = "../results.json"


def sniff(source: Source) -> float:
    """By simulations beside tasks, or a simulation's own fields."""
    first = next(iter(source.sample()), None)
    if not isinstance(first, Mapping):
        return 0.0
    if isinstance(first.get("tasks"), list) and ("simulations" in first or "info" in first):
        return 0.95
    return 0.9 if {"task_id", "messages", "termination_reason"} <= first.keys() else 0.0


def overlay(source: Source) -> str | None:
    """Why the ``results.json`` of a folder has no rows of its own; ``None`` for a file that has."""
    first = next(iter(source.sample()), None)
    if isinstance(first, Mapping) and isinstance(first.get("tasks"), list) and not first.get("simulations"):
        return "tau2 tasks: gold for the simulations in the folder beside it, also given with --tasks"
    return None


def read_tasks(source: Source) -> Iterator[Task | Rejected]:
    """The tasks of a results file, with gold and, where the run kept them, tools."""

    def one(record: Any, line: int) -> Iterator[Task]:
        run = _Run(as_object(record, "a tau2 file"))
        for task in run.tasks.values():
            criteria = task.get("evaluation_criteria") or {}
            yield Task(id=f"{run.prefix}{task['id']}", tool_sets=run.tool_sets, gold=_gold(criteria), meta={"environment": run.domain})

    return convert(source, one)


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a simulation; its place is its number in the file."""
    beside = source.sibling(_RESULTS)

    def one(record: Any, line: int) -> Iterator[Trajectory]:
        document = as_object(record, "a tau2 file")
        if "messages" in document:
            around = beside.document() if beside is not None else {}
            yield _trajectory(source, line, _Run(as_object(around, "results.json")), document, tasks)
            return
        run = _Run(document)
        for number, simulation in enumerate(as_list(document.get("simulations"), "simulations"), 1):
            yield _trajectory(source, number, run, as_object(simulation, f"simulation {number}"), tasks)

    return convert(source, one)


class _Run:
    """What a results file says of all its simulations."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        info = document.get("info") or {}
        around = info.get("environment_info") or {}
        self.domain = as_text(around.get("domain_name"))
        self.model = as_text((info.get("agent_info") or {}).get("llm"))
        self.prefix = f"tau2-{self.domain}-" if self.domain else "tau2-"
        tools: tuple[Tool, ...] = tools_from(around.get("tool_defs"))
        self.tool_sets = (tools,) if tools else ()
        listed = (as_object(task, "a task") for task in as_list(document.get("tasks"), "tasks"))
        self.tasks: dict[str, Mapping[str, Any]] = {as_text(task.get("id")): task for task in listed}


def _trajectory(source: Source, line: int, run: _Run, simulation: Mapping[str, Any], tasks: Mapping[str, Task]) -> Trajectory:
    name = as_text(simulation.get("task_id"))
    joined = Joined(tasks, (f"{run.prefix}{name}", name), run.tool_sets)
    messages = [_message(as_object(raw, "a message")) for raw in as_list(simulation.get("messages"), "messages")]
    rewards = simulation.get("reward_info") or {}
    task = run.tasks.get(name)
    reason = as_text(simulation.get("termination_reason"))
    return joined.trajectory(
        source,
        line,
        with_errors(turns_from_messages(messages, names=joined.names, asked="native")),
        form=NAME,
        sample=int(simulation.get("trial") or 0),
        model=run.model,
        gold=_judged_against(rewards) or (_gold(task.get("evaluation_criteria")) if task else None),
        reward=float(rewards["reward"]) if rewards.get("reward") is not None else None,
        time=as_text(simulation.get("start_time")) or None,
        meta={"category": run.domain, "environment": run.domain, "termination_reason": reason, "simulation": as_text(simulation.get("id"))},
    )


def _message(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message as the agent's conversation has it: the user's calls and their replies become context."""
    role = message.get("role")
    if role == "tool" and message.get("requestor") == "user":
        return {"role": "system", "content": f"(the user's tool replied) {as_text(message.get('content'))}"}
    if role == "user" and message.get("tool_calls"):
        calls = ", ".join(f"{call.get('name')}({as_json(call.get('arguments'))})" for call in as_list(message["tool_calls"], "tool_calls"))
        said = as_text(message.get("content"))
        return {"role": "system", "content": f"{said}\n(the user calls {calls})".strip()}
    return message


def _judged_against(rewards: Mapping[str, Any]) -> Gold | None:
    """The reference that the harness compared with, as it noted it beside the reward; ``None`` where it compared no actions."""
    checks = as_list(rewards.get("action_checks"), "action_checks")
    # A task without reference actions has a note in place of checks; a run that was never judged has neither.
    if not checks and not ((rewards.get("info") or {}).get("action") or {}).get("note"):
        return None
    said = [as_object(check, "a check").get("info") for check in as_list(rewards.get("communicate_checks"), "communicate_checks")]
    return _gold({"actions": [as_object(check, "a check")["action"] for check in checks], "communicate_info": said})


def _gold(criteria: Any) -> Gold | None:
    """The agent's reference actions; ``None`` where the task is judged otherwise."""
    if not isinstance(criteria, Mapping) or criteria.get("actions") is None:
        return None
    actions = [action for action in as_list(criteria["actions"], "actions") if action.get("requestor", "assistant") == "assistant"]
    gold = gold_of_actions(actions, as_list(criteria.get("communicate_info"), "communicate_info"))
    path = tuple(_relaxed(call, action.get("compare_args")) for call, action in zip(gold.paths[0], actions, strict=True))
    return replace(gold, paths=(path,))


def _relaxed(call: ExpectedCall, compared: Any) -> ExpectedCall:
    """The call with any value for the arguments that the task says are not compared (``compare_args``; null compares all)."""
    if not isinstance(compared, list):
        return call
    free = Expected(any=True, optional=True)
    return replace(call, arguments={name: want if name in compared else free for name, want in call.arguments.items()})
