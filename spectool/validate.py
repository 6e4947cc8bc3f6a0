"""Checking arguments against a tool's schema: every violation with its place.

Validation is the library's (jsonschema-rs); a plain type table answers the common case first. References are resolved inside
the document only: the retriever refuses everything else, so that an untrusted schema can neither fetch nor read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal
from urllib.parse import unquote

import msgspec

ViolationKind = Literal["missing", "unknown", "type", "enum", "bounds"]
Path = tuple[str | int, ...]

# Shapes are kept per parameters object; a run offers few, a log with its tools in each row offers many.
MAX_SHAPES = 20_000
MAX_HOPS = 20
# Deeper than any real argument; keeps hostile nesting from exhausting the stack.
MAX_DEPTH = 64
# Digits of an index in a reference: no schema has so many branches, and Python refuses to read a number of thousands.
MAX_DIGITS = 10

PYTHON_TYPES: Mapping[str, frozenset[type]] = {
    "object": frozenset({dict}),
    "number": frozenset({int, float}),
    "integer": frozenset({int}),
    "array": frozenset({list}),
    "string": frozenset({str}),
    "boolean": frozenset({bool}),
    "null": frozenset({type(None)}),
}
JSON_TYPE_NAMES: Mapping[type, str] = {
    dict: "object",
    list: "array",
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
}
# Keywords that say nothing about whether a value of the right type is valid.
_SILENT = frozenset({"type", "description", "title", "default", "examples", "example", "deprecated", "optional"})
_PLAIN_KEYS = frozenset({"items", "enum", "properties", "required"})
_ACROSS = frozenset({"anyOf", "oneOf", "not", "if", "dependentRequired", "dependentSchemas", "minProperties", "maxProperties"})
_KINDS: Mapping[str, ViolationKind] = {"type": "type", "enum": "enum", "const": "enum", "falseSchema": "unknown"}


class SchemaError(ValueError):
    """A tool's own schema cannot be used: an unresolvable reference or an invalid document."""


