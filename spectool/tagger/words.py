"""The words of queries, names and descriptions in the form in which they are compared: stems of content words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from spectool.classify.spelling import words_of
from spectool.read.record import as_json

# Characters of any one text that are looked at: more is a document, and a hostile log may hold megabytes.
MAX_TEXT = 8_000
# Letters in which words of one stem agree.
STEM = 5
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ALNUM = re.compile(r"[^\W_]+")
# Words that say nothing of what is asked.
_EMPTY = frozenset(
    """
    a about all also am an and any are as at be been but by can could d did do does each for from get give had has have hello help
    hey hi how i if in into is it its just know let like ll looking m make may me might more my need no not of on one or our out
    over please re s shall should so some such t tell than thank thanks that the their them then there these they this those to
    too up us use using ve very want was we were what when where which who whose why will with would you your
    """.split()  # noqa: SIM905 (a list of as many literals hides the words)
)


def cut(value: Any) -> str:
    """A value as text, at most ``MAX_TEXT`` characters of it."""
    return (value if isinstance(value, str) else as_json(value))[:MAX_TEXT]


def stem(word: str) -> str:
    """The first letters of a word, in which its inflections agree; figures whole."""
    return word if not word.isalpha() else word[:STEM]


def content(text: str) -> frozenset[str]:
    """Stems of the content words of a text, in one spelling each."""
    return _content(text[:MAX_TEXT])


@lru_cache(maxsize=4_096)
def _content(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(_CAMEL.sub(" ", text).replace("_", " ")) if word not in _EMPTY)


def tokens(text: str) -> list[str]:
    """Every word and number of a text in order, in lower case."""
    return _ALNUM.findall(text[:MAX_TEXT].lower())


def share(found: Iterable[str], among: frozenset[str], blank: float = 0.0) -> float:
    """The fraction of ``found`` that stands in ``among``; ``blank`` where there is nothing to find."""
    items = list(found)
    return sum(item in among for item in items) / len(items) if items else blank
