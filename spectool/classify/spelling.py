"""What a string says, however it is spelled: its words, the number in it, the moment it names, and whether two numbers differ by a unit."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache
from typing import Any

# Factors by which one quantity is written in another unit: powers of ten and percent, time, length, mass, volume.
SCALES = (
    *(10.0**n for n in range(1, 13)),
    7.0, 12.0, 24.0, 30.0, 60.0, 365.0, 1440.0, 3600.0, 86400.0,
    1.609344, 1.60934, 1.6, 0.9144, 3.28084, 3.281, 0.3048, 2.54, 0.45359237, 0.4536, 2.20462, 2.2, 28.3495, 3.78541, 1024.0, 1048576.0,
)  # fmt: skip
SCALE_TOLERANCE = 2e-3
NUMBER_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100,
}  # fmt: skip
# Spellings of one word that people treat as the same; each row is one meaning.
SYNONYMS = {
    spelling: row[0]
    for row in (
        ("km", "kilometer", "kilometers", "kilometre", "kilometres"), ("mi", "mile", "miles"), ("m", "meter", "meters", "metre", "metres"),
        ("cm", "centimeter", "centimeters", "centimetre", "centimetres"), ("mm", "millimeter", "millimeters"),
        ("ft", "foot", "feet"), ("in", "inch", "inches"), ("kg", "kilogram", "kilograms", "kilo", "kilos"), ("g", "gram", "grams"),
        ("lb", "lbs", "pound", "pounds"), ("oz", "ounce", "ounces"), ("c", "celsius", "°c", "centigrade"), ("f", "fahrenheit", "°f"),
        ("s", "sec", "secs", "second", "seconds"), ("min", "mins", "minute", "minutes"), ("h", "hr", "hrs", "hour", "hours"),
        ("day", "days"), ("week", "weeks"), ("month", "months"), ("year", "years", "yr", "yrs"),
        ("l", "liter", "liters", "litre", "litres"),
        ("usd", "dollar", "dollars", "$", "us$"), ("eur", "euro", "euros", "€"), ("gbp", "£", "pounds sterling"),
        ("percent", "%", "pct"), ("street", "st"), ("avenue", "ave"), ("road", "rd"), ("and", "&"),
    )
    for spelling in row
}  # fmt: skip
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_YEAR_FIRST = re.compile(r"\s*\d{4}\D")
_DATE_LIKE = re.compile(rf"\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}|\b\d{{1,2}}(:\d\d)+|\b\d{{1,2}}\s?[ap]\.?m\b|\b{_MONTH}\b", re.I)
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?", re.I)
_WORDS = re.compile(r"[^\W_]+|[%$€£°&]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
# Longer strings are prose or code: reading a date into them would only invent one.
MAX_DATE_LENGTH = 40
# One gold value meets many wrong ones, and one wrong value many alternatives.
MAX_KEPT = 2_048


def number_in(value: Any) -> float | None:
    """The number that a value is or plainly writes ("1,000", "7 days", "three"); ``None`` when it writes none or several."""
    if isinstance(value, (int, float)):
        try:
            return float(value)
        except OverflowError:
            return None
    return _written_number(value) if isinstance(value, str) else None


@lru_cache(maxsize=MAX_KEPT)
def _written_number(value: str) -> float | None:
    found = _NUMBER.findall(value)
    if len(found) == 1:
        return float(found[0].replace(",", ""))
    words = [NUMBER_WORDS[word] for word in value.casefold().split() if word in NUMBER_WORDS]
    return float(words[0]) if len(words) == 1 and not found else None


def is_scaled(a: float, b: float) -> bool:
    """Whether two numbers differ by a power of ten, a percent sign or a change of unit."""
    if a == 0 or b == 0 or (a < 0) != (b < 0):
        return False
    ratio = max(abs(a), abs(b)) / min(abs(a), abs(b))
    if any(math.isclose(ratio, scale, rel_tol=SCALE_TOLERANCE) for scale in SCALES):
        return True
    low, high = min(a, b), max(a, b)
    return math.isclose(low * 9 / 5 + 32, high, rel_tol=1e-4) or math.isclose((high - 32) * 5 / 9, low, rel_tol=1e-2)


@lru_cache(maxsize=MAX_KEPT)
def spelling(text: str) -> str:
    """A string without case, accents, punctuation and white space, its words in their usual spelling."""
    return "".join(words_of(text)) or text.casefold().strip()


@lru_cache(maxsize=MAX_KEPT)
def words_of(text: str) -> tuple[str, ...]:
    """The words and numbers of a string, in one spelling each ("km" for "kilometres", "3" for "three")."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    if "," in plain:
        plain = _THOUSANDS.sub("", plain)
    words = (SYNONYMS.get(word, word) for word in _WORDS.findall(plain))
    return tuple(str(NUMBER_WORDS[word]) if word in NUMBER_WORDS else word for word in words)


def same_moment(want: str, got: str) -> bool:
    """Whether two short strings name the same date or time, written one way or another."""
    a, b = moments(want), moments(got)
    return bool(a and b and a & b)


@lru_cache(maxsize=MAX_KEPT)
def moments(text: str) -> frozenset[str]:
    """The dates or times a short string may mean, as ISO text (day first and month first); empty when it names none.

    A year in front leaves no doubt; a zone that only has a name is kept as that name.
    """
    if len(text) > MAX_DATE_LENGTH or not _DATE_LIKE.search(text) or not any(c.isdigit() for c in text):
        return frozenset()
    from datetime import datetime

    from dateutil import parser

    found = set()
    for day_first in (False,) if _YEAR_FIRST.match(text) else (False, True):
        try:
            moment = parser.parse(text, dayfirst=day_first, default=datetime(1, 1, 1), tzinfos=_zone)
            found.add(moment.isoformat() + (moment.tzname() or ""))
        except (ValueError, OverflowError):
            continue
    return frozenset(found)


def _zone(name: str | None, offset: int | None) -> Any:
    """A zone by its offset in seconds; named ones, whose offset would depend on the machine, stay names."""
    from dateutil import tz

    if offset is None:
        return tz.tzoffset(name, 0) if name else None
    return tz.tzoffset(f"{offset}s", offset)
