"""Tasks as lines of JSON, the tools of an environment encoded once: they are most of a line and the same in thousands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from spectool.environments.registry import environment_of_tool
from spectool.model import Expected, ExpectedCall, Gold, Task, Tool
from spectool.read.formats.spectool_rows import write_task
from spectool.read.writing import plain
from spectool.results.rows import to_json


def task_line(task: Task) -> bytes:
    """The row of ``tasks.jsonl`` for a task of the benchmark, with its line end; the same bytes as any other writer's."""
    encoded = [text for tool in task.tool_sets[0] if (text := _encoded(tool)) is not None] if len(task.tool_sets) == 1 else []
    if task.gold is None or not encoded or len(encoded) != len(task.tool_sets[0]):
        return to_json(write_task(task)).encode() + b"\n"
    row = write_task(msgspec.structs.replace(task, tool_sets=(), gold=None))
    tools = msgspec.Raw(b"[" + b",".join(encoded) + b"]")
    begun = {"id": row.pop("id"), "tools": tools, "messages": row.pop("messages"), "gold": _gold(task.gold)}
    return to_json({**begun, **row}).encode() + b"\n"


def _gold(gold: Gold) -> dict[str, Any]:
    """A gold as ``plain`` gives it, in a fifth of the time: its hundreds of fields are mostly defaults of one struct."""
    rest: dict[str, Any] = plain(msgspec.structs.replace(gold, paths=()))
    return {"paths": [[_call(call) for call in path] for path in gold.paths], **rest} if gold.paths else rest


def _call(call: ExpectedCall) -> dict[str, Any]:
    row: dict[str, Any] = {"name": call.name}
    if call.arguments:
        row["arguments"] = _arguments(call.arguments)
    if call.turn:
        row["turn"] = call.turn
    return row


def _arguments(arguments: Mapping[str, Expected]) -> dict[str, dict[str, Any]]:
    return {name: _expected(each) for name, each in arguments.items()}


def _expected(expected: Expected) -> dict[str, Any]:
    row: dict[str, Any] = {"values": expected.values} if expected.values else {}
    if expected.objects:
        row["objects"] = [_arguments(each) for each in expected.objects]
    if expected.lists:
        row["lists"] = [_items(each) for each in expected.lists]
    if expected.optional:
        row["optional"] = True
    if expected.any:
        row["any"] = True
    if expected.tolerance is not None:
        row["tolerance"] = expected.tolerance
    return row


def _items(items: Sequence[Expected]) -> list[dict[str, Any]]:
    return [_expected(each) for each in items]


def _encoded(tool: Tool) -> bytes | None:
    home = environment_of_tool(tool.name)
    own = home is not None and home.functions[tool.name].tool is tool
    return _own(tool.name) if own else None


@cache
def _own(name: str) -> bytes | None:
    """An environment's tool as a row holds it."""
    home = environment_of_tool(name)
    if home is None:
        return None
    (row,) = write_task(Task(id="", tool_sets=((home.functions[name].tool,),)))["tools"]
    return to_json(row).encode()
