"""Is the value written as the description shows and as the user wrote it: shape of the examples, case, years, percentages?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from spectool.tagger.features.declared import description
from spectool.tagger.features.grounding import UNKNOWN
from spectool.tagger.view import Slot, View
from spectool.tagger.words import cut, tokens

# Examples of one description that a value is held against.
MAX_EXAMPLES = 8
MAX_SHAPE = 80

_EXAMPLE = re.compile(
    r"[\"'`]([^\"'`\n]{1,60})[\"'`]|(?:e\.g\.?,?|for example,?|such as|like|i\.e\.?,?)\s+([^.;()\"'`\n]{2,40})", re.IGNORECASE
)
_SHAPES = (
    (re.compile(r"[A-Z]+"), "A"),
    (re.compile(r"[^\W\d_A]+"), "a"),
    (re.compile(r"\d+"), "9"),
    (re.compile(r"(A?a)(?: A?a)+"), r"\1"),
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_STATE = re.compile(r",\s*[A-Z]{2}\b")
_PERCENT = re.compile(r"%|per ?cent", re.IGNORECASE)
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_FORMAT = re.compile(r"format|in the form|YYYY|should be|must be", re.IGNORECASE)
_UNIT = re.compile(r"\d\s*(?:%|[a-zA-Z]{1,10}\b)")

ARGUMENT: Mapping[str, str] = {
    "examples": "examples in the description",
    "like_example": "it has the shape of an example",
    "is_example": "it is one of the examples",
    "lacks_comma": "the examples have a comma and it has none",
    "state_form": "the examples name a state by two letters and it does not",
    "says_format": "the description prescribes a form",
    "year_unsaid": "it holds a year that nobody said",
    "is_date": "it is a date in figures",
    "date_said": "users wrote this date so",
    "case_changed": "users wrote it in another case of letters",
    "capitals": "it has capital letters",
    "ends_in_mark": "it ends in a punctuation mark",
    "percent": "users speak of per cent",
    "fraction": "it is a number below one",
    "has_unit": "it is a figure with a unit",
    "whole": "it is a whole number",
    "magnitude": "digits of the number",
    "non_ascii": "it has letters beyond ASCII",
}


def of_argument(view: View, slot: Slot) -> tuple[float, ...]:
    """The form of one value; ``UNKNOWN`` for an argument left out."""
    said = description(slot)
    if not slot.given:
        return (UNKNOWN,) * len(ARGUMENT)
    query = view.query(slot.attempt.step)
    text = cut(slot.value)
    shown = examples(said)
    low = text.lower()
    years = _YEAR.findall(text)
    number = slot.value if isinstance(slot.value, (int, float)) and not isinstance(slot.value, bool) else None
    return (
        len(shown),
        any(shape(text) == shape(each) for each in shown) if shown else UNKNOWN,
        any(low == each.lower() for each in shown) if shown else UNKNOWN,
        any("," in each for each in shown) and "," not in text,
        any(_STATE.search(each) for each in shown) and not _STATE.search(text),
        _FORMAT.search(said) is not None,
        bool(years) and not all(year in query.text for year in years),
        _DATE.search(text) is not None,
        all(date in query.text for date in _DATE.findall(text)),
        low in query.lower and text not in query.text,
        any(letter.isupper() for letter in text[:200]),
        text[-1:] in ".!?,;:",
        _PERCENT.search(query.text) is not None,
        number is not None and 0 < abs(number) < 1,
        isinstance(slot.value, str) and _UNIT.search(text) is not None and len(tokens(text)) <= 3,
        number is not None and number == int(number) if number is not None and abs(number) < 1e15 else UNKNOWN,
        len(str(abs(int(number)))) if number is not None and abs(number) < 1e15 else UNKNOWN,
        not text.isascii(),
    )


def examples(said: str) -> list[str]:
    """What a description shows as examples: quoted, or after "such as"."""
    return [(quoted or plain).strip() for quoted, plain in _EXAMPLE.findall(said)][:MAX_EXAMPLES]


def shape(text: str) -> str:
    """A text with runs of capitals, letters and figures as one sign each, several words alike as one."""
    text = text[:MAX_SHAPE]
    for pattern, sign in _SHAPES:
        text = pattern.sub(sign, text)
    return text
