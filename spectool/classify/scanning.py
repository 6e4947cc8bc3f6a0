"""What people wrote, as tokens: words, numbers, dates, times of day, and where sentences and clauses end.

A date written with figures alone is read day first and month first where both make a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import msgspec

from spectool.classify.units import SIGNS, UNITS
from spectool.classify.unmarked import plain

# Digits beyond these are no number to reckon with.
MAX_DIGITS = 14

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
    """A time of day, in minutes from midnight."""

    minutes: int


class Break(msgspec.Struct, frozen=True):
    """The end of a clause (a comma, "and"), or of a sentence."""

    text: str
    sentence: bool = False


Token = Word | Number | Day | Clock | Break

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    # "3 may apply" is no date.
    r"|may(?=\s*(?:[.,;:!?)|]|$|\d|(?:at|from|to|until|and|or|in|for|on|is|was|with|by)\b)))\b\.?"
)
_NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENTH = ("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth")
ORDINALS = {
    **{word: number for number, word in enumerate((*_NTH, *_TEENTH, "twentieth"), 1)},
    **{f"twenty {word}": number for number, word in enumerate(_NTH, 21)},
    **{"thirtieth": 30, "thirty first": 31},
}
_SPOKEN_DAY = "|".join(sorted((word.replace(" ", "[ -]") for word in ORDINALS), key=len, reverse=True))
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{_SPOKEN_DAY})"
_TOKEN = re.compile(
    r"(?P<iso>(?<![\d-])\d{4}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)\d{1,2}(?!\d))"
    r"|(?P<dmy>(?<![\d.,/-])(?:\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2}))(?![\d/]))"
    r"|(?P<ym>(?<![\d-])\d{4}-(?:0[1-9]|1[0-2])(?![-\d]))"
    rf"|(?P<month>\b{_DAY}(?: day)?[\s-]+(?:of )?{_MONTH}(?:,?[\s-]+(?:of )?\d{{4}}(?!\d))?"
    rf"|\b{_MONTH}\s+(?:the )?{_DAY}(?![\w:]|[.,]\d)(?:,?\s+(?:of )?\d{{4}}(?!\d))?"
    rf"|\b{_MONTH},?\s+(?:of )?\d{{4}}(?!\d))"
    r"|(?P<time>(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])(?:\s?[ap]\.?m\b\.?)?|(?<![\d:.,])\d{1,2}(?:\.\d{2})?\s?[ap]\.?m\b\.?)"
    r"|(?P<number>(?:(?<![\w)])-)?(?:\d{1,3}(?:\.\d{3}){1,6},\d{1,2}(?!\d)|(?:\d{1,3}(?:[, ']\d{3}){1,6}(?!\d)|\d+)(?:\.\d+)?))"
    rf"|(?P<word>[^\W_]+|[{''.join(sorted(SIGNS))}])"
    r"|(?P<sentence>[.!?]+(?=[\s\"')]|$)|\n+|;)"
    r"|(?P<clause>[,:()|\u2013\u2014]|(?<=\s)-(?=\s))"
)
_LETTERS = re.compile(r"[^\W_]*")
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th)\b")
_HALVES_OF_DAY = re.compile(r"\s?(?:in the (morning|afternoon|evening)|at (night))")
_CLAUSE_WORDS = frozenset({"and", "but", "while", "whereas", "although", "though", "then"})
_MAGNITUDES = frozenset({"k", "m", "mn", "bn"})
_ABBREVIATION = re.compile(r"(?:^|[^\w])[^\W\d_]{1,2}$")


@lru_cache(maxsize=32)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of ``text`` in its order."""
    return tuple(_tokens(plain(text)))


def _tokens(text: str) -> Iterator[Token]:
    place = 0
    while found := _TOKEN.search(text, place):
        place, kind = found.end(), found.lastgroup
        if kind == "number":
            token, place = _number(text, found)
            yield token
        elif kind == "word":
            yield _word(found[0])
        elif kind == "time":
            yield _clock(found[0], text[place : place + 40])
        elif kind == "sentence" or kind == "clause":
            if found[0] != "." or not _ABBREVIATION.search(text[max(0, found.start() - 4) : found.start()]):
                yield Break(found[0][0], sentence=kind == "sentence")
        else:
            yield _by_month(found[0]) if kind == "month" else _in_figures(found[0])


def _word(text: str) -> Token:
    return Break(text) if text in _CLAUSE_WORDS else Word(text, _stem(text))


@lru_cache(maxsize=8_192)
def _stem(word: str) -> str:
    """A word in the singular, by its ending."""
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _number(text: str, found: re.Match[str]) -> tuple[Token, int]:
    """A number and where it ends; digits with letters that are no unit are a word, such as an id."""
    written, end = found[0], found.end()
    if ordinal := _ORDINAL_END.match(text, end):
        return Number(float(re.sub(r"\D", "", written)[:MAX_DIGITS]), ordinal=True), ordinal.end()
    letters = _LETTERS.match(text, end)
    after = letters[0] if letters is not None else ""
    digits = re.sub(r"[, ']", "", written)
    if len(digits) > MAX_DIGITS or (after and after not in _MAGNITUDES and (_stem(after),) not in UNITS):
        return Word(written + after, written + after), end + len(after)
    if "," in written and written.find(".") in range(written.rfind(",")):  # 1.250,50
        digits = written.replace(".", "").replace(",", ".")
    return Number(float(digits)), end


def _clock(written: str, after: str) -> Token:
    hour, *minute = (int(digits) for digits in re.findall(r"\d+", written)[:2])
    half = re.search(r"([ap])\.?m", written)
    told = _HALVES_OF_DAY.match(after)
    part = half[1] if half else {"morning": "a"}.get(told[1] or "", "p") if told and (told[1] or told[2]) else ""
    if hour > 24 or (minute and minute[0] > 59):
        return Word(written, written)
    if part and hour <= 12:
        hour = hour % 12 + 12 * (part == "p")
    return Clock(60 * hour + (minute[0] if minute else 0))


def _in_figures(written: str) -> Token:
    parts = [int(digits) for digits in re.findall(r"\d+", written)]
    if len(parts) == 2:
        return Day(frozenset({(parts[0], parts[1], None)}))
    if parts[0] > 31:
        return _dates({(parts[0], parts[1], parts[2])}, written)
    year = parts[2] + (2000 if parts[2] < 70 else 1900) if parts[2] < 100 else parts[2]
    month_first = set() if "." in written else {(year, parts[0], parts[1])}
    return _dates({(year, parts[1], parts[0]), *month_first}, written)


def _dates(dates: set[tuple[int, int, int]], written: str) -> Token:
    real = frozenset(date for date in dates if 1 <= date[1] <= 12 and 1 <= date[2] <= 31)
    return Day(real) if real else Word(written, written)


def _by_month(written: str) -> Token:
    words = re.findall(r"\d+|[^\W\d_]+", written)
    month = next(number for number, name in enumerate(_MONTHS, 1) if any(word.startswith(name) for word in words))
    figures = [int(word) for word in words if word.isdigit()]
    year = next((figure for figure in figures if figure > 31), None)
    day = next((figure for figure in figures if figure <= 31), None)
    if day is None:
        spoken = [" ".join(pair) for pair in pairwise(words)] + words
        day = next((ORDINALS[word] for word in spoken if word in ORDINALS), None)
    return Day(frozenset({(year, month, day)}))
