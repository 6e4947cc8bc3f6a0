"""The words of a shape, and the names of clusters made of them: those that a cluster has more often than the others (c-TF-IDF)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from spectool.classify.taxonomy import load
from spectool.patterns.shapes import Shape

TERMS = 3
ARGUMENT_WEIGHT = 0.3
_WORD = re.compile(r"[^\W\d_]{2,40}")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
# In nearly every shape, or nothing without their neighbours.
_EMPTY = frozenset(
    [
        "expected",
        "got",
        "it",
        "its",
        "the",
        "an",
        "of",
        "to",
        "in",
        "or",
        "and",
        "with",
        "is",
        "at",
        "as",
        "by",
        "be",
        "that",
        "this",
        "from",
        "for",
    ]
)
# Prefixes that keep a pattern, and the words of names, apart from those of the text.
_PATTERN, _TOOL, _ARGUMENT = "pattern:", "tool:", "argument:"


def words_of_shape(shape: Shape) -> list[str]:
    """What a shape is placed by: the pattern twice (it tells most), the text's words and their pairs, the parts of the argument's name.

    Not the tool: where a slip happens says little about its cause, and the largest causes span tools.
    """
    said = [word for word in _WORD.findall(shape.text.casefold()) if word not in _EMPTY]
    pairs = [f"{one} {other}" for one, other in pairwise(said)]
    pattern = [f"{_PATTERN}{shape.error}", f"{_PATTERN}{shape.error}.{shape.subtype}"]
    return [*pattern, *pattern, *said, *pairs, *_parts(_ARGUMENT, shape.argument)]


def weight_of(word: str) -> float:
    """How much a word counts when shapes are placed."""
    return ARGUMENT_WEIGHT if word.startswith(_ARGUMENT) else 1.0


def _parts(prefix: str, name: str | None) -> list[str]:
    return [prefix + part.casefold() for part in _WORD.findall(_HUMP.sub(" ", (name or "")[:200]).replace("_", " "))]


def name_of(groups: Sequence[Sequence[Shape]]) -> list[str]:
    """A name for each group: its pattern and the words that set it apart, weighted by trajectories."""
    counts = [Counter[str]() for _ in groups]
    for count, group in zip(counts, groups, strict=True):
        for shape in group:
            for word in (*words_of_shape(shape), *_parts(_TOOL, shape.tool)):
                count[word] += shape.trajectories
    everywhere = Counter[str]()
    for count in counts:
        everywhere.update(count)
    mean = sum(everywhere.values()) / max(len(groups), 1)
    return [_named(group, count, everywhere, mean) for group, count in zip(groups, counts, strict=True)]


def _named(group: Sequence[Shape], count: Counter[str], everywhere: Counter[str], mean: float) -> str:
    total = sum(count.values())
    scores = {word: n / total * math.log(1 + mean / everywhere[word]) for word, n in count.items() if not word.startswith(_PATTERN)}
    best: list[str] = []
    said: set[str] = set()
    for word in sorted(scores, key=lambda each: (-scores[each], each)):
        plain = word.removeprefix(_TOOL).removeprefix(_ARGUMENT)
        if not said & set(plain.split()):
            best.append(plain)
            said |= set(plain.split())
        if len(best) == TERMS:
            break
    return f"{_pattern(group)}: {', '.join(best)}" if best else _pattern(group)


def _pattern(group: Sequence[Shape]) -> str:
    """The name of the pattern behind most of the group, and that there are others."""
    weights = Counter[tuple[str, str]]()
    for shape in group:
        weights[shape.error, shape.subtype] += shape.trajectories
    (error, subtype), _ = min(weights.items(), key=lambda each: (-each[1], each[0]))
    known = load()
    name = known.error(error).name if error in known.positions else error
    return (
        f"{name} ({subtype})" if len(weights) == 1 and subtype else name + (" and others" if len({each[0] for each in weights}) > 1 else "")
    )
