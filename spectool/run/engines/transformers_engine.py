"""Hugging Face transformers: any causal language model on CPU or GPU, in batches, GGUF files included.

Greedy answers are the same in every batch size only in float32, hence the default on CPU; on a GPU the default is the model's own dtype.
"""

from __future__ import annotations

import logging
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr
from hashlib import blake2b
from importlib import import_module
from io import StringIO
from typing import Any

import msgspec

from spectool.run.engines.engine import ChatMessage, Completion, CompletionRequest, Engine, EngineError, Sampling, ToolSection
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.template_tools import tool_section
from spectool.run.models import ModelFiles

NAME = "transformers"
_INSTALL = "pip install 'spectool[hf]'"


class _Prompt(msgspec.Struct, frozen=True, kw_only=True):
    """A request as the model reads it."""

    id: str
    text: str
    tokens: tuple[int, ...]
    seed: int

    @property
    def digest(self) -> str:
        return blake2b(self.text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def load(model: ModelFiles, options: EngineOptions) -> Engine:
    """Loads tokenizer and weights.

    Raises:
        EngineError: transformers or torch is missing, or the model can not be loaded.
    """
    try:
        transformers, torch = _library(), import_module("torch")
    except ImportError as error:
        raise EngineError(f"engine 'transformers' needs {error.name}: {_INSTALL}") from None
    device = options.device if options.device != "auto" else "cuda" if torch.cuda.is_available() else "cpu"
    try:
        with _quiet():
            tokenizer = transformers.AutoTokenizer.from_pretrained(model.location, **_file(model))
            weights = transformers.AutoModelForCausalLM.from_pretrained(
                model.location, dtype=_dtype(options.dtype, device), **_file(model), **_dense(model)
            )
    except (OSError, ValueError, ImportError, RuntimeError, KeyError) as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise EngineError(f"model '{model.name[:80]}' can not be loaded: {reason[0][:300]}") from error
    if not tokenizer.chat_template:
        raise EngineError(f"model '{model.name[:80]}' has no chat template; choose an instruction-tuned one")
    return TransformersEngine(weights.to(device).eval(), tokenizer, options.batch_size)


def _library() -> Any:
    """The transformers package, untyped: its own types change from version to version."""
    return import_module("transformers")


def _file(model: ModelFiles) -> dict[str, str]:
    return {"gguf_file": model.gguf_file} if model.gguf_file else {}


def _dense(model: ModelFiles) -> dict[str, Any]:
    """GGUF weights unpacked: packed ones need a kernel from a hub, and their sums differ from machine to machine."""
    config = getattr(_library(), "GgufConfig", None)
    return {"quantization_config": config(dequantize=True)} if model.gguf_file and config else {}


def _dtype(name: str, device: str) -> Any:
    import torch

    if name == "auto":
        return torch.float32 if device == "cpu" else "auto"
    return getattr(torch, name)


@contextmanager
def _quiet() -> Iterator[None]:
    """Loading without transformers' own bars and warnings, which would break ours."""
    transformers = _library()
    level, bars = transformers.logging.get_verbosity(), transformers.logging.is_progress_bar_enabled()
    transformers.logging.set_verbosity(logging.ERROR)
    transformers.logging.disable_progress_bar()
    try:
        # The GGUF reader draws a bar of its own that no setting turns off.
        with warnings.catch_warnings(), redirect_stderr(StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        transformers.logging.set_verbosity(level)
        if bars:
            transformers.logging.enable_progress_bar()


class TransformersEngine:
    """A model in this process."""

    name = NAME

    def __init__(self, model: Any, tokenizer: Any, batch_size: int = 16) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._batch_size = batch_size
        self._ends = _end_tokens(model, tokenizer)
        self._pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else min(self._ends)
        self.tool_section: ToolSection | None = tool_section(self._render_with_tools)

    @property
    def details(self) -> Mapping[str, str]:
        """Versions, dtype and device."""
        import torch

        transformers = _library()
        dtype = str(self._model.dtype).removeprefix("torch.")
        return {
            "transformers": transformers.__version__,
            "torch": str(torch.__version__),
            "dtype": dtype,
            "device": self._model.device.type,
        }

    def complete(self, requests: Sequence[CompletionRequest], sampling: Sampling) -> Iterator[Completion]:
        """Batches of similar length, longest first: little padding, and too little memory shows at once."""
        prompts: list[_Prompt] = []
        for request in requests:
            prompt = self._prompt(request, sampling)
            if isinstance(prompt, Completion):
                yield prompt
            else:
                prompts.append(prompt)
        prompts.sort(key=lambda prompt: (-len(prompt.tokens), prompt.id))
        for start in range(0, len(prompts), self._batch_size):
            yield from self._batch(prompts[start : start + self._batch_size], sampling)

    def _prompt(self, request: CompletionRequest, sampling: Sampling) -> _Prompt | Completion:
        try:
            text = self._render(request.messages, request.tools)
        except Exception as refusal:
            # Templates are programs of the model's author and raise what they like.
            return Completion(id=request.id, finish_reason="error", error=f"the chat template refused the messages: {str(refusal)[:200]}")
        tokens = tuple(self._tokenizer(text, add_special_tokens=False)["input_ids"])
        room = getattr(self._model.config, "max_position_embeddings", None)
        if room is not None and len(tokens) + sampling.max_new_tokens > room:
            error = f"prompt of {len(tokens):,} tokens and {sampling.max_new_tokens:,} new ones exceed the model's {room:,}"
            return Completion(id=request.id, finish_reason="error", error=error, prompt_tokens=len(tokens))
        return _Prompt(id=request.id, text=text, tokens=tokens, seed=request.seed)

    def _render(self, messages: Sequence[ChatMessage], tools: Sequence[Mapping[str, Any]]) -> str:
        rows = [{"role": message.role, "content": message.content} for message in messages]
        text: str = self._tokenizer.apply_chat_template(rows, tools=list(tools) or None, add_generation_prompt=True, tokenize=False)
        return text

    def _render_with_tools(self, tools: Sequence[Mapping[str, Any]]) -> str:
        return self._render([ChatMessage(role="user", content="")], tools)

    def _batch(self, prompts: Sequence[_Prompt], sampling: Sampling) -> Iterator[Completion]:
        """One batch; halved when memory runs out, so that only a request too large alone fails."""
        import torch

        start = time.monotonic()
        try:
            written = self._generate(prompts, sampling)
        except torch.OutOfMemoryError:
            torch.cuda.empty_cache()
            if len(prompts) == 1:
                yield Completion(id=prompts[0].id, finish_reason="error", error="out of memory", prompt_tokens=len(prompts[0].tokens))
                return
            middle = len(prompts) // 2
            yield from self._batch(prompts[:middle], sampling)
            yield from self._batch(prompts[middle:], sampling)
            return
        seconds = (time.monotonic() - start) / len(prompts)
        for prompt, tokens in zip(prompts, written, strict=True):
            yield self._completion(prompt, tokens, seconds)

    def _generate(self, prompts: Sequence[_Prompt], sampling: Sampling) -> list[list[int]]:
        """New tokens of each prompt, without what follows its end token."""
        import torch

        width = max(len(prompt.tokens) for prompt in prompts)
        rows = [[self._pad] * (width - len(prompt.tokens)) + list(prompt.tokens) for prompt in prompts]
        mask = [[0] * (width - len(prompt.tokens)) + [1] * len(prompt.tokens) for prompt in prompts]
        choice = {"do_sample": True, "temperature": sampling.temperature, "top_p": sampling.top_p} if sampling.temperature > 0 else {}
        config = _library().GenerationConfig(
            max_new_tokens=sampling.max_new_tokens, eos_token_id=sorted(self._ends), pad_token_id=self._pad, **choice
        )
        if choice:
            # One generator serves the whole batch: a sampled run repeats with the same seed, tasks and batch size.
            torch.manual_seed(prompts[0].seed)
        with torch.inference_mode():
            tokens = self._model.generate(
                input_ids=torch.tensor(rows, device=self._model.device),
                attention_mask=torch.tensor(mask, device=self._model.device),
                generation_config=config,
            )
        return [self._ended(row) for row in tokens[:, width:].tolist()]

    def _ended(self, tokens: list[int]) -> list[int]:
        """Up to and with the first end token."""
        end = next((index for index, token in enumerate(tokens) if token in self._ends), len(tokens) - 1)
        return tokens[: end + 1]

    def _completion(self, prompt: _Prompt, tokens: list[int], seconds: float) -> Completion:
        ended = bool(tokens) and tokens[-1] in self._ends
        # Special tokens stay, since several models call with them; only the end token is not part of the turn.
        kept = tokens[:-1] if ended else tokens
        return Completion(
            id=prompt.id,
            text=self._tokenizer.decode(kept, skip_special_tokens=False, clean_up_tokenization_spaces=False),
            finish_reason="stop" if ended else "length",
            prompt_hash=prompt.digest,
            prompt_tokens=len(prompt.tokens),
            completion_tokens=len(tokens),
            seconds=seconds,
        )


def _end_tokens(model: Any, tokenizer: Any) -> frozenset[int]:
    """What ends a turn: the tokenizer's and the generation config's end tokens."""
    configured = getattr(model.generation_config, "eos_token_id", None)
    listed = configured if isinstance(configured, list) else [configured]
    return frozenset(token for token in (*listed, tokenizer.eos_token_id) if token is not None)