class Violation(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which arguments break their schema; ``path`` leads there from the arguments object.

    ``expected`` is a list of type names (type), of values (enum), the argument's schema (missing) or the broken constraint (bounds).
    ``closed`` is false for an undeclared key of a nested object that does not forbid it.
    """

    kind: ViolationKind
    path: Path
    message: str
    expected: Any = None
    got: Any = None
    closed: bool = True


class Plain(msgspec.Struct, frozen=True, kw_only=True):
    """A schema that says no more than types, items, strings allowed and properties: settled without the validator."""

    types: frozenset[type]
    items: Plain | None = None
    enum: frozenset[str] | None = None
    properties: Mapping[str, Plain] | None = None
    required: tuple[str, ...] = ()


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """A parameters schema, read once.

    ``open`` is whether undeclared arguments are allowed, ``None`` when the schema does not say;
    ``plain`` maps an argument to the reading that settles it without the validator, where there is one.
    """

    schema: Mapping[str, Any]
    properties: Mapping[str, Mapping[str, Any]]
    required: tuple[str, ...]
    open: bool | None
    plain: Mapping[str, Plain]


_shapes: dict[int, tuple[Mapping[str, Any], Shape]] = {}
_validators: dict[int, tuple[Mapping[str, Any], Any]] = {}


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
        _validators.clear()
    shape = _read_shape(parameters)
    _shapes[id(parameters)] = (parameters, shape)
    return shape


def _read_shape(parameters: Mapping[str, Any]) -> Shape:
    root = resolve(parameters, parameters)
    properties: dict[str, Mapping[str, Any]] = dict(declared_in(root))
    required = list(root.get("required") or ())
    for branch in root.get("allOf") or ():
        part = resolve(branch, parameters)
        properties.update(declared_in(part))
        required.extend(part.get("required") or ())
    # A constraint across arguments is beyond the type table: leave every argument to the validator.
    across = bool(root.keys() & _ACROSS)
    plain = {} if across else {name: reading for name, prop in properties.items() if (reading := _plain(prop)) is not None}
    return Shape(
        schema=parameters,
        properties=properties,
        required=tuple(dict.fromkeys(required)),
        open=True if across and not properties else is_open(root),
        plain=plain,
    )


def declared_in(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """The properties that an object schema declares.

    Raises:
        SchemaError: they are no object.
    """
    properties = node.get("properties") or {}
    if not isinstance(properties, Mapping):
        raise SchemaError(f"expected 'properties' to be an object, got '{str(properties)[:80]}'")
    return properties


def is_open(node: Mapping[str, Any]) -> bool | None:
    """Whether an object schema allows undeclared keys; ``None`` when it does not say."""
    extra = node.get("additionalProperties", node.get("unevaluatedProperties"))
    if extra is not None:
        return extra is not False or "patternProperties" in node
    return True if "patternProperties" in node else None


def _plain(node: Any, depth: int = 0) -> Plain | None:
    """The plain reading of a schema; ``None`` where it says more than a plain reading holds."""
    if not isinstance(node, dict) or depth > MAX_DEPTH or node.keys() - _SILENT - _PLAIN_KEYS or not node.get("type"):
        return None
    if not isinstance(node.get("properties", {}), dict) or not isinstance(node.get("enum", []), list):
        return None
    declared = node["type"]
    types = frozenset(t for name in (declared if isinstance(declared, list) else [declared]) for t in PYTHON_TYPES.get(name, ()))
    items = _plain(node["items"], depth + 1) if "items" in node else None
    properties = {name: _plain(prop, depth + 1) for name, prop in node.get("properties", {}).items()} if "properties" in node else None
    enum = node.get("enum")
    known = {name: plain for name, plain in (properties or {}).items() if plain is not None}
    unclear = ("items" in node and items is None) or (properties is not None and len(known) < len(properties))
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
    if kind is dict and plain.properties is not None:
        inner = plain.properties
        return all(n in inner and _settles(inner[n], v) for n, v in value.items()) and all(n in value for n in plain.required)
    return True


def resolve(node: Any, root: Mapping[str, Any]) -> Mapping[str, Any]:
    """``node`` with its ``$ref`` followed inside ``root``.

    Raises:
        SchemaError: the reference leaves the document, leads nowhere or in a circle.
    """
    hops = 0
    while isinstance(node, Mapping) and isinstance(reference := node.get("$ref"), str):
        hops += 1
        if not reference.startswith("#"):
            raise SchemaError(f"reference '{reference[:80]}' leaves the document")
        if hops > MAX_HOPS:
            raise SchemaError(f"reference '{reference[:80]}' leads in a circle")
        siblings = {k: v for k, v in node.items() if k != "$ref"}
        target = _pointer(root, reference)
        node = {**target, **siblings} if isinstance(target, Mapping) else target
    return node if isinstance(node, Mapping) else {}


def _pointer(root: Mapping[str, Any], reference: str) -> Any:
    """What a JSON pointer in a URI's fragment leads to; an anchor (``#name``) is no pointer and is not followed."""
    first, *parts = reference[1:].split("/")
    target: Any = root if not first else None
    for part in parts:
        key = unquote(part).replace("~1", "/").replace("~0", "~")
        if isinstance(target, list) and key.isdecimal() and len(key) < MAX_DIGITS and int(key) < len(target):
            target = target[int(key)]
        elif isinstance(target, Mapping) and key in target:
            target = target[key]
        else:
            target = None
        if target is None:
            break
    if target is None:
        raise SchemaError(f"reference '{reference[:80]}' leads nowhere")
    return target


def violations(shape: Shape, arguments: Mapping[str, Any]) -> tuple[Violation, ...]:
    """Every way in which ``arguments`` break the schema, undeclared keys included, in the order found.

    Raises:
        SchemaError: the schema itself cannot be used.
    """
    plain = shape.plain
    for name, value in arguments.items():
        reading = plain.get(name)
        if reading is None or not _settles(reading, value):
            return _explain(shape, arguments)
    for name in shape.required:
        if name not in arguments:
            return _explain(shape, arguments)
    return ()


def _explain(shape: Shape, arguments: Mapping[str, Any]) -> tuple[Violation, ...]:
    validator = _validator(shape)
    try:
        found = [v for error in validator.iter_errors(_encodable(arguments)) for v in _from_error(error, arguments)]
    except (ValueError, RecursionError) as error:  # the validator's own bound on nesting
        raise SchemaError(f"the arguments cannot be checked: {error}") from error
    found.extend(_undeclared(arguments, shape.schema, shape.schema, ()))
    return tuple(_once(found))


def _encodable(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """The arguments with lone surrogates replaced, which the validator refuses: they are the model's doing, not the schema's."""
    text = json.dumps(arguments, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        replaced: dict[str, Any] = json.loads(text.encode("utf-8", "replace"))
        return replaced
    return arguments


def _validator(shape: Shape) -> Any:
    known = _validators.get(id(shape.schema))
    if known is None or known[0] is not shape.schema:
        import jsonschema_rs

        try:
            validator = jsonschema_rs.Draft202012Validator(dict(shape.schema), retriever=_refuse, validate_formats=True)
        except (ValueError, jsonschema_rs.ReferencingError) as error:
            reason = str(error).split("\n")[0][:200]
            raise SchemaError(f"reference unresolvable: {reason}" if reason.startswith(("Pointer ", "Resource ")) else reason) from error
        known = _validators[id(shape.schema)] = (shape.schema, validator)
    return known[1]


def _refuse(uri: str) -> Any:
    raise ValueError(f"references leave the document: '{uri[:80]}' is not fetched")


def _once(found: Iterable[Violation]) -> Iterator[Violation]:
    seen: set[tuple[str, Path]] = set()
    for violation in found:
        if (place := (violation.kind, violation.path)) not in seen:
            seen.add(place)
            yield violation


def _from_error(error: Any, arguments: Mapping[str, Any]) -> Iterator[Violation]:
    kind, path = error.kind.name, tuple(error.instance_path)
    if kind in ("anyOf", "oneOf") and getattr(error.kind, "context", None):
        yield from _from_branches(error, arguments)
    elif kind == "required":
        name = error.kind.property
        yield Violation(kind="missing", path=(*path, name), message=f"missing required argument '{name}'")
    elif kind in ("additionalProperties", "unevaluatedProperties"):
        for name in error.kind.unexpected:
            yield Violation(kind="unknown", path=(*path, name), message=f"unknown argument '{name}'", got=at(arguments, (*path, name)))
    else:
        value = error.kind.value if kind != "falseSchema" else None
        yield Violation(kind=_KINDS.get(kind, "bounds"), path=path, message=error.message, expected=value, got=at(arguments, path))


def _from_branches(error: Any, arguments: Mapping[str, Any]) -> Iterator[Violation]:
    """The slips of the branch most likely meant: the one of the value's own type, then of its discriminator, then of fewest errors."""
    here = len(error.instance_path)
    branches = [list(branch) for branch in error.kind.context if branch]

    def misfit(branch: list[Any]) -> tuple[bool, bool, int]:
        other_type = any(e.kind.name == "type" and len(e.instance_path) == here for e in branch)
        return other_type, any(e.kind.name == "const" and len(e.instance_path) == here + 1 for e in branch), len(branch)

    if not branches:
        yield Violation(kind="bounds", path=tuple(error.instance_path), message=error.message, got=at(arguments, error.instance_path))
        return
    wrong_type = [b for b in branches if misfit(b)[0]]
    if len(wrong_type) == len(branches):
        types = list(dict.fromkeys(t for b in branches for e in b if e.kind.name == "type" for t in e.kind.types))
        path = tuple(error.instance_path)
        yield Violation(kind="type", path=path, message=error.message, expected=types, got=at(arguments, path))
        return
    for inner in min(branches, key=misfit):
        yield from _from_error(inner, arguments)


def at(value: Any, path: Iterable[str | int]) -> Any:
    """The value at ``path`` below ``value``; ``None`` where the path leads nowhere."""
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _undeclared(value: Any, node: Any, root: Mapping[str, Any], path: Path) -> Iterator[Violation]:
    """Keys that no schema declares, where the object is not said to be open: the validator is silent on these."""
    if len(path) > MAX_DEPTH:
        return
    schema = resolve(node, root)
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _undeclared(item, schema.get("items"), root, (*path, index))
    if not isinstance(value, Mapping):
        return
    parts = [schema, *(resolve(b, root) for key in ("allOf", "anyOf", "oneOf") for b in schema.get(key) or ())]
    declared = {name: prop for part in parts for name, prop in declared_in(part).items()}
    free = (not declared and path != ()) or any(is_open(part) for part in parts)
    for name, inner in value.items():
        if name in declared:
            yield from _undeclared(inner, declared[name], root, (*path, name))
        elif not free:
            closed = path == () or is_open(schema) is False
            yield Violation(kind="unknown", path=(*path, name), message=f"unknown argument '{name}'", got=inner, closed=closed)
