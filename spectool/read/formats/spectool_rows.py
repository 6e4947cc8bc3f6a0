"""SpecTool's own rows: ``outputs.jsonl`` (self-contained attempts) and ``tasks.jsonl``.

An attempt has ``turns`` (``{"kind": "message", "role", "content"}`` and ``{"kind": "step", …}`` with the fields of ``Step``), its tools
under ``tools`` (one list) or ``tool_sets`` (several; a step's ``tool_set`` points into them), ``request``, ``gold``, ``reward``,
``tags`` and ``meta``. A step with ``raw`` and neither ``calls`` nor ``dialect`` is parsed here, in the dialect that ``request`` names,
so that outputs kept as text profit from better parsers. Values are never converted: a number where a string belongs makes a rejected
row, not a string.

A task has ``messages``, tools, ``request``, ``gold``, ``tags`` and ``meta`` (for several steps, ``meta.world`` names the environments that
execute its calls, with their versions, or ``meta.script`` holds scripted tool replies; ``meta.user`` is the script of a user who answers
back).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from spectool.model import Message, Rejected, Request, Role, Step, Task, Trajectory
from spectool.read.gold import gold_from
from spectool.read.join import Joined, ToolSets
from spectool.read.record import as_list, as_object, convert, share
from spectool.read.source import FormatError, Source
from spectool.read.steps import step_from_text
from spectool.read.tools import tool_sets_from, tools_from
from spectool.read.writing import plain, write_tool

NAME = "spectool"
DESCRIPTION = "SpecTool's own rows: attempts with turns, tools, request and gold, and its tasks"
EXAMPLE = (
    '{"id": "weather-1", "task": "weather-1", "model": "m", "tools": [{"type": "function", "function": {"name": '
    '"get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": '
    '["city"]}}}], "turns": [{"kind": "message", "role": "user", "content": "Weather in Paris?"}, {"kind": "step", '
    '"dialect": "native", "calls": [{"name": "get_weather", "arguments": {"city": "Paris"}}]}], "gold": {"paths": '
    '[[{"name": "get_weather", "arguments": {"city": {"values": ["Paris"]}}}]]}}'
)
# Keys of a task's meta that say how its calls are answered, and by whom.
_OF_TASKS = frozenset({"world", "script", "user"})


def sniff(source: Source) -> float:
    """By turns with a kind; by what only our tasks have.

    A task without gold looks like a chat that nobody has answered: beside one that is surely ours it is a task as well.
    """
    tasks = 0.95 * share(source, _may_be_task) if any(map(_is_task, source.sample())) else 0.0
    return max(share(source, _has_turns), tasks)


def _has_turns(row: Any) -> bool:
    turns = row.get("turns") if isinstance(row, Mapping) else None
    return isinstance(turns, list) and all(isinstance(turn, Mapping) and turn.get("kind") in ("message", "step") for turn in turns)


def _is_task(row: Any) -> bool:
    if not _may_be_task(row):
        return False
    gold, meta, tools = row.get("gold"), row.get("meta"), row.get("tools")
    if (isinstance(gold, Mapping) and "paths" in gold) or "tool_sets" in row or isinstance(row.get("request"), Mapping):
        return True
    if isinstance(tools, list) and any(isinstance(tool, Mapping) and "effect" in tool for tool in tools):
        return True
    return isinstance(meta, Mapping) and not _OF_TASKS.isdisjoint(meta)


def _may_be_task(row: Any) -> bool:
    messages = row.get("messages") if isinstance(row, Mapping) else None
    return isinstance(messages, list) and not any(isinstance(each, Mapping) and each.get("role") == "assistant" for each in messages)


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of an attempt or a task that need no help; names as in `Trajectory` and `Task`."""

    id: str
    task: str = ""
    sample: int = 0
    model: str = ""
    run: str = ""
    request: Request = Request()
    turns: tuple[Message | Step, ...] = ()
    messages: tuple[_Line, ...] = ()
    reward: float | None = None
    time: str | None = None
    tags: tuple[str, ...] = ()
    meta: Mapping[str, Any] = msgspec.field(default_factory=dict)


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """A task's message, which needs no kind."""

    role: Role
    content: str = ""


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a row."""
    return convert(source, lambda record, line: (_trajectory(as_object(record, "a row"), line, source, tasks),))


def _trajectory(record: Mapping[str, Any], line: int, source: Source, tasks: Mapping[str, Task]) -> Trajectory:
    if "turns" not in record:
        raise FormatError("no 'turns': this row is a task, not an output; pass the file with --tasks")
    row = _row(record)
    joined = Joined(tasks, (row.task, row.id), _tool_sets(record), row.request)
    return msgspec.structs.replace(
        joined.trajectory(source, line, _parsed(row, record, joined), form=NAME, gold=gold_from(record.get("gold"))),
        id=row.id,
        sample=row.sample,
        model=row.model,
        run=row.run,
        reward=row.reward,
        time=row.time,
        tags=tuple(dict.fromkeys((*joined.task.tags, *row.tags))),
        meta={**joined.task.meta, **row.meta, "format": NAME},
    )


def _row(record: Mapping[str, Any]) -> _Row:
    try:
        return msgspec.convert(record, _Row)
    except msgspec.ValidationError as error:
        raise FormatError(f"{str(error)[0].lower()}{str(error)[1:]}") from None


def _tool_sets(record: Mapping[str, Any]) -> ToolSets:
    if record.get("tool_sets"):
        return tuple(map(tools_from, as_list(record["tool_sets"], "tool_sets")))
    return tool_sets_from(record.get("tools"))


def _parsed(row: _Row, record: Mapping[str, Any], joined: Joined) -> tuple[Message | Step, ...]:
    """The turns, steps kept only as text parsed."""
    return tuple(
        _parse_step(turn, joined) if isinstance(turn, Step) and turn.raw and not given.keys() & {"calls", "dialect"} else turn
        for turn, given in zip(row.turns, record["turns"], strict=True)
    )


def _parse_step(step: Step, joined: Joined) -> Step:
    offered = joined.tool_sets[step.tool_set] if step.tool_set < len(joined.tool_sets) else ()
    parsed = step_from_text(
        step.raw or "",
        asked=joined.asked,
        names=tuple(tool.name for tool in offered),
        finish_reason=step.finish_reason,
        reasoning=step.reasoning,
    )
    kept = {"tool_set": step.tool_set, "agent": step.agent, "parent": step.parent, "time": step.time, "logprobs": step.logprobs}
    return msgspec.structs.replace(parsed, **kept)


def read_tasks(source: Source) -> Iterator[Task | Rejected]:
    """One task a row; an attempt's row serves as the task it attempts (its messages before the first step)."""
    return convert(source, lambda record, line: (_task(as_object(record, "a row")),))


