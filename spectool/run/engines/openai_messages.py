"""Requests as the chat completions API takes them.

Source: OpenAI's API reference, "Chat Completions".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

import msgspec

from spectool.read.record import as_json
from spectool.read.steps import NativeCall
from spectool.results.rows import clean
from spectool.run.engines.engine import ChatMessage, CompletionRequest
from spectool.run.engines.rendering import digest

# Hosted APIs take only such names of tools; the classifier knows the rule and calls what comes back an alias.
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
_LONGEST_NAME = 64


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """How a server wants to be asked, as far as it is known; what it refuses is learnt on the way.

    ``keeps_special`` is for vLLM, which leaves special tokens out of the text unless told otherwise; ``new_limit`` gives the limit as
    ``max_completion_tokens``; ``safe_names`` writes tools' names without dots and the like. ``raw_text`` is for one that parses no calls.
    """

    keeps_special: bool = False
    new_limit: bool = False
    safe_names: bool = False
    raw_text: bool = False

    def name(self, name: str) -> str:
        """A tool's name as the server takes it."""
        return _UNSAFE.sub("_", name)[:_LONGEST_NAME] if self.safe_names else name


def body(request: CompletionRequest, model: str, habits: Habits) -> bytes:
    """The JSON to send. Only what is asked for is in it, since servers differ in what else they take."""
    asked = request.sampling
    made: dict[str, Any] = {
        "model": model,
        "messages": _messages(request.messages, habits),
        "max_completion_tokens" if habits.new_limit else "max_tokens": asked.max_new_tokens,
        "temperature": asked.temperature,
    }
    if asked.temperature > 0:
        made |= {"seed": request.seed, "top_p": asked.top_p}
    if request.tools:
        made["tools"] = [_tool(tool, habits) for tool in request.tools]
    if habits.keeps_special and (habits.raw_text or not request.tools):
        made["skip_special_tokens"] = False
    if asked.logprobs:
        made["logprobs"] = True
    if request.schema is not None:
        made["response_format"] = {"type": "json_schema", "json_schema": {"name": "answer", "schema": request.schema, "strict": True}}
    return clean(as_json(made)).encode()


def _tool(tool: Mapping[str, Any], habits: Habits) -> dict[str, Any]:
    function = tool["function"]
    return {**tool, "function": {**function, "name": habits.name(function["name"])}}


def _messages(messages: Sequence[ChatMessage], habits: Habits) -> list[dict[str, Any]]:
    """The messages, every call with an id of its own and a tool message, every tool message with the id of a call before it.

    The API takes no others. Where the model wrote its calls as text, their results are said by the user, in the form that the chat
    templates of Qwen2.5 and Hermes 2 Pro give tool messages; a call that nothing answers has an empty result.
    """
    made: list[dict[str, Any]] = []
    waiting: list[str] = []
    for number, message in enumerate(messages):
        if message.role != "tool":
            made.extend(map(_result, waiting, repeat("")))
            calls = [_call(call, f"call_{number}_{index}", habits) for index, call in enumerate(message.calls)]
            waiting = _own_ids(calls, number)
            made.append({"role": message.role, "content": message.content, **({"tool_calls": calls} if calls else {})})
        elif waiting:
            identifier = message.call_id if message.call_id in waiting else waiting[0]
            waiting.remove(identifier)
            made.append(_result(identifier, message.content))
        else:
            _said_by_user(made, f"<tool_response>\n{message.content}\n</tool_response>")
    return made


def _own_ids(calls: Sequence[dict[str, Any]], number: int) -> list[str]:
    """The calls' ids, after a second call of one id has got another."""
    seen: list[str] = []
    for index, call in enumerate(calls):
        if call["id"] in seen:
            call["id"] = f"call_{number}_{index}"
        seen.append(call["id"])
    return seen


def _result(identifier: str, content: str) -> dict[str, Any]:
    return {"role": "tool", "tool_call_id": identifier, "content": content}


def _said_by_user(made: list[dict[str, Any]], block: str) -> None:
    """Several results in a row are one message, since some templates refuse two of the user's in a row."""
    last = made[-1] if made else {}
    if last.get("role") == "user" and last["content"].endswith("</tool_response>"):
        last["content"] += f"\n{block}"
    else:
        made.append({"role": "user", "content": block})


def _call(call: NativeCall, otherwise: str, habits: Habits) -> dict[str, Any]:
    identifier, name, arguments = call
    # As the model wrote them where they can not be read: the model is to see its own mistake.
    written = arguments if isinstance(arguments, str) else as_json(arguments or {})
    return {"id": identifier or otherwise, "type": "function", "function": {"name": habits.name(name), "arguments": written}}


def prompt_hash(request: CompletionRequest) -> str:
    """Of what was asked, since the text that the model read is the server's."""
    return digest(as_json([_messages(request.messages, Habits()), request.tools]))
