"""Requests as the chat completions API takes them, and its answers as completions.

Source: OpenAI's API reference, "Chat Completions"; ``reasoning_content`` (DeepSeek, llama.cpp) and ``reasoning`` (vLLM, Ollama, OpenRouter)
are others' additions to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

import msgspec

from spectool.read.record import as_json
from spectool.read.source import FormatError, decode
from spectool.read.steps import NativeCall
from spectool.results.rows import clean
from spectool.run.engines.engine import ChatMessage, Completion, CompletionRequest
from spectool.run.engines.openai_logprobs import Token, aligned
from spectool.run.engines.rendering import digest, failed

# Hosted APIs take only such names of tools; the classifier knows the rule and calls what comes back an alias.
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
_LONGEST_NAME = 64
PARSED = "the server parsed calls, so its text is not the model's own; start it without a tool parser, or run without --raw-text"


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


class _Function(msgspec.Struct):
    name: str | None = None
    arguments: Any = None


class _ToolCall(msgspec.Struct):
    id: str | None = None
    function: _Function | None = None


class _Message(msgspec.Struct):
    content: str | list[Any] | None = None
    refusal: str | None = None
    reasoning_content: Any = None
    reasoning: Any = None
    tool_calls: list[_ToolCall] | None = None


class _Logprobs(msgspec.Struct):
    content: list[Token] | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None
    logprobs: _Logprobs | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Answer(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


def completion(answer: bytes, request: CompletionRequest, habits: Habits) -> Completion:
    """The completion in a server's answer.

    Raises:
        FormatError: the answer is cut short, or no chat completion.
    """
    try:
        read = msgspec.convert(decode(answer), _Answer)
    except msgspec.ValidationError as error:
        raise FormatError(f"not a chat completion: {error}") from None
    if not read.choices or read.choices[0].finish_reason in ("error", "abort"):
        raise FormatError("the server broke off and gave no answer")
    choice, usage = read.choices[0], read.usage or _Usage()
    said = choice.message
    calls = tuple(_native(call) for call in said.tool_calls or ())
    text = _text(said)
    if habits.raw_text and calls:
        return failed(request.id, PARSED)
    return Completion(
        id=request.id,
        text=text,
        reasoning=next((each for each in (said.reasoning_content, said.reasoning) if isinstance(each, str)), ""),
        calls=None if habits.raw_text or not (calls or request.tools) else calls,
        finish_reason=choice.finish_reason or ("tool_calls" if calls else "stop"),
        prompt_hash=_prompt_hash(request),
        prompt_tokens=usage.prompt_tokens or 0,
        completion_tokens=usage.completion_tokens or 0,
        logprobs=aligned(choice.logprobs.content, text) if choice.logprobs and choice.logprobs.content else None,
    )


def _native(call: _ToolCall) -> NativeCall:
    function = call.function or _Function()
    arguments = function.arguments
    # Ollama's older versions give an object; anything else is kept as the JSON that it was.
    kept = arguments if arguments is None or isinstance(arguments, (str, dict)) else as_json(arguments)
    return call.id, function.name or "", kept


def _text(said: _Message) -> str:
    if isinstance(said.content, list):
        parts = (part.get("text") for part in said.content if isinstance(part, dict))
        return "".join(part for part in parts if isinstance(part, str))
    return said.content or said.refusal or ""


def _prompt_hash(request: CompletionRequest) -> str:
    """Of what was asked, since the text that the model read is the server's."""
    return digest(as_json([_messages(request.messages, Habits()), request.tools]))
