"""Numbers as people write them, in figures and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from spectool.classify.spelling import NUMBER_WORDS

# Digits beyond these are no number to reckon with.
_MAX_FIGURE = 40

_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_POINT = re.compile(r"(\d{1,12}) point (\d{1,12})", re.IGNORECASE)
_POWERS = {"hundred": 100.0, "thousand": 1_000.0, "million": 1_000_000.0, "billion": 1_000_000_000.0}
_FRACTIONS = {
    "half": 0.5,
    "halfway": 0.5,
    "quarter": 0.25,
    "quarters": 0.25,
    "third": 1 / 3,
    "thirds": 1 / 3,
    "twice": 2.0,
    "double": 2.0,
    "dozen": 12.0,
}
_PART_OF = re.compile(rf"\b({'|'.join(_FRACTIONS)}) (?:of )?a ({'|'.join(_POWERS)})\b")
_AND_A_HALF = re.compile(rf"\b({'|'.join(NUMBER_WORDS)}) and a half ({'|'.join(_POWERS)})\b")
# A stretch of time with an article is one of it, a fortnight two weeks.
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "fortnight", "month", "year"})
_FORTNIGHT = (2.0, 14.0)
# The words by which a text writes a number.
SPOKEN = frozenset({*NUMBER_WORDS, *_POWERS, *_FRACTIONS, *_TIMES, "fortnights", "point"})


def spoken_numbers(text: str) -> Iterator[float]:
    """Every number that a text writes in words: "two hundred and fourteen", "a thousand", "81 point 6", "an hour and a half" (1, 1.5)."""
    for whole, part in _POINT.findall(text):
        yield float(f"{whole}.{part}")
    words = _WORD.findall(text.lower())
    yield from (float(NUMBER_WORDS[word]) for word in words if word in NUMBER_WORDS)
    total = current = 0.0
    spoken = False
    plain = " ".join(words)
    yield from (_FRACTIONS[part] * _POWERS[power] for part, power in _PART_OF.findall(plain))
    yield from ((NUMBER_WORDS[number] + 0.5) * _POWERS[power] for number, power in _AND_A_HALF.findall(plain))
    for before, word in pairwise(["", *words, ""]):
        yield from _time(before, word)
        if word in NUMBER_WORDS and word != "hundred":
            current, spoken = current + NUMBER_WORDS[word], True
        elif word in _POWERS and (spoken or word == "hundred" or before == "a"):
            current, spoken = max(current, 1.0) * _POWERS[word], spoken or before == "a"
            if word != "hundred":
                total, current = total + current, 0.0
        elif word in _FRACTIONS:
            part = max(current, 1.0) * _FRACTIONS[word]
            yield from (part, 1 + _FRACTIONS[word], current + _FRACTIONS[word])
            total, current, spoken = 0.0, 0.0, False
        elif spoken and word != "and":
            yield total + current
            total, current, spoken = 0.0, 0.0, False


def _time(before: str, word: str) -> Iterator[float]:
    if word in _TIMES and before in ("a", "an"):
        yield 1.0
    if word in ("fortnight", "fortnights"):
        yield from (part * NUMBER_WORDS.get(before, 1) for part in _FORTNIGHT)


def numbers_in(text: str) -> Iterator[float]:
    """Every number that a text writes in figures; a comma may part thousands or the items of a list."""
    for figure in _FIGURE.findall(text):
        if "," in figure:
            yield from (float(part) for part in figure.split(",") if 0 < len(part) <= _MAX_FIGURE)
        if len(figure) <= _MAX_FIGURE:
            yield float(figure.replace(",", ""))
