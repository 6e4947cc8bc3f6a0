"""Turns as chat messages: what every prompt starts from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec

from spectool.model import Call, Message, Step
from spectool.read.formats.bfcl.questions import EARLIER_ANSWER
from spectool.read.steps import NativeCall
from spectool.run.engines.engine import ChatMessage


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """A request's messages and tools, and the dialect the model is asked to call in (``None``: unknown).

    ``schema`` is the JSON Schema of a whole answer in that dialect, ``None`` where no schema describes it (calls inside free text).

    There are no stop strings, although models asked for ``Observation:`` lines like to write the next one themselves. Cutting the turn
    there would hide the slip that is to be counted: the invented result, and the calls that rest on it, stay in ``Step.raw`` and are judged
    as written. What it costs is bounded by the limit of new tokens; a harness that cuts measures a gentler model.
    """

    messages: tuple[ChatMessage, ...]
    tools: tuple[Mapping[str, Any], ...] = ()
    dialect: str | None = None
    schema: Mapping[str, Any] | None = None


def chat_messages(turns: Sequence[Message | Step]) -> tuple[ChatMessage, ...]:
    """The turns one by one: an assistant turn as the model wrote it, a tool message with the id of the call it answers."""
    return tuple(_messages(turns))


def _messages(turns: Sequence[Message | Step]) -> Iterator[ChatMessage]:
    waiting: list[Call] = []
    for turn in turns:
        if isinstance(turn, Step):
            waiting = list(turn.calls)
            yield _assistant(turn)
        elif turn.role == "tool":
            call = waiting.pop(0) if waiting else None
            yield ChatMessage(role="tool", content=turn.content, call_id=call.id if call else None, name=call.name if call else None)
        elif (earlier := earlier_answer(turn)) is not None:
            yield ChatMessage(role="assistant", content=earlier)
        else:
            yield ChatMessage(role=turn.role, content=turn.content)


def earlier_answer(message: Message) -> str | None:
    """What an assistant is told to have said before the task began; ``None`` for any other message."""
    said = message.role == "system" and message.content.startswith(EARLIER_ANSWER)
    return message.content.removeprefix(EARLIER_ANSWER) if said else None


def _assistant(step: Step) -> ChatMessage:
    if step.dialect == "native":
        return ChatMessage(role="assistant", content=step.text, calls=tuple(map(_native, step.calls)))
    return ChatMessage(role="assistant", content=step.raw if step.raw is not None else step.text)


def _native(call: Call) -> NativeCall:
    return call.id, call.name, call.arguments if call.arguments is not None else call.raw


def with_system(messages: Sequence[ChatMessage], addition: str) -> tuple[ChatMessage, ...]:
    """The messages with ``addition`` at the end of the system message, which is put in front where there is none."""
    if messages and messages[0].role == "system":
        joined = f"{messages[0].content}\n\n{addition}"
        return (ChatMessage(role="system", content=joined), *messages[1:])
    return (ChatMessage(role="system", content=addition), *messages)


def replies_as_user(messages: Sequence[ChatMessage], write: Callable[[Sequence[ChatMessage]], str]) -> tuple[ChatMessage, ...]:
    """Tool messages in a row as one user message, in the words of ``write``, for templates without a tool role."""
    merged: list[ChatMessage] = []
    for replying, group in groupby(messages, key=lambda message: message.role == "tool"):
        row = tuple(group)
        merged += [ChatMessage(role="user", content=write(row))] if replying else row
    return tuple(merged)


def tool_replies_as_user(messages: Sequence[ChatMessage]) -> tuple[ChatMessage, ...]:
    """Tool messages as ``<tool_response>`` blocks of a user message."""
    return replies_as_user(messages, lambda row: "\n".join(f"<tool_response>\n{reply.content}\n</tool_response>" for reply in row))


def observations_as_user(messages: Sequence[ChatMessage]) -> tuple[ChatMessage, ...]:
    """Tool messages as ``Observation:`` lines of a user message."""
    return replies_as_user(messages, lambda row: "\n".join(f"Observation: {reply.content}" for reply in row))
