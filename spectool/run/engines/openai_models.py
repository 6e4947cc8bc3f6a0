"""What a server says of itself: whose it is, and the models it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from spectool.read.source import FormatError, decode
from spectool.run.engines.engine import EngineError


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """``maker`` owns the models by the server's word (``vllm``, ``llamacpp``, ``library`` for Ollama); empty where it does not say."""

    maker: str = ""
    models: tuple[str, ...] = ()

    def details(self, version: bytes) -> Mapping[str, str]:
        """For the journal; ``version`` is vLLM's answer to that question, empty where it was not asked."""
        try:
            said = decode(version)["version"] if version else ""
        except (FormatError, KeyError, TypeError):
            said = ""
        return {"server": f"{self.maker or 'unknown'} {said}".strip()[:80]}


def served_in(answer: bytes, address: str) -> Served:
    """The list of models in a server's answer.

    Raises:
        EngineError: it is none, so the address is not that of such a server.
    """
    try:
        read: Any = decode(answer)
        entries = read["data"] or []
        models = [entry for entry in entries if isinstance(entry, Mapping) and isinstance(entry.get("id"), str)]
    except (FormatError, KeyError, TypeError):
        raise EngineError(f"{address} is not the address of an OpenAI-compatible API, which often ends in /v1; see --base-url") from None
    makers = {entry.get("owned_by") for entry in models}
    maker = makers.pop() if len(makers) == 1 else ""
    return Served(maker=maker if isinstance(maker, str) else "", models=tuple(entry["id"] for entry in models))
