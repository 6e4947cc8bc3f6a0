"""Anthropic messages."""

from __future__ import annotations

from typing import Any

import pytest

from spectool.model import Call, Message, Rejected, Request, Result, Step, Task, Tool, Trajectory
from spectool.read.formats import anthropic

SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
ROW = {
    "id": "t1",
    "system": [{"type": "text", "text": "Be brief."}],
    "messages": [
        {"role": "user", "content": "Weather in Paris?"},
        {
            "role": "assistant",
            "content": [
                {"type": "thinking", "thinking": "hm", "signature": "…"},
                {"type": "text", "text": "Both."},
                {"type": "tool_use", "id": "toolu_1", "name": "get_weather", "input": {"city": "Paris"}},
                {"type": "tool_use", "id": "toolu_2", "name": "get_weather", "input": {"city": "3"}},
            ],
            "stop_reason": "tool_use",
        },
        {
            "role": "user",
            "content": [
                {"type": "tool_result", "tool_use_id": "toolu_2", "content": [{"type": "text", "text": "no such city"}], "is_error": True},
                {"type": "tool_result", "tool_use_id": "toolu_1", "content": "18C"},
                {"type": "text", "text": "And?"},
            ],
        },
        {"role": "assistant", "content": "18 degrees.", "stop_reason": "max_tokens"},
    ],
    "tools": [{"name": "get_weather", "description": "Weather.", "input_schema": SCHEMA}],
    "tool_choice": {"type": "any", "disable_parallel_tool_use": True},
}
TURNS = (
    Message(role="system", content="Be brief."),
    Message(role="user", content="Weather in Paris?"),
    Step(
        text="Both.", raw="Both.", reasoning="hm", dialect="native", finish_reason="tool_use",
        calls=(
            Call(id="toolu_1", name="get_weather", arguments={"city": "Paris"}, result=Result(content="18C")),
            Call(id="toolu_2", name="get_weather", arguments={"city": "3"}, result=Result(content="no such city", is_error=True)),
        ),
    ),
    Message(role="tool", content="no such city"),
    Message(role="tool", content="18C"),
    Message(role="user", content="And?"),
    Step(text="18 degrees.", raw="18 degrees.", finish_reason="length"),
)  # fmt: skip


def only(items: Any) -> Trajectory:
    (found,) = items
    assert isinstance(found, Trajectory)
    return found


def test_a_whole_row(opened: Any) -> None:
    found = only(anthropic.read(opened(ROW), {}))
    assert found.turns == TURNS
    assert found.tool_sets == ((Tool(name="get_weather", description="Weather.", parameters=SCHEMA, effect="read"),),)
    assert found.request == Request(tool_choice="required", parallel_tool_calls=False)


def test_a_response_alone(opened: Any) -> None:
    row = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "m",
        "content": ROW["messages"][1]["content"],
        "stop_reason": "tool_use",
    }  # type: ignore[index]
    source = opened(row)
    assert anthropic.sniff(source) > 0.9
    found = only(anthropic.read(source, {}))
    assert (found.model, [call.name for call in found.turns[0].calls]) == ("m", ["get_weather", "get_weather"])  # type: ignore[union-attr]


def test_a_response_beside_its_request(opened: Any) -> None:
    row = {"id": "t1", "messages": ROW["messages"][:1], "response": {"role": "assistant", "content": [{"type": "text", "text": "hi"}]}}  # type: ignore[index]
    assert only(anthropic.read(opened(row), {})).turns[1:] == (Step(text="hi", raw="hi"),)


def test_an_attempt_in_text_is_found(opened: Any) -> None:
    text = '<tool_call>{"name": "get_weather", "arguments": {"city": "Paris"}}</tool_call>'
    found = only(anthropic.read(opened({**ROW, "messages": [{"role": "assistant", "content": [{"type": "text", "text": text}]}]}), {}))
    step = found.turns[-1]
    assert isinstance(step, Step)
    assert [call.name for call in step.calls] == ["get_weather"]


def test_rows_as_tasks(opened: Any) -> None:
    row = {**ROW, "messages": ROW["messages"][:1]}  # type: ignore[index]
    (task,) = anthropic.read_tasks(opened(row))
    assert isinstance(task, Task)
    assert (task.id, task.messages, [tool.name for tool in task.tool_sets[0]]) == ("t1", TURNS[:2], ["get_weather"])
    (found,) = anthropic.read(opened(row), {})
    assert isinstance(found, Rejected)
    assert found.reason.startswith("no assistant turn")


def test_what_is_written_reads_the_same(opened: Any) -> None:
    before = only(anthropic.read(opened({**ROW, "tool_choice": None, "reward": 0.5, "gold": []}), {}))
    written = anthropic.write(before)
    assert [block["type"] for block in written["messages"][2]["content"]] == ["tool_result", "tool_result", "text"]
    assert only(anthropic.read(opened(written), {})) == before


@pytest.mark.parametrize("text", ['<tool_call>{"name": "f", "arguments": {"a": 1}</tool_call>'])
def test_writing_repairs_nothing(opened: Any, text: str) -> None:
    before = only(anthropic.read(opened({"messages": [{"role": "user", "content": "x"}, {"role": "assistant", "content": text}]}), {}))
    assert anthropic.write(before)["messages"][1]["content"] == [{"type": "text", "text": text}]


def test_batch_files(opened: Any) -> None:
    params = {name: ROW[name] for name in ("system", "tools", "tool_choice")} | {"messages": ROW["messages"][:1]}  # type: ignore[index]
    requests = opened({"custom_id": "t1", "params": params}, name="requests.jsonl")
    (task,) = anthropic.read_tasks(requests)
    assert isinstance(task, Task)
    assert (task.id, task.messages) == ("t1", TURNS[:2])
    message = {"type": "message", "role": "assistant", "content": [{"type": "text", "text": "hi"}], "stop_reason": "end_turn"}
    failed = {"type": "errored", "error": {"type": "error", "error": {"type": "overloaded_error", "message": "overloaded"}}}
    results = opened(
        {"custom_id": "t1", "result": {"type": "succeeded", "message": message}},
        {"custom_id": "t1", "result": failed},
        {"custom_id": "t1", "result": {"type": "expired"}},
    )
    assert min(anthropic.sniff(requests), anthropic.sniff(results)) > 0.9
    found = [t for t in anthropic.read(results, {"t1": task}) if isinstance(t, Trajectory)]
    assert [t.turns[2:] for t in found] == [
        (Step(text="hi", raw="hi", finish_reason="end_turn"),),
        (Step(text="overloaded", finish_reason="error"),),
        (Step(text="expired", finish_reason="error"),),
    ]
    assert [(t.task, t.tool_sets == task.tool_sets) for t in found] == [("t1", True)] * 3
    (asked,) = anthropic.read(requests, {})
    assert isinstance(asked, Rejected)
