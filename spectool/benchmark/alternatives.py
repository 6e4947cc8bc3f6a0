"""What a gold argument allows, told without the classifier: its concrete values, and whether a value is (or may pass for) one of them.

Written apart from ``spectool.classify`` on purpose. A slip is planted by these rules and found by those; one shared mistake would hide.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from spectool.model import Expected, ExpectedCall

# Combinations of nested alternatives grow fast; this many show what is allowed.
MAX_SHOWN = 64


def alternatives(expected: Expected) -> tuple[Any, ...]:
    """The first values that ``expected`` allows, nested ones put together, in the order of the gold."""
    return tuple(islice(_all(expected), MAX_SHOWN))


def _all(expected: Expected) -> Iterator[Any]:
    yield from expected.values
    for fields in expected.objects:
        yield from _objects(fields)
    for items in expected.lists:
        for item in items:
            if not alternatives(item):
                break
        else:
            yield [alternatives(item)[0] for item in items]


def _objects(fields: Mapping[str, Expected]) -> Iterator[dict[str, Any]]:
    """With what may be left out left out, then with everything, then each other alternative of one field at a time."""
    needed = {name: alternatives(field) for name, field in fields.items() if not field.optional}
    every = {name: alternatives(field) for name, field in fields.items()}
    for chosen in (needed, every):
        if all(chosen.values()):
            first = {name: values[0] for name, values in chosen.items()}
            yield first
            for name, values in chosen.items():
                yield from ({**first, name: value} for value in values[1:])


def same(a: Any, b: Any) -> bool:
    """Whether two JSON values are one value: ``3`` and ``3.0`` are, ``true`` and ``1`` or ``"3"`` and ``3`` are not."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, str) and isinstance(b, str):
        return unicodedata.normalize("NFC", a).strip() == unicodedata.normalize("NFC", b).strip()
    if isinstance(a, int | float) and isinstance(b, int | float):
        return a == b or math.isclose(a, b, rel_tol=1e-9)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        return a.keys() == b.keys() and all(same(a[name], b[name]) for name in a)
    return a is None and b is None


def allows(expected: Expected, value: Any) -> bool:
    """Whether ``expected`` allows ``value``."""
    if expected.any or any(same(each, value) for each in expected.values):
        return True
    if expected.tolerance is not None and _number(value):
        return any(_number(each) and abs(each - value) <= expected.tolerance for each in expected.values)
    if isinstance(value, Mapping):
        return any(_holds(fields, value) for fields in expected.objects)
    if isinstance(value, list | tuple):
        return any(len(items) == len(value) and all(map(allows, items, value)) for items in expected.lists)
    return False


def _holds(fields: Mapping[str, Expected], value: Mapping[str, Any]) -> bool:
    return value.keys() <= fields.keys() and all(allows(f, value[n]) if n in value else f.optional for n, f in fields.items())


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def passes_for(expected: Expected, value: Any) -> bool:
    """Whether ``value`` is allowed, or is but another spelling (case, space, punctuation, initials) of something allowed."""
    if allows(expected, value):
        return True
    spelt = {_spelt(value), _initials(value)}
    return any(_spelt(each) in spelt for each in (*alternatives(expected), *_inner(expected)))


def _inner(expected: Expected) -> Iterator[Any]:
    """Alternatives that are lists, as their items: a single item may stand for the list."""
    for value in alternatives(expected):
        if isinstance(value, list | tuple):
            yield from value


def _spelt(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


def _initials(value: Any) -> str:
    """The first letters of a text of several words ("ny" of "New York"); else as it is spelt."""
    words = value.split() if isinstance(value, str) else []
    return "".join(word[0] for word in words).casefold() if len(words) > 1 else _spelt(value)


def does(due: ExpectedCall, arguments: Mapping[str, Any]) -> bool:
    """Whether a call with these arguments is just what the gold call ``due`` asks for."""
    return _holds(due.arguments, arguments)
