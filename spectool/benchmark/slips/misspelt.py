"""Misspellings of a name that can only mean that name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from random import Random

from spectool.benchmark.slips.material import alike
from spectool.names import squash

# Shorter names change too much with one letter.
MIN_LETTERS = 7
# A name this much like another one might be meant for it.
RIVAL = 0.7


def misspelt(name: str, names: Iterable[str], rng: Random) -> Iterator[str]:
    """Other letter case, other separators, a letter lost or doubled; none that is or resembles another of ``names``."""
    others = [other for other in names if other != name]
    for new in (*_respelt(name), *_mistyped(name, rng)):
        if new != name and new not in others and not any(_rivals(new, other) for other in others):
            yield new


def _rivals(new: str, other: str) -> bool:
    return squash(new) == squash(other) or alike(new, other) > RIVAL or squash(new) in squash(other) or squash(other) in squash(new)


def _respelt(name: str) -> Iterator[str]:
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    if len(words) > 1:
        yield words[0].lower() + "".join(word.capitalize() for word in words[1:])
        yield "_".join(word.lower() for word in words)
    yield name.capitalize() if name[:1].islower() else name.lower()


def _mistyped(name: str, rng: Random) -> Iterator[str]:
    if len(name) >= MIN_LETTERS and name.isascii():
        places = [i for i in range(1, len(name) - 1) if name[i].isalpha()]
        if places:
            place = rng.choice(places)
            yield name[:place] + name[place + 1 :]
            yield name[:place] + name[place] + name[place:]
