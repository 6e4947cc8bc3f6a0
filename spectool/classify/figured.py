"""Tokens with their figures made up: number words, millions, currency signs, units, "an hour and a half"."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from spectool.classify.scanning import ORDINALS, Break, Clock, Day, Number, Token, Word, tokens
from spectool.classify.spelling import NUMBER_WORDS
from spectool.classify.units import COMPOUND, CURRENCIES, LONGEST, SIGNS, UNITS, Amount

_POWERS = {
    **{"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "dozen": 12.0},
}
_ONE = frozenset({"a", "an", "one", "single"})
# "The one you want", "one can": nothing is counted.
_BEFORE_PRONOUN = frozenset(("the", "this", "that", "which", "each", "any", "another", "every", "last", "next", "no"))
_AFTER_PRONOUN = frozenset(
    ("can", "could", "may", "might", "should", "must", "would", "will", "who", "that", "which", "you", "of", "more", "another")
)
# Of what multiplying by a unit rounds; numbers of up to MAX_DIGITS digits stay apart.
_TOLERANCE = 1e-15


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A number as written, and with its unit what it may amount to; without ``amounts`` no unit is said."""

    value: float
    amounts: tuple[Amount, ...] = ()
    ordinal: bool = False

    def equals(self, said: Figure) -> bool:
        """Whether ``said`` says this figure: the same number, in the same unit or where one of them says none, or the same quantity."""
        if self.ordinal != said.ordinal:
            return False
        if not self.amounts or not said.amounts:
            return _near(self.value, said.value)
        mine = [(kind, self.value * factor) for kind, factor in self.amounts]
        return any(kind == other and _near(a, said.value * factor) for kind, a in mine for other, factor in said.amounts)


Part = Word | Figure | Day | Clock | Break


def _near(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=_TOLERANCE)


@lru_cache(maxsize=32)
def figured(text: str) -> tuple[Part, ...]:
    """The parts of ``text`` in its order."""
    return tuple(_compounded(list(_with_units(tokens(text)))))


def _with_units(given: Sequence[Token]) -> Iterator[Part]:
    index = 0
    while index < len(given):
        sign, start = _sign(given, index)
        found = _figure(given, start)
        if found is None:
            part = given[index]
            assert not isinstance(part, Number)
            yield part
            index += 1
            continue
        figure, index = found
        if sign:
            power = _POWERS.get(_text(given, index)) or (1e6 if _text(given, index) == "m" else 0.0)
            figure, index = (Figure(value=figure.value * power), index + 1) if power else (figure, index)
            figure = msgspec.structs.replace(figure, amounts=sign)
        amounts, after = _unit(given, index)
        if amounts and not (sign and after == index):
            narrowed = tuple(amount for amount in amounts if amount in sign) if sign else amounts
            figure, index = msgspec.structs.replace(figure, amounts=narrowed or sign), after if narrowed or not sign else index
        if _half_follows(given, index):
            figure, index = msgspec.structs.replace(figure, value=figure.value + 0.5), index + 3
            if not figure.amounts:
                amounts, index = _unit(given, index)
                figure = msgspec.structs.replace(figure, amounts=amounts)
        yield figure


def _text(given: Sequence[Token], index: int) -> str:
    part = given[index] if 0 <= index < len(given) else None
    return part.text if isinstance(part, Word | Break) else ""


def _sign(given: Sequence[Token], index: int) -> tuple[tuple[Amount, ...], int]:
    """The currency written before a number, and where the number begins."""
    if not isinstance(given[index], Word):
        return (), index
    for length in (2, 1):
        words = tuple(_text(given, index + ahead) for ahead in range(length))
        amounts = tuple(amount for amount in UNITS.get(words, ()) if amount[0] in CURRENCIES and amount[1] == 1)
        after = given[index + length] if index + length < len(given) else None
        if amounts and isinstance(after, Number) and (words[-1] in SIGNS or len(words[-1]) == 3):
            return amounts, index + length
    return (), index


def _figure(given: Sequence[Token], index: int) -> tuple[Figure, int] | None:
    """The number that begins here, in figures or words, and where it ends."""
    part = given[index]
    if isinstance(part, Number):
        power = 0.0 if part.ordinal else _POWERS.get(_text(given, index + 1), 0.0)
        return Figure(value=part.value * (power or 1.0), ordinal=part.ordinal), index + 1 + bool(power)
    if not isinstance(part, Word):
        return None
    if part.text == "half":
        return _half(given, index)
    if part.text == "one" and (_text(given, index - 1) in _BEFORE_PRONOUN or _text(given, index + 1) in _AFTER_PRONOUN):
        return None
    if part.text in _ONE and part.text not in NUMBER_WORDS:
        return _one(given, index)
    pair = f"{part.text} {_text(given, index + 1)}"
    if pair in ORDINALS:
        return Figure(value=float(ORDINALS[pair]), ordinal=True), index + 2
    if part.text in ORDINALS:
        return Figure(value=float(ORDINALS[part.text]), ordinal=True), index + 1
    return _spoken(given, index)


