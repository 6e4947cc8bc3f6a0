"""vLLM in this process' charge: continuous batching, prefix caching, several GPUs by tensor parallelism.

Requests are rendered here, by the model's own chat template, and handed over as token ids; so both local engines read the same prompt.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Any

import msgspec

from spectool.run.conversion import as_folder
from spectool.run.engines.engine import Completion, CompletionRequest, Engine, EngineError
from spectool.run.engines.facts import engine_version
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.refusals import why
from spectool.run.engines.rendering import RenderedPrompt, Renderer, end_tokens, failed, load_tokenizer
from spectool.run.models import ModelFiles

NAME = "vllm"
# Requests generated at once where the user does not say: what vLLM itself takes on a GPU, and what a few processor cores still serve.
ON_GPU, ON_CPU = 256, 32
# GiB of the key-value cache on a CPU, where the user has not set VLLM_CPU_KVCACHE_SPACE; vLLM's own default takes half of the memory.
CPU_CACHE = 4
# Up to so many cores, all of them compute.
FEW_CORES = 4
_INSTALL = "pip install 'spectool[vllm]' on a machine with a GPU; scripts/setup_vllm.sh for a CPU"


def load(model: ModelFiles, options: EngineOptions) -> Engine:
    """Starts vLLM with the model: half a minute to several.

    Raises:
        EngineError: vLLM is missing, finds no GPU, or can not load the model.
        ModelError: a GGUF file can not be unpacked.
    """
    # It logs to stdout, which is for results.
    os.environ.setdefault("VLLM_LOGGING_LEVEL", "ERROR")
    os.environ.setdefault("VLLM_CPU_KVCACHE_SPACE", str(CPU_CACHE))
    if len(cores := sorted(os.sched_getaffinity(0))) <= FEW_CORES:
        # Left to itself, vLLM keeps one core for its other processes, which do little: of two cores that is half.
        os.environ.setdefault("VLLM_CPU_OMP_THREADS_BIND", ",".join(map(str, cores)))
    try:
        vllm = import_module("vllm")
    except ImportError as error:
        raise EngineError(f"engine 'vllm' needs {error.name}: {_INSTALL}") from None
    on_cpu = import_module("vllm.platforms").current_platform.is_cpu()
    if on_cpu and options.gpu_memory is not None:
        raise EngineError("vLLM has no GPU here, of whose memory --gpu-memory could take a share; leave it out, or see docs/engines.md")
    dtype = _dtype(options.dtype, on_cpu=on_cpu)
    files = as_folder(model, dtype if dtype != "auto" else "bfloat16")
    size = options.batch_size or (ON_CPU if on_cpu else ON_GPU)
    try:
        tokenizer = load_tokenizer(files)
        llm = vllm.LLM(model=files.location, dtype=dtype, max_num_seqs=size, disable_log_stats=True, **_more(options, on_cpu=on_cpu))
    except EngineError:
        raise
    except (OSError, ValueError, RuntimeError, KeyError, ImportError) as error:
        raise EngineError(why(model, error)) from error
    return VllmEngine(llm, tokenizer, size, device="cpu" if on_cpu else "cuda")


def _dtype(asked: str, *, on_cpu: bool) -> str:
    """As in the transformers engine: float32 on a CPU, else the model's own."""
    return "float32" if asked == "auto" and on_cpu else asked


def _more(options: EngineOptions, *, on_cpu: bool) -> dict[str, Any]:
    chosen = {
        "tensor_parallel_size": options.tensor_parallel,
        "quantization": options.quantization,
        "max_model_len": options.max_length,
        "gpu_memory_utilization": options.gpu_memory,
    }
    # Compiling for a CPU takes minutes and gains little. A prompt read in parts, for a request with a seed, ends vLLM 0.32 on a CPU: its
    # generators there can not go back.
    for_cpu = {"enforce_eager": True, "enable_chunked_prefill": False} if on_cpu else {}
    return {**for_cpu, **{name: value for name, value in chosen.items() if value is not None}}


