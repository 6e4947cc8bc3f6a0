"""What a user may choose about an engine; each engine takes what applies to it."""

from __future__ import annotations

import msgspec


class EngineOptions(msgspec.Struct, frozen=True, kw_only=True):
    """``batch_size`` counts requests.

    ``dtype`` is ``auto``, ``float32``, ``bfloat16`` or ``float16``; ``device`` is ``auto``, ``cpu``, ``cuda``, ``cuda:1`` and so on.
    """

    batch_size: int = 16
    dtype: str = "auto"
    device: str = "auto"
