"""Batch files, whole responses and Responses-API items: what servers return rather than what people log."""

from __future__ import annotations

from typing import Any

import pytest

from spectool.model import Call, Message, Rejected, Request, Result, Step, Task, Tool, Trajectory
from spectool.read.formats import openai_batch, openai_items, openai_response

CALL = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": '{"a": 1}'}}
ASKED = {"role": "user", "content": "do"}
CHAT = {
    "id": "chatcmpl-1",
    "model": "m",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": None, "tool_calls": [CALL]}, "finish_reason": "tool_calls"}],
}
REQUEST = {
    "custom_id": "t1", "method": "POST", "url": "/v1/chat/completions",
    "body": {"model": "m", "messages": [ASKED], "tools": [{"type": "function", "function": {"name": "f"}}], "tool_choice": "required"},
}  # fmt: skip
F = Tool(name="f", parameters={"type": "object", "properties": {}})
TASK = Task(id="t1", tool_sets=((F,),), messages=(Message(role="user", content="do"),), request=Request(tool_choice="required"))
CALLED = Step(
    raw="", dialect="native", finish_reason="tool_calls", calls=(Call(id="call_1", name="f", arguments={"a": 1}, raw='{"a": 1}'),)
)


def only(items: Any) -> Trajectory:
    (found,) = items
    assert isinstance(found, Trajectory)
    return found


def test_an_output_is_joined_with_its_request_by_custom_id(opened: Any) -> None:
    tasks = list(openai_batch.read_tasks(opened(REQUEST, name="requests.jsonl")))
    assert tasks == [TASK]
    output = opened({"id": "b", "custom_id": "t1", "response": {"status_code": 200, "body": CHAT}, "error": None})
    found = only(openai_batch.read(output, {"t1": TASK}))
    assert (found.id, found.task, found.model, found.tool_sets, found.request) == (
        "t1",
        "t1",
        "m",
        ((F,),),
        Request(tool_choice="required"),
    )
    assert found.turns == (Message(role="user", content="do"), CALLED)


def test_without_its_request_an_output_has_no_tools(opened: Any) -> None:
    found = only(openai_batch.read(opened({"custom_id": "t1", "response": {"status_code": 200, "body": CHAT}}), {}))
    assert (found.tool_sets, found.turns) == ((), (CALLED,))


def test_order_does_not_matter(opened: Any) -> None:
    tasks = {name: Task(id=name, messages=(Message(role="user", content=name),)) for name in ("a", "b")}
    rows = [{"custom_id": name, "response": {"body": CHAT}} for name in ("b", "a")]
    assert [t.turns[0].content for t in openai_batch.read(opened(*rows), tasks)] == ["b", "a"]  # type: ignore[union-attr]


FAILURES: dict[str, tuple[dict[str, Any], str]] = {
    "an error of the batch": ({"response": None, "error": {"code": "batch_expired", "message": "not done in time"}}, "not done in time"),
    "a status": ({"response": {"status_code": 400, "body": {"error": {"message": "too long"}}}, "error": None}, "too long"),
    "a status without body": ({"response": {"status_code": 500, "body": None}, "error": None}, "status 500"),
}


@pytest.mark.parametrize(("row", "message"), FAILURES.values(), ids=FAILURES)
def test_a_failed_request_is_an_attempt_that_ended_in_an_error(opened: Any, row: dict[str, Any], message: str) -> None:
    found = only(openai_batch.read(opened({"custom_id": "t1", **row}), {"t1": TASK}))
    assert found.turns == (Message(role="user", content="do"), Step(text=message, finish_reason="error"))
    assert found.meta == {"format": "openai_batch", "inference_error": message}


def test_a_request_among_the_outputs_is_named(opened: Any) -> None:
    (found,) = openai_batch.read(opened(REQUEST), {})
    assert isinstance(found, Rejected)
    assert found.reason == "a batch request, not an output; pass the file with --tasks"


