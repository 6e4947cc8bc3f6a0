"""tau-bench results: a JSON array of runs, each an OpenAI conversation with its reward; also one run as a single object.

- Gold is ``info.task.actions``, one of several ways to the right end state, so only its state-changing calls bind (mode ``writes``);
  ``info.task.outputs`` are what the final answer has to tell.
- Runs carry no tools: give them with ``--tools``.
- The file does not name model or domain: the domain is the heading of the policy (the system prompt), the model what the file is called.
- A tool's failure is a reply that begins with ``Error``.

Source: sierra-research/tau-bench, ``tau_bench/types.py`` (MIT).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from spectool.model import Gold, Rejected, Step, Task, Trajectory
from spectool.read.formats.openai_messages import turns_from_messages
from spectool.read.gold import expected_call
from spectool.read.join import Joined, Turns
from spectool.read.record import as_list, as_object, as_text, convert
from spectool.read.source import Source

NAME = "tau_bench"
DESCRIPTION = "tau-bench runs with reward and reference actions (tools by --tools)"
EXAMPLE = (
    '{"task_id": 0, "reward": 1.0, "info": {"task": {"user_id": "u_1", "actions": [{"name": "cancel_order", "kwargs": {"order_id": "7"}}], '
    '"instruction": "Cancel order 7.", "outputs": []}}, "traj": [{"role": "user", "content": "Cancel order 7, please."}, '
    '{"role": "assistant", '
    '"content": null, "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "cancel_order", "arguments": '
    '"{\\"order_id\\": \\"7\\"}"}}]}], "trial": 0}'
)

_POLICY = re.compile(r"#\s*(\w+) agent policy", re.IGNORECASE)


def sniff(source: Source) -> float:
    """By ``traj`` beside ``task_id`` and ``reward``."""
    rows = source.sample()
    return 0.95 if rows and all(isinstance(row, Mapping) and {"task_id", "traj", "reward"} <= row.keys() for row in rows) else 0.0


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a run."""

    def one(record: Any, line: int) -> Iterator[Trajectory]:
        run = as_object(record, "a run")
        domain = domain_of(run["traj"])
        joined = Joined(tasks, (f"tau-{domain}-{run['task_id']}", run["task_id"]))
        turns = with_errors(turns_from_messages(run["traj"], names=joined.names, asked="native"))
        yield joined.trajectory(
            source,
            line,
            turns,
            form=NAME,
            sample=int(run.get("trial") or 0),
            model=_model(source, domain),
            gold=_gold(run.get("info")),
            reward=float(run["reward"]) if run.get("reward") is not None else None,
            meta={"category": domain, "environment": domain},
        )

    return convert(source, one)


def domain_of(messages: Any) -> str:
    """The domain named by the policy's heading, in lower case; empty where there is none."""
    for message in as_list(messages, "traj"):
        match = _POLICY.search(as_text(message.get("content"))[:2000]) if message.get("role") == "system" else None
        if match:
            return match[1].lower()
    return ""


def _model(source: Source, domain: str) -> str:
    stem = source.name.rpartition("/")[2].partition(".json")[0]
    return stem.removesuffix(f"-{domain}").removesuffix(f"_{domain}")


def _gold(info: Any) -> Gold | None:
    task = info.get("task") if isinstance(info, Mapping) else None
    if not isinstance(task, Mapping) or "actions" not in task:
        return None
    return gold_of_actions(as_list(task["actions"], "actions"), as_list(task.get("outputs"), "outputs"))


def gold_of_actions(actions: Sequence[Any], outputs: Sequence[Any]) -> Gold:
    """Reference actions as gold that binds only where it changes state; without any action nothing may be changed.

    Raises:
        FormatError: an action has no name or its arguments are no object.
    """
    return Gold(paths=(tuple(map(expected_call, actions)),), mode="writes", answer=tuple(map(as_text, outputs)))


def with_errors(turns: Turns) -> Turns:
    """The turns with results marked as failed whose text begins with ``Error``, which is all these logs say of it."""
    return tuple(_marked(turn) if isinstance(turn, Step) and turn.calls else turn for turn in turns)


def _marked(step: Step) -> Step:
    calls = tuple(
        replace(call, result=replace(call.result, is_error=True)) if call.result and call.result.content.startswith("Error") else call
        for call in step.calls
    )
    return replace(step, calls=calls)
