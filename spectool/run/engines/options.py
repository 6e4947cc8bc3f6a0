"""What a user may choose about an engine; each engine takes what applies to it."""

from __future__ import annotations

import msgspec


class EngineOptions(msgspec.Struct, frozen=True, kw_only=True):
    """``batch_size`` counts requests generated at once, ``None`` as many as the engine thinks right.

    ``dtype`` is ``auto``, ``float32``, ``bfloat16`` or ``float16``; ``device`` is ``auto``, ``cpu``, ``cuda``, ``cuda:1`` and so on;
    ``tensor_parallel`` counts GPUs, ``max_length`` tokens of prompt and answer together, ``gpu_memory`` is a fraction 0–1 of a GPU's;
    ``quantization`` is a method's name as the engine knows it. ``base_url`` is an API's address, ``timeout`` counts seconds of one of its
    requests; ``raw_text`` says that it parses no calls, and names the dialect its chat template asks the model for. ``workers`` counts
    engines of a cluster.
    """

    batch_size: int | None = None
    dtype: str = "auto"
    device: str = "auto"
    tensor_parallel: int | None = None
    quantization: str | None = None
    max_length: int | None = None
    gpu_memory: float | None = None
    base_url: str | None = None
    timeout: float = 600.0
    raw_text: str | None = None
    workers: int = 1