def _task(record: Mapping[str, Any]) -> Task:
    row = _row(record)
    messages = [Message(role=line.role, content=line.content) for line in row.messages]
    for turn in row.turns:
        if not isinstance(turn, Message):
            break
        messages.append(turn)
    return Task(
        id=row.task or row.id,
        tool_sets=_tool_sets(record),
        messages=tuple(messages),
        gold=gold_from(record.get("gold")),
        request=row.request,
        tags=row.tags,
        meta=row.meta,
    )


def write(trajectory: Trajectory) -> dict[str, Any]:
    """A self-contained row; fields that hold their default are left out."""
    row = plain(msgspec.structs.replace(trajectory, tool_sets=(), source="", line=None))
    del row["key"]
    row["meta"] = {name: value for name, value in trajectory.meta.items() if name != "format"}
    kept = {name: value for name, value in row.items() if value != {}}
    return {"id": trajectory.id, **_written_tools(trajectory.tool_sets), **kept}


def write_task(task: Task) -> dict[str, Any]:
    """A row of ``tasks.jsonl``."""
    row = plain(msgspec.structs.replace(task, tool_sets=(), messages=()))
    messages = [{"role": message.role, "content": message.content} for message in task.messages]
    return {"id": task.id, **_written_tools(task.tool_sets), "messages": messages, **row}


def _written_tools(tool_sets: ToolSets) -> dict[str, Any]:
    """One tool set under ``tools``, several under ``tool_sets``; effects are said even where unknown, so that none is guessed."""
    sets = [[{**write_tool(tool), "effect": tool.effect} for tool in offered] for offered in tool_sets]
    return {"tool_sets": sets} if len(sets) > 1 else {"tools": sets[0]} if sets else {}
