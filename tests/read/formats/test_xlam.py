"""xLAM's unified formats and xlam-function-calling-60k."""

from __future__ import annotations

from typing import Any

from spectool.model import Call, Expected, ExpectedCall, Gold, Message, Rejected, Result, Step, Task, Tool, Trajectory
from spectool.read.formats import xlam_60k, xlam_unified

TOOLS = [
    {
        "type": "function",
        "function": {"name": "f", "description": "", "parameters": {"type": "object", "properties": {"a": {"type": "integer"}}}},
    }
]
F = Tool(name="f", parameters=TOOLS[0]["function"]["parameters"])  # type: ignore[index]
FIRST = {
    "id": "t1", "task_instruction": "Use the tools.", "format_instruction": "JSON.", "few_shot_examples": [], "tools": TOOLS, "query": "do",
    "steps": [
        {
            "step_id": 1, "thought": "hm", "tool_calls": [{"name": "f", "arguments": {"a": 1}}, {"name": "f", "arguments": {"a": 2}}],
            "next_observation": ["1", {"b": 2}], "user_input": "",
        },
        {"step_id": 2, "thought": "", "tool_calls": [{"name": "f", "arguments": {"a": 3}}], "next_observation": "3", "user_input": "And?"},
        {"step_id": 3, "thought": "Done.", "tool_calls": [], "next_observation": "", "user_input": ""},
    ],
}  # fmt: skip
TURNS = (
    Message(role="system", content="Use the tools."),
    Message(role="user", content="do"),
    Step(
        text="hm", raw="hm", dialect="native",
        calls=(
            Call(name="f", arguments={"a": 1}, result=Result(content="1")),
            Call(name="f", arguments={"a": 2}, result=Result(content='{"b":2}')),
        ),
    ),
    Message(role="tool", content="1"),
    Message(role="tool", content='{"b":2}'),
    Step(raw="", dialect="native", calls=(Call(name="f", arguments={"a": 3}, result=Result(content="3")),)),
    Message(role="tool", content="3"),
    Message(role="user", content="And?"),
    Step(text="Done.", raw="Done."),
)  # fmt: skip


def only(items: Any) -> Trajectory:
    (found,) = items
    assert isinstance(found, Trajectory)
    return found


def test_unified_1(opened: Any) -> None:
    found = only(xlam_unified.read(opened(FIRST), {}))
    assert (found.id, found.tool_sets, found.turns) == ("t1", ((F,),), TURNS)


def test_unified_2_reads_what_is_written(opened: Any) -> None:
    before = only(xlam_unified.read(opened(FIRST), {}))
    row = xlam_unified.write(before)
    assert [message["role"] for message in row["conversation"]] == [
        "user",
        "assistant",
        "tool",
        "tool",
        "assistant",
        "tool",
        "user",
        "assistant",
    ]
    assert row["conversation"][1]["tool_calls"][0] == {
        "type": "function",
        "id": "call_1_0",
        "function": {"name": "f", "arguments": {"a": 1}},
    }
    once = only(xlam_unified.read(opened(row), {}))
    assert once.tool_sets == before.tool_sets
    assert [[(c.name, c.arguments, c.result) for c in t.calls] if isinstance(t, Step) else t for t in once.turns] == [
        [(c.name, c.arguments, c.result) for c in t.calls] if isinstance(t, Step) else t for t in TURNS
    ]
    assert only(xlam_unified.read(opened(xlam_unified.write(once)), {})) == once


def test_writing_repairs_nothing(opened: Any) -> None:
    text = '<tool_call>{"name": "f", "arguments": {"a": 1}</tool_call>'
    before = only(xlam_unified.read(opened({"unique_trajectory_id": "t", "conversation": [{"role": "assistant", "content": text}]}), {}))
    assert before.tool_sets == ()
    assert xlam_unified.write(before)["conversation"] == [{"role": "assistant", "content": text}]


ROW = {
    "id": 7,
    "query": "do",
    "tools": '[{"name": "f", "description": "d", "parameters": {"a": {"type": "int, optional", "description": "n", "default": 1}}}]',
    "answers": '[{"name": "f", "arguments": {"a": 2}}]',
}
GOLD = Gold(paths=((ExpectedCall(name="f", arguments={"a": Expected(values=(2,))}),),), mode="unordered")


def test_rows_of_60k_as_tasks(opened: Any) -> None:
    (task, none) = xlam_60k.read_tasks(opened(ROW, {**ROW, "answers": "[]"}))
    assert isinstance(task, Task)
    assert isinstance(none, Task)
    assert (task.id, task.messages, task.gold) == ("7", (Message(role="user", content="do"),), GOLD)
    assert task.tool_sets[0][0].parameters["properties"]["a"]["type"] == "integer"
    assert none.gold == Gold(paths=((),), mode="exact")


def test_rows_of_60k_with_an_output(opened: Any) -> None:
    text = '[{"name": "f", "arguments": {"a": 2}}]'
    found, task = xlam_60k.read(opened({**ROW, "output": text}, ROW), {})
    assert isinstance(found, Trajectory)
    assert (found.id, found.gold, found.turns[0]) == ("7", GOLD, Message(role="user", content="do"))
    assert [(call.name, call.arguments) for call in found.turns[1].calls] == [("f", {"a": 2})]  # type: ignore[union-attr]
    assert isinstance(task, Rejected)
    assert task.reason.endswith("this row is a task, not an output; pass the file with --tasks")