def test_a_responses_api_batch(opened: Any) -> None:
    body = {
        "object": "response",
        "status": "completed",
        "model": "m",
        "output": [{"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"}],
    }
    found = only(openai_batch.read(opened({"custom_id": "t1", "response": {"status_code": 200, "body": body}}), {}))
    assert found.turns == (
        Step(raw="", dialect="native", finish_reason="completed", calls=(Call(id="c", name="f", arguments={}, raw="{}"),)),
    )
    request = {"custom_id": "t1", "body": {"input": "do", "tools": [{"type": "function", "name": "f"}], "tool_choice": "required"}}
    assert list(openai_batch.read_tasks(opened(request))) == [TASK]


def test_each_choice_of_a_response_is_a_sample(opened: Any) -> None:
    choices = [{"message": {"content": text}, "finish_reason": "length"} for text in ("a", "b")]
    found = list(openai_response.read(opened({**CHAT, "choices": choices}), {}))
    assert [(t.sample, t.turns) for t in found if isinstance(t, Trajectory)] == [
        (0, (Step(text="a", raw="a", finish_reason="length"),)),
        (1, (Step(text="b", raw="b", finish_reason="length"),)),
    ]
    assert len({t.key for t in found if isinstance(t, Trajectory)}) == 2


def test_a_response_without_choices_is_rejected(opened: Any) -> None:
    (found,) = openai_response.read(opened({"choices": [], "error": "overloaded"}), {})
    assert isinstance(found, Rejected)
    assert found.reason == "a response without choices: overloaded"


ITEMS = [
    {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "do"}, {"type": "input_image"}]},
    {"type": "reasoning", "summary": [{"type": "summary_text", "text": "hm"}]},
    {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Both."}]},
    {"type": "function_call", "call_id": "c1", "name": "f", "arguments": '{"a": 1}'},
    {"type": "custom_tool_call", "call_id": "c2", "name": "run", "input": "ls"},
    {"type": "function_call_output", "call_id": "c1", "output": "1"},
    {"type": "custom_tool_call_output", "call_id": "c2", "output": [{"type": "input_text", "text": "2"}]},
    {"type": "web_search_call", "id": "w", "status": "completed"},
    {"type": "mcp_call", "id": "m1", "name": "g", "arguments": "{}", "output": None, "error": "no such thing"},
    {"type": "message", "role": "assistant", "content": "Done."},
]
TURNS = (
    Message(role="user", content="do\n[image]"),
    Step(
        text="Both.", raw="Both.", reasoning="hm", dialect="native",
        calls=(
            Call(id="c1", name="f", arguments={"a": 1}, raw='{"a": 1}', result=Result(content="1")),
            Call(id="c2", name="run", arguments={"input": "ls"}, result=Result(content="2")),
        ),
    ),
    Message(role="tool", content="1"),
    Message(role="tool", content="2"),
    Step(
        text="[web_search_call]\nDone.", raw="[web_search_call]\nDone.", dialect="native",
        calls=(Call(id="m1", name="g", arguments={}, raw="{}", result=Result(content="no such thing", is_error=True)),),
    ),
    Message(role="tool", content="no such thing"),
)  # fmt: skip
SHAPES: dict[str, list[Any]] = {
    "a list of items a line": [ITEMS, ITEMS],
    "a row of input and output": [{"input": ITEMS[:1], "output": ITEMS[1:]}],
    "a file that is one list": [ITEMS],
    "an item a line": ITEMS,
}


@pytest.mark.parametrize("rows", SHAPES.values(), ids=SHAPES)
def test_items(opened: Any, rows: list[Any]) -> None:
    source = opened(*rows)
    assert openai_items.sniff(source) >= 0.9
    found = list(openai_items.read(source, {}))
    assert [t.turns for t in found if isinstance(t, Trajectory)] == [TURNS] * len(found)


def test_a_response_object(opened: Any) -> None:
    row = {
        "id": "resp_1", "object": "response", "model": "m", "instructions": "Be brief.", "input": "do", "status": "incomplete",
        "incomplete_details": {"reason": "max_output_tokens"}, "tools": [{"type": "function", "name": "f"}, {"type": "web_search"}],
        "output": [{"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "I"}]}],
    }  # fmt: skip
    found = only(openai_items.read(opened(row), {}))
    assert ([tool.name for tool in found.tool_sets[0]], found.model) == (["f", "web_search"], "m")
    assert found.turns == (
        Message(role="system", content="Be brief."),
        Message(role="user", content="do"),
        Step(text="I", raw="I", finish_reason="length"),
    )
