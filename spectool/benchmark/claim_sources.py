"""Whether a claim of a gold answer can be known: what results and the request tell, in their own words and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any

import msgspec

from spectool.classify.claims import told
from spectool.classify.figures import SPOKEN
from spectool.classify.scanning import ORDINALS
from spectool.classify.spelling import SYNONYMS

_WORD = re.compile(r"[^\W_]+(?:[.,:/-][^\W_]+)*")
_LETTERS = re.compile(r"[a-z]+")
# The first digits of a figure; of a date the last, since requests may leave out its year and say its month in words.
_DIGITS = re.compile(r"(?<!\d)(?!\d+-\d)[1-9]\d*")
_RUN = re.compile(r"\d+")
_SEPARATED = re.compile(r"(?<=\d)[, _'](?=\d{3})")
_THOUSANDS = re.compile(r"\d ?(?:k|m|mn|bn)\b")
_SPELLED = frozenset({*SPOKEN, *" ".join(ORDINALS).split()})
# By themselves these say "1", in "an hour" or "one of them"; any other figure takes further words.
_ONE = frozenset({"one", "first", "second", "minute", "hour", "day", "week", "month", "year"})
# Words for which figures or signs can stand.
_OTHERWISE = frozenset({*_SPELLED, *SYNONYMS})
# Shorter words may be left unsaid; words with one beginning may be forms of each other.
TELLING, BEGINNING = 4, 3
_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})t(\d{2}:\d{2})")
# Decimal places to which figures that were added or taken from each other are compared.
PLACES = 6
# Of so many figures any two are added and taken from each other; of more, chance alone would find a sum.
MOST_FIGURES = 40


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """What one result tells: its texts and numbers, the lengths of its lists, its words."""

    leaves: frozenset[str]
    lengths: frozenset[float]
    words: frozenset[str]


@lru_cache(maxsize=512)
def _told_by(result: str) -> _Told:
    """The ways to play a task mostly lead through the same few results."""
    decoded = msgspec.json.decode(result)
    leaves = frozenset(_leaves(decoded))
    words = frozenset(word for leaf in leaves for word in _words(leaf))
    return _Told(leaves=leaves, lengths=frozenset(map(float, _lengths(decoded))), words=words)


class Sources:
    """What some results and a request tell.

    A name or a statement is told where every word and figure of it stands in them. A figure is also told where it can be worked out in
    one step: two figures added or taken from each other, or the number of items in a list.
    """

    def __init__(self, results: Iterable[str], request: str) -> None:
        """``results`` are JSON as the tools gave it."""
        told_by = [_told_by(result) for result in results]
        self._leaves = frozenset[str]().union(*(each.leaves for each in told_by))
        self._lengths = frozenset[float]().union(*(each.lengths for each in told_by))
        self._words = frozenset(_words(request)).union(*(each.words for each in told_by))

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
    return bool(claims) and not any(_cannot_stand(claim, request) for claim in claims) and all(told(claims, request))


def _cannot_stand(claim: str, request: str) -> bool:
    """Whether a glance settles that ``request`` does not tell ``claim``, however that reads figures and words.

    A word of a claim without figures must at least begin the same somewhere, but for those that figures and signs stand for; a figure
    alone must stand there in digits, unless the request spells out numbers or shortens thousands. Anything else takes a closer look.
    """
    if not (claim.isascii() and request.isascii()):
        return False
    folded = request.casefold()
    words = _LETTERS.findall(claim.casefold())
    if not words:
        digits = _DIGITS.search(claim) if ":" not in claim else None
        absent = digits is not None and digits[0] not in _RUN.findall(_SEPARATED.sub("", folded))
        spelled = _SPELLED if _number(claim) == 1 else _SPELLED - _ONE
        return absent and spelled.isdisjoint(_LETTERS.findall(folded)) and not _THOUSANDS.search(folded)
    if any(map(str.isdigit, claim)) or not _OTHERWISE.isdisjoint(words):
        return False
    return any(len(word) >= TELLING and word[:BEGINNING] not in folded for word in words)


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
