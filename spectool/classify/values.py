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
from spectool.classify.kinds import RELATIVE_TOLERANCE, scalar_kind
from spectool.classify.spelling import spelling
from spectool.model import Expected
from spectool.validate import Path

# From the mildest difference to the gravest: the alternative that differs least is the one reported against.
KINDS = ("format_variant", "reordered", "unexpected", "omitted", "partial", "scale", "boolean_flipped", "other")


# A difference is explained by one of the first alternatives only, which bounds the work on long lists of them;
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
    options = [tuple(_between(value, got)) for value in _alternatives(expected)[:MAX_ALTERNATIVES]]
    if isinstance(got, dict):
        options += [tuple(_between_fields(fields, got)) for fields in expected.objects]
    elif not is_empty(got) and any(accepts(field, got) for fields in expected.objects for field in fields.values() if not field.any):
        options.append((Difference(kind="partial", expected=example(expected), got=got),))
    if isinstance(got, (list, tuple)):
        options += [tuple(_between_items(items, got)) for items in expected.lists]
    options = [option for option in options if option]
    if not options:
        return (Difference(kind="other", expected=example(expected), got=got),)
    return min(options, key=lambda option: (max(KINDS.index(d.kind) for d in option), len(option)))


def example(expected: Expected) -> Any:
    """One value that ``expected`` allows, for showing."""
    if expected.values:
        return _alternatives(expected)[0]
    if expected.objects:
        return {name: example(field) for name, field in expected.objects[0].items() if not field.optional}
    if expected.lists:
        return [example(item) for item in expected.lists[0]]
    return None


def is_empty(value: Any) -> bool:
    """Whether a value says nothing: null, or a text, list or object without content."""
    return value is None or (isinstance(value, (str, list, tuple, dict)) and not value)


def _alternatives(expected: Expected) -> tuple[Any, ...]:
    """The values to explain a difference by: an empty one that only says "may be left out" is none."""
    if not expected.optional:
        return expected.values
    return tuple([value for value in expected.values if not is_empty(value)]) or expected.values


def _between_fields(fields: Mapping[str, Expected], got: Mapping[str, Any]) -> Iterator[Difference]:
    for name, field in fields.items():
        if name in got:
            yield from (_below(d, name) for d in differences(field, got[name]))
        elif not field.optional:
            yield Difference(kind="omitted", path=(name,), expected=example(field))
    for name, value in got.items():
        if name not in fields:
            yield Difference(kind="boolean_flipped" if isinstance(value, bool) else "unexpected", path=(name,), got=value)


def _between_items(items: tuple[Expected, ...], got: Any) -> Iterator[Difference]:
    small = len(items) + len(got) <= MAX_PAIRED
    shared = len(least_cost([[0 if accepts(item, value) else None for item in items] for value in got], 1)) if small else 0
    if len(items) != len(got):
        kind = "partial" if _is_large_part(shared, len(items), len(got)) else "other"
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
        yield Difference(kind=_unequal_kind(want, got), expected=want, got=got)


def _between_lists(want: list[Any], got: list[Any]) -> Iterator[Difference]:
    if len(want) == len(got):
        if _contains_all(want, got):
            if not equal(want, got):
                yield Difference(kind="reordered", expected=want, got=got)
            return
        for index, (x, y) in enumerate(zip(want, got, strict=True)):
            yield from (_below(d, index) for d in _between(x, y))
        return
    subset = _contains_all(want, got) or _contains_all(got, want) or _is_large_part(_shared(want, got), len(want), len(got))
    yield Difference(kind="partial" if subset else "other", expected=want, got=got)


def _unequal_kind(want: Any, got: Any) -> str:
    """The kind of difference between two plain values, or between a list and the single value that may be its item."""
    if isinstance(want, dict) and not isinstance(got, dict):
        lost = not is_empty(got) and any(equal(got, field) for field in want.values())
        return "partial" if lost else scalar_kind(want, got)
    if isinstance(want, (list, tuple)) == isinstance(got, (list, tuple)):
        return scalar_kind(want, got)
    several, single = (want, got) if isinstance(want, (list, tuple)) else (got, want)
    listed = single.split(",") if isinstance(single, str) else []
    if len(several) > 1 and [spelling(str(x)) for x in several] == list(map(spelling, listed)):
        return "format_variant"
    return "partial" if any(equal(part, item) for item in several for part in (single, *listed)) else "other"


def _is_large_part(shared: int, wanted: int, given: int) -> bool:
    """Whether a list is partly right: one holds all of the other, or half of the longer one agrees."""
    return shared > 0 and (shared == min(wanted, given) or 2 * shared >= max(wanted, given))


def _shared(want: list[Any], got: list[Any]) -> int:
    """How many items both lists hold, one for one."""
    left = list(want)
    for value in got:
        hit = next((index for index, candidate in enumerate(left) if equal(candidate, value)), None)
        if hit is not None:
            del left[hit]
    return len(want) - len(left)


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
