"""The seam between the agent loop and whatever generates text: requests in, completions out as they finish.

An engine knows nothing of tasks, tools' replies or files, and the loop nothing of tensors, servers or clusters. A new engine
is one file with a class that satisfies `Engine` and one line in ``registry.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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


class CompletionRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One assistant turn to generate. ``tools`` are OpenAI-style; empty when the prompt wrote them into ``messages``."""

    id: str
    messages: tuple[ChatMessage, ...]
    tools: tuple[Mapping[str, Any], ...] = ()
    seed: int = 0


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """How to generate. ``temperature`` 0 is greedy; ``max_new_tokens`` counts for each turn."""

    max_new_tokens: int = 512
    temperature: float = 0.0
    top_p: float = 1.0


class Completion(msgspec.Struct, frozen=True, kw_only=True):
    """What came back for the request with the same ``id``.

    ``text`` keeps special tokens that carry calls; only the end-of-turn and padding tokens are gone. ``calls`` are an API's
    structured calls, ``None`` when the engine hands out text only. ``finish_reason`` is ``stop``, ``length`` (the token limit),
    ``tool_calls`` or ``error``. ``seconds`` is wall time; a batch's time is shared out among its requests.
    """

    id: str
    text: str = ""
    reasoning: str = ""
    calls: tuple[NativeCall, ...] | None = None
    finish_reason: str = "stop"
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

    def complete(self, requests: Sequence[CompletionRequest], sampling: Sampling) -> Iterator[Completion]:
        """Yields one completion a request, in the order they finish.

        Raises:
            EngineError: nothing more can be generated. A request that fails alone is yielded with ``error``.
        """