def _half(given: Sequence[Token], index: int) -> tuple[Figure, int] | None:
    """Half of something that is named: "half an hour", "half a million"."""
    start = index + 1 + (_text(given, index + 1) in ("a", "an"))
    if (power := _POWERS.get(_text(given, start))) is not None:
        return Figure(value=power / 2), start + 1
    amounts, _ = _unit(given, start)
    return (Figure(value=0.5), start) if amounts else None


def _one(given: Sequence[Token], index: int) -> tuple[Figure, int] | None:
    """One of a unit of time, or of a large number: "an hour", "a dozen"."""
    following = _text(given, index + 1)
    if following in _POWERS and len(following) > 2:
        found = _spoken(given, index + 1)
        return (Figure(value=_POWERS[following]), index + 2) if found is None else found
    amounts, _ = _unit(given, index + 1)
    return (Figure(value=1.0), index + 1) if any(kind in COMPOUND for kind, _ in amounts) and len(following) > 1 else None


def _spoken(given: Sequence[Token], index: int) -> tuple[Figure, int] | None:
    """A number in words: "twelve hundred and fifty", "two point five"."""
    total = current = 0.0
    start, last = index, ""
    while True:
        word = _text(given, index)
        kind = _kind_of(word)
        if kind == "power" and (last or index == start) and len(word) > 2:
            current = max(current, 1.0) * _POWERS[word]
            if word not in ("hundred", "dozen"):
                total, current = total + current, 0.0
        elif kind and kind != "power" and (last in ("", "power") or (last == "tens" and kind == "digit")):
            current += NUMBER_WORDS[word]
        elif word == "and" and last == "power" and _kind_of(_text(given, index + 1)) not in ("", "power"):
            index += 1
            continue
        else:
            break
        last, index = kind, index + 1
    if index == start:
        return None
    if _text(given, index) == "point" and (_kind_of(_text(given, index + 1)) == "digit"):
        return _decimal(given, index + 1, total + current)
    return Figure(value=total + current), index


def _decimal(given: Sequence[Token], index: int, whole: float) -> tuple[Figure, int]:
    digits = ""
    while _kind_of(_text(given, index)) == "digit" and len(digits) < 12:
        digits += str(NUMBER_WORDS[_text(given, index)])
        index += 1
    return Figure(value=whole + float(f"0.{digits}")), index


def _kind_of(word: str) -> str:
    if word in _POWERS:
        return "power"
    if word not in NUMBER_WORDS:
        return ""
    value = NUMBER_WORDS[word]
    return "digit" if value < 10 else "teen" if value < 20 else "tens"


def _unit(given: Sequence[Token], index: int) -> tuple[tuple[Amount, ...], int]:
    """What the words from here mean as a unit, and where they end; the longest unit counts."""
    for length in range(LONGEST, 0, -1):
        part = given[index : index + length]
        words = tuple(each.stem for each in part if isinstance(each, Word))
        if len(words) == length and (amounts := UNITS.get(words)):
            return amounts, index + length
    return (), index


def _half_follows(given: Sequence[Token], index: int) -> bool:
    return (_text(given, index), _text(given, index + 1), _text(given, index + 2)) == ("and", "a", "half")


def _compounded(parts: list[Part]) -> Iterator[Part]:
    """The parts, with quantities in a larger and then a smaller unit made one: "1 h 30 min"."""
    index = 0
    while index < len(parts):
        part = parts[index]
        index += 1
        while isinstance(part, Figure) and (found := _smaller(part, parts, index)):
            part, index = found
        yield part


def _smaller(figure: Figure, parts: Sequence[Part], index: int) -> tuple[Figure, int] | None:
    if index < len(parts) and isinstance(parts[index], Break) and _text_of(parts[index]) in ("and", ","):
        index += 1
    after = parts[index] if index < len(parts) else None
    if not isinstance(after, Figure) or len(figure.amounts) != 1 or len(after.amounts) != 1:
        return None
    (kind, factor), (other, smaller) = figure.amounts[0], after.amounts[0]
    if kind != other or kind not in COMPOUND or smaller >= factor or after.value * smaller >= factor:
        return None
    total = figure.value * factor + after.value * smaller
    return Figure(value=total / smaller, amounts=((kind, smaller),)), index + 1


def _text_of(part: Part) -> str:
    return part.text if isinstance(part, Word | Break) else ""
