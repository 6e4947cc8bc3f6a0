"""Which branch of a union (``anyOf``, ``oneOf``) a value was meant for, where it satisfies none.

In this order: the branch whose tag the value carries; else those of the value's own JSON type; of these the one with the fewest slips, keys
that it does not declare counted among them. A *tag* is the property that ``discriminator`` names, or one that every object branch pins by
``const`` or ``enum`` to options of its own. A value of no branch's type, or with a tag that no branch has, is a slip of the value or
the tag itself and says nothing about what lies below.

Source: JSON Schema 2020-12 (anyOf, oneOf, const); OpenAPI 3.1 (discriminator); Pydantic's discriminated unions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from spectool.references import at, branches_of, declared_in, is_open, resolve

# Branches that hold unions themselves: deeper than this nobody nests them.
MAX_NESTED = 4
# Parts of one allOf, those of the parts included: an inheritance of so many classes is a circle.
MAX_PARTS = 200
JSON_TYPE_NAMES: Mapping[type, str] = {
    dict: "object",
    list: "array",
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """The branch meant (its index), or why there is none.

    ``types`` are those of the branches not chosen for their type, in their order: all of them where ``branch`` is ``None`` and
    ``tag`` too; ``tag`` is the discriminating property whose value is none of ``options``.
    """

    branch: int | None = None
    types: tuple[str, ...] = ()
    tag: str | None = None
    options: tuple[Any, ...] = ()


class Union(msgspec.Struct, frozen=True, kw_only=True):
    """A union that a value satisfies in no branch.

    ``node`` is the schema that holds it, ``branches`` its schemas, ``errors`` the library's for each of them, none empty;
    ``here`` is the length of the path to the value within those errors' paths, ``root`` the whole document.
    """

    node: Mapping[str, Any]
    branches: Sequence[Any]
    errors: Sequence[Sequence[Any]]
    here: int
    root: Mapping[str, Any]


def choose(value: Any, union: Union) -> Choice:
    """The branch of ``union`` that ``value`` was meant for."""
    errors, here, branches, root = union.errors, union.here, union.branches, union.root
    candidates: Sequence[int] = range(len(errors))
    tag = tag_of(union.node, branches, root)
    if tag is not None and isinstance(value, Mapping) and tag in value:
        options = [_options(branch, tag, union.node, root) for branch in branches]
        candidates = [i for i, known in enumerate(options) if known is not None and _among(value[tag], known)]
        if not candidates:
            return Choice(tag=tag, options=tuple(_distinct(option for known in options for option in known or ())))
    fitting = [i for i in candidates if not _is_mistyped(errors[i], here, value, root)]
    other = tuple(_distinct(kind for i, found in enumerate(errors) if i not in fitting for kind in types_of(found, here, root)))
    if not fitting:
        return Choice(types=other)
    return Choice(branch=min(fitting, key=lambda i: len(errors[i]) + _undeclared(value, branches[i], root)), types=other)


def tag_of(node: Mapping[str, Any], branches: Sequence[Any], root: Mapping[str, Any]) -> str | None:
    """The property whose value tells the object branches apart; ``None`` where there is none."""
    named = node.get("discriminator")
    if isinstance(named, Mapping) and isinstance(named.get("propertyName"), str):
        return str(named["propertyName"])
    objects = [branch for branch in branches if any(declared_in(part) for part in joined(branch, root))]
    if len(objects) < 2:
        return None
    for name in dict.fromkeys(name for part in joined(objects[0], root) for name in declared_in(part)):
        pinned = [_pinned(branch, name, root) for branch in objects]
        options = [option for known in pinned for option in known or ()]
        if None not in pinned and len(_distinct(options)) == len(options):
            return name
    return None


def joined(node: Any, root: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """``node`` with its references followed, and the parts that its ``allOf`` adds, each likewise."""
    found: list[Mapping[str, Any]] = []
    waiting = [node]
    while waiting and len(found) < MAX_PARTS:
        schema = resolve(waiting.pop(0), root)
        found.append(schema)
        waiting[:0] = branches_of(schema, "allOf")
    return found


def declarations(node: Any, root: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The properties that ``node`` may declare, name and schema: in its parts, then in the branches of its unions."""
    parts = joined(node, root)
    for part in parts:
        yield from declared_in(part).items()
    if depth < MAX_NESTED:
        for branch in [branch for part in parts for keyword in ("anyOf", "oneOf") for branch in branches_of(part, keyword)]:
            yield from declarations(branch, root, depth + 1)


