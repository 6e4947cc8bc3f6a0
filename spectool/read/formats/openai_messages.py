"""OpenAI messages as turns: what every row, batch, and log made of such messages shares.

``tool_calls`` is not taken for the truth: where it is empty, the content is searched for an attempt, because serving engines return
the whole text as content when one call of it does not parse.

Source: OpenAI API reference, "Create chat completion".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from spectool.model import Message, Result, Role, Step
from spectool.read.content import content_text
from spectool.read.formats.answered import PlacedResult, answered
from spectool.read.record import as_json, as_list, as_name, as_object, as_text, first_of, quoted
from spectool.read.source import FormatError
from spectool.read.steps import NativeCall, step_from_native, step_from_text

# The last three are older or open-weight names for the same parts.
_ROLES: Mapping[str, Role] = {
    "system": "system", "developer": "system", "user": "user", "tool": "tool", "function": "tool",
    "human": "user", "observation": "tool", "ipython": "tool",
}  # fmt: skip
_ASSISTANT = ("assistant", "model", "gpt")


def turns_from_messages(
    messages: Any, *, names: Collection[str] = (), asked: str | None = None, tool_set: int = 0
) -> tuple[Message | Step, ...]:
    """OpenAI messages as turns, tool results attached to the calls they answer.

    Args:
        messages: the conversation, a list; ``None`` is an empty one.
        names: of the offered tools, for finding attempts in content.
        asked: dialect the model was asked for in its text, ``None`` when unknown.
        tool_set: index of what was offered.

    Raises:
        FormatError: a message is no object or has a role nobody knows.
    """
    turns: list[Message | Step] = []
    results: list[PlacedResult] = []
    for number, raw in enumerate(as_list(messages, "messages")):
        message = as_object(raw, f"message {number}")
        role = as_text(message.get("role"))
        if role in _ASSISTANT:
            turns.append(step_from_message(message, names=names, asked=asked, tool_set=tool_set))
        elif role in _ROLES:
            text = content_text(message.get("content"))
            if _ROLES[role] == "tool":
                results.append(
                    (len(turns), as_name(first_of(message, "tool_call_id", "id")), Result(content=text, is_error=_is_error(message)))
                )
            turns.append(Message(role=_ROLES[role], content=text))
        else:
            raise FormatError(f"message {number}: expected a role of {', '.join(_ROLES)} or assistant, got {quoted(role)}")
    return answered(turns, results)


def step_from_message(
    message: Mapping[str, Any],
    *,
    names: Collection[str] = (),
    asked: str | None = None,
    tool_set: int = 0,
    finish_reason: str | None = None,
) -> Step:
    """One assistant message as a step; ``finish_reason`` is its choice's, where the message has none.

    Raises:
        FormatError: ``tool_calls`` is no list of objects.
    """
    return step_from_native(
        content_text(message.get("content")) or as_text(message.get("refusal")),
        native_calls(message),
        names=names,
        asked=asked,
        tool_set=tool_set,
        finish_reason=as_name(first_of(message, "finish_reason", default=finish_reason)),
        reasoning=content_text(first_of(message, "reasoning_content", "reasoning", "thinking")),
        agent=as_name(message.get("name")),
    )


def native_calls(message: Mapping[str, Any]) -> list[NativeCall]:
    """An assistant message's structured calls as (id, name, arguments), the older ``function_call`` included.

    Raises:
        FormatError: ``tool_calls`` is no list of objects.
    """
    calls = [
        _native(as_object(call, f"tool call {number}")) for number, call in enumerate(as_list(message.get("tool_calls"), "tool_calls"))
    ]
    if not calls and message.get("function_call"):
        calls = [_native({"function": message["function_call"]})]
    return calls


def _native(call: Mapping[str, Any]) -> NativeCall:
    """Chat completions' nested call, a custom tool's free text, or a flat ``{"id", "name", "arguments"}``."""
    inner = call.get("function", call)
    if isinstance(inner, str):
        inner = {"name": inner, "arguments": call.get("arguments")}
    elif "custom" in call:
        custom = as_object(call["custom"], "a tool call's 'custom'")
        inner = {"name": custom.get("name"), "arguments": {"input": custom.get("input")}}
    inner = as_object(inner, "a tool call's 'function'")
    arguments = first_of(inner, "arguments", "args", "parameters", "input")
    if arguments is not None and not isinstance(arguments, (str, dict)):
        # A list or a number is the model's mistake, not the record's: its text is kept and judged.
        arguments = as_json(arguments)
    return as_name(first_of(call, "id", "tool_call_id")), as_text(inner.get("name")), arguments


def _is_error(message: Mapping[str, Any]) -> bool:
    """Chat completions has no such field; logs made of it do."""
    return bool(first_of(message, "is_error", "isError", "error", default=False))


def steps_of_choices(completion: Mapping[str, Any], *, names: Collection[str] = (), asked: str | None = None) -> Iterator[tuple[Step]]:
    """The steps of a whole chat completion, one a choice; a choice with ``text`` instead of a message is raw model text.

    Raises:
        FormatError: a choice is no object or has neither message nor text.
    """
    for raw in as_list(completion.get("choices"), "choices"):
        choice = as_object(raw, "a choice")
        reason = as_name(first_of(choice, "finish_reason", "stop_reason"))
        if isinstance(choice.get("text"), str):
            yield (step_from_text(choice["text"], asked=asked, names=names, finish_reason=reason),)
            continue
        message = as_object(choice.get("message"), "a choice's 'message'")
        yield (step_from_message(message, names=names, asked=asked, finish_reason=reason),)
