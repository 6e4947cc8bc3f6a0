"""Chat requests as token ids, by the model's own chat template: the same for every engine that holds a tokenizer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from importlib import import_module
from typing import Any

import msgspec

from spectool.model import Logprob
from spectool.run.engines.engine import ChatMessage, Completion, CompletionRequest, EngineError, ToolSection
from spectool.run.engines.loading import gguf_option
from spectool.run.engines.pieces import pieces
from spectool.run.engines.template_tools import tool_section
from spectool.run.models import ModelFiles

# Tokens that an answer needs at least: no call is written in fewer, so that what fits into less says nothing of the model.
LEAST_ROOM = 16


class RenderedPrompt(msgspec.Struct, frozen=True, kw_only=True):
    """A request as the model reads it; ``new_tokens`` are those it asks for, or as many as there is room for."""

    request: CompletionRequest
    text: str
    tokens: tuple[int, ...]
    new_tokens: int

    @property
    def id(self) -> str:
        """The request's id."""
        return self.request.id


class Renderer:
    """Renders with a tokenizer and reads back what was generated.

    ``room`` is the number of tokens that prompt and answer may have together, ``None`` when the model does not say; ``ends`` are the
    tokens that end a turn.
    """

    def __init__(self, tokenizer: Any, room: int | None, ends: frozenset[int]) -> None:
        self.tokenizer = tokenizer
        self.ends = ends
        self._room = room
        self.tool_section: ToolSection | None = tool_section(self._with_tools, str(tokenizer.chat_template))

    def prompt(self, request: CompletionRequest) -> RenderedPrompt | Completion:
        """The request's text and tokens; a completion with ``error`` when the template refuses it or there is no room for an answer."""
        try:
            text = self._render(request.messages, request.tools)
            tokens = tuple(self.tokenizer(text, add_special_tokens=False)["input_ids"])
        except Exception as refusal:
            # Templates are programs of the model's author and raise what they like; tokenizers do of text that is no Unicode.
            return failed(request.id, f"the chat template refused the messages: {str(refusal)[:200]}")
        asked = request.sampling.max_new_tokens
        left = asked if self._room is None else min(asked, self._room - len(tokens))
        if left < min(asked, LEAST_ROOM):
            return failed(request.id, self._too_long(len(tokens)), len(tokens))
        return RenderedPrompt(request=request, text=text, tokens=tokens, new_tokens=left)

    def completion(
        self, prompt: RenderedPrompt, tokens: Sequence[int], seconds: float, values: Sequence[float] | None = None
    ) -> Completion:
        """What a model wrote.

        Args:
            prompt: what it was asked.
            tokens: up to and with its end token, where it came to one.
            seconds: the time it took.
            values: the tokens' log-probabilities; any after the last token of the text are not used.
        """
        ended = bool(tokens) and tokens[-1] in self.ends
        # Special tokens stay, since several models call with them; only the end token is not part of the turn.
        kept = tokens[:-1] if ended else tokens
        return Completion(
            id=prompt.id,
            text=self.decode(kept),
            finish_reason="stop" if ended else "length",
            prompt=prompt.text,
            prompt_hash=digest(prompt.text),
            prompt_tokens=len(prompt.tokens),
            completion_tokens=len(tokens),
            seconds=seconds,
            logprobs=None if values is None else self.token_logprobs(kept, values[: len(kept)]),
        )

    def token_logprobs(self, tokens: Sequence[int], values: Sequence[float]) -> tuple[Logprob, ...]:
        """Each token with its own piece of the text: the pieces joined are ``decode(tokens)``."""
        return tuple(Logprob(token=piece, logprob=value) for piece, value in zip(pieces(self.decode, tokens), values, strict=True))

    def decode(self, tokens: Sequence[int]) -> str:
        """The text of tokens, special ones included."""
        text: str = self.tokenizer.decode(list(tokens), skip_special_tokens=False, clean_up_tokenization_spaces=False)
        return text

    def _too_long(self, size: int) -> str:
        said = f"the prompt has {size:,} tokens, too many for the model's {self._room:,} with an answer"
        return f"{said}; offer fewer tools, choose a model with a longer context, or raise --max-length where it was lowered"

    def _render(self, messages: Sequence[ChatMessage], tools: Sequence[Mapping[str, Any]]) -> str:
        rows = [template_row(number, message) for number, message in enumerate(messages)]
        text: str = self.tokenizer.apply_chat_template(rows, tools=list(tools) or None, add_generation_prompt=True, tokenize=False)
        return text

    def _with_tools(self, tools: Sequence[Mapping[str, Any]]) -> str:
        return self._render([ChatMessage(role="user", content="")], tools)


def template_row(number: int, message: ChatMessage) -> dict[str, str]:
    """A message as chat templates read it, ``number`` being its place."""
    row = {"role": message.role, "content": message.content}
    # Mistral's templates refuse a reply without the id of its call, of nine letters or digits; others pass it over.
    return {**row, "name": message.name or "", "tool_call_id": f"{number:09}"} if message.role == "tool" else row


def failed(name: str, error: str, prompt_tokens: int = 0) -> Completion:
    """What comes back for a request that can not be answered."""
    return Completion(id=name, finish_reason="error", error=error, prompt_tokens=prompt_tokens)


def digest(text: str) -> str:
    """A short hash of a prompt."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def load_tokenizer(model: ModelFiles) -> Any:
    """The model's tokenizer.

    Raises:
        EngineError: it has no chat template.
        OSError, ValueError: it can not be loaded.
    """
    tokenizer = import_module("transformers").AutoTokenizer.from_pretrained(model.location, **gguf_option(model))
    if not tokenizer.chat_template:
        raise EngineError(f"model '{model.name[:80]}' has no chat template; choose an instruction-tuned one")
    return tokenizer


def end_tokens(tokenizer: Any, configured: int | Sequence[int] | None) -> frozenset[int]:
    """What ends a turn: the tokenizer's end token and those of the generation config."""
    listed = configured if isinstance(configured, (list, tuple)) else [configured]
    return frozenset(token for token in (*listed, tokenizer.eos_token_id) if token is not None)
