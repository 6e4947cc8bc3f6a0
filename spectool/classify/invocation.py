"""One call against the tool it names: which arguments are unknown, missing, of the wrong type or outside their bounds.

The outcome is neutral facts (slips) in working order names → types → values; the detectors decide what they are charged as.
A recognisable misspelling is repaired and a coercible value coerced, so that later comparison judges what was meant: one slip is
charged once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec

from spectool.model import Call, Tool
from spectool.names import nearest
from spectool.read.dialects.broken import Broken
from spectool.read.dialects.literals import Literals
from spectool.read.record import as_json
from spectool.validate import JSON_TYPE_NAMES, Path, Shape, Violation, declared_in, resolve, shape_of, violations

SlipKind = Literal["unknown", "missing", "type", "enum", "bounds", "placeholder"]
Place = Literal["near", "misplaced", "other_tool", "none"]

# Longer texts in place of a number or a list are no quoted literal.
MAX_LITERAL = 2_000
# What people write where a value belongs but none is known.
PLACEHOLDER = re.compile(
    r"^\s*(?:<[A-Za-z][\w \-]{0,40}>|\{\{?[A-Za-z][\w .\-]{0,40}\}?\}|\[(?:your|insert|enter)[^\]]{0,40}\]|"
    r"(?:your|my|insert|enter)[_ ](?:[a-z]+[_ ]){0,3}(?:key|token|id|name|password|secret|value|here)(?:[_ ]here)?|"
    r"x{4,}|\?{2,}|\.{3}|tbd|n/?a|placeholder|example_?(?:id|value)|to be (?:determined|filled)[^.]{0,30}|"
    r"(?:sk-)?x{3,}[\w-]*|api[_-]key)\s*$",
    re.IGNORECASE,
)
MAX_PLACEHOLDER = 64
_ALONE: Mapping[str, Tool] = {}


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """One fact about a call that breaks its tool's schema.

    ``near`` is the declared name an unknown one stands for, ``place`` where such a name is known otherwise;
    ``coerced`` is ``(value,)`` when the value's plain reading has the right type; ``closed``: the schema forbids the key.
    """

    kind: SlipKind
    path: Path
    message: str
    expected: Any = None
    got: Any = None
    near: str | None = None
    place: Place = "none"
    coerced: tuple[Any, ...] = ()
    closed: bool = True
    required: bool = True


class Invocation(msgspec.Struct, frozen=True, kw_only=True):
    """A call judged against its tool: ``arguments`` as meant (names repaired, values coerced), and the slips on the way."""

    arguments: Mapping[str, Any]
    slips: tuple[Slip, ...] = ()


def examine(call: Call, tool: Tool, offered: Mapping[str, Tool] = _ALONE) -> Invocation:
    """Judge ``call`` against ``tool``; ``offered`` are all tools offered, by name.

    Raises:
        SchemaError: the tool's own schema cannot be used.
    """
    given = call.arguments or {}
    shape = shape_of(tool.parameters)
    broken = violations(shape, given)
    if not broken:
        return Invocation(arguments=given, slips=_placeholders(given, shape))
    unknown = [v for v in broken if v.kind == "unknown"]
    renames = _renames(unknown, shape, given)
    meant = _rename(given, renames)
    slips = [_unknown_slip(v, renames, shape, [t for t in offered.values() if t is not tool]) for v in unknown]
    slips += _judged(violations(shape, meant) if renames else broken, shape, frozenset())
    coerced = [slip for slip in slips if slip.coerced]
    for slip in coerced:
        meant = _put(meant, slip.path, slip.coerced[0])
    if coerced:
        slips += _judged(violations(shape, meant), shape, frozenset(slip.path for slip in slips if not slip.coerced))
    taken = {slip.path for slip in slips}
    slips += [slip for slip in _placeholders(meant, shape) if slip.path not in taken]
    return Invocation(arguments=meant, slips=tuple(slips))


def _judged(broken: Iterable[Violation], shape: Shape, known: frozenset[Path]) -> list[Slip]:
    """The slips of types and values; a wrong type masks what else is wrong with that value."""
    broken = [v for v in broken if v.path not in known]
    typed = {v.path for v in broken if v.kind == "type"}
    return [slip for v in broken if (v.kind == "type" or v.path not in typed) and (slip := _slip(v, shape))]


def _renames(unknown: list[Violation], shape: Shape, given: Mapping[str, Any]) -> dict[Path, str]:
    """Which declared argument each unknown one stands for: a near name that is not given, else the one required slot left."""
    out: dict[Path, str] = {}
    free = [name for name in shape.properties if name not in given]
    for violation in unknown:
        if len(violation.path) == 1 and (name := _near(str(violation.path[0]), free)):
            out[violation.path] = name
            free.remove(name)
    left = [v for v in unknown if len(v.path) == 1 and v.path not in out]
    slots = [name for name in free if name in shape.required]
    if len(left) == len(slots) == 1 and _fits(shape, slots[0], left[0].got):
        out[left[0].path] = slots[0]
    return out


def _near(name: str, candidates: list[str]) -> str | None:
    if hit := nearest(name, candidates):
        return hit
    parts = set(_parts(name))
    holders = [c for c in candidates if parts and (parts <= set(_parts(c)) or set(_parts(c)) <= parts)]
    return holders[0] if len(holders) == 1 else None


def _parts(name: str) -> list[str]:
    return [part.casefold() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def _fits(shape: Shape, name: str, value: Any) -> bool:
    trial = Shape(
        schema={**shape.schema, "type": "object", "properties": {name: shape.properties[name]}, "required": []},
        properties={name: shape.properties[name]},
        required=(),
        open=shape.open,
        plain={},
    )
    return not any(v.kind == "type" for v in violations(trial, {name: value}))


def _rename(given: Mapping[str, Any], renames: Mapping[Path, str]) -> Mapping[str, Any]:
    return {renames.get((name,), name): value for name, value in given.items()} if renames else given


def _unknown_slip(violation: Violation, renames: Mapping[Path, str], shape: Shape, others: Iterable[Tool]) -> Slip:
    name = str(violation.path[-1])
    near = renames.get(violation.path)
    place: Place = "none"
    if near is not None:
        place = "near"
    elif _is_declared_elsewhere(name, violation.path, shape):
        place = "misplaced"
    elif any(isinstance(known := tool.parameters.get("properties"), Mapping) and name in known for tool in others):
        place = "other_tool"
    return Slip(
        kind="unknown",
        path=violation.path,
        message=violation.message,
        expected=sorted(shape.properties),
        got=name,
        near=near,
        place=place,
        closed=violation.closed,
    )


def _is_declared_elsewhere(name: str, path: Path, shape: Shape) -> bool:
    """Whether the schema declares this very name at another level of nesting."""
    if len(path) > 1 and name in shape.properties:
        return True
    found = [name in level for depth, level in _levels(shape.schema, shape.schema, 0) if depth > 0]
    return any(found)


def _levels(node: Any, root: Mapping[str, Any], depth: int) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if depth > 6:  # recursive schemas repeat themselves below
        return
    schema = resolve(node, root)
    properties = declared_in(schema)
    yield depth, properties
    for inner in (*properties.values(), schema.get("items")):
        if isinstance(inner, Mapping):
            yield from _levels(inner, root, depth + 1)


def _slip(violation: Violation, shape: Shape) -> Slip | None:
    if violation.kind == "unknown":
        return None
    name = violation.path[0] if violation.path else None
    required = len(violation.path) > 1 or name in shape.required
    if violation.kind == "type":
        return _type_slip(violation, required)
    if violation.kind == "missing":
        prop = shape.properties.get(str(violation.path[-1]), {}) if len(violation.path) == 1 else {}
        return Slip(kind="missing", path=violation.path, message=violation.message, expected=prop, required="default" not in prop)
    message = f"expected {_constraint(violation)}, got {show(violation.got)}"
    return Slip(kind=violation.kind, path=violation.path, message=message, expected=violation.expected, got=violation.got)


def _constraint(violation: Violation) -> str:
    if violation.kind == "enum":
        options = violation.expected if isinstance(violation.expected, list) else [violation.expected]
        return "one of " + ", ".join(show(option) for option in options[:8]) + (" …" if len(options) > 8 else "")
    return f"a value within bounds ({show(violation.expected)})"


def _type_slip(violation: Violation, required: bool) -> Slip:
    wanted = violation.expected if isinstance(violation.expected, list) else [violation.expected]
    return Slip(
        kind="type",
        path=violation.path,
        message=f"expected {' or '.join(map(str, wanted))}, got {type_name(violation.got)} {show(violation.got)}",
        expected=wanted,
        got=violation.got,
        coerced=coerce(violation.got, wanted),
        required=required,
    )


def type_name(value: Any) -> str:
    """The JSON type of a decoded value."""
    return JSON_TYPE_NAMES.get(type(value), "value")


def show(value: Any) -> str:
    """A value quoted for a message, cut at 80 characters."""
    text = value if isinstance(value, str) else as_json(value)
    return f"'{text[:80]}{'…' if len(text) > 80 else ''}'"


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
    found = [name for name, value in arguments.items() if type(value) is str and (_stands_in(value) or _is_copied(value, name, shape))]
    return tuple(_placeholder(name, arguments[name]) for name in found) if found else ()


def _placeholder(name: str, value: str) -> Slip:
    return Slip(kind="placeholder", path=(name,), message=f"expected a real value, got the placeholder {show(value)}", got=value)


def _stands_in(value: str) -> bool:
    return len(value) <= MAX_PLACEHOLDER and PLACEHOLDER.match(value) is not None


def _is_copied(value: str, name: str, shape: Shape) -> bool:
    """Whether a value repeats the schema's own description of the argument; one word may well be both."""
    prop = shape.properties.get(name) if " " in value else None
    described = prop.get("description") if isinstance(prop, Mapping) else None
    return isinstance(described, str) and value.strip() == described.strip()


def _put(value: Any, path: Path, new: Any) -> Any:
    """A copy of ``value`` with ``new`` at ``path``."""
    if not path:
        return new
    head, rest = path[0], path[1:]
    if isinstance(value, Mapping):
        return {**value, head: _put(value.get(head), rest, new)}
    if isinstance(value, list) and isinstance(head, int) and head < len(value):
        return [*value[:head], _put(value[head], rest, new), *value[head + 1 :]]
    return value
