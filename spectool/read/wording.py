"""What a schema expects, in words, for messages about arguments: *expected X, got Y 'value'*."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from spectool.read.record import as_json
from spectool.validate import JSON_TYPE_NAMES, Violation

# Options named in a message; more are said to be there.
MAX_OPTIONS = 8


def show(value: Any) -> str:
    """A value quoted for a message, cut at 80 characters."""
    text = value if isinstance(value, str) else as_json(value)
    return f"'{text[:80]}{'…' if len(text) > 80 else ''}'"


def type_name(value: Any) -> str:
    """The JSON type of a decoded value; a number that JSON does not have goes by its own name."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "infinity"
    return JSON_TYPE_NAMES.get(type(value), "value")


def message(violation: Violation) -> str:
    """The violation as a sentence of the house's grammar."""
    if violation.kind in ("missing", "unknown"):
        name = show(".".join(map(str, violation.path)))
        return f"expected the required argument {name}, got nothing" if violation.kind == "missing" else f"expected no argument {name}"
    if violation.kind == "type":
        return f"expected {' or '.join(map(str, violation.expected))}, got {type_name(violation.got)} {show(violation.got)}"
    wanted = options(violation.expected) if violation.kind == "enum" else _bounds(violation)
    return f"expected {wanted}, got {show(violation.got)}"


def options(values: Any) -> str:
    """The values of an enumeration, the first few of them."""
    return "one of " + ", ".join(show(value) for value in values[:MAX_OPTIONS]) + (" …" if len(values) > MAX_OPTIONS else "")


def _count(what: str, some: str) -> Callable[[Any], str]:
    return lambda limit: f"{some} {limit} {what}{'' if limit == 1 else 's'}"


_BOUNDS: Mapping[str, Callable[[Any], str]] = {
    "minimum": lambda limit: f"at least {limit}",
    "maximum": lambda limit: f"at most {limit}",
    "exclusiveMinimum": lambda limit: f"more than {limit}",
    "exclusiveMaximum": lambda limit: f"less than {limit}",
    "multipleOf": lambda limit: f"a multiple of {limit}",
    "minLength": _count("character", "at least"),
    "maxLength": _count("character", "at most"),
    "minItems": _count("item", "at least"),
    "maxItems": _count("item", "at most"),
    "minProperties": _count("key", "at least"),
    "maxProperties": _count("key", "at most"),
    "uniqueItems": lambda _: "items that differ",
    "unevaluatedItems": lambda _: "no further items",
    "contains": lambda _: "a list with the items that the schema asks for",
    "pattern": lambda pattern: f"text that matches {show(pattern)}",
    "format": lambda name: f"text of the format {show(name)}",
    "not": lambda _: "none of the values that the schema excludes",
    "oneOf": lambda matched: f"exactly one of the schema's alternatives, not {matched},",
    "depth": lambda limit: f"at most {limit} levels of nesting",
}


def _bounds(violation: Violation) -> str:
    said = _BOUNDS.get(violation.keyword)
    return said(violation.expected) if said is not None else f"a value within bounds ({violation.keyword} {show(violation.expected)})"