def _options(branch: Any, tag: str, node: Mapping[str, Any], root: Mapping[str, Any]) -> list[Any] | None:
    """The tag's values that name a branch: pinned in it, or mapped to its reference by OpenAPI's ``mapping``."""
    pinned = _pinned(branch, tag, root)
    if pinned is not None:
        return pinned
    named = node.get("discriminator")
    mapping = named.get("mapping") if isinstance(named, Mapping) else None
    if isinstance(mapping, Mapping) and isinstance(branch, Mapping):
        return [value for value, reference in mapping.items() if reference == branch.get("$ref")] or None
    return None


def _pinned(branch: Any, name: str, root: Mapping[str, Any], depth: int = 0) -> list[Any] | None:
    for part in joined(branch, root):
        if name in declared_in(part):
            prop = resolve(declared_in(part)[name], root)
            if "const" in prop:
                return [prop["const"]]
            return list(prop["enum"]) if isinstance(prop.get("enum"), list) else None
        nested = [b for keyword in ("anyOf", "oneOf") for b in branches_of(part, keyword)] if depth < MAX_NESTED else []
        inner = [_pinned(branch, name, root, depth + 1) for branch in nested]
        if inner and None not in inner:
            return [option for options in inner for option in options or ()]
    return None


def _is_mistyped(errors: Iterable[Any], here: int, value: Any, root: Mapping[str, Any]) -> bool:
    """Whether a branch refuses a value for its very type."""
    for error in errors:
        if len(error.instance_path) != here:
            continue
        kind, context = error.kind.name, getattr(error.kind, "context", None)
        if kind in ("type", "falseSchema") or (context and all(_is_mistyped(found, here, value, root) for found in context)):
            return True
        if kind in ("enum", "const") and not admits(implied_types(error, root), value):
            return True
    return False


def types_of(errors: Iterable[Any], here: int, root: Mapping[str, Any]) -> list[str]:
    """The types that a branch asks for in place of the value it refuses."""
    found: list[str] = []
    for error in errors:
        if len(error.instance_path) != here:
            continue
        if error.kind.name == "type":
            found.extend(declared_types(error, root))
        elif error.kind.name in ("enum", "const"):
            found.extend(implied_types(error, root))
        for inner in getattr(error.kind, "context", None) or ():
            found.extend(types_of(inner, here, root))
    return list(dict.fromkeys(found))


def declared_types(error: Any, root: Mapping[str, Any]) -> list[str]:
    """The types of a type error, in the order that the schema lists them (the library sorts them)."""
    declared = at(root, error.schema_path)
    kinds = [str(kind) for kind in error.kind.types]
    return [kind for kind in declared if kind in kinds] if isinstance(declared, list) else kinds


def implied_types(error: Any, root: Mapping[str, Any]) -> list[str]:
    """The types that an enumeration or a constant asks for: those of its options, unless the schema around it says a type itself."""
    around = at(root, error.schema_path[:-1])
    if isinstance(around, Mapping) and "type" in around:
        return [around["type"]] if isinstance(around["type"], str) else list(around["type"])
    options = error.kind.value if error.kind.name == "enum" else [error.kind.value]
    return list(dict.fromkeys(JSON_TYPE_NAMES.get(type(option), "object") for option in options))


def admits(types: Iterable[str], value: Any) -> bool:
    """Whether a value is of one of the JSON types; a number with no fraction is an integer, and the reverse."""
    kind = JSON_TYPE_NAMES.get(type(value))
    return any(kind == wanted or {kind, wanted} == {"integer", "number"} for wanted in types)


def _undeclared(value: Any, branch: Any, root: Mapping[str, Any]) -> int:
    if not isinstance(value, Mapping):
        return 0
    parts = joined(branch, root)
    declared = {name for part in parts for name in declared_in(part)}
    if not declared or any(is_open(part) is not None for part in parts):
        return 0  # open, or closed: then the validator has counted them
    return sum(1 for name in value if name not in declared)


def _among(value: Any, options: Iterable[Any]) -> bool:
    return any(value == option and isinstance(value, bool) == isinstance(option, bool) for option in options)


def _distinct(values: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if not _among(value, found):
            found.append(value)
    return found
