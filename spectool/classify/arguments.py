"""The arguments of a call beside those that the gold needs: what separates them, and how much that weighs in matching.

What the tool's own schema already charges is left out at its very place, so that one slip is charged once and the others still show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from spectool.classify.attempt import Attempt
from spectool.classify.invocation import Slip
from spectool.classify.values import Difference, accepts, differences, equal, example, is_empty
from spectool.defaults import NONE_STATED, default_of
from spectool.model import Expected, ExpectedCall
from spectool.names import identifies
from spectool.validate import Path, Shape, shape_of

# The same name always beats another one, however many arguments differ.
MAX_ARGUMENT_COST = 9
# Items of a list that are looked through for a value in common.
MAX_SHARED = 32


class ArgumentDifference(msgspec.Struct, frozen=True, kw_only=True):
    """One argument of a matched call that is not what the gold needs."""

    name: str
    kind: str
    path: Path
    expected: Any = None
    got: Any = None


def argument_differences(expected: ExpectedCall, attempt: Attempt) -> tuple[ArgumentDifference, ...]:
    """What separates a call's arguments from the gold's, leaving out what its own schema already charges."""
    given = attempt.arguments
    if _is_just_so(expected, attempt):
        return ()
    shape = _shape(attempt)
    out: list[ArgumentDifference] = []
    for name, want in expected.arguments.items():
        if name not in given:
            if _is_needed(name, want, attempt, shape):
                out.append(ArgumentDifference(name=name, kind="omitted", path=(name,), expected=example(want)))
        elif not _agrees(name, want, attempt, shape):
            out.extend(_unequal(name, want, given[name], _property(shape, name)))
    for name, value in given.items():
        if name not in expected.arguments and not _says_nothing(name, value, shape):
            out.append(_unexpected(name, value))
    if shape is not None:
        out = [_stand_in(each, shape) for each in out]
    if attempt.slips:
        out = [difference for difference in out if not _is_charged(difference.path, attempt.slips)]
    return tuple(_exchanged(out) if len(out) > 1 else out)


def _is_just_so(expected: ExpectedCall, attempt: Attempt) -> bool:
    """Whether a call gives each argument of the gold and no other, each with a value that is allowed: most calls do."""
    given = attempt.arguments
    if attempt.slips or given.keys() != expected.arguments.keys():
        return False
    for name, want in expected.arguments.items():  # noqa: SIM110 (asked of every call: a generator costs as much as the answer)
        if not accepts(want, given[name]):
            return False
    return True


def argument_cost(expected: ExpectedCall, attempt: Attempt) -> int:
    """How many arguments differ or break the schema, at most ``MAX_ARGUMENT_COST``; mostly counted without asking how they differ."""
    if attempt.slips:
        found = argument_differences(expected, attempt)
        return min(len(attempt.slips) + len({difference.name for difference in found}), MAX_ARGUMENT_COST)
    given, shape, wrong = attempt.arguments, _shape(attempt), 0
    for name, want in expected.arguments.items():
        if name in given:
            wrong += not _agrees(name, want, attempt, shape)
        else:
            wrong += _is_needed(name, want, attempt, shape)
    for name, value in given.items():
        if name not in expected.arguments:
            wrong += not _says_nothing(name, value, shape)
    return min(wrong, MAX_ARGUMENT_COST)


def shares_a_value(expected: ExpectedCall, attempt: Attempt) -> bool:
    """Whether any argument given is, or lists, a value that the gold needs somewhere, or neither side has arguments."""
    if not expected.arguments and not attempt.arguments:
        return True
    given = [item for value in attempt.arguments.values() for item in (value, *(value[:MAX_SHARED] if isinstance(value, list) else ()))]
    return any(accepts(want, value) for want in expected.arguments.values() if not want.any for value in given)


def _agrees(name: str, want: Expected, attempt: Attempt, shape: Shape | None) -> bool:
    """Whether the gold takes the value as meant, or, where the schema is stricter than the gold, the very one written.

    Where the argument may be left out, its default is as good as leaving it out.
    """
    if accepts(want, attempt.arguments[name]) or (want.optional and _is_default(_property(shape, name), attempt.arguments[name])):
        return True
    written = attempt.call.arguments or {}
    return bool(attempt.slips) and name in written and accepts(want, written[name])


def _is_charged(path: Path, slips: Iterable[Slip]) -> bool:
    """Whether a slip against the schema, at this place or around it, stands for whatever else is wrong there."""
    return any(slip.path and not slip.coerced and path[: len(slip.path)] == slip.path for slip in slips)


def _shape(attempt: Attempt) -> Shape | None:
    return shape_of(attempt.tool.parameters) if attempt.tool is not None and attempt.unusable is None else None


def _property(shape: Shape | None, name: str) -> Mapping[str, Any]:
    return shape.properties.get(name, {}) if shape is not None else {}


def _is_needed(name: str, want: Expected, attempt: Attempt, shape: Shape | None) -> bool:
    """Whether leaving out ``name`` differs from the gold: not where it is optional, or what is wanted says no more than leaving it out.

    That is the default, a dropped null, or an empty value of an argument that the schema does not require.
    """
    if want.optional:
        return False
    prop, written = _property(shape, name), attempt.call.arguments or {}
    if (default := default_of(prop)) is not NONE_STATED and accepts(want, default):
        return False
    if shape is not None and name not in shape.required and any(map(is_empty, want.values)):
        return False
    return not (name in written and written[name] is None and accepts(want, None))


def _says_nothing(name: str, value: Any, shape: Shape | None) -> bool:
    """Whether giving ``value`` is no more than omitting it: the default, or null in a slot that has to be filled."""
    return _is_default(_property(shape, name), value) or (value is None and shape is not None and name in shape.required)


def _is_default(prop: Mapping[str, Any], value: Any) -> bool:
    default = default_of(prop)
    return default is not NONE_STATED and equal(default, value)


def _unequal(name: str, want: Expected, got: Any, prop: Mapping[str, Any]) -> list[ArgumentDifference]:
    if _is_left(want, prop):
        return [_unexpected(name, got)]
    found = differences(want, got)
    if found and _is_default(prop, got):
        return [ArgumentDifference(name=name, kind="omitted", path=(name,), expected=example(want), got=got)]
    return [ArgumentDifference(name=name, kind=_kind_of(d, name), path=(name, *d.path), expected=d.expected, got=d.got) for d in found]


def _kind_of(difference: Difference, name: str) -> str:
    """The kind, where the number of an identifier has no scale."""
    field = next((part for part in reversed(difference.path) if isinstance(part, str)), name)
    return "other" if difference.kind == "scale" and identifies(field) else difference.kind


def _stand_in(found: ArgumentDifference, shape: Shape) -> ArgumentDifference:
    """An empty text where the schema requires an argument and the gold takes no such text stands in for its value."""
    blank = found.got == "" and len(found.path) == 1 and found.name in shape.required
    return msgspec.structs.replace(found, kind="placeholder") if blank else found


def _unexpected(name: str, got: Any) -> ArgumentDifference:
    return ArgumentDifference(name=name, kind="boolean_flipped" if isinstance(got, bool) else "unexpected", path=(name,), got=got)


def _is_left(want: Expected, prop: Mapping[str, Any]) -> bool:
    """Whether the gold leaves the argument as it is by itself: it may be left out, and all it allows is empty or the default."""
    if not want.optional or want.objects or want.lists:
        return False
    return all(is_empty(value) or _is_default(prop, value) for value in want.values)


def _exchanged(found: list[ArgumentDifference]) -> list[ArgumentDifference]:
    """The differences, with two arguments of which each holds just what the other should called ``reordered``."""
    plain = [d for d in found if d.kind in ("other", "scale", "partial") and len(d.path) == 1]
    swapped = [a for a in plain for b in plain if a is not b and equal(a.got, b.expected) and equal(b.got, a.expected)]
    return [msgspec.structs.replace(d, kind="reordered") if any(d is s for s in swapped) else d for d in found] if swapped else found
