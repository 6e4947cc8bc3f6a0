"""Anthropic messages: requests with their conversation, or whole responses.

- Rows of ``{"messages": […], "system": …, "tools": [… "input_schema" …]}`` whose content blocks are ``text``, ``thinking``,
  ``tool_use`` and ``tool_result``; a trailing response under ``response``, ``completion`` or ``output``.
- Whole responses ``{"type": "message", "role": "assistant", "content": […], "stop_reason": …}`` on their own.

- Batch files: results ``{"custom_id", "result": {"type": "succeeded", "message"}}`` and, for ``--tasks``, requests ``{"custom_id",
  "params"}``. A request that failed is an attempt whose one step has finish reason ``error``.

``input`` is an object already, so JSON that does not parse can not be seen here; text beside no ``tool_use`` block is searched for an
attempt. ``server_tool_use`` blocks are run by the provider and kept as a placeholder. ``stop_reason`` ``max_tokens`` is read as
``length``, the rest stays.

Source: Anthropic API reference, "Messages".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from spectool.model import Message, Rejected, Result, Step, Task, Trajectory
from spectool.read.content import content_text, part_text
from spectool.read.formats.answered import PlacedResult, answered
from spectool.read.formats.row_fields import ANSWER_KEYS, attempted, joined, own_fields, row_id, task_from, written_fields
from spectool.read.record import as_json, as_list, as_name, as_object, as_text, convert, first_of, quoted
from spectool.read.source import FormatError, Source
from spectool.read.steps import NativeCall, step_from_native
from spectool.read.writing import Reply, Written, is_structured, with_replies

NAME = "anthropic"
DESCRIPTION = "Anthropic messages with tool_use and tool_result blocks, as requests or responses"
EXAMPLE = (
    '{"id": "weather-1", "messages": [{"role": "user", "content": "Weather in Paris?"}, {"role": "assistant", '
    '"content": [{"type": "tool_use", "id": "toolu_1", "name": "get_weather", "input": {"city": "Paris"}}]}], '
    '"tools": [{"name": "get_weather", "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}, '
    '"required": ["city"]}}]}'
)
_STOPS = {"max_tokens": "length", "model_context_window_exceeded": "length"}
_CALLS, _THOUGHTS = ("tool_use", "mcp_tool_use"), ("thinking", "redacted_thinking")
_RESULTS = ("tool_result", "mcp_tool_result")


def sniff(source: Source) -> float:
    """By ``tool_use`` and ``tool_result`` blocks, ``input_schema`` or a response's type."""
    # Any row counts: those without a call look like chat completions.
    return 0.97 if any(map(_is_anthropic, source.sample())) else 0.0


def _is_anthropic(row: Any) -> bool:
    if not isinstance(row, Mapping):
        return False
    if "custom_id" in row and _is_batch(row):
        return True
    tools, messages = row.get("tools"), row.get("messages")
    if row.get("type") == "message" and isinstance(row.get("content"), list) and row.get("role") == "assistant":
        return True
    if not isinstance(messages, list):
        return False
    if isinstance(tools, list) and tools and isinstance(tools[0], Mapping) and "input_schema" in tools[0]:
        return True
    return any(_has_blocks(message) for message in messages)


def _is_batch(row: Mapping[str, Any]) -> bool:
    result = row.get("result")
    return isinstance(row.get("params"), Mapping) or (isinstance(result, Mapping) and "type" in result)


def _has_blocks(message: Any) -> bool:
    content = message.get("content") if isinstance(message, Mapping) else None
    return isinstance(content, list) and any(isinstance(b, Mapping) and b.get("type") in _CALLS + _RESULTS for b in content)


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a row."""

    def one(record: Any, line: int) -> Iterator[Trajectory]:
        row = _unpacked(as_object(record, "a row"))
        beside = joined(row, tasks)
        if (fault := row.get("inference_error")) is not None:
            failed = Step(text=as_text(fault), finish_reason="error")
            yield beside.trajectory(source, line, (failed,), form=NAME, meta={"inference_error": failed.text})
            return
        messages = [row] if row.get("type") == "message" else [*as_list(row.get("messages"), "messages"), *_answer(row)]
        turns = attempted((*_system(row), *turns_from_blocks(messages, names=beside.names, asked=beside.asked)))
        yield beside.trajectory(source, line, turns, form=NAME, **own_fields(row))

    return convert(source, one)


def _unpacked(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A batch's result or request as the response, or the row, that it holds; its id is the request's."""
    named = {"id": row.get("custom_id")}
    if isinstance(row.get("params"), Mapping):
        return {**row["params"], **named}
    result = row.get("result")
    if "custom_id" not in row or not isinstance(result, Mapping):
        return row
    if isinstance(result.get("message"), Mapping):
        return {**result["message"], **named, "type": "message"}
    error = result.get("error")
    nested = error.get("error") if isinstance(error, Mapping) else None
    message = next((held["message"] for held in (nested, error) if isinstance(held, Mapping) and held.get("message")), result.get("type"))
    return {**named, "inference_error": as_text(message)}


def _system(row: Mapping[str, Any]) -> tuple[Message, ...]:
    return (Message(role="system", content=content_text(row["system"])),) if row.get("system") else ()


