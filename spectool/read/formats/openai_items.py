"""OpenAI Responses API: whole responses, rows of ``input`` and ``output``, or bare lists of items.

- ``{"input": …, "output": [items], "tools": […], "instructions": …}`` (a response object, or a row that repeats its request), one a
  line.
- A list of items a line, or a file that is one list of items: one conversation.

Items from one ``reasoning`` or ``message`` of the assistant up to the next output or user message are one step. Read are ``message``,
``reasoning``, ``function_call``, ``custom_tool_call``, ``mcp_call`` and their outputs; calls that the provider runs itself
(``web_search_call`` and the like) stay as a placeholder in the step's text. ``incomplete`` because of ``max_output_tokens`` is read as
finish reason ``length``.

Source: OpenAI API reference, "Responses".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from spectool.model import Message, Rejected, Result, Role, Step, Task, Trajectory
from spectool.read.content import content_text
from spectool.read.formats.answered import PlacedResult, answered
from spectool.read.formats.row_fields import attempted, joined, own_fields
from spectool.read.join import Turns
from spectool.read.record import as_list, as_name, as_object, as_text, convert, first_of, quoted, share
from spectool.read.source import FormatError, Source
from spectool.read.steps import NativeCall, step_from_native

NAME = "openai_items"
DESCRIPTION = "OpenAI Responses API: responses, rows of input and output, or lists of items"
EXAMPLE = (
    '{"id": "resp_1", "object": "response", "input": "Weather in Paris?", "output": [{"type": "function_call", '
    '"call_id": "call_1", "name": "get_weather", "arguments": "{\\"city\\": \\"Paris\\"}"}], "tools": [{"type": '
    '"function", "name": "get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, '
    '"required": ["city"]}}]}'
)
_CALLS, _OUTPUTS = ("function_call", "custom_tool_call", "mcp_call"), ("function_call_output", "custom_tool_call_output")
_BARE = frozenset({"reasoning", *_CALLS, *_OUTPUTS})
_ITEMS = frozenset({"message", "reasoning", *_CALLS, *_OUTPUTS})
_ROLES: Mapping[str, Role] = {"system": "system", "developer": "system", "user": "user", "tool": "tool"}


def sniff(source: Source) -> float:
    """By items with their types, where no ``messages`` are."""
    return 0.9 if _is_bare(source.sample()) else 0.95 * share(source, lambda row: _are_items(row) or _is_response(row))


def _is_response(row: Any) -> bool:
    return isinstance(row, Mapping) and "messages" not in row and _are_items(row.get("output"))


def _are_items(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_item, value)) and any(item.get("type") in _ITEMS for item in value)


def _is_item(value: Any) -> bool:
    return isinstance(value, Mapping) and (isinstance(value.get("type"), str) or "role" in value)


def _is_bare(rows: tuple[Any, ...]) -> bool:
    """Whether the records are items themselves: the file is one conversation."""
    return bool(rows) and all(map(_is_item, rows)) and any(row.get("type") in _BARE for row in rows)


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a response, row or list; one for a whole file of bare items."""
    if _is_bare(source.sample()):
        return _whole(source, tasks)
    return convert(source, lambda record, line: (_trajectory(record, line, source, tasks),))


