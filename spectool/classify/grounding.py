"""Is a value supported by anything the model had before it: what was said, what tools returned, the schema, or plain derivation?

Only what can hardly be got without a source is judged: addresses, names, dates, numbers, and tokens that look like an id. A value is
supported when it, or its parts, were said in any spelling (case, accents, separators, units, number words), or when it follows: a small
count, a truth value, a date where the user counts days, a number that others said give by a change of unit or in one step. What a
well-read model may know (the code of a currency or an airport, coordinates) is left alone, and so is free text beyond the tokens in it.
Where users said nothing that was kept, nothing is called unsupported.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from spectool.classify.attempt import Attempt
from spectool.classify.case import Case
from spectool.classify.conversation import Conversation, conversation
from spectool.classify.dates import CLOCK, DATE, clock_follows, counts_time, date_follows
from spectool.classify.figures import numbers_in
from spectool.classify.spelling import is_scaled, number_in
from spectool.read.record import as_json
from spectool.validate import MAX_DEPTH, Path

# Whole numbers up to this size are counts that a model rightly makes up (one ticket, two tries).
MAX_COUNT = 10
# Numbers said that a derivation is sought from: beyond these, nearly any number follows from some two.
MAX_OPERANDS = 24
# Words of a short value; longer ones are prose, where only tokens that look like an id or an address are judged.
MAX_WORDS = 6
# Characters of a text that are judged: a longer one is a document.
MAX_TEXT = 2_000
# Digits of a figure that prose does not make up.
LONG_FIGURE = 5
# Digits of a telephone number without its prefixes, which people group as they like.
LONG_NUMBER = 7
# Digits beyond these are no number to reckon with.
MAX_DIGITS = 40
# A code of the world's (AAPL, JFK, EUR, en) has at most as many letters.
MAX_CODE = 5

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+|https?://[\w.-]{1,255}", re.IGNORECASE)
_FIGURE = re.compile(r"(?<![^\W_])\d[\d,]*(?:\.\d+)?(?![^\W_])")
_COLOUR = re.compile(r"[0-9a-f]{6}")
_MIXED = re.compile(r"(?=[^\W_]*\d)(?=[^\W_]*[^\W\d_])[^\W_]{4,}")
_NAME = re.compile(r"[^\W\d_]*[A-Z][^\W\d_]{2,}")
_FREE = frozenset({"com", "org", "net", "www", "http", "https", "io", "co", "uk", "edu", "gov"})
# Arguments whose values are knowledge of the world or a convention rather than of this conversation.
_LORE = re.compile(r"lat|lon|lng|coord|country|currency|language|locale|iso|symbol|ticker|time_?zone|model|format|unit|sort|order_by", re.I)
_IDENTIFIES = re.compile(r"(?:^|_)(?:ids?|key|token|code|account|phone|zip|uuid)$|[a-z](?:Id|ID|Key|Code)$")


def unsupported(case: Case, attempt: Attempt) -> Iterator[tuple[Path, Any]]:
    """(path, value) of every value in a call's arguments that nothing before it supports; slips against the schema are left out."""
    talk = conversation(case)
    if not talk.known or attempt.status != "ok":
        return
    masked = {slip.path[0] for slip in attempt.slips if slip.path}
    properties = attempt.tool.parameters.get("properties") if attempt.tool is not None else None
    for name, value in attempt.arguments.items():
        if name in masked or type(value) is bool or value is None:
            continue
        prop = properties.get(name) if isinstance(properties, Mapping) else None
        for path, leaf in leaves(value, (name,)) if type(value) in (dict, list) else (((name,), value),):
            if not is_supported(leaf, last_name(path), talk, attempt.step) and not _in_schema(leaf, prop, attempt):
                yield path, leaf


def last_name(path: Path) -> str:
    """The name of the argument or field that a path leads to or into."""
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def is_supported(value: Any, name: str, talk: Conversation, step: int) -> bool:
    """Whether ``value`` of the argument ``name`` was said before turn ``step``, follows from it, or needs no source."""
    kind, known = type(value), talk.words
    if kind is str:
        words = _WORD.findall(value.lower())
        for word in words:
            if known.get(word, step) >= step:
                return _text_follows(value, len(words), name, talk, step)
        return True
    if kind is int or kind is float:
        number = number_in(value)  # none beyond the range of floats, where nothing is to reckon with
        return number is None or known.get(str(value), step) < step or _number_follows(number, name, talk, step)
    return True


def leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """(path, value) of every value below ``value`` that holds no other."""
    if isinstance(value, (dict, list)):
        if len(path) < MAX_DEPTH:
            for part, inner in value.items() if isinstance(value, dict) else enumerate(value):
                yield from leaves(inner, (*path, part))
    else:
        yield path, value


def _in_schema(value: Any, prop: Any, attempt: Attempt) -> bool:
    """Whether the argument's schema or the tool's description writes the value: as default, choice, example or in words."""
    text = (as_json(prop) if prop is not None else "") + (attempt.tool.description if attempt.tool is not None else "")
    if isinstance(value, str):
        return set(_WORD.findall(value.lower())) <= set(_WORD.findall(text.lower()))
    return value in numbers_in(text)


def _text_follows(text: str, words: int, name: str, talk: Conversation, step: int) -> bool:
    text = text[:MAX_TEXT]
    for address in _ADDRESS.findall(text):
        if not all(_is_made_of(part, talk, step) for part in _WORD.findall(address.lower()) if part not in _FREE):
            return False
    rest = _ADDRESS.sub(" ", text)
    if not all(date_follows(date, talk, step) for date in DATE.finditer(rest)):
        return False
    rest = DATE.sub(" ", rest)
    if not all(clock_follows(clock, talk, step) for clock in CLOCK.findall(rest)):
        return False
    rest = CLOCK.sub(" ", rest)
    short = words <= MAX_WORDS
    if not all(_is_made_of(token, talk, step) for token in _MIXED.findall(rest.lower())):
        return False
    figures = [figure.replace(",", "") for figure in _FIGURE.findall(rest)]
    judged = figures if short else [figure for figure in figures if len(figure) >= LONG_FIGURE]
    if not all(_figure_follows(figure, name, talk, step) for figure in judged):
        return False
    return not short or _name_follows(rest, name, talk, step)


def _figure_follows(figure: str, name: str, talk: Conversation, step: int) -> bool:
    if talk.words.get(figure, step) < step or len(figure) > MAX_DIGITS:
        return True
    if len(figure) >= LONG_NUMBER and talk.has_digits(figure[-LONG_NUMBER:], step):
        return True
    return _number_follows(float(figure), name, talk, step)


def _is_made_of(token: str, talk: Conversation, step: int) -> bool:
    """Whether a token was said, is put together from two that were or from an initial and one, or writes a colour's numbers said."""
    if talk.has(token, step) or _is_colour(token, talk, step):
        return True
    return any((i == 1 or talk.has(token[:i], step)) and talk.has(token[i:], step) for i in range(1, min(len(token), 32)))


def _is_colour(token: str, talk: Conversation, step: int) -> bool:
    """Whether a token is the hexadecimal notation of three numbers said."""
    if _COLOUR.fullmatch(token) is None:
        return False
    return all(talk.numbers.get(float(int(token[place : place + 2], 16)), step) < step for place in (0, 2, 4))


def _name_follows(text: str, name: str, talk: Conversation, step: int) -> bool:
    """Whether a short text without a said word is no name, one that the model may know, or one that the users wrote in another script."""
    names = [word for word in _NAME.findall(text) if not (word.isupper() and len(word) <= MAX_CODE)]
    if not names or _LORE.search(name) or talk.foreign:
        return True
    initials = "".join(word[0] for word in names).lower()
    if len(initials) > 1 and talk.words.get(initials, step) < step:
        return True
    return any(_is_made_of(word, talk, step) for word in _WORD.findall(text.lower()) if len(word) > 2 or word.isdigit())


def _number_follows(value: float, name: str, talk: Conversation, step: int) -> bool:
    identifies = _IDENTIFIES.search(name) is not None
    if not math.isfinite(value) or (abs(value) <= MAX_COUNT and not identifies) or _LORE.search(name):
        return True
    if talk.numbers.get(abs(value), step) < step:
        return True
    if identifies:
        return False
    if 1900 <= value <= 2100 and counts_time(talk, step):
        return True
    said = (number for number, position in talk.numbers.items() if position < step)
    return _is_derived(abs(value), list(islice(said, MAX_OPERANDS)))


def _is_derived(value: float, said: list[float]) -> bool:
    """Whether a number is another one in other units, or one step of arithmetic from two."""
    if any(is_scaled(value, number) for number in said):
        return True
    if math.isclose(value, sum(said), rel_tol=1e-6):
        return True
    for a in said:
        for b in said:
            if any(math.isclose(value, n, rel_tol=1e-3) for n in (a + b, a - b, a * b, a / b if b else 0.0)):
                return True
    return False
