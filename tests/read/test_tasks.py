"""Tasks and tools given beside the outputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from spectool.model import Rejected, Tool
from spectool.read.source import FormatError
from spectool.read.tasks import load_tasks, load_tools

ASKED = {"role": "user", "content": "do"}
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}}
F = Tool(name="f", parameters=SCHEMA)
OURS = {"id": "t1", "tools": [{"name": "f", "parameters": SCHEMA}], "messages": [ASKED], "gold": {"paths": [[]]}}
BATCH = {"custom_id": "t2", "body": {"messages": [ASKED], "tools": [{"type": "function", "function": {"name": "f", "parameters": SCHEMA}}]}}
CHAT = {"id": "t3", "messages": [ASKED], "tools": [{"name": "f", "parameters": SCHEMA}]}
SIXTY = {"id": 4, "query": "do", "tools": '[{"name": "f", "parameters": {"a": {"type": "str"}}}]', "answers": "[]"}


def test_tasks_come_from_every_format_that_holds_some(opened: Any, tmp_path: Path) -> None:
    for number, row in enumerate((OURS, BATCH, CHAT, SIXTY)):
        opened(row, name=f"tasks/{number}.jsonl")
    tasks, rejected = load_tasks([tmp_path / "tasks"])
    assert ([*tasks], rejected) == (["t1", "t2", "t3", "4"], [])
    assert [[tool.name for tool in task.tool_sets[0]] for task in tasks.values()] == [["f"]] * 4


def test_a_file_without_tasks_in_a_folder_is_named_and_the_rest_read(opened: Any, tmp_path: Path) -> None:
    opened(OURS, name="tasks/a.jsonl")
    opened({"foo": 1}, name="tasks/b.jsonl")
    opened({"choices": [{"message": {"content": "hi"}}]}, name="tasks/c.jsonl")
    tasks, rejected = load_tasks([tmp_path / "tasks"])
    assert [*tasks] == ["t1"]
    assert [(found.source, found.line) for found in rejected] == [("tasks/b.jsonl", None), ("tasks/c.jsonl", None)]
    assert rejected[0].reason.startswith("tasks/b.jsonl: no format fits: the first record has the keys 'foo'")
    assert rejected[1].reason.startswith("tasks/c.jsonl: is openai_response, which holds no tasks; tasks are read from spectool, ")


def test_a_file_named_alone_that_holds_no_tasks_is_an_error(opened: Any, tmp_path: Path) -> None:
    opened({"foo": 1})
    with pytest.raises(FormatError, match=r"^a\.jsonl: no format fits"):
        load_tasks([tmp_path / "a.jsonl"])
    with pytest.raises(FormatError, match=r"^format 'openai_response' holds no tasks$"):
        load_tasks([tmp_path / "a.jsonl"], "openai_response")


def test_a_bad_task_costs_only_itself(opened: Any, tmp_path: Path) -> None:
    opened(OURS, "nope", {**OURS, "id": "t9"})
    tasks, rejected = load_tasks([tmp_path / "a.jsonl"])
    assert ([*tasks], [found.line for found in rejected]) == (["t1", "t9"], [2])


def test_an_id_twice_keeps_the_first_and_says_so(opened: Any, tmp_path: Path) -> None:
    opened(OURS, OURS, {**OURS, "gold": None})
    tasks, rejected = load_tasks([tmp_path / "a.jsonl"])
    assert tasks["t1"].gold is not None
    assert rejected == [Rejected(source="a.jsonl", line=None, reason="a second task with the id 't1' and other content; the first is used")]


LISTS: dict[str, list[Any]] = {
    "an MCP reply": [{"jsonrpc": "2.0", "id": 1, "result": {"tools": [{"name": "f", "inputSchema": SCHEMA}]}}],
    "an MCP list": [{"tools": [{"name": "f", "title": "F", "inputSchema": SCHEMA, "annotations": {"destructiveHint": True}}]}],
    "an OpenAI list": [[{"type": "function", "function": {"name": "f", "parameters": SCHEMA}}]],
    "a flat list": [[{"type": "function", "name": "f", "parameters": SCHEMA}]],
    "an Anthropic list": [[{"name": "f", "input_schema": SCHEMA}]],
    "a tool a line": [{"name": "f", "parameters": SCHEMA}, {"name": "f", "parameters": SCHEMA}],
    "Gemini's declarations": [
        [{"function_declarations": [{"name": "f", "parameters": {"type": "OBJECT", "properties": {"a": {"type": "STRING"}}}}]}]
    ],
    "a list as a JSON string": [{"tools": json.dumps([{"name": "f", "parameters": SCHEMA}])}],
    "BFCL's types": [[{"name": "f", "parameters": {"type": "dict", "properties": {"a": {"type": "string"}}}}]],
    "WorkBench's map": [{"f": {"params": ["a"], "required": [], "defaults": ["1"], "doc": "Parameters\n----------\na : str\n    x"}}],
}


@pytest.mark.parametrize("rows", LISTS.values(), ids=LISTS)
def test_tools(opened: Any, tmp_path: Path, rows: list[Any]) -> None:
    opened(*rows)
    (found,) = load_tools(tmp_path / "a.jsonl")
    assert (found.name, found.parameters["properties"]["a"]["type"]) == ("f", "string")


EFFECTS: dict[str, tuple[dict[str, Any], str]] = {
    "stated": ({"name": "f", "effect": "write"}, "write"),
    "read only by MCP's hint": ({"name": "f", "annotations": {"readOnlyHint": True}}, "read"),
    "not read only by MCP's hint": ({"name": "get_f", "annotations": {"readOnlyHint": False}}, "write"),
    "nothing known": ({"name": "f"}, "unknown"),
}


@pytest.mark.parametrize(("tool", "effect"), EFFECTS.values(), ids=EFFECTS)
def test_effects(opened: Any, tmp_path: Path, tool: dict[str, Any], effect: str) -> None:
    opened(tool)
    assert [found.effect for found in load_tools(tmp_path / "a.jsonl")] == [effect]


NO_TOOLS: dict[str, tuple[str, str]] = {
    "nothing in it": ("[]", r"no tools in it; expected a list of tools or \{'tools': \[…\]\}$"),
    "an object without a list": (
        '{"servers": []}',
        r"^a\.jsonl:1: expected a tool with a name, or an object with 'tools', got one with the keys 'servers'$",
    ),
    "a tool without name": ('{"parameters": {}}', r"^a\.jsonl:1: expected a tool with a name, .* with the keys 'parameters'$"),
    "a tool without name in a list": ('{"tools": [{"parameters": {}}]}', r"^a\.jsonl:1: a tool without name"),
    "no JSON": ("{", r"^a\.jsonl:1: not JSON: ends early"),
}


@pytest.mark.parametrize(("text", "message"), NO_TOOLS.values(), ids=NO_TOOLS)
def test_a_file_without_tools_is_an_error(opened: Any, tmp_path: Path, text: str, message: str) -> None:
    opened(text)
    with pytest.raises(FormatError, match=message):
        load_tools(tmp_path / "a.jsonl")
