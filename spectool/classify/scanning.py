"""What people wrote, as tokens: words, numbers, dates, times of day, and where sentences and clauses end.

Marks of Markdown, numbers of list items and of footnotes say nothing and are left out. A date written with figures alone is read day first
and month first where both make a date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from spectool.classify.units import SIGNS, UNITS

# Of a long answer the end is read: that is where it is given.
MAX_TEXT = 50_000
# Digits beyond these are no number to reckon with.
MAX_DIGITS = 18

Date = tuple[int | None, int, int | None]
"""Year, month, day; ``None`` where it is not said."""


class Word(msgspec.Struct, frozen=True):
    """A word in lower case, without accents; ``stem`` is its singular."""

    text: str
    stem: str


class Number(msgspec.Struct, frozen=True):
    """A number in figures; ``ordinal``: a place in an order, as in "3rd"."""

    value: float
    ordinal: bool = False


class Day(msgspec.Struct, frozen=True):
    """A date, with all that it may mean."""

    dates: frozenset[Date]


class Clock(msgspec.Struct, frozen=True):
    """A time of day in minutes from midnight, with all that it may mean."""

    minutes: frozenset[int]


class Break(msgspec.Struct, frozen=True):
    """The end of a clause (a comma, "and"), or of a sentence."""

    text: str
    sentence: bool = False


Token = Word | Number | Day | Clock | Break

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\b\.?"
)
_UNITS_OF_DAYS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENTH_DAYS = (
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
ORDINALS = {
    **{word: number for number, word in enumerate((*_UNITS_OF_DAYS, *_TEENTH_DAYS, "twentieth"), 1)},
    **{f"twenty {word}": 20 + number for number, word in enumerate(_UNITS_OF_DAYS, 1)},
    **{"thirtieth": 30, "thirty first": 31},
}
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(sorted((word.replace(' ', '[ -]') for word in ORDINALS), key=len, reverse=True))})"
_TOKEN = re.compile(
    rf"(?P<iso>(?<![\d-])(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d))"
    rf"|(?P<dmy>(?<![\d.,-])(\d{{1,2}})([-/.])(\d{{1,2}})\7(\d{{4}})(?!\d)|(?<![\d.,-])(\d{{1,2}})/(\d{{1,2}})/(\d{{2}})(?!\d))"
    rf"|(?P<ym>(?<![\d-])(\d{{4}})-(0[1-9]|1[0-2])(?![-\d]))"
    rf"|(?P<dm>\b({_DAY})(?: day)?[\s-]+(?:of )?({_MONTH})(?:,?[\s-]+(?:of )?(\d{{4}})(?!\d))?)"
    rf"|(?P<md>\b({_MONTH})\s+(?:the )?({_DAY})(?![\w:]|[.,]\d)(?:,?\s+(?:of )?(\d{{4}})(?!\d))?)"
    rf"|(?P<my>\b({_MONTH}),?\s+(?:of )?(\d{{4}})(?!\d))"
    r"|(?P<time>(?<![\d:])(\d{1,2}):(\d{2})(?::\d{2})?(?![\d:])(?:\s?([ap])\.?m\b\.?)?|(?<![\d:.,])(\d{1,2})(?:\.(\d{2}))?\s?([ap])\.?m\b\.?)"
    r"|(?P<number>(?:(?<![\w)])-)?(?:\d{1,3}(?:\.\d{3}){1,6},\d{1,2}(?!\d)|(?:\d{1,3}(?:[, ']\d{3}){1,6}(?!\d)|\d+)(?:\.\d+)?))"
    rf"|(?P<word>[^\W_]+|[{''.join(sorted(SIGNS))}])"
    r"|(?P<sentence>[.!?]+(?=[\s\"')]|$)|\n+)"
    r"|(?P<clause>[,;()|\u2013\u2014])"
)  # fmt: skip
_MARKS = (
    (re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)"), r"\1"),
    (re.compile(r"\[\^?\d{1,3}\](?!\()"), " "),
    (re.compile(r"</?[a-z][a-z0-9]{0,9}\s?/?>"), " "),
    (re.compile(r"^[ \t>]*(?:#{1,6}[ \t]+)?(?:[-*+•][ \t]+)?(?:\d{1,3}[.)][ \t]+)?", re.MULTILINE), ""),
    (re.compile(r"[*`~\\\u2122\u00ae\u00a9\u200b]|\{(?=,)|(?<=,)\}"), ""),
    (re.compile(r"(?<=\d)t(?=\d\d:\d\d)"), " "),
    (re.compile(r"(?<=\d)½"), ".5"), (re.compile("½"), "0.5"), (re.compile(r"(?<=\d)¼"), ".25"), (re.compile(r"(?<=\d)¾"), ".75"),
    (re.compile(r"(?<!\w)minus (?=\d)"), "-"),
    (re.compile(r"n't\b|\bcannot\b"), " not"), (re.compile(r"'s\b|(?<=s)'(?=\s)"), ""), (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), ""),
    (re.compile(r"\b(\d{1,3}) ?h ?(\d{1,2}) ?(?:m|min)?\b"), r"\1 h \2 min"),
    (re.compile(r"(?<=[a-z])/(?=[a-z])"), " per "),
    (re.compile(r"\bnoon\b|\bmidday\b"), "12:00 pm"), (re.compile(r"\bmidnight\b"), "12:00 am"),
)  # fmt: skip
_LETTERS = re.compile(r"[^\W_]*")
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th)\b")
_HALVES_OF_DAY = re.compile(r"\s?(?:o clock\s?|oclock\s?)?(?:in the (morning|afternoon|evening)|at (night))?")
_CLAUSE_WORDS = frozenset({"and", "but", "while", "whereas", "although", "though", "then"})
_MAGNITUDES = frozenset({"k", "m", "mn", "bn"})
_ABBREVIATION = re.compile(r"(?:^|[^\w])[^\W\d_]{1,2}$")


def plain(text: str) -> str:
    """Lower case, without accents and marks, in one way of writing apostrophes, dashes and fractions."""
    text = text[-MAX_TEXT:].casefold().replace("\u2019", "'").replace("\u2212", "-").replace("\u00a0", " ")
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    if text.isascii():
        return text
    return "".join(character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character))


@lru_cache(maxsize=32)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of ``text`` in its order."""
    return tuple(_tokens(plain(text)))


def _tokens(text: str) -> Iterator[Token]:
    place = 0
    while found := _TOKEN.search(text, place):
        place = found.end()
        kind = found.lastgroup or _kind(found)
        if kind == "number":
            token, place = _number(text, found)
            yield token
        elif kind == "word":
            yield _word(found[0])
        elif kind == "sentence":
            if found[0] != "." or not _ABBREVIATION.search(text[max(0, found.start() - 4) : found.start()]):
                yield Break(found[0][0], sentence=True)
        elif kind == "clause":
            yield Break(found[0])
        elif kind == "time":
            token, place = _clock(text, found)
            yield token
        else:
            yield _day(kind, found)
