"""Whole chat-completion responses, ``{"choices": […]}``, one a line; each choice is one sample.

A response carries neither tools nor the conversation: pass them with ``--tasks`` (joined by ``custom_id``, ``task_id`` or ``id``) or
``--tools``. ``finish_reason`` ``length`` is kept and read as truncation, not as a format error.

Source: OpenAI API reference, "The chat completion object".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spectool.model import Rejected, Task, Trajectory
from spectool.read.formats.openai_messages import steps_of_choices
from spectool.read.formats.row_fields import joined, own_fields
from spectool.read.record import as_list, as_object, as_text, convert, share
from spectool.read.source import FormatError, Source

NAME = "openai_response"
DESCRIPTION = "whole chat-completion responses (choices), as an OpenAI-compatible server returns them"
EXAMPLE = (
    '{"id": "chatcmpl-1", "object": "chat.completion", "model": "m", "choices": [{"index": 0, "message": {"role": '
    '"assistant", "content": null, "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": '
    '"get_weather", "arguments": "{\\"city\\": \\"Paris\\"}"}}]}, "finish_reason": "tool_calls"}]}'
)


def sniff(source: Source) -> float:
    """By choices that are objects."""
    return 0.95 * share(source, _is_response)


def _is_response(row: Any) -> bool:
    choices = row.get("choices") if isinstance(row, Mapping) else None
    return isinstance(choices, list) and all(
        isinstance(choice, Mapping) and ("message" in choice or "text" in choice) for choice in choices
    )


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a choice."""

    def one(record: Any, line: int) -> Iterator[Trajectory]:
        row = as_object(record, "a row")
        if not as_list(row.get("choices"), "choices"):
            raise FormatError(f"a response without choices: {as_text(row.get('error')) or 'nothing was generated'}")
        beside = joined(row, tasks)
        for index, turns in enumerate(steps_of_choices(row, names=beside.names, asked=beside.asked)):
            yield beside.trajectory(source, line, turns, form=NAME, index=index, **own_fields(row, index))

    return convert(source, one)
