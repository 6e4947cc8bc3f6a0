"""Tasks as lines of JSON, the tools of an environment encoded once: they are most of a line and the same in thousands."""

from __future__ import annotations

from functools import cache

import msgspec

from spectool.environments.registry import environment_of_tool
from spectool.model import Task, Tool
from spectool.read.formats.spectool_rows import write_task
from spectool.results.rows import to_json


def task_line(task: Task) -> bytes:
    """The row of ``tasks.jsonl`` for a task of the benchmark, with its line end; the same bytes as any other writer's."""
    (tools,) = task.tool_sets
    encoded = [text for tool in tools if (text := _encoded(tool)) is not None]
    if len(encoded) != len(tools):
        return to_json(write_task(task)).encode() + b"\n"
    row = write_task(msgspec.structs.replace(task, tool_sets=()))
    return to_json({"id": row.pop("id"), "tools": msgspec.Raw(b"[" + b",".join(encoded) + b"]"), **row}).encode() + b"\n"


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
