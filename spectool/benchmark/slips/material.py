"""Values and names that are certainly not what was meant, and calls that are valid but not needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from random import Random
from typing import Any

from spectool.model import Tool
from spectool.names import squash
from spectool.references import resolve
from spectool.validate import shape_of

# Made-up words, unlike each other and unlike anything that a task would say.
WORDS = ("Quillfeather", "Brambleton", "Oxmoorland", "Fizzwick", "Zindlebury", "Kravenholt", "Vuldrigan", "Plunksgate")
NAMES = ("zorblax", "quuxify", "vexnadir", "whimbrosh", "jyxtapone")
VERBS = ("conjure_zebrafish", "unravel_tapestry", "hypnotize_walrus", "polish_moonstone")
# Names alike to this degree might be meant for each other; below half of it nobody takes one for the other.
ALIKE = 0.5
# Quantities differ by these where they are written in other units: time, length, mass, volume, storage.
UNITS = (
    7, 12, 24, 30, 52, 60, 365, 1440, 3600, 86400, 1.151, 1.609, 1.852, 1.0936, 3.281, 2.54, 30.48, 2.2046, 16, 28.35, 453.6, 3.785, 4.546,
    1024, 1048576, 1.2, 8, 14, 3, 36, 4,
)  # fmt: skip
NEAR = 0.03


@lru_cache(maxsize=65_536)
def alike(a: str, b: str) -> float:
    """How alike two names are, from 0 to 1."""
    return SequenceMatcher(None, squash(a), squash(b)).ratio()


def parts_of(name: str) -> frozenset[str]:
    """The words in a name."""
    return frozenset(part.casefold() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name))


def is_far(name: str, others: Iterable[str]) -> bool:
    """Whether nobody takes ``name`` for one of ``others``: little alike and no word in common."""
    return all(alike(name, other) < ALIKE and not parts_of(name) & parts_of(other) for other in others)


def far_words(taken: Iterable[str], rng: Random) -> Iterator[str]:
    """Made-up words that neither hold one of the texts ``taken`` nor stand in one."""
    folded = [text.casefold() for text in taken]
    for word in rng.sample(WORDS, len(WORDS)):
        small = word.casefold()
        if not any(text in small or small in text for text in folded if text):
            yield word


def far_numbers(value: float, others: Iterable[float], rng: Random) -> Iterator[float | int]:
    """Numbers that no power of ten, percent sign or unit turns into ``value`` or one of ``others``."""
    known = [value, *others]
    factors = rng.sample((17, 13, 19, 11, 23), 5)
    whole = isinstance(value, int)
    candidates = [value * factor for factor in factors] + [value + step for step in (17, 23, 2, 3, 5, -2, -3)]
    if not whole:
        candidates += [value * 1.37, value * 0.73]
    for number in candidates:
        if number != 0 and abs(number) < 2**53 and not any(related(number, other) for other in known):
            yield number if whole else round(number, 6)


def related(a: float, b: float) -> bool:
    """Whether one number may be the other on another scale; generous, since a doubtful one is better not planted."""
    if a == b:
        return True
    if a == 0 or b == 0 or (a < 0) != (b < 0):
        return False
    ratio = max(abs(a), abs(b)) / min(abs(a), abs(b))
    power = 10.0 ** round(_log10(ratio))
    if ratio > 5 and abs(ratio / power - 1) < NEAR:
        return True
    if any(abs(ratio / (unit * 10.0**n) - 1) < NEAR for unit in UNITS for n in (0, 1, 2, 3)):
        return True
    return any(abs(x * 1.8 + 32 - y) <= 0.02 * abs(y) + 0.5 for x, y in ((a, b), (b, a)))


def _log10(ratio: float) -> float:
    from math import log10

    return log10(ratio)


def sample(prop: Mapping[str, Any], root: Mapping[str, Any], rng: Random) -> Any:
    """A value that a schema most likely takes; the caller checks the whole."""
    prop = resolve(prop, root)
    options = prop.get("enum") or ([prop["const"]] if "const" in prop else ())
    if options:
        return rng.choice(list(options))
    for branch in (*(prop.get("anyOf") or ()), *(prop.get("oneOf") or ())):
        return sample(branch, root, rng)
    declared = prop.get("type", "string")
    kind = declared if isinstance(declared, str) else next((t for t in declared if t != "null"), "string")
    if kind == "array":
        return [sample(prop.get("items") or {}, root, rng) for _ in range(max(1, int(prop.get("minItems", 1))))]
    if kind == "object":
        properties = prop.get("properties") or {}
        return {name: sample(properties.get(name, {}), root, rng) for name in prop.get("required") or ()}
    return _scalar(kind, prop, rng)


def _scalar(kind: str, prop: Mapping[str, Any], rng: Random) -> Any:
    if kind == "boolean":
        return rng.random() < 0.5
    if kind == "null":
        return None
    if kind in ("integer", "number"):
        low = prop.get("minimum", prop.get("exclusiveMinimum", 0))
        return int(low) + rng.choice((1, 2, 3)) if "maximum" not in prop else prop["maximum"]
    form = prop.get("format")
    return {"date": "2031-05-17", "date-time": "2031-05-17T08:45:00Z", "email": "quill@bramble.example"}.get(str(form)) or rng.choice(WORDS)


def arguments_of(tool: Tool, rng: Random) -> dict[str, Any]:
    """Values for what a tool requires."""
    shape = shape_of(tool.parameters)
    return {name: sample(shape.properties.get(name, {}), tool.parameters, rng) for name in shape.required}
