"""Comparing an argument's value with what gold allows: equal or not, and what kind of difference it is.

Equality is strict by type and kind, tolerant by declared rule: ``3 == 3.0``, floats within 1e-9 relative, strings exact after Unicode
NFC and outer white space. Everything looser only names the difference (``format_variant``), it never excuses it.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from spectool.classify.assignment import least_cost
from spectool.classify.spelling import is_scaled, number_in, same_moment, spelling, words_of
from spectool.model import Expected
from spectool.validate import Path

RELATIVE_TOLERANCE = 1e-9
# From the mildest difference to the gravest: the alternative that differs least is the one reported against.
KINDS = ("format_variant", "reordered", "partial", "scale", "boolean_flipped", "other")


# A difference is explained by one of the first alternatives only, which bounds the work on long lists of respellings (Java literals);
# whether a value is accepted is asked of all. A milder kind that only a later alternative would give is not seen.
MAX_ALTERNATIVES = 16
# Items of both lists together: beyond this, finding out whether one is part of the other takes too long, and it is called another value.
MAX_PAIRED = 120
_SCALARS = frozenset({str, int, float, bool, type(None)})


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """How a value differs from what was expected; ``path`` leads to the place inside the value (empty: the value itself)."""

    kind: str
    path: Path = ()
    expected: Any = None
    got: Any = None


def equal(a: Any, b: Any) -> bool:
    """Whether two JSON values are the same value: strict by type, ``3 == 3.0``, ``true != 1``."""
    if type(a) is str and type(b) is str:
        return a == b or _plain(a) == _plain(b)
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return a == b or _close(a, b)
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(equal(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(equal(value, b[key]) for key, value in a.items())
    return bool(type(a) is type(b) and a == b)


def _plain(text: str) -> str:
    return text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip()


def _close(a: float, b: float) -> bool:
    try:
        return math.isclose(a, b, rel_tol=RELATIVE_TOLERANCE)
    except OverflowError:  # integers beyond the range of floats are compared exactly
        return False


def accepts(expected: Expected, got: Any) -> bool:
    """Whether ``got`` is one of the values that ``expected`` allows."""
    if expected.any:
        return True
    kind = type(got)
    if kind in _SCALARS:
        for value in expected.values:
            if type(value) is kind and value == got:
                return True
    for value in expected.values:
        if equal(value, got):
            return True
    if expected.tolerance is not None and _near(expected, got):
        return True
    if expected.objects and isinstance(got, dict):
        return any(_fields_accept(fields, got) for fields in expected.objects)
    if expected.lists and isinstance(got, (list, tuple)):
        return any(len(items) == len(got) and all(map(accepts, items, got)) for items in expected.lists)
    return False


def _near(expected: Expected, got: Any) -> bool:
    if isinstance(got, bool) or not isinstance(got, (int, float)):
        return False
    numbers = (v for v in expected.values if isinstance(v, (int, float)) and not isinstance(v, bool))
    return any(abs(got - number) <= (expected.tolerance or 0.0) for number in numbers)


def _fields_accept(fields: Mapping[str, Expected], got: Mapping[str, Any]) -> bool:
    if not got.keys() <= fields.keys():
        return False
    return all(accepts(field, got[name]) if name in got else field.optional for name, field in fields.items())


def differences(expected: Expected, got: Any) -> tuple[Difference, ...]:
    """What separates ``got`` from the nearest alternative of ``expected``; empty when it is accepted."""
    if accepts(expected, got):
        return ()
    options = [tuple(_between(value, got)) for value in expected.values[:MAX_ALTERNATIVES]]
    if isinstance(got, dict):
        options += [tuple(_between_fields(fields, got)) for fields in expected.objects]
    if isinstance(got, (list, tuple)):
        options += [tuple(_between_items(items, got)) for items in expected.lists]
    options = [option for option in options if option]
    if not options:
        return (Difference(kind="other", expected=example(expected), got=got),)
    return min(options, key=lambda option: (max(KINDS.index(d.kind) for d in option), len(option)))


def example(expected: Expected) -> Any:
    """One value that ``expected`` allows, for showing."""
    if expected.values:
        return expected.values[0]
    if expected.objects:
        return {name: example(field) for name, field in expected.objects[0].items() if not field.optional}
    if expected.lists:
        return [example(item) for item in expected.lists[0]]
    return None


def _between_fields(fields: Mapping[str, Expected], got: Mapping[str, Any]) -> Iterator[Difference]:
    for name, field in fields.items():
        if name in got:
            yield from (_below(d, name) for d in differences(field, got[name]))
        elif not field.optional:
            yield Difference(kind="partial", path=(name,), expected=example(field))
    for name in got:
        if name not in fields:
            yield Difference(kind="partial", path=(name,), got=got[name])


def _between_items(items: tuple[Expected, ...], got: Any) -> Iterator[Difference]:
    small = len(items) + len(got) <= MAX_PAIRED
    shared = len(least_cost([[0 if accepts(item, value) else None for item in items] for value in got], 1)) if small else 0
    if len(items) != len(got):
        kind = "partial" if shared == min(len(items), len(got)) else "other"
        yield Difference(kind=kind, expected=[example(item) for item in items], got=got)
    elif shared == len(got):
        yield Difference(kind="reordered", expected=[example(item) for item in items], got=got)
    else:
        for index, (item, value) in enumerate(zip(items, got, strict=True)):
            yield from (_below(d, index) for d in differences(item, value))


def _below(difference: Difference, part: str | int) -> Difference:
    return msgspec.structs.replace(difference, path=(part, *difference.path))


def _between(want: Any, got: Any) -> Iterator[Difference]:
    if isinstance(want, dict) and isinstance(got, dict):
        yield from _between_fields({k: Expected(values=(v,)) for k, v in want.items()}, got)
    elif isinstance(want, (list, tuple)) and isinstance(got, (list, tuple)):
        yield from _between_lists(list(want), list(got))
    elif not equal(want, got):
        yield Difference(kind=_scalar_kind(want, got), expected=want, got=got)


def _between_lists(want: list[Any], got: list[Any]) -> Iterator[Difference]:
    if len(want) == len(got):
        if _contains_all(want, got):
            if not equal(want, got):
                yield Difference(kind="reordered", expected=want, got=got)
            return
        for index, (x, y) in enumerate(zip(want, got, strict=True)):
            yield from (_below(d, index) for d in _between(x, y))
        return
    subset = _contains_all(want, got) or _contains_all(got, want)
    yield Difference(kind="partial" if subset else "other", expected=want, got=got)


def _contains_all(whole: list[Any], part: list[Any]) -> bool:
    left = list(whole)
    for value in part:
        for index, candidate in enumerate(left):
            if equal(candidate, value):
                del left[index]
                break
        else:
            return False
    return True


def _scalar_kind(want: Any, got: Any) -> str:
    if isinstance(want, bool) and isinstance(got, bool):
        return "boolean_flipped"
    if isinstance(want, (list, tuple)) != isinstance(got, (list, tuple)):
        single = want if isinstance(want, (list, tuple)) else got
        other = got if single is want else want
        return "partial" if any(equal(other, item) for item in single) else "other"
    if isinstance(want, str) and isinstance(got, str):
        return _string_kind(want, got)
    if isinstance(want, (bool, dict)) or isinstance(got, (bool, dict)) or want is None or got is None:
        return "format_variant" if str(want).casefold() == str(got).casefold() else "other"
    return _number_kind(want, got)


def _number_kind(want: Any, got: Any) -> str:
    a, b = number_in(want), number_in(got)
    if a is None or b is None:
        return "other"
    if math.isclose(a, b, rel_tol=RELATIVE_TOLERANCE):
        return "format_variant"
    return "scale" if is_scaled(a, b) else "other"


def _string_kind(want: str, got: str) -> str:
    if spelling(want) == spelling(got) or same_moment(want, got):
        return "format_variant"
    words, said = words_of(want), words_of(got)
    if words and said and sorted(words) == sorted(said) and _digits(words) == _digits(said):
        return "format_variant"
    a, b = number_in(want), number_in(got)
    rest, rest_said = [w for w in words if not w[0].isdigit()], [w for w in said if not w[0].isdigit()]
    if a is not None and b is not None and not rest and not rest_said:
        return _number_kind(a, b)
    if a is not None and b is not None and a != b and is_scaled(a, b):
        return "scale"
    if words and said and len(words) != len(said) and (set(words) <= set(said) or set(said) <= set(words)):
        return "partial"
    short, long = sorted((want.casefold().strip(), got.casefold().strip()), key=len)
    return "partial" if len(short) > 1 and short in long else "other"


def _digits(words: tuple[str, ...]) -> list[str]:
    """The numbers among the words, whose order carries meaning."""
    return [word for word in words if word[0].isdigit()]
