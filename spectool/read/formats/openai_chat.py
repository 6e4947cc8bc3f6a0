"""OpenAI chat-completion rows: one conversation a line, with its tools.

- ``messages`` (or ``prompt``, a list of messages or a text) and ``tools`` (or the older ``functions``); ``tool_calls``, the older
  ``function_call`` and role ``function``, ``reasoning_content`` or ``reasoning``, ``finish_reason``; role ``developer`` is system.
- An answer kept apart under ``response``, ``completion``, ``output`` or ``generated_text``: a text, a message, a list of messages, or a
  whole chat completion, each of whose choices is one sample.
- Gold under ``gold``, ``expected``, ``expected_calls``, ``expected_tool_calls``, ``ground_truth`` or ``answers``: SpecTool's own form,
  or a list of calls with plain values, which binds in any order (mode ``unordered``; an empty list: no call is due).
- ``id``, ``custom_id``, ``task_id`` or ``uid``; ``model``, ``run``, ``sample``, ``reward``, ``tags``, ``tool_choice``,
  ``parallel_tool_calls``.

``tool_calls`` is not taken for the truth: where it is empty, the content is searched for an attempt. A row without an assistant turn is
a task, for ``--tasks``. Content parts that are no text become ``[image]``, ``[audio]`` and so on.

Source: OpenAI API reference, "Create chat completion".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spectool.model import Call, Message, Rejected, Task, Trajectory
from spectool.read.formats.openai_messages import step_from_message, steps_of_choices, turns_from_messages
from spectool.read.formats.row_fields import ANSWER_KEYS, attempted, joined, own_fields, row_id, task_from, written_fields
from spectool.read.join import Joined, Turns
from spectool.read.record import as_json, as_name, as_object, convert, first_of, share
from spectool.read.source import Source
from spectool.read.steps import step_from_text
from spectool.read.writing import Reply, Written, is_structured, with_replies, write_tool

NAME = "openai_chat"
DESCRIPTION = "OpenAI chat-completion messages with their tools, one conversation a line"
EXAMPLE = (
    '{"id": "weather-1", "messages": [{"role": "user", "content": "Weather in Paris?"}, {"role": "assistant", '
    '"content": null, "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "get_weather", '
    '"arguments": "{\\"city\\": \\"Paris\\"}"}}]}], "tools": [{"type": "function", "function": {"name": "get_weather", '
    '"parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}]}'
)


def sniff(source: Source) -> float:
    """By ``messages`` with roles; less sure of a prompt beside an answer, both plain text."""
    return max(0.9 * share(source, _is_chat), 0.7 * share(source, _is_pair))


def _is_chat(row: Any) -> bool:
    messages = first_of(row, "messages", "prompt") if isinstance(row, Mapping) else None
    return isinstance(messages, list) and bool(messages) and isinstance(messages[0], Mapping) and "role" in messages[0]


def _is_pair(row: Any) -> bool:
    return isinstance(row, Mapping) and isinstance(row.get("prompt"), str) and any(isinstance(row.get(name), str) for name in ANSWER_KEYS)


def _messages(row: Mapping[str, Any]) -> Any:
    """The conversation; ``prompt`` where it is kept apart from what the model added."""
    prompt = row.get("prompt")
    return first_of(row, "messages", default=[{"role": "user", "content": prompt}] if isinstance(prompt, str) else prompt)


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a row, or one a choice where the row ends with a whole chat completion."""

    def one(record: Any, line: int) -> Iterator[Trajectory]:
        row = as_object(record, "a row")
        beside = joined(row, tasks)
        before = turns_from_messages(_messages(row), names=beside.names, asked=beside.asked)
        for index, answer in enumerate(list(_answers(row, beside)) or [()]):
            turns = attempted((*before, *answer))
            yield beside.trajectory(source, line, turns, form=NAME, index=index, **own_fields(row, index))

    return convert(source, one)


def _answers(row: Mapping[str, Any], beside: Joined) -> Iterator[Turns]:
    """What the model added, once a sample, where it is kept apart from the conversation."""
    answer = first_of(row, *ANSWER_KEYS)
    if isinstance(answer, str):
        yield (step_from_text(answer, asked=beside.asked, names=beside.names, finish_reason=as_name(row.get("finish_reason"))),)
    elif isinstance(answer, list):
        yield turns_from_messages(answer, names=beside.names, asked=beside.asked)
    elif isinstance(answer, Mapping):
        body = as_object(answer.get("body", answer), "the response's 'body'")
        yield from (
            steps_of_choices(body, names=beside.names, asked=beside.asked)
            if "choices" in body
            else ((step_from_message(body, names=beside.names, asked=beside.asked),),)
        )


def read_tasks(source: Source) -> Iterator[Task | Rejected]:
    """Rows as tasks: what stands before the first assistant turn, with tools and gold."""

    def one(record: Any, line: int) -> Iterator[Task]:
        row = as_object(record, "a row")
        yield task_from(row, turns_from_messages(_messages(row)), row_id(row, source, line))

    return convert(source, one)


def write(trajectory: Trajectory) -> dict[str, Any]:
    """A row. A step whose calls parsed is written as ``tool_calls``; one with a problem keeps its text, so that nothing is repaired."""
    row: dict[str, Any] = {"id": trajectory.id, "messages": [write_turn(turn) for turn in with_replies(trajectory.turns)]}
    if trajectory.tool_sets:
        row["tools"] = [write_tool(tool) for tool in trajectory.tool_sets[-1]]
    return row | written_fields(trajectory)


def write_turn(turn: Written) -> dict[str, Any]:
    """One turn as an OpenAI message."""
    if isinstance(turn, Message):
        return {"role": turn.role, "content": turn.content}
    if isinstance(turn, Reply):
        return {"role": "tool", "tool_call_id": turn.call_id, "name": turn.name, "content": turn.content}
    message: dict[str, Any] = {"role": "assistant", "content": turn.text or None}
    native = turn.dialect == "native"
    if turn.calls and (native or is_structured(turn)):
        message["tool_calls"] = [_write_call(call, native) for call in turn.calls]
    elif turn.calls:
        message["content"] = turn.raw or turn.text
    named = (("reasoning_content", turn.reasoning), ("finish_reason", turn.finish_reason), ("name", turn.agent))
    return message | {name: value for name, value in named if value}


def _write_call(call: Call, native: bool) -> dict[str, Any]:
    """``arguments`` as the model wrote them where it wrote just them."""
    arguments = call.raw if native and call.raw else as_json(call.arguments)
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": arguments}}
