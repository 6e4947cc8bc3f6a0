"""Which tools a task offers: what its paths need among look-alikes, or the environment's whole catalogue."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from random import Random

from spectool.environments.core.environment import Environment
from spectool.environments.registry import environment
from spectool.model import Tool

FEW = 8
"""At most so many tools are offered to half of the tasks."""


def few(offering: Environment, needed: Collection[str], rng: Random) -> tuple[Tool, ...]:
    """The needed tools and those most like them, up to eight in all, in random order; without need, any eight."""
    names = [tool.name for tool in offering.tools]
    needs = frozenset(needed) or frozenset((rng.choice(names),))
    chosen = list(_needed_and_alike(offering.name, needs))
    rest = [name for name in names if name not in chosen]
    rng.shuffle(rest)
    size = rng.randint(min(len(chosen), FEW), FEW)
    chosen += rest[: max(size - len(chosen), 0)]
    rng.shuffle(chosen)
    return tuple(offering.functions[name].tool for name in chosen)


@cache
def _needed_and_alike(environment_name: str, needed: frozenset[str]) -> tuple[str, ...]:
    """The needed tools and the three most like each, up to eight in all but for what is needed."""
    chosen = sorted(needed)
    for name in sorted(needed):
        alike = _alike(environment_name, name)[:3]
        chosen += [other for other in alike if other not in chosen][: max(FEW - len(chosen), 0)]
    return tuple(chosen)


@cache
def _alike(environment_name: str, name: str) -> tuple[str, ...]:
    """The other tools, the most alike in name first."""
    from rapidfuzz.fuzz import token_set_ratio

    others = (tool.name for tool in environment(environment_name).tools if tool.name != name)
    return tuple(sorted(others, key=lambda other: (-token_set_ratio(name.replace("_", " "), other.replace("_", " ")), other)))
