"""The chat completions API's answers as completions.

Source: OpenAI's API reference, "Chat Completions"; ``reasoning_content`` (DeepSeek, llama.cpp) and ``reasoning`` (vLLM, Ollama, OpenRouter)
are others' additions to it.
"""

from __future__ import annotations

from typing import Any

import msgspec

from spectool.read.record import as_json
from spectool.read.source import FormatError, decode
from spectool.read.steps import NativeCall
from spectool.run.engines.engine import Completion, CompletionRequest
from spectool.run.engines.openai_logprobs import Token, aligned
from spectool.run.engines.openai_messages import Habits, prompt_hash
from spectool.run.engines.rendering import failed

PARSED = "the server parsed calls, so its text is not the model's own; start it without a tool parser, or run without --raw-text"


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
        prompt_hash=prompt_hash(request),
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
