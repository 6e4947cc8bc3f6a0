"""An example of a tool's arguments, made from its schema: it shows the form of a call and nothing of any task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Strings that no task asks for.
_VALUES: Mapping[str, Any] = {"integer": 1, "number": 1.5, "boolean": True, "array": [], "object": {}, "null": None}


def example_arguments(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """A value for each required argument, in the order declared."""
    properties = parameters.get("properties")
    required = parameters.get("required") or ()
    return {name: example_value(field) for name, field in (properties or {}).items() if name in required}


def example_value(schema: Any) -> Any:
    """A value of the schema's type, the first option of an enumeration."""
    field = schema if isinstance(schema, Mapping) else {}
    if choices := field.get("enum"):
        return choices[0]
    kind = field.get("type")
    if kind == "array" and isinstance(field.get("items"), Mapping):
        return [example_value(field["items"])]
    return _VALUES.get(kind, "abc") if isinstance(kind, str) else "abc"
