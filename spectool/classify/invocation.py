"""One call against the tool it names: which arguments are unknown, missing, of the wrong type or outside their bounds.

The outcome is neutral facts (slips) in working order names → types → values; the detectors decide what they are charged as.
A recognisable misspelling is repaired and a coercible value coerced, so that later comparison judges what was meant: one slip is
charged once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from spectool.classify.placeholders import placeholders
from spectool.classify.renames import NameSlip, Place, as_written, put, repair_names
from spectool.model import Call, Tool
from spectool.read.dialects.broken import Broken
from spectool.read.dialects.literals import Literals
from spectool.read.record import as_json
from spectool.read.wording import message, show, type_name
from spectool.validate import Path, Shape, Violation, shape_of, violations
from spectool.violations import in_order

__all__ = ["Invocation", "Slip", "SlipKind", "coerce", "examine", "show", "type_name"]

SlipKind = Literal["unknown", "missing", "type", "enum", "bounds", "placeholder"]

# Longer texts in place of a number or a list are no quoted literal.
MAX_LITERAL = 2_000
_ALONE: Mapping[str, Tool] = {}


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """One fact about a call that breaks its tool's schema.

    ``near`` is the declared name an unknown one stands for, ``place`` where such a name is known otherwise, ``meant`` the path of the
    slot that its value was moved to; ``coerced`` is ``(value,)`` when the value's plain reading has the right type; ``sure``: the schema
    alone leaves no doubt. A path leads into the arguments as repaired so far; an unknown name stands in it as written.
    """

    kind: SlipKind
    path: Path
    message: str
    expected: Any = None
    got: Any = None
    near: str | None = None
    place: Place = "none"
    meant: Path | None = None
    coerced: tuple[Any, ...] = ()
    sure: bool = True


class Invocation(msgspec.Struct, frozen=True, kw_only=True):
    """A call judged against its tool: ``arguments`` as meant (names repaired, values coerced), and the slips on the way.

    ``unusable`` says why the tool's own schema could not be used; nothing is judged then.
    """

    arguments: Mapping[str, Any]
    slips: tuple[Slip, ...] = ()
    unusable: str | None = None


def examine(call: Call, tool: Tool, offered: Mapping[str, Tool] = _ALONE) -> Invocation:
    """Judge ``call`` against ``tool``; ``offered`` are all tools offered, by name.

    Raises:
        SchemaError: the tool's own schema cannot be used.
    """
    given = call.arguments or {}
    shape = shape_of(tool.parameters)
    broken = _violations(shape, given)
    if not broken:
        return Invocation(arguments=given, slips=_placeholders(given, shape))
    others = [known for known in offered.values() if known is not tool]
    meant, slips = _meant(shape, given, broken, others, ())
    coerced = [slip for slip in slips if slip.coerced]
    for slip in coerced:
        meant = put(meant, slip.path, slip.coerced[0])
    if coerced:
        meant, more = _meant(shape, meant, _violations(shape, meant), others, [slip for slip in slips if not slip.coerced])
        slips += more
    taken = {slip.path for slip in slips}
    slips += [slip for slip in _placeholders(meant, shape) if not any(slip.path[: n + 1] in taken for n in range(len(slip.path)))]
    return Invocation(arguments=meant, slips=tuple(slips))


def _violations(shape: Shape, given: Mapping[str, Any]) -> Sequence[Violation]:
    """What breaks the schema, but for an argument given just as the schema itself presets it: that is never an error (decision 7)."""
    broken = violations(shape, given)
    return [each for each in broken if not _is_preset(shape, each)] if broken else broken


def _is_preset(shape: Shape, found: Violation) -> bool:
    if len(found.path) != 1 or found.kind in ("missing", "unknown"):
        return False
    prop = shape.properties.get(str(found.path[0]))
    if not isinstance(prop, Mapping) or "default" not in prop:
        return False
    default = prop["default"]
    return type(default) is type(found.got) and bool(default == found.got)


def _meant(
    shape: Shape, given: Mapping[str, Any], broken: Sequence[Violation], others: Sequence[Tool], known: Sequence[Slip]
) -> tuple[Mapping[str, Any], list[Slip]]:
    """``given`` with its names repaired, and the slips that are not ``known``: of names, then of types and values.

    A wrong type masks what else is wrong with that value.
    """
    repaired = repair_names(shape, given, broken, others)
    before = {slip.path for slip in known}
    names = [_name_slip(slip) for slip in repaired.slips if slip.violation.path not in before]
    moved = {slip.meant: slip.path for slip in names if slip.meant is not None}
    position = in_order(given)
    names.sort(key=lambda slip: position(as_written(slip.path, moved)))
    left = [violation for violation in repaired.broken if violation.path not in before]
    typed = {violation.path for violation in left if violation.kind == "type"}
    return repaired.arguments, names + [_slip(v) for v in left if v.kind == "type" or v.path not in typed]


def _name_slip(slip: NameSlip) -> Slip:
    violation = slip.violation
    return Slip(
        kind="unknown",
        path=violation.path,
        message=message(violation),
        expected=sorted(violation.expected),
        got=str(violation.path[-1]),
        near=str(slip.meant[-1]) if slip.meant is not None and slip.place == "near" else None,
        place=slip.place,
        meant=slip.meant,
        sure=violation.sure,
    )


def _slip(violation: Violation) -> Slip:
    """The slip of a type or a value; in a union, a text that reads as another branch's type was meant for that one."""
    wanted = violation.expected if violation.kind == "type" else violation.otherwise if isinstance(violation.got, str) else ()
    coerced = coerce(violation.got, wanted)
    if coerced and violation.kind != "type":
        violation = msgspec.structs.replace(violation, kind="type", expected=list(wanted))
    return Slip(
        kind=violation.kind,
        path=violation.path,
        message=message(violation),
        expected=violation.expected,
        got=violation.got,
        coerced=coerced,
        sure=violation.sure,
    )


