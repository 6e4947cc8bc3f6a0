"""Fields that rows of several formats share: ids, gold, model, reward, and what makes a row a task rather than an output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spectool.model import Gold, Message, Step, Task, Trajectory
from spectool.read.gold import gold_from
from spectool.read.join import Joined, Turns
from spectool.read.record import as_list, as_object, as_text, first_of
from spectool.read.request import request_from
from spectool.read.source import FormatError, Source
from spectool.read.tools import tool_sets_from
from spectool.read.writing import plain

ID_KEYS = ("id", "custom_id", "task_id", "uid")
GOLD_KEYS = ("gold", "expected", "expected_calls", "expected_tool_calls", "ground_truth", "answers")
ANSWER_KEYS = ("response", "completion", "output", "generated_text")


def row_tools(row: Mapping[str, Any]) -> Any:
    """The tool list of a row or request body; ``functions`` is the older name."""
    return first_of(row, "tools", "functions")


def joined(row: Mapping[str, Any], tasks: Mapping[str, Task]) -> Joined:
    """A row beside its task, by the row's ids."""
    return Joined(tasks, (row.get(name) for name in ID_KEYS), tool_sets_from(row_tools(row)), request_from(row))


def row_gold(row: Mapping[str, Any]) -> Gold | None:
    """The row's gold, under whatever of the usual names."""
    return next((gold_from(row[name]) for name in GOLD_KEYS if row.get(name) is not None), None)


def own_fields(row: Mapping[str, Any], index: int = 0) -> dict[str, Any]:
    """What a row says about itself, as keywords of `Joined.trajectory`; ``index`` numbers samples where the row does not."""
    sample, reward = first_of(row, "sample", "trial"), row.get("reward")
    return {
        "sample": sample if isinstance(sample, int) else index,
        "model": as_text(row.get("model")),
        "run": as_text(row.get("run")),
        "gold": row_gold(row),
        "reward": float(reward) if isinstance(reward, int | float) else None,
        "tags": tuple(map(as_text, as_list(row.get("tags"), "tags"))),
        "meta": dict(as_object(first_of(row, "meta", "metadata", default={}), "meta")),
    }


def attempted(turns: Turns) -> Turns:
    """The turns, if the model said something in them.

    Raises:
        FormatError: it did not; the row is a task.
    """
    if any(isinstance(turn, Step) for turn in turns):
        return turns
    raise FormatError("no assistant turn: this row is a task, not an output; pass the file with --tasks")


def task_from(row: Mapping[str, Any], turns: Iterable[Message | Step], name: str) -> Task:
    """A row or request body as a task: what stands before the first assistant turn, with tools, request and gold.

    Raises:
        FormatError: tools or gold are not in shape.
    """
    messages: list[Message] = []
    for turn in turns:
        if not isinstance(turn, Message):
            break
        messages.append(turn)
    tool_sets = tool_sets_from(row_tools(row))
    return Task(id=name, tool_sets=tool_sets, messages=tuple(messages), request=request_from(row), gold=row_gold(row))


def row_id(row: Mapping[str, Any], source: Source, line: int) -> str:
    """The row's id, its place where it has none."""
    return str(next((row[name] for name in ID_KEYS if row.get(name) not in (None, "")), f"{source.name}:{line}"))


def written_fields(trajectory: Trajectory) -> dict[str, Any]:
    """What `own_fields` reads back, without what is not set."""
    row: dict[str, Any] = {name: value for name in ("model", "run", "sample") if (value := getattr(trajectory, name))}
    if trajectory.tags:
        row["tags"] = list(trajectory.tags)
    if trajectory.reward is not None:
        row["reward"] = trajectory.reward
    if trajectory.gold is not None:
        row["gold"] = plain(trajectory.gold)
    return row