def _answer(row: Mapping[str, Any]) -> list[Any]:
    """A response kept apart from the conversation, as its last message."""
    answer = first_of(row, *ANSWER_KEYS)
    if answer is None:
        return []
    return [answer] if isinstance(answer, Mapping) else [{"role": "assistant", "content": answer}]


def turns_from_blocks(messages: Any, *, names: Collection[str] = (), asked: str | None = None) -> tuple[Message | Step, ...]:
    """Anthropic messages as turns; each ``tool_result`` block becomes a tool message, before the user's text beside it.

    Args:
        messages: the conversation.
        names: of the offered tools, for finding attempts in text.
        asked: dialect the model was asked for in its text, ``None`` when unknown.

    Raises:
        FormatError: a message is no object or has a role nobody knows.
    """
    turns: list[Message | Step] = []
    results: list[PlacedResult] = []
    for number, raw in enumerate(as_list(messages, "messages")):
        message = as_object(raw, f"message {number}")
        role, content = message.get("role"), message.get("content")
        blocks = content if isinstance(content, list) else [{"type": "text", "text": content_text(content)}]
        if role == "assistant":
            turns.append(_step(message, blocks, names, asked))
        elif role == "system":
            turns.append(Message(role="system", content=content_text(content)))
        elif role == "user":
            _add_user_turns(blocks, turns, results)
        else:
            raise FormatError(f"message {number}: expected role user, assistant or system, got {quoted(role)}")
    return answered(turns, results)


def _add_user_turns(blocks: list[Any], turns: list[Message | Step], results: list[PlacedResult]) -> None:
    rest = []
    for block in blocks:
        if isinstance(block, Mapping) and block.get("type") in _RESULTS:
            text = content_text(block.get("content"))
            results.append((len(turns), as_name(block.get("tool_use_id")), Result(content=text, is_error=block.get("is_error") is True)))
            turns.append(Message(role="tool", content=text))
        else:
            rest.append(block)
    if rest:
        turns.append(Message(role="user", content=content_text(rest)))


def _step(message: Mapping[str, Any], blocks: list[Any], names: Collection[str], asked: str | None) -> Step:
    typed = [(block.get("type") if isinstance(block, Mapping) else None, block) for block in blocks]
    stop = as_text(message.get("stop_reason"))
    return step_from_native(
        "\n".join(filter(None, (part_text(block) for kind, block in typed if kind not in _CALLS + _THOUGHTS))),
        [_native(block) for kind, block in typed if kind in _CALLS],
        names=names,
        asked=asked,
        finish_reason=_STOPS.get(stop, stop) or None,
        reasoning="\n".join(as_text(block.get("thinking")) for kind, block in typed if kind in _THOUGHTS),
    )


def _native(block: Mapping[str, Any]) -> NativeCall:
    given = block.get("input")
    arguments = given if given is None or isinstance(given, str | Mapping) else as_json(given)
    return as_name(block.get("id")), as_text(block.get("name")), arguments


def read_tasks(source: Source) -> Iterator[Task | Rejected]:
    """Rows as tasks: what stands before the first assistant turn, with tools and gold."""

    def one(record: Any, line: int) -> Iterator[Task]:
        row = _unpacked(as_object(record, "a row"))
        yield task_from(row, (*_system(row), *turns_from_blocks(row.get("messages"))), row_id(row, source, line))

    return convert(source, one)


def write(trajectory: Trajectory) -> dict[str, Any]:
    """A row. A step whose calls parsed becomes ``tool_use`` blocks; one with a problem keeps its text, so that nothing is repaired."""
    entries = [_written(turn) for turn in with_replies(trajectory.turns) if not (isinstance(turn, Message) and turn.role == "system")]
    row: dict[str, Any] = {"id": trajectory.id, "messages": _merged(entries)}
    system = [turn.content for turn in trajectory.turns if isinstance(turn, Message) and turn.role == "system"]
    if system:
        row["system"] = "\n\n".join(system)
    if trajectory.tool_sets:
        row["tools"] = [{"name": t.name, "description": t.description, "input_schema": t.parameters} for t in trajectory.tool_sets[-1]]
    return row | written_fields(trajectory)


def _written(turn: Written) -> dict[str, Any]:
    if isinstance(turn, Message):
        return {"role": "user", "content": [{"type": "text", "text": turn.content}]}
    if isinstance(turn, Reply):
        block = {"type": "tool_result", "tool_use_id": turn.call_id, "content": turn.content}
        return {"role": "user", "content": [{**block, "is_error": True} if turn.is_error else block]}
    structured = is_structured(turn)
    text = turn.text if structured else turn.raw or turn.text or "\n".join(call.raw for call in turn.calls)
    blocks: list[dict[str, Any]] = [{"type": "thinking", "thinking": turn.reasoning}] if turn.reasoning else []
    blocks += [{"type": "text", "text": text}] if text else []
    if structured:
        blocks += [{"type": "tool_use", "id": call.id, "name": call.name, "input": call.arguments} for call in turn.calls]
    message: dict[str, Any] = {"role": "assistant", "content": blocks}
    return {**message, "stop_reason": turn.finish_reason} if turn.finish_reason else message


def _merged(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Consecutive user entries as one message: results of parallel calls belong together."""
    merged: list[dict[str, Any]] = []
    for message in messages:
        if merged and message["role"] == "user" == merged[-1]["role"]:
            merged[-1]["content"] += message["content"]
        else:
            merged.append(message)
    return merged
