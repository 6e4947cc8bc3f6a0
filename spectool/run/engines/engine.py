"""The seam between the agent loop and whatever generates text: requests in, completions out as they finish.

The loop hands in requests whenever it has some and takes completions as they come, so that an engine with continuous batching always has
a full batch. An engine knows nothing of tasks, tools' replies or files, and the loop nothing of tensors, servers or clusters. A new engine
is one file with a class that satisfies `Engine` and one line in ``registry.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol

import msgspec

from spectool.model import Logprob
from spectool.read.steps import NativeCall
from spectool.run.errors import RunError

ChatRole = Literal["system", "user", "assistant", "tool"]


class EngineError(RunError):
    """The engine can not start or go on at all; trouble with one request is a `Completion` with ``error``."""


class ChatMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One message as chat templates and chat APIs take it.

    ``calls`` are an assistant's structured calls (engines with native tool calls only); ``call_id`` and ``name`` say which call
    a tool message answers.
    """

    role: ChatRole
    content: str
    calls: tuple[NativeCall, ...] = ()
    call_id: str | None = None
    name: str | None = None


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """How to generate. ``temperature`` 0 is greedy; ``max_new_tokens`` counts for each turn; ``logprobs`` asks for those of the tokens."""

    max_new_tokens: int = 512
    temperature: float = 0.0
    top_p: float = 1.0
    logprobs: bool = False


class CompletionRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One assistant turn to generate.

    ``tools`` are OpenAI-style; empty when the prompt wrote them into ``messages``. ``seed`` makes a sampled turn the same whatever else is
    generated beside it. ``schema`` is the JSON Schema that the whole text has to satisfy, ``None`` for free text.
    """

    id: str
    messages: tuple[ChatMessage, ...]
    tools: tuple[Mapping[str, Any], ...] = ()
    sampling: Sampling = Sampling()
    seed: int = 0
    schema: Mapping[str, Any] | None = None


class Completion(msgspec.Struct, frozen=True, kw_only=True):
    """What came back for the request with the same ``id``.

    ``text`` keeps special tokens that carry calls; only the end-of-turn and padding tokens are gone. ``calls`` are an API's
    structured calls, ``None`` when the engine hands out text only. ``finish_reason`` is ``stop``, ``length`` (the token limit),
    ``tool_calls`` or ``error``. ``prompt`` is the text that the model read, ``None`` where a server rendered it. ``seconds`` is the time
    from taking the request up to its end; in engines that generate a batch at a time, the batch's time shared out among its requests.
    """

    id: str
    text: str = ""
    reasoning: str = ""
    calls: tuple[NativeCall, ...] | None = None
    finish_reason: str = "stop"
    prompt: str | None = None
    prompt_hash: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    logprobs: tuple[Logprob, ...] | None = None
    error: str | None = None


class ToolSection(msgspec.Struct, frozen=True, kw_only=True):
    """How a model is offered tools by its own chat template or API; ``dialect`` is the syntax it is asked for, ``None`` when unknown."""

    dialect: str | None


class Engine(Protocol):
    """Generates assistant turns. All attributes are readable as soon as the engine exists."""

    @property
    def name(self) -> str:
        """The name ``--engine`` takes."""

    @property
    def details(self) -> Mapping[str, str]:
        """What a reader needs to repeat the run: versions, dtype, device."""

    @property
    def tool_section(self) -> ToolSection | None:
        """How ``CompletionRequest.tools`` reach the model; ``None`` when its template has no place for them."""

    @property
    def capacity(self) -> int:
        """How many requests to have under way, so that it always has enough to do."""

    def submit(self, requests: Sequence[CompletionRequest]) -> None:
        """Takes requests; their ids differ from those of all that are under way. Does not wait for any.

        Raises:
            EngineError: nothing more can be generated.
        """

    def finished(self) -> Sequence[Completion]:
        """Waits until some requests are done and hands out their completions, each once; empty only when nothing is under way.

        A request that fails alone is a completion with ``error``.

        Raises:
            EngineError: nothing more can be generated.
        """

    def close(self) -> None:
        """Lets go of memory, processes and connections; what is under way is given up. May be called twice."""


def complete(engine: Engine, requests: Sequence[CompletionRequest]) -> Iterator[Completion]:
    """One completion a request, in the order they finish: for callers that have all their requests at once.

    Raises:
        EngineError: the engine gave up, or left a request without an answer.
    """
    unanswered = {request.id for request in requests}
    engine.submit(requests)
    while done := engine.finished():
        unanswered.difference_update(completion.id for completion in done)
        yield from done
    check_all_answered(engine, unanswered)


def check_all_answered(engine: Engine, unanswered: Collection[str]) -> None:
    """Refuses an engine that has nothing under way and still owes answers.

    Raises:
        EngineError: ids are left.
    """
    if unanswered:
        left = f"{len(unanswered)} requests without an answer, among them '{min(unanswered)[:80]}'"
        raise EngineError(f"engine '{engine.name}' left {left}")
