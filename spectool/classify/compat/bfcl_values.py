"""How BFCL judges one argument: first its type, then its value; each rule gives the label of the error, or ``None``.

Types are compared exactly (``True`` is no integer, ``3`` no float; only a whole number where a float is declared is converted). A value of
the type that the *allowed values* have passes too and is then called a variable: it must equal one of them as it stands. Inside a
sequence one level is checked the same way. Values:

- strings are equal when they are so without spaces and ``,./-_*^``, in lower case, with double quotes for single ones;
- a list equals an allowed list whose items are equal by that rule, one level deep; ``""`` ("may be left out") allows an empty list;
- an object is judged key by key against each allowed object, a list of objects in order; the label is that of the last one tried.

Source: Patil et al., The Berkeley Function Calling Leaderboard (ICML 2025); rules of the released ``ast_checker``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

OPTIONAL = ""
_IGNORED = re.compile(r"[ ,./\-_*^]")


class Stops(Exception):
    """BFCL's checker has no answer here: it would stop with an error, so there is no verdict."""


def type_slip(value: Any, expected: type, item: type | None, allowed: Sequence[Any]) -> tuple[str | None, bool]:
    """The label of a wrong type, and whether the value counts as a variable.

    Args:
        value: after conversion to the declared type.
        expected: the type declared.
        item: the type declared for the items of a sequence, ``None`` where they are not checked.
        allowed: the values that would be right.
    """
    given = _type_of(allowed)
    if type(value) is not expected:
        return (None, True) if type(value) is given else ("type_error:simple", False)
    if item is None or any(_items_fit(value, item, each) for each in allowed):
        return None, given is not None and given is not expected
    return ("type_error:nested" if type(value) is given else "type_error:simple"), False


def _items_fit(items: Any, expected: type, allowed: Any) -> bool:
    """An allowed value that is no list (``""`` above all) says nothing about items, so they fit it."""
    return not isinstance(allowed, list) or all(type(item) in (expected, _type_of(allowed)) for item in items)


def _type_of(allowed: Sequence[Any]) -> type | None:
    return next((type(value) for value in allowed if value != OPTIONAL), None)


def value_slip(value: Any, expected: type, item: type | None, allowed: Sequence[Any], *, variable: bool) -> str | None:
    """The label of a wrong value; the type is right already."""
    if not variable:
        if expected is dict:
            return _object_slip(value, allowed)
        if expected is list and item is dict:
            return _objects_slip(value, allowed)
        if expected is str:
            return None if standard(value) in [standard(each) for each in allowed if isinstance(each, str)] else "value_error:string"
        if expected is list:
            return None if _standard_all(value) in [_standard_all(_listed(each)) for each in allowed] else "value_error:list/tuple"
    return None if value in allowed else "value_error:others"


def standard(value: Any) -> Any:
    """A string without what BFCL ignores; anything else as it is."""
    return _IGNORED.sub("", value).lower().replace("'", '"') if isinstance(value, str) else value


def _standard_all(items: Sequence[Any]) -> list[Any]:
    return [standard(item) for item in items]


def _listed(allowed: Any) -> Sequence[Any]:
    """An allowed value as the sequence that BFCL walks: a text is its characters."""
    if not isinstance(allowed, str | list | dict):
        raise Stops(f"expected an allowed list, got '{type(allowed).__name__}'")
    return list(allowed)


def _object_slip(value: Any, allowed: Sequence[Any]) -> str | None:
    if not isinstance(value, Mapping):
        raise Stops(f"expected an object in a list of objects, got '{type(value).__name__}'")
    label: str | None = "dict_checker:unclear"
    for alternative in allowed:
        if alternative == OPTIONAL:
            continue
        label = _keys_slip(value, alternative)
        if label is None:
            break
    return label


def _keys_slip(value: Mapping[Any, Any], allowed: Any) -> str | None:
    """A missing key names the error even where another key was wrong before it."""
    if not isinstance(allowed, Mapping):
        raise Stops(f"expected an allowed object, got '{type(allowed).__name__}'")
    if any(key not in value and OPTIONAL not in _listed(each) for key, each in allowed.items()):
        return "value_error:dict_key"
    for key, inner in value.items():
        if key not in allowed:
            return "value_error:dict_key"
        if standard(inner) not in _standard_all(_listed(allowed[key])):
            return "value_error:dict_value"
    return None


def _objects_slip(items: Sequence[Any], allowed: Sequence[Any]) -> str | None:
    label: str | None = "list_dict_checker:unclear"
    for alternative in allowed:
        due = _listed(alternative)
        if len(items) != len(due):
            label = "value_error:list_dict_count"
            continue
        slips = (_object_slip(item, [each]) for item, each in zip(items, due, strict=True))
        # An empty list equals an allowed empty one; otherwise the first object that differs names the error.
        label = next((slip for slip in slips if slip is not None), None)
        if label is None:
            break
    return label