def _whole(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    items = []
    for item in source.records():
        if isinstance(item, Rejected):
            yield item
        else:
            items.append(item[1])
    try:
        yield _trajectory(items, 1, source, tasks)
    except FormatError as error:
        yield Rejected(source=source.name, line=1, reason=str(error))


def _trajectory(record: Any, line: int, source: Source, tasks: Mapping[str, Task]) -> Trajectory:
    row: Mapping[str, Any] = {"output": record} if isinstance(record, list) else as_object(record, "a row")
    beside = joined(row, tasks)
    before = first_of(row, "input", default=())
    spoken = [{"role": "user", "content": before}] if isinstance(before, str) else as_list(before, "input")
    if row.get("instructions"):
        spoken = [{"role": "system", "content": row["instructions"]}, *spoken]
    items = [*spoken, *as_list(row.get("output"), "output")]
    turns = attempted(turns_from_items(items, names=beside.names, asked=beside.asked, finish_reason=finish_reason(row)))
    return beside.trajectory(source, line, turns, form=NAME, **own_fields(row))


def finish_reason(response: Mapping[str, Any]) -> str | None:
    """``length`` or the stated reason of an incomplete response, its status otherwise."""
    details = response.get("incomplete_details")
    reason = details.get("reason") if isinstance(details, Mapping) else None
    if reason is not None:
        return "length" if reason == "max_output_tokens" else as_text(reason)
    return as_text(response.get("status")) or None


def turns_from_items(items: Any, *, names: Collection[str] = (), asked: str | None = None, finish_reason: str | None = None) -> Turns:
    """Responses-API items as turns, outputs attached to the calls they answer.

    Args:
        items: in the order they happened.
        names: of the offered tools, for finding attempts in text.
        asked: dialect the model was asked for in its text, ``None`` when unknown.
        finish_reason: of the last step.

    Raises:
        FormatError: an item is no object or a message has a role nobody knows.
    """
    turns: list[Message | Step] = []
    results: list[PlacedResult] = []
    open_step = _OpenStep(names, asked)
    for number, raw in enumerate(as_list(items, "items")):
        item = as_object(raw, f"item {number}")
        if not open_step.takes(item):
            open_step.close(turns, results)
            _add_other(item, number, turns, results)
    open_step.close(turns, results, finish_reason)
    return answered(turns, results)


def _add_other(item: Mapping[str, Any], number: int, turns: list[Message | Step], results: list[PlacedResult]) -> None:
    """Adds what is not the assistant's: an output, or a message."""
    if item.get("type") in _OUTPUTS:
        text = content_text(item.get("output"))
        results.append((len(turns), as_name(item.get("call_id")), Result(content=text)))
        turns.append(Message(role="tool", content=text))
        return
    role = as_text(item.get("role"))
    if role not in _ROLES:
        raise FormatError(f"item {number}: expected a role of {', '.join(_ROLES)} or assistant, got {quoted(role)}")
    turns.append(Message(role=_ROLES[role], content=content_text(item.get("content"))))


class _OpenStep:
    """The assistant's items since the last one that was not its own."""

    def __init__(self, names: Collection[str], asked: str | None) -> None:
        self._names, self._asked = names, asked
        self._clear()

    def _clear(self) -> None:
        self._said: list[str] = []
        self._thought: list[str] = []
        self._calls: list[NativeCall] = []
        self._replies: list[tuple[str | None, Result]] = []

    def takes(self, item: Mapping[str, Any]) -> bool:
        """Adds an item of the assistant; False for any other."""
        form = item.get("type", "message")
        if form in _OUTPUTS or (form == "message" and item.get("role") != "assistant"):
            return False
        if form == "message":
            self._said.append(content_text(item.get("content")))
        elif form == "reasoning":
            self._thought += [text for name in ("summary", "content") if (text := content_text(item.get(name)))]
        elif form in _CALLS:
            self._call(item)
        else:
            self._said.append(f"[{form}]")
        return True

    def _call(self, item: Mapping[str, Any]) -> None:
        name = as_name(first_of(item, "call_id", "id"))
        arguments = {"input": item.get("input")} if item["type"] == "custom_tool_call" else item.get("arguments")
        self._calls.append((name, as_text(item.get("name")), arguments if isinstance(arguments, Mapping) else as_text(arguments)))
        reply = first_of(item, "error", "output") if item["type"] == "mcp_call" else None
        if reply is not None:
            self._replies.append((name, Result(content=content_text(reply), is_error=item.get("error") is not None)))

    def close(self, turns: list[Message | Step], results: list[PlacedResult], finish_reason: str | None = None) -> None:
        """Adds the step, if anything was said, and what an MCP server answered within it."""
        if not (self._said or self._thought or self._calls):
            return
        text, thought = "\n".join(self._said), "\n".join(self._thought)
        turns.append(
            step_from_native(text, self._calls, names=self._names, asked=self._asked, finish_reason=finish_reason, reasoning=thought)
        )
        for call_id, reply in self._replies:
            results.append((len(turns), call_id, reply))
            turns.append(Message(role="tool", content=reply.content))
        self._clear()
