"""Tool lists as a reader sees them: names, descriptions and parameters, compact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scripts.labelling.candidate import as_json, cut, objects

# More functions than this are shown by name and parameters only.
MANY = 8
TEXT_LIMIT = 260
LIMITS = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern", "format", "const")


def tools_text(tools: Sequence[Mapping[str, Any]]) -> str:
    """JSON-Schema functions, bare or below ``function``; a star marks a required parameter."""
    functions = [tool.get("function", tool) for tool in tools]
    lines = [_short(each) for each in functions] if len(functions) > MANY else [line for each in functions for line in _long(each)]
    return "\n".join(lines) or "(no tools offered)"


def _short(function: Mapping[str, Any]) -> str:
    parameters = objects(function.get("parameters"))
    required = parameters.get("required") or ()
    shown = (f"{name}{'*' * (name in required)}: {_kind(prop)}" for name, prop in objects(parameters.get("properties")).items())
    return f"- **{function['name']}**({', '.join(shown)})"


def _long(function: Mapping[str, Any]) -> Iterator[str]:
    yield f"- **{function['name']}**: {cut(_flat(function.get('description')), TEXT_LIMIT)}"
    yield from _properties(objects(function.get("parameters")), "  ")


def _properties(schema: Mapping[str, Any], indent: str) -> Iterator[str]:
    required = schema.get("required")
    for name, prop in objects(schema.get("properties")).items():
        needed = "*" * (isinstance(required, list) and name in required)
        yield f"{indent}- {name}{needed}: {_kind(prop)}. {cut(_flat(objects(prop).get('description')), TEXT_LIMIT)}"
        yield from _properties(objects(prop), indent + "  ")
        yield from _properties(objects(objects(prop).get("items")), indent + "  ")


def _kind(prop: Any) -> str:
    """Type, enumeration, default and limits of one parameter."""
    prop = objects(prop)
    kind = str(prop.get("type", "any"))
    items = objects(prop.get("items"))
    if items:
        kind += f" of {_kind(items)}"
    if "enum" in prop:
        kind += f", one of {as_json(prop['enum'])}"
    if "default" in prop:
        kind += f", default {as_json(prop['default'])}"
    return kind + "".join(f", {name} {as_json(prop[name])}" for name in LIMITS if name in prop)


def _flat(text: Any) -> str:
    return " ".join(str(text or "").split())