def coerce(value: Any, wanted: Iterable[str]) -> tuple[Any, ...]:
    """``(reading,)`` when the value plainly reads as one of the ``wanted`` JSON types ("5" for 5), else ``()``."""
    for kind in wanted:
        if kind == "string" and isinstance(value, (int, float)) and not isinstance(value, bool):
            return (as_json(value),)
        if not isinstance(value, str):
            continue
        text = value.strip()
        if kind in ("integer", "number") and (number := _number(text, kind)) is not None:
            return (number,)
        if kind == "boolean" and text.casefold() in ("true", "false"):
            return (text.casefold() == "true",)
        if kind in ("array", "object") and (literal := _literal(text)) is not None and type_name(literal) == kind:
            return (literal,)
    return ()


def _number(text: str, kind: str) -> float | int | None:
    if not re.fullmatch(r"[-+]?\d{1,300}(\.\d{1,300})?([eE][-+]?\d{1,3})?", text):
        return None
    number = float(text)
    if not math.isfinite(number):
        return None
    if "." not in text and "e" not in text.casefold():
        return int(text)
    return int(number) if number.is_integer() and kind == "integer" else number if kind == "number" else None


def _literal(text: str) -> Any:
    if len(text) > MAX_LITERAL or text[:1] not in "[{" or not text:
        return None
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        pass
    reader = Literals(text)
    try:
        value, end = reader.value(0)
    except Broken:
        return None
    return value if reader.space(end) == len(text) else None


def _placeholders(arguments: Mapping[str, Any], shape: Shape) -> tuple[Slip, ...]:
    found = placeholders(arguments, shape.properties)
    return tuple([_placeholder(path, value) for path, value in found]) if found else ()


def _placeholder(path: Path, value: str) -> Slip:
    return Slip(kind="placeholder", path=path, message=f"expected a real value, got the placeholder {show(value)}", got=value)
