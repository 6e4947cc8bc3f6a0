"""Walking a schema document: references inside it, the schemas that hold of one place, the names it declares.

References are resolved inside the document only, whatever a schema from an untrusted log points at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from spectool.schema import HOLD_A_LIST, HOLD_A_MAP, HOLD_ONE

Path = tuple[str | int, ...]

MAX_HOPS = 20
# Digits of an index in a reference: no schema has so many branches, and Python refuses to read a number of thousands.
MAX_DIGITS = 10
# More schemas in one document than any tool has: beyond it, names go unknown rather than the walk unbounded.
MAX_SCHEMAS = 20_000


class SchemaError(ValueError):
    """A tool's own schema cannot be used: an unresolvable reference or an invalid document."""


def at(value: Any, path: Iterable[str | int]) -> Any:
    """The value at ``path`` below ``value``; ``None`` where the path leads nowhere."""
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def resolve(node: Any, root: Mapping[str, Any]) -> Mapping[str, Any]:
    """``node`` with its ``$ref`` followed inside ``root``, and what stands beside the reference kept.

    Raises:
        SchemaError: the reference leaves the document, leads nowhere or in a circle.
    """
    hops = 0
    while isinstance(node, Mapping) and isinstance(reference := node.get("$ref"), str):
        hops += 1
        if hops > MAX_HOPS:
            raise SchemaError(f"reference '{reference[:80]}' leads in a circle")
        siblings = {k: v for k, v in node.items() if k != "$ref"}
        target = at(root, pointer(root, reference))
        node = {**target, **siblings} if isinstance(target, Mapping) else target
    return node if isinstance(node, Mapping) else {}


def pointer(root: Mapping[str, Any], reference: str) -> Path:
    """Where in ``root`` a reference leads: a JSON pointer in a URI's fragment; an anchor (``#name``) is none and is not followed.

    Raises:
        SchemaError: it leaves the document or leads nowhere.
    """
    if not reference.startswith("#"):
        raise SchemaError(f"reference '{reference[:80]}' leaves the document")
    first, *parts = reference[1:].split("/")
    target: Any = root if not first else None
    path: Path = ()
    for part in parts:
        key: str | int = unquote(part).replace("~1", "/").replace("~0", "~")
        if isinstance(target, list):
            key = int(key) if str(key).isdecimal() and len(str(key)) < MAX_DIGITS else len(target)
        target = at(target, (key,))
        path = (*path, key)
    if target is None:
        raise SchemaError(f"reference '{reference[:80]}' leads nowhere")
    return path


def declared_in(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """The properties that an object schema declares.

    Raises:
        SchemaError: they are no object.
    """
    properties = node.get("properties") or {}
    if not isinstance(properties, Mapping):
        raise SchemaError(f"expected 'properties' to be an object, got '{str(properties)[:80]}'")
    return properties


def branches_of(node: Mapping[str, Any], keyword: str) -> list[Any]:
    """The schemas that ``keyword`` lists.

    Raises:
        SchemaError: they are no list.
    """
    branches = node.get(keyword) or []
    if not isinstance(branches, list):
        raise SchemaError(f"expected '{keyword}' to be a list of schemas, got '{str(branches)[:80]}'")
    return branches


def is_open(node: Mapping[str, Any]) -> bool | None:
    """Whether an object schema allows undeclared keys; ``None`` when it does not say."""
    extra = node.get("additionalProperties", node.get("unevaluatedProperties"))
    if extra is not None:
        return extra is not False or "patternProperties" in node
    return True if "patternProperties" in node else None


def names_in(root: Mapping[str, Any]) -> frozenset[str]:
    """Every property name that the document declares at any level, each definition seen once."""
    declaring = (node["properties"] for node in _schemas(root) if isinstance(node.get("properties"), Mapping))
    return frozenset(name for properties in declaring for name, prop in properties.items() if prop is not False)


def _schemas(root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    waiting: list[Any] = [root]
    for _ in range(MAX_SCHEMAS):
        if not waiting:
            return
        node = waiting.pop()
        if not isinstance(node, Mapping):
            continue
        yield node
        for key, inner in node.items():
            if key in HOLD_ONE:
                waiting.append(inner)
            elif key in HOLD_A_LIST and isinstance(inner, list):
                waiting.extend(inner)
            elif key in HOLD_A_MAP and isinstance(inner, Mapping):
                waiting.extend(inner.values())
