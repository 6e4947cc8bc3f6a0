"""Calls to try an environment with: arguments drawn from the tools' schemas and the environment's own records.

An argument takes the values that stand under its name in the records (``patent_id``: the ids of patents), so that a good part of the
calls finds something; what no record names is drawn from the schema alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from random import Random
from typing import Any

from spectool.environments.core.environment import Environment
from spectool.model import Tool

GIVEN = 0.3
"""How often an optional argument is given."""
FROM_RECORDS = 0.7
"""How often a number is one of the records', where they hold one that fits."""
FREE = "(free)"


class Drawer:
    """Draws calls of an environment's tools; the same random numbers, the same calls."""

    def __init__(self, environment: Environment, rng: Random, given: float = GIVEN) -> None:
        self.environment, self.rng, self.given = environment, rng, given
        self.values = _values(environment.name)

    def call(self) -> tuple[str, dict[str, Any]]:
        """One call of any tool."""
        return self.call_of(self.rng.choice(self.environment.tools))

    def call_of(self, tool: Tool) -> tuple[str, dict[str, Any]]:
        """One call of this tool that its schema takes."""
        return tool.name, self._object(tool.parameters)

    def value(self, name: str, schema: Mapping[str, Any]) -> Any:
        """A value that ``schema`` takes, if possible one that the records hold under ``name``."""
        if "anyOf" in schema:
            schema = self.rng.choice(schema["anyOf"])
        elif isinstance(schema.get("type"), list):
            schema = {**schema, "type": self.rng.choice(schema["type"])}
        if "enum" in schema:
            return self.rng.choice(schema["enum"])
        match schema.get("type"):
            case "object":
                return self._object(schema)
            case "array":
                return self._array(name, schema)
            case "boolean":
                return self.rng.random() < 0.5
            case "integer" | "number" as kind:
                return self._number(name, schema, kind)
            case _:
                return self._text(name, schema)

    def _object(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        required = schema.get("required", ())
        properties = schema.get("properties", {}).items()
        return {name: self.value(name, prop) for name, prop in properties if name in required or self.rng.random() < self.given}

    def _array(self, name: str, schema: Mapping[str, Any]) -> list[Any]:
        least = schema.get("minItems", 1)
        number = self.rng.randint(least, max(least, min(schema.get("maxItems", 3), least + 2)))
        return [self.value(_singular(name), schema.get("items", {})) for _ in range(number)]

    def _number(self, name: str, schema: Mapping[str, Any], kind: str) -> int | float:
        least, most = _bounds(schema)
        known = [value for value in self.values.get(name, ()) if type(value) in (int, float) and least <= value <= most]
        if known and self.rng.random() < FROM_RECORDS:
            value: float = self.rng.choice(known)
        else:
            value = self.rng.randint(round(least), round(most)) if kind == "integer" else round(self.rng.uniform(least, most), 2)
        return round(value) if kind == "integer" else min(max(value, least), most)

    def _text(self, name: str, schema: Mapping[str, Any]) -> str:
        pattern = schema.get("pattern", "")
        texts = _matching(self.environment.name, name, pattern) or _matching(self.environment.name, FREE, pattern) or ("",)
        text = self.rng.choice(texts)
        if name not in self.values and not pattern and self.rng.random() < 0.5:
            text = self.rng.choice(text.split() or [text])
        return text[: schema.get("maxLength")].ljust(schema.get("minLength", 0), "a")


def _bounds(schema: Mapping[str, Any]) -> tuple[float, float]:
    least = schema.get("minimum", schema.get("exclusiveMinimum", 0) + ("exclusiveMinimum" in schema))
    most = schema.get("maximum", schema.get("exclusiveMaximum", max(least, 0) + 50) - ("exclusiveMaximum" in schema))
    return least, most


def _singular(name: str) -> str:
    return name[:-1] if name.endswith("s") else name


@lru_cache(maxsize=32)
def _values(environment: str) -> Mapping[str, tuple[Any, ...]]:
    """Every text and number in the records, by the key that it stands under; all texts under ``FREE``."""
    from spectool.environments.registry import environment as named

    found: dict[str, dict[Any, None]] = {FREE: {}}
    for table in named(environment).records.values():
        for row in table.values():
            for name, value in _leaves("", row):
                found.setdefault(name, {})[value] = None
                if isinstance(value, str):
                    found[FREE][value] = None
    return {name: tuple(values) for name, values in found.items()}


def _leaves(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(key, inner)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(_singular(name), item)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield name, value


@lru_cache(maxsize=4096)
def _matching(environment: str, name: str, pattern: str) -> tuple[str, ...]:
    """The texts that the records hold under a name, or under one that it ends in, and that match, or else the parts that do."""
    values = _values(environment)
    known = name if name in values else next((tail for tail in _tails(name) if tail in values), None)
    texts = [value for value in values.get(known or "", ()) if isinstance(value, str)]
    whole = tuple(text for text in texts if re.search(pattern, text))
    # A month stands in the dates, an hour in the times.
    parts = (found.group() for text in texts if not whole and (found := re.search(pattern.strip("^$"), text)))
    return whole or tuple(dict.fromkeys(part for part in parts if re.search(pattern, part)))


def _tails(name: str) -> Iterator[str]:
    while "_" in name:
        name = name.partition("_")[2]
        yield name
