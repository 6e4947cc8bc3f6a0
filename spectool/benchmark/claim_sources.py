"""Whether a claim of a gold answer can be known: what results and the request tell, in their own words and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import msgspec

from spectool.classify.claims import told

_WORD = re.compile(r"[^\W_]+(?:[.,:/-][^\W_]+)*")
_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})t(\d{2}:\d{2})")
# Decimal places to which figures that were added or taken from each other are compared.
PLACES = 6
# Of so many figures any two are added and taken from each other; of more, chance alone would find a sum.
MOST_FIGURES = 40


class Sources:
    """What some results and a request tell.

    A name or a statement is told where every word and figure of it stands in them. A figure is also told where it can be worked out in
    one step: two figures added or taken from each other, or the number of items in a list.
    """

    def __init__(self, results: Iterable[str], request: str) -> None:
        """``results`` are JSON as the tools gave it."""
        decoded = [msgspec.json.decode(result) for result in results]
        self._leaves = {leaf for each in decoded for leaf in _leaves(each)}
        self._lengths = {float(length) for each in decoded for length in _lengths(each)}
        self._words = {word for text in (*self._leaves, request) for word in _words(text)}

    def tell(self, claim: str) -> bool:
        """Whether they tell ``claim``."""
        if claim in self._leaves or self._words.issuperset(_words(claim)):
            return True
        number = _number(claim)
        return number is not None and (number in self._lengths or self._come_to(number))

    def _come_to(self, number: float) -> bool:
        figures = sorted({value for leaf in self._leaves if (value := _number(leaf)) is not None})
        if len(figures) > MOST_FIGURES:
            return False
        return any(round(number, PLACES) in (round(a + b, PLACES), round(b - a, PLACES)) for a, b in combinations(figures, 2))


def gives_itself_away(claims: Sequence[str], request: str) -> bool:
    """Whether saying the request over again would pass for the answer, as scoring reads answers."""
    return bool(claims) and all(told(claims, request))


def _words(text: str) -> Iterator[str]:
    """The words of a text casefolded, its figures in one spelling; of a date with a time also each by itself."""
    text = text.casefold()
    for stamp in _STAMP.findall(text):
        yield from stamp
    for word in _WORD.findall(text):
        number = _number(word)
        yield word if number is None else repr(number)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


def _leaves(value: Any) -> Iterator[str]:
    """The texts and numbers in a result, as text."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None and not isinstance(value, bool):
        yield value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _lengths(value: Any) -> Iterator[int]:
    if isinstance(value, list):
        yield len(value)
    for inner in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _lengths(inner)
