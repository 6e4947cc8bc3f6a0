"""Which calls a search tries: arguments by name, from the request, from the reference solution, and from what earlier calls told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any

import msgspec

from spectool.benchmark.drawing import Drawn
from spectool.benchmark.template import executed

Origin = tuple[Any, ...]
"""Where a value comes from: ("used", step, argument) of the reference solution, ("place", name) of the request, ("told", key, value) by an
earlier call of the way, ("enum", value), or made of such: ("object", ((field, origin), ...)), ("list", origin)."""
Arguments = tuple[tuple[str, Origin], ...]
Sourced = tuple[Any, Origin]

# Values of an enum that are tried where an argument is required, and values of one name.
ENUMS, VALUES = 6, 6
_PYTHON: Mapping[str, type | tuple[type, ...]] = {"string": str, "integer": int, "number": (int, float)}


class Pool:
    """Values by the argument that takes them, each with its origin; and the places of the request, which any argument may take."""

    def __init__(self, draw: Drawn) -> None:
        self._named: dict[str, dict[str, Sourced]] = {}
        self._places: list[Sourced] = [(value, ("place", name)) for name, value in draw.slots.items()]
        for number, step in enumerate(draw.solutions[0]):
            for name, value in step.arguments.items():
                self.add(name, executed(value), ("used", number, name))
        for value, origin in self._places:
            self.add(origin[1], value, origin)

    def add(self, name: str, value: Any, origin: Origin) -> None:
        """One more value that arguments of this name may take; the fields of an object are values of their own names."""
        held = self._named.setdefault(name, {})
        if len(held) < VALUES:
            held.setdefault(text_of(value), (value, origin))

    def named(self, name: str, schema: Mapping[str, Any]) -> list[Sourced]:
        """The values that an argument of this name takes, those of its singular in a list, an object made of fields by name."""
        found = [sourced for sourced in self._named.get(name, {}).values() if _fits(sourced[0], schema)]
        if schema.get("type") == "array" and not found:
            found = [([value], ("list", origin)) for value, origin in self._named.get(name.removesuffix("s"), {}).values()]
        if schema.get("type") == "object" and not found:
            fields = {field: self.named(field, inner) for field, inner in schema.get("properties", {}).items()}
            parts = [(field, *sourced[0]) for field, sourced in fields.items() if sourced]
            if parts:
                made = {field: value for field, value, _ in parts}
                found = [(made, ("object", tuple((field, origin) for field, _, origin in parts)))]
        return found

    def placed(self, schema: Mapping[str, Any]) -> list[Sourced]:
        """The places of the request whose type an argument takes."""
        return [sourced for sourced in self._places if _fits(sourced[0], schema)]


def candidates(tool: str, schema: Mapping[str, Any], pool: Pool) -> Iterator[tuple[tuple[str, Arguments], dict[str, Any]]]:
    """Arguments of a tool, by origin and as values: the required ones, with all others that the pool has by name, or with one or two."""
    properties: Mapping[str, Mapping[str, Any]] = schema["properties"]
    required = [name for name in properties if name in schema["required"]]
    choices = {name: _needed(name, properties[name], pool) for name in required}
    if not all(choices.values()):
        return
    optional = {name: found for name in properties if name not in required and (found := pool.named(name, properties[name]))}
    singles = {name: found for name in properties if name not in required and (found := pool.placed(properties[name]))}
    sets: list[Mapping[str, list[Sourced]]] = [choices, choices | optional]
    sets += [{**choices, **dict(some)} for size in (1, 2) for some in combinations(optional.items(), size)]
    sets += [{**choices, name: found} for name, found in singles.items()]
    for each in sets:
        for chosen in product(*each.values()):
            arguments = tuple((name, origin) for name, (_, origin) in zip(each, chosen, strict=True))
            yield (tool, arguments), {name: value for name, (value, _) in zip(each, chosen, strict=True)}


def _needed(name: str, schema: Mapping[str, Any], pool: Pool) -> list[Sourced]:
    enum = [(value, ("enum", value)) for value in schema.get("enum", ())[:ENUMS]]
    return [*pool.named(name, schema), *enum] or pool.placed(schema)


def _fits(value: Any, schema: Mapping[str, Any]) -> bool:
    if "enum" in schema:
        return value in schema["enum"]
    kind = _PYTHON.get(schema.get("type", ""))
    if kind is None:
        return isinstance(value, list) if schema.get("type") == "array" else isinstance(value, Mapping) or "anyOf" in schema
    return isinstance(value, kind) and not isinstance(value, bool)


def text_of(value: Any) -> str:
    """A scalar as a claim says it; anything else as JSON."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