def _gave_up(error: Exception) -> EngineError:
    return EngineError(f"vLLM gave up: {str(error).strip()[:300]}; VLLM_LOGGING_LEVEL=INFO shows more")


class _Waiting(msgspec.Struct, frozen=True):
    prompt: RenderedPrompt
    since: float


class VllmEngine:
    """One vLLM engine; what it generates with it also schedules."""

    name = NAME

    def __init__(self, llm: Any, tokenizer: Any, size: int, device: str) -> None:
        self._engine = llm.llm_engine
        self._errors = import_module("vllm.exceptions")
        config = llm.model_config
        generation = config.try_get_generation_config()
        self._renderer = Renderer(tokenizer, config.max_model_len, end_tokens(tokenizer, generation.get("eos_token_id")))
        self.tool_section = self._renderer.tool_section
        # Some over what fits, so that a place that falls free is taken before the loop has looked.
        self.capacity = size + max(2, size // 4)
        self.details: Mapping[str, str] = {
            "vllm": engine_version(NAME),
            "torch": version("torch"),
            "transformers": version("transformers"),
            "dtype": str(config.dtype).removeprefix("torch."),
            "device": device,
        }
        self._under_way: dict[str, _Waiting] = {}
        self._refused: list[Completion] = []

    def submit(self, requests: Sequence[CompletionRequest]) -> None:
        """Hands rendered requests to vLLM's scheduler."""
        for request in requests:
            prompt = self._renderer.prompt(request)
            if isinstance(prompt, Completion):
                self._refused.append(prompt)
                continue
            try:
                self._engine.add_request(request.id, {"prompt_token_ids": list(prompt.tokens)}, self._parameters(request))
            except (ValueError, TypeError, self._errors.VLLMClientError) as refusal:
                self._refused.append(failed(request.id, f"vLLM refused the request: {str(refusal).strip()[:300]}"))
            except (RuntimeError, self._errors.VLLMServerError) as error:
                raise _gave_up(error) from error
            else:
                self._under_way[request.id] = _Waiting(prompt, time.monotonic())

    def finished(self) -> Sequence[Completion]:
        """Steps of the engine until one request or more are done."""
        done, self._refused = self._refused, []
        try:
            while self._under_way and not done:
                done.extend(self._completion(output) for output in self._engine.step() if output.finished)
        except (RuntimeError, self._errors.VLLMServerError) as error:
            raise _gave_up(error) from error
        return done

    def close(self) -> None:
        """Ends vLLM's own processes."""
        core = getattr(self._engine, "engine_core", None)
        if core is not None:
            core.shutdown()
        self._under_way, self._refused = {}, []

    def _parameters(self, request: CompletionRequest) -> Any:
        sampling = import_module("vllm.sampling_params")
        asked = request.sampling
        constraint = None if request.schema is None else sampling.StructuredOutputsParams(json=dict(request.schema))
        return sampling.SamplingParams(
            temperature=asked.temperature,
            top_p=asked.top_p,
            max_tokens=asked.max_new_tokens,
            seed=request.seed if asked.temperature > 0 else None,
            logprobs=0 if asked.logprobs else None,
            stop_token_ids=sorted(self._renderer.ends),
            # The text is made here, as in the other local engine.
            detokenize=False,
            output_kind=sampling.RequestOutputKind.FINAL_ONLY,
            structured_outputs=constraint,
        )

    def _completion(self, output: Any) -> Completion:
        waiting = self._under_way.pop(output.request_id)
        (written,) = output.outputs
        tokens = list(written.token_ids)
        seconds = time.monotonic() - waiting.since
        completion = self._renderer.completion(waiting.prompt, tokens, seconds)
        if not written.logprobs:
            return completion
        kept = tokens[:-1] if completion.finish_reason == "stop" else tokens
        values = [places[token].logprob for token, places in zip(kept, written.logprobs, strict=False)]
        return msgspec.structs.replace(completion, logprobs=self._renderer.token_logprobs(kept, values))
