"""Checking arguments against a tool's schema: a plain reading settles the common case, the rest is explained.

Most tools say no more than types, items, strings allowed and properties. That is read once into a table and settled without the
validator; whatever the table does not settle goes to `spectool.violations`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import isfinite
from typing import Any

import msgspec

from spectool.branches import JSON_TYPE_NAMES, declarations, joined
from spectool.references import Path, SchemaError, at, declared_in, names_in
from spectool.violations import MAX_DEPTH, Violation, explain

__all__ = ["JSON_TYPE_NAMES", "MAX_DEPTH", "Path", "SchemaError", "Shape", "Violation", "at", "names_of", "shape_of", "violations"]

# Shapes are kept per parameters object; a run offers few, a log with its tools in each row offers many.
MAX_SHAPES = 20_000

PYTHON_TYPES: Mapping[str, frozenset[type]] = {
    "object": frozenset({dict}),
    "number": frozenset({int, float}),
    "integer": frozenset({int}),
    "array": frozenset({list}),
    "string": frozenset({str}),
    "boolean": frozenset({bool}),
    "null": frozenset({type(None)}),
}
# Keywords that say nothing about whether a value of the right type is valid.
_SILENT = frozenset({"type", "description", "title", "default", "examples", "example", "deprecated", "optional"})
_PLAIN_KEYS = frozenset({"items", "enum", "properties", "required"})
# A constraint on several arguments, or on the object as a whole: beyond the table.
_ACROSS = frozenset(
    {"anyOf", "oneOf", "not", "if", "enum", "const", "dependentRequired", "dependentSchemas", "dependencies", "patternProperties"}
    | {"minProperties", "maxProperties", "propertyNames", "$dynamicRef", "$recursiveRef"}
)


class Plain(msgspec.Struct, frozen=True, kw_only=True):
    """A schema that says no more than types, items, strings allowed and properties: settled without the validator."""

    types: frozenset[type]
    items: Plain | None = None
    enum: frozenset[str] | None = None
    properties: Mapping[str, Plain] | None = None
    required: tuple[str, ...] = ()


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """A parameters schema, read once.

    ``properties`` are the arguments declared at the top, by whichever part or branch; ``required`` those that every call needs;
    ``plain`` maps an argument to the reading that settles it without the validator, where there is one, and ``simple`` to the types of
    value that need no second look; ``across``: some constraint is on several arguments at once, so that nothing is settled without it.
    """

    schema: Mapping[str, Any]
    across: bool
    properties: Mapping[str, Mapping[str, Any]]
    required: tuple[str, ...]
    plain: Mapping[str, Plain]
    simple: Mapping[str, frozenset[type]]


_NO_TYPES: frozenset[type] = frozenset()
_shapes: dict[int, tuple[Mapping[str, Any], Shape]] = {}
_names: dict[int, tuple[Mapping[str, Any], frozenset[str]]] = {}


def shape_of(parameters: Mapping[str, Any]) -> Shape:
    """The shape of a tool's parameters, kept while the same object is offered again.

    Raises:
        SchemaError: a reference at the top of the schema cannot be resolved.
    """
    known = _shapes.get(id(parameters))
    if known is not None and known[0] is parameters:
        return known[1]
    if len(_shapes) >= MAX_SHAPES:
        _shapes.clear()
        _names.clear()
    shape = _read_shape(parameters)
    _shapes[id(parameters)] = (parameters, shape)
    return shape


def names_of(shape: Shape) -> frozenset[str]:
    """Every property name that the schema declares, at any level; read when first asked for."""
    known = _names.get(id(shape.schema))
    if known is None or known[0] is not shape.schema:
        known = _names[id(shape.schema)] = (shape.schema, names_in(shape.schema))
    return known[1]


def _read_shape(parameters: Mapping[str, Any]) -> Shape:
    properties: dict[str, Mapping[str, Any]] = {}
    required: list[str] = []
    unclear: set[str] = set()
    across = False
    for part in joined(parameters, parameters):
        across = across or bool(part.keys() & _ACROSS)
        for name, prop in declared_in(part).items():
            unclear.update([name] if properties.setdefault(name, prop) is not prop else ())
        required.extend(_required(part))
    clear = {} if across else {name: prop for name, prop in properties.items() if name not in unclear}
    for name, prop in declarations(parameters, parameters):
        properties.setdefault(name, prop)
    plain = {name: reading for name, prop in clear.items() if (reading := _plain(prop)) is not None}
    return Shape(
        schema=parameters,
        across=across,
        properties={name: prop if isinstance(prop, Mapping) else {} for name, prop in properties.items()},
        required=tuple(dict.fromkeys(required)),
        plain=plain,
        simple={name: _but_floats(reading.types) for name, reading in plain.items() if _says_types_only(reading)},
    )


def _says_types_only(plain: Plain) -> bool:
    return plain.enum is None and plain.items is None and plain.properties is None


# One object serves all arguments alike: a run touches thousands of schemas, and what is shared stays in the processor's cache.
@lru_cache(maxsize=256)
def _python_types(*names: str) -> frozenset[type]:
    return frozenset(kind for name in names for kind in PYTHON_TYPES.get(name, ()))


@lru_cache(maxsize=256)
def _but_floats(types: frozenset[type]) -> frozenset[type]:
    """The types without floats, which may be infinite."""
    return types - {float}


def _required(part: Mapping[str, Any]) -> list[str]:
    required = part.get("required") or []
    if not isinstance(required, list):
        raise SchemaError(f"expected 'required' to be a list, got '{str(required)[:80]}'")
    return required


def _plain(node: Any, depth: int = 0) -> Plain | None:
    """The plain reading of a schema; ``None`` where it says more than a plain reading holds."""
    if not isinstance(node, dict) or depth > MAX_DEPTH or node.keys() - _SILENT - _PLAIN_KEYS or not node.get("type"):
        return None
    if not isinstance(node.get("properties", {}), dict) or not isinstance(node.get("enum", []), list):
        return None
    declared = node["type"]
    types = _python_types(*(declared if isinstance(declared, list) else (declared,)))
    items = _plain(node["items"], depth + 1) if "items" in node else None
    properties = {name: _plain(prop, depth + 1) for name, prop in node.get("properties", {}).items()} if "properties" in node else None
    enum = node.get("enum")
    known = {name: plain for name, plain in (properties or {}).items() if plain is not None}
    unclear = ("items" in node and items is None) or (properties is not None and len(known) < len(properties))
    unclear = unclear or not isinstance(node.get("required", []), list) or bool(node.get("required") and not known)
    if unclear or (enum is not None and not (types == {str} and all(type(option) is str for option in enum))):
        return None
    return Plain(
        types=types,
        items=items,
        enum=frozenset(enum) if enum is not None else None,
        properties=known if properties else None,
        required=tuple(node.get("required") or ()),
    )


def _settles(plain: Plain, value: Any) -> bool:
    """Whether the plain reading says that ``value`` is valid; what it does not settle is left to the validator."""
    kind = type(value)
    if kind not in plain.types:
        return False
    if kind is str:
        return plain.enum is None or value in plain.enum
    if kind is list and plain.items is not None:
        items = plain.items
        return all(_settles(items, item) for item in value)
    if kind is float:
        return isfinite(value)
    if kind is dict and plain.properties is not None:
        inner = plain.properties
        return all(n in inner and _settles(inner[n], v) for n, v in value.items()) and all(n in value for n in plain.required)
    return True


def violations(shape: Shape, arguments: Mapping[str, Any]) -> tuple[Violation, ...]:
    """Every way in which ``arguments`` break the schema, undeclared keys included, in the order found.

    Raises:
        SchemaError: the schema itself cannot be used.
    """
    if shape.across:
        return _explained(shape, arguments)
    plain, simple = shape.plain, shape.simple
    for name, value in arguments.items():
        if type(value) in simple.get(name, _NO_TYPES):
            continue
        reading = plain.get(name)
        if reading is None or not _settles(reading, value):
            return _explained(shape, arguments)
    for name in shape.required:
        if name not in arguments:
            return _explained(shape, arguments)
    return ()


def _explained(shape: Shape, arguments: Mapping[str, Any]) -> tuple[Violation, ...]:
    """What is wrong with ``arguments``; nesting is no fault where the plain reading asks for no more than it sees."""

    def is_settled(name: Any) -> bool:
        reading = shape.plain.get(name)
        return reading is not None and _settles(reading, arguments[name])

    return tuple([v for v in explain(shape.schema, arguments) if v.keyword != "depth" or not is_settled(v.path[0])])
