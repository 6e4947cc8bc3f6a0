"""OpenTelemetry GenAI spans."""

from __future__ import annotations

import json
from typing import Any

import pytest

from spectool.model import Call, Message, Rejected, Result, Step, Trajectory
from spectool.read.formats import otel_genai

USER = {"role": "user", "parts": [{"type": "text", "content": "do"}]}
CALL = {"type": "tool_call", "id": "call_1", "name": "f", "arguments": {"a": 1}}
MADE = {"role": "assistant", "parts": [{"type": "reasoning", "content": "hm"}, CALL], "finish_reason": "tool_call"}
REPLY = {"role": "tool", "parts": [{"type": "tool_call_response", "id": "call_1", "response": "1"}]}
DONE = {"role": "assistant", "parts": [{"type": "text", "content": "Done."}], "finish_reason": "stop"}
TOOLS = [{"type": "function", "name": "f", "parameters": {"type": "object", "properties": {}}}]


def chat(before: list[Any], after: Any, **more: Any) -> dict[str, Any]:
    """The attributes of a model call, structured content as JSON strings."""
    held = {
        "gen_ai.input.messages": json.dumps(before),
        "gen_ai.output.messages": json.dumps([after]),
        "gen_ai.tool.definitions": json.dumps(TOOLS),
    }
    return {"gen_ai.operation.name": "chat", "gen_ai.request.model": "m", **held, **more}


FIRST, SECOND = chat([USER], MADE), chat([USER, MADE, REPLY], DONE)
TURNS = (
    Message(role="user", content="do"),
    Step(
        raw="", reasoning="hm", dialect="native", finish_reason="tool_call",
        calls=(Call(id="call_1", name="f", arguments={"a": 1}, result=Result(content="1")),),
    ),
    Message(role="tool", content="1"),
    Step(text="Done.", raw="Done.", finish_reason="stop"),
)  # fmt: skip


def otlp(value: Any) -> dict[str, Any]:
    return {"stringValue": value} if isinstance(value, str) else {"arrayValue": {"values": [otlp(item) for item in value]}}


def span(attributes: dict[str, Any], start: int, trace: str = "t") -> dict[str, Any]:
    return {"traceId": trace, "spanId": str(start), "name": "chat m", "startTimeUnixNano": str(start), "attributes": attributes}


def nested(*spans: dict[str, Any]) -> dict[str, Any]:
    listed = [{**one, "attributes": [{"key": name, "value": otlp(value)} for name, value in one["attributes"].items()]} for one in spans]
    return {"resourceSpans": [{"resource": {"attributes": []}, "scopeSpans": [{"scope": {}, "spans": listed}]}]}


SHAPES: dict[str, list[Any]] = {
    "flat attributes with a conversation": [{**FIRST, "gen_ai.conversation.id": "t"}, {**SECOND, "gen_ai.conversation.id": "t"}],
    "spans with attributes": [span(FIRST, 1), span(SECOND, 2)],
    "spans in the order they ended": [span(SECOND, 2), span(FIRST, 1)],
    "OTLP, one line": [nested(span(FIRST, 1), span(SECOND, 2))],
    "OTLP, a line a span": [nested(span(FIRST, 1)), nested(span(SECOND, 2))],
    "content in an event": [
        span(FIRST, 1),
        {
            **span({"gen_ai.operation.name": "chat"}, 2),
            "events": [{"name": "gen_ai.client.inference.operation.details", "attributes": SECOND}],
        },
    ],
    "ids in a context, as the console exporter writes": [
        {"context": {"trace_id": "t", "span_id": "1"}, "start_time": "2026-01-01T00:00:01Z", "attributes": FIRST},
        {"context": {"trace_id": "t", "span_id": "2"}, "start_time": "2026-01-01T00:00:02Z", "attributes": SECOND},
    ],
}


@pytest.mark.parametrize("rows", SHAPES.values(), ids=SHAPES)
def test_the_calls_of_one_conversation_are_put_together(opened: Any, rows: list[Any]) -> None:
    source = opened(*rows)
    assert otel_genai.sniff(source) > 0.9
    (found,) = otel_genai.read(source, {})
    assert isinstance(found, Trajectory)
    assert (found.id, found.model, found.turns) == ("t", "m", TURNS)
    assert [[tool.name for tool in tools] for tools in found.tool_sets] == [["f"]]


def test_a_call_that_does_not_continue_the_history_begins_another(opened: Any) -> None:
    found = list(otel_genai.read(opened(nested(span(FIRST, 1), span(chat([USER], DONE), 2), span(FIRST, 3, "u"))), {}))
    assert [len(t.turns) for t in found if isinstance(t, Trajectory)] == [2, 2, 2]
    assert len({t.key for t in found if isinstance(t, Trajectory)}) == 3


def test_results_of_execute_tool_spans(opened: Any) -> None:
    executed = {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "f",
        "gen_ai.tool.call.id": "call_1",
        "gen_ai.tool.call.result": "boom",
        "error.type": "X",
    }
    (found,) = otel_genai.read(opened(span(FIRST, 1), span(executed, 2)), {})
    assert isinstance(found, Trajectory)
    assert found.turns[1].calls[0].result == Result(content="boom", is_error=True)  # type: ignore[union-attr]


def test_tools_that_change_make_another_tool_set(opened: Any) -> None:
    more = json.dumps([*TOOLS, {"type": "function", "name": "g"}])
    (found,) = otel_genai.read(opened(span(FIRST, 1), span({**SECOND, "gen_ai.tool.definitions": more}, 2)), {})
    assert isinstance(found, Trajectory)
    assert [[tool.name for tool in tools] for tools in found.tool_sets] == [["f"], ["f", "g"]]
    assert [turn.tool_set for turn in found.turns if isinstance(turn, Step)] == [0, 1]


REJECTED: dict[str, tuple[dict[str, Any], str]] = {
    "content not captured": (
        {"gen_ai.operation.name": "chat"},
        "no content captured: the span has no gen_ai.output.messages (capturing content is off by default)",
    ),
    "a trace without a model call": (
        {"gen_ai.operation.name": "invoke_agent"},
        "no model call among the 1 spans of this trace (operations: 'invoke_agent')",
    ),
    "messages that are no JSON": ({**FIRST, "gen_ai.output.messages": "hi"}, "not JSON: expecting value at character 0"),
    "parts that are no list": (
        {**FIRST, "gen_ai.output.messages": '[{"role": "assistant", "parts": 3}]'},
        "expected parts to be a list, got number '3'",
    ),
}


@pytest.mark.parametrize(("attributes", "reason"), REJECTED.values(), ids=REJECTED)
def test_what_can_not_be_read_is_named(opened: Any, attributes: dict[str, Any], reason: str) -> None:
    (found,) = otel_genai.read(opened(span(attributes, 1)), {})
    assert isinstance(found, Rejected)
    assert (found.line, found.reason) == (1, reason)


def test_a_conversation_is_given_out_once_it_is_quiet(opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(otel_genai, "WINDOW", 2)
    rows = [span(FIRST, number, trace) for number, trace in enumerate("abcdef")]
    found = [t.id for t in otel_genai.read(opened(*rows, span(SECOND, 9, "f")), {}) if isinstance(t, Trajectory)]
    assert found == list("abcdef")
