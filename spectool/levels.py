"""What a schema declares at each object of a value: the names allowed there, in the branches that the value takes.

A name counts as declared where any schema that holds of the object declares it: the schema itself, what it refers to, every part of its
``allOf``, the branches of a union that the value satisfies (else the one it was meant for), ``then`` or ``else`` as ``if`` has it, and
``dependentSchemas`` of the keys given. These are the properties that JSON Schema calls evaluated; a name that is required counts too.
An object that declares no names, or that a branch leaves free, takes any.

Source: JSON Schema 2020-12, unevaluatedProperties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from spectool.branches import Union, choose
from spectool.checker import Checker
from spectool.references import MAX_HOPS, Path, SchemaError, at, branches_of, declared_in, is_open, pointer, resolve

_FREE: Mapping[str, Any] = {"additionalProperties": True}
_CLOSING = ("additionalProperties", "unevaluatedProperties")


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """One object of a value: ``declared`` maps the names allowed there to their schemas' places, ``unknown`` are the keys given beyond.

    ``required`` are the names that may not be missing; ``closed``: further keys are forbidden, not only undeclared.
    """

    declared: Mapping[str, tuple[Path, ...]]
    required: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    closed: bool = True


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """A schema that holds of a value, and its place in the document."""

    node: Mapping[str, Any]
    place: Path


def levels_of(checker: Checker, value: Any) -> dict[Path, Level]:
    """The levels of ``value`` by their paths, from the outside in.

    Raises:
        SchemaError: a reference leaves the document, leads nowhere or in a circle.
    """
    found: dict[Path, Level] = {}
    _descend(checker, value, ((),), (), found)
    return found


def _descend(checker: Checker, value: Any, places: tuple[Path, ...], path: Path, found: dict[Path, Level]) -> None:
    if not places:
        return
    parts = _holding(checker, value, places)
    if isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, (dict, list)):
                _descend(checker, item, tuple(_item_places(parts, index)), (*path, index), found)
        return
    level = found[path] = _level(value, parts, path)
    for name, inner in value.items():
        if isinstance(inner, (dict, list)):
            _descend(checker, inner, (*level.declared.get(name, ()), *_further(checker, parts, name)), (*path, name), found)


def _holding(checker: Checker, value: Any, places: tuple[Path, ...]) -> list[_Part]:
    """The schemas that hold of an object or a list; kept where they are the same for every one."""
    known: list[_Part] | None = checker.kept.get((type(value), places))
    if known is not None:
        return known
    walk = _Walk(checker, value)
    parts = [part for place in places for part in walk.parts(place, ())]
    if walk.fixed:
        checker.kept[type(value), places] = parts
    return parts


def _level(value: Mapping[str, Any], parts: list[_Part], path: Path) -> Level:
    declared: dict[str, tuple[Path, ...]] = {}
    for part in parts:
        for name in declared_in(part.node):
            declared[name] = (*declared.get(name, ()), (*part.place, "properties", name))
    required = frozenset(name for part in parts for name in part.node.get("required") or () if isinstance(name, str))
    if (not declared and path != ()) or any(is_open(part.node) for part in parts):
        return Level(declared=declared, required=required)
    declared.update({name: () for name in sorted(required) if name not in declared})
    closed = path == () or any(part.node.get(key) is False for part in parts for key in _CLOSING)
    unknown = tuple([name for name in value if name not in declared])
    return Level(declared=declared, required=required, unknown=unknown, closed=closed)


def _item_places(parts: list[_Part], index: int) -> Iterator[Path]:
    for part in parts:
        first = part.node.get("prefixItems")
        if isinstance(first, list) and index < len(first):
            yield (*part.place, "prefixItems", index)
        elif isinstance(part.node.get("items"), Mapping):
            yield (*part.place, "items")


def _further(checker: Checker, parts: list[_Part], name: str) -> Iterator[Path]:
    """The schemas of a key by pattern, and those of further keys."""
    for part in parts:
        patterns = part.node.get("patternProperties")
        matched = [pattern for pattern in patterns if checker.matches(pattern, name)] if isinstance(patterns, Mapping) else []
        for pattern in matched:
            yield (*part.place, "patternProperties", pattern)
        if not matched and name not in declared_in(part.node) and isinstance(part.node.get("additionalProperties"), Mapping):
            yield (*part.place, "additionalProperties")


class _Walk:
    """Gathers the schemas that hold of one value, each once; ``fixed``: they would hold of any value of its type."""

    def __init__(self, checker: Checker, value: Any) -> None:
        self.checker, self.value = checker, value
        self.seen: set[Path] = set()
        self.fixed = True

    def parts(self, place: Path, above: tuple[Path, ...]) -> list[_Part]:
        """The schema at ``place`` and all that hold with it; ``above`` are those that led from one to the next."""
        node = at(self.checker.root, place)
        if place in above or len(above) > MAX_HOPS:
            raise SchemaError(f"reference '#/{'/'.join(map(str, place))[:80]}' leads in a circle")
        if not isinstance(node, dict) or place in self.seen:
            return []
        self.seen.add(place)
        above = (*above, place)
        parts = [_Part(node=node, place=place)]
        for inner in self._always(node, place):
            parts.extend(self.parts(inner, above))
        declares = any(declared_in(part.node) for part in parts)
        for keyword in ("anyOf", "oneOf"):
            if keyword not in node:
                continue
            taken = [self.parts((*place, keyword, index), above) for index in self._taken(node, place, keyword)]
            for branch in taken:
                parts.extend(branch)
            if not declares and not all(any(declared_in(part.node) for part in branch) for branch in taken or [[]]):
                parts.append(_Part(node=_FREE, place=place))
        return parts

    def _always(self, node: Mapping[str, Any], place: Path) -> Iterator[Path]:
        """The schemas that hold besides, unions apart."""
        if isinstance(node.get("$ref"), str):
            yield pointer(self.checker.root, node["$ref"])
        for index in range(len(branches_of(node, "allOf"))):
            yield (*place, "allOf", index)
        if "if" in node:
            self.fixed = False
            holds = not self.checker.errors(self.value, (*place, "if"))
            if holds:
                yield (*place, "if")
            yield (*place, "then" if holds else "else")
        for keyword in ("dependentSchemas", "dependencies"):
            if isinstance(node.get(keyword), dict) and isinstance(self.value, dict):
                self.fixed = False
                yield from ((*place, keyword, name) for name in node[keyword] if name in self.value)

    def _taken(self, node: Mapping[str, Any], place: Path, keyword: str) -> list[int]:
        """The branches that the value satisfies, else the one it was meant for, if any."""
        branches = branches_of(node, keyword)
        fitting = [index for index, branch in enumerate(branches) if self._may_take(branch)]
        if len(fitting) == 1 and "discriminator" not in node:
            return fitting  # as with most: optional and nothing else
        self.fixed = False
        errors = [self.checker.errors(self.value, (*place, keyword, index)) for index in range(len(branches))]
        valid = [index for index, found in enumerate(errors) if not found]
        if valid or not errors:
            return valid
        chosen = choose(self.value, Union(node=node, branches=branches, errors=errors, here=0, root=self.checker.root)).branch
        return [] if chosen is None else [chosen]

    def _may_take(self, branch: Any) -> bool:
        """Whether a branch's type, where it says one at once, is the value's."""
        declared = resolve(branch, self.checker.root).get("type")
        kind = "object" if isinstance(self.value, dict) else "array"
        return declared is None or declared == kind or (isinstance(declared, list) and kind in declared)
