"""Hugging Face transformers: any causal language model on CPU or GPU, in batches, GGUF files included.

Answers are the same in every batch size only in float32, hence the default on CPU; on a GPU the default is the model's own dtype.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from spectool.run.engines.batches import Batches
from spectool.run.engines.engine import Completion, CompletionRequest, Engine, EngineError
from spectool.run.engines.loading import load_weights, quiet
from spectool.run.engines.logits import Chooser
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.refusals import why
from spectool.run.engines.rendering import RenderedPrompt, Renderer, end_tokens, failed, load_tokenizer
from spectool.run.models import ModelFiles

NAME = "transformers"
BATCH_SIZE = 16
# Batches' worth of requests to choose from: enough that those of one batch are about as long as each other.
AHEAD = 8
_INSTALL = "pip install 'spectool[hf]'"
_SMALLER = "--dtype bfloat16 halves it, a smaller model or a GPU with more memory helps further"


def load(model: ModelFiles, options: EngineOptions) -> Engine:
    """Loads tokenizer and weights.

    Raises:
        EngineError: transformers or torch is missing, there is no such GPU, or the model can not be loaded.
    """
    try:
        torch = import_module("torch")
        import_module("transformers")
    except ImportError as error:
        raise EngineError(f"engine 'transformers' needs {error.name}: {_INSTALL}") from None
    device = _device(torch, options.device)
    try:
        with quiet():
            tokenizer = load_tokenizer(model)
            weights = load_weights(model, _dtype(torch, options.dtype, device)).to(device).eval()
    except EngineError:
        raise
    except (OSError, ValueError, ImportError, RuntimeError, KeyError, MemoryError) as error:
        if out_of_memory(error):
            raise EngineError(f"model '{model.name[:80]}' does not fit into the memory of '{device}'; {_SMALLER}") from None
        raise EngineError(why(model, error)) from error
    return TransformersEngine(weights, tokenizer, options.batch_size or BATCH_SIZE, options.max_length)


def _device(torch: Any, asked: str) -> str:
    if asked == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if asked.startswith("cuda") and not torch.cuda.is_available():
        raise EngineError(
            f"no GPU is there for --device {asked[:20]}; pass --device cpu, or install torch for this machine's GPU and driver"
        )
    return asked


def _dtype(torch: Any, name: str, device: str) -> Any:
    if name == "auto":
        return torch.float32 if device == "cpu" else "auto"
    return getattr(torch, name)


def out_of_memory(error: BaseException) -> bool:
    """Whether torch says that memory could not be had; for a CPU's it has no class of its own."""
    import torch

    if isinstance(error, (torch.OutOfMemoryError, MemoryError)):
        return True
    return isinstance(error, RuntimeError) and any(
        mark in str(error) for mark in ("DefaultCPUAllocator", "not enough memory", "out of memory")
    )


class TransformersEngine:
    """A model in this process."""

    name = NAME

    def __init__(self, model: Any, tokenizer: Any, batch_size: int = BATCH_SIZE, max_length: int | None = None) -> None:
        self._model = model
        ends = end_tokens(tokenizer, getattr(model.generation_config, "eos_token_id", None))
        self._pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else min(ends)
        # What a model's author recommends (sampling, penalties) would be put in wherever we say nothing.
        model.generation_config = import_module("transformers").GenerationConfig()
        limits = [limit for limit in (getattr(model.config, "max_position_embeddings", None), max_length) if limit is not None]
        self._renderer = Renderer(tokenizer, min(limits, default=None), ends)
        self.tool_section = self._renderer.tool_section
        self._batches = Batches(batch_size)
        self._refused: list[Completion] = []
        self.capacity = AHEAD * batch_size
        self.details: Mapping[str, str] = _details(model)

    def submit(self, requests: Sequence[CompletionRequest]) -> None:
        """Renders and keeps them; work is done in ``finished``."""
        for request in requests:
            if request.schema is not None:
                raise EngineError("engine 'transformers' can not keep to a schema; use --engine vllm")
            prompt = self._renderer.prompt(request)
            if isinstance(prompt, Completion):
                self._refused.append(prompt)
            else:
                self._batches.add(prompt)

    def finished(self) -> Sequence[Completion]:
        """Generates a batch, the longest prompts first: little padding, and too little memory shows at once."""
        done, self._refused = self._refused, []
        while not done and (batch := self._batches.take()):
            start = time.monotonic()
            written = self._written(batch)
            if written is not None:
                seconds = (time.monotonic() - start) / len(batch)
                rows = zip(batch, written, strict=True)
                done = [self._renderer.completion(prompt, tokens, seconds, values) for prompt, (tokens, values) in rows]
            elif not self._batches.put_back(batch):
                done = [_too_large(batch[0])]
        return done

    def close(self) -> None:
        """Lets go of the model."""
        import torch

        self._model = None
        self._batches.clear()
        self._refused = []
        if torch.cuda.is_available():
            torch.cuda.empty_cache()

    def _written(self, batch: Sequence[RenderedPrompt]) -> list[tuple[list[int], list[float] | None]] | None:
        """What `_generate` gives; ``None`` when memory ran out."""
        import torch

        try:
            return self._generate(batch)
        except (RuntimeError, MemoryError) as error:
            if not out_of_memory(error):
                raise EngineError(f"the model failed on a batch of {len(batch)}: {str(error).strip()[:300]}") from error
        # Only here, behind the handler, is what the failed batch held no longer kept by the error's traceback.
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        return None

    def _generate(self, batch: Sequence[RenderedPrompt]) -> list[tuple[list[int], list[float] | None]]:
        """New tokens of each prompt, without what follows its end token, and their log-probabilities where they were asked for."""
        import torch

        transformers = import_module("transformers")
        width = max(len(prompt.tokens) for prompt in batch)
        rows = [[self._pad] * (width - len(prompt.tokens)) + list(prompt.tokens) for prompt in batch]
        mask = [[0] * (width - len(prompt.tokens)) + [1] * len(prompt.tokens) for prompt in batch]
        device = self._model.device
        chooser = Chooser(batch[0].request.sampling, [prompt.request.seed for prompt in batch], device)
        with torch.inference_mode():
            tokens = self._model.generate(
                input_ids=torch.tensor(rows, device=device),
                attention_mask=torch.tensor(mask, device=device),
                generation_config=transformers.GenerationConfig(
                    max_new_tokens=batch[0].new_tokens, eos_token_id=sorted(self._renderer.ends), pad_token_id=self._pad, do_sample=False
                ),
                logits_processor=transformers.LogitsProcessorList([chooser]),
            )
        new = [self._ended(row) for row in tokens[:, width:].tolist()]
        values: Sequence[list[float] | None] = chooser.logprobs() or [None] * len(new)
        return list(zip(new, values, strict=True))

    def _ended(self, tokens: list[int]) -> list[int]:
        """Up to and with the first end token."""
        end = next((index for index, token in enumerate(tokens) if token in self._renderer.ends), len(tokens) - 1)
        return tokens[: end + 1]


def _details(model: Any) -> dict[str, str]:
    """Versions, dtype and device."""
    versions = {name: str(import_module(name).__version__) for name in ("transformers", "torch")}
    return {**versions, "dtype": str(model.dtype).removeprefix("torch."), "device": model.device.type}


def _too_large(prompt: RenderedPrompt) -> Completion:
    size = len(prompt.tokens)
    asked = f"out of memory with this request alone, a prompt of {size:,} tokens and up to {prompt.new_tokens:,} new ones"
    return failed(prompt.id, f"{asked}; offer fewer tools, pass a smaller --max-new-tokens or --dtype bfloat16", size)
