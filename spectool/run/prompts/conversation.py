"""Turns as chat messages: what every prompt starts from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from spectool.model import Call, Message, Step
from spectool.read.steps import NativeCall
from spectool.run.engines.engine import ChatMessage


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """A request's messages and tools, and the dialect the model is asked to call in (``None``: unknown)."""

    messages: tuple[ChatMessage, ...]
    tools: tuple[Mapping[str, Any], ...] = ()
    dialect: str | None = None


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
        else:
            yield ChatMessage(role=turn.role, content=turn.content)


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


def tool_replies_as_user(messages: Sequence[ChatMessage]) -> tuple[ChatMessage, ...]:
    """Tool messages as ``<tool_response>`` blocks of a user message, several in a row in one, for templates without a tool role."""
    merged: list[ChatMessage] = []
    replying = False
    for message in messages:
        if message.role != "tool":
            merged.append(message)
            replying = False
            continue
        block = f"<tool_response>\n{message.content}\n</tool_response>"
        if replying:
            block = f"{merged.pop().content}\n{block}"
        merged.append(ChatMessage(role="user", content=block))
        replying = True
    return tuple(merged)
