"""Java and JavaScript categories: arguments arrive as text in that language, whatever type the question's schema names.

BFCL rewrites each parameter's type to string before it prompts ("in string representation") and converts the answer back before it
compares. Here the tools of such a question take strings, and gold accepts the usual spellings of each value, so a right answer is not
flagged. A spelling not listed here (other spaces, another collection class) is reported as a value that differs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from spectool.model import Call, Step, Tool


def stringly(tool: Tool) -> Tool:
    """The tool as BFCL shows it for these languages: every parameter a string, nested fields and limits of the real type gone."""
    properties = tool.parameters.get("properties")
    if not isinstance(properties, Mapping):
        return tool
    texts = {name: _as_string(prop) for name, prop in properties.items()}
    return replace(tool, parameters={**tool.parameters, "properties": texts})


def _as_string(prop: Any) -> dict[str, Any]:
    description = prop.get("description") if isinstance(prop, Mapping) else None
    return {"type": "string", **({"description": description} if description else {})}


def as_asked(step: Step, asked: str | None) -> Step:
    """The step without the problem of foreign literals: ``name=userInput`` and ``null`` are what these languages' calls are made of."""
    if step.dialect != asked or not any(_is_foreign(call) for call in step.calls):
        return step
    return replace(step, calls=tuple(replace(call, problem=None) if _is_foreign(call) else call for call in step.calls))


def _is_foreign(call: Call) -> bool:
    return call.problem is not None and call.problem.kind == "other_syntax" and call.arguments is not None


def spellings(value: Any, language: str) -> Iterator[str]:
    """How a value may be written as text in ``java`` or ``javascript``, the commonest first; a string also with its quotes."""
    if value is None or isinstance(value, bool):
        yield json.dumps(value)
    elif isinstance(value, str):
        yield from (f'"{value}"', f"'{value}'")
    elif isinstance(value, int | float):
        yield from _numbers(value, language)
    elif isinstance(value, list):
        yield from _lists(value, language)
    elif isinstance(value, Mapping):
        yield from _objects(value, language)


def _numbers(value: float, language: str) -> Iterator[str]:
    text = json.dumps(value)
    yield text
    if isinstance(value, float) and value.is_integer():
        yield str(int(value))
    if language == "java":
        yield from (text + suffix for suffix in (("f", "F", "d", "D") if isinstance(value, float) else ("L", "l")))


def _lists(items: list[Any], language: str) -> Iterator[str]:
    for quote in ('"', "'"):
        inner = [_literal(item, quote, language) for item in items]
        for comma in (", ", ","):
            text = comma.join(inner)
            yield from _java_lists(text, items) if language == "java" else (f"[{text}]",)


def _java_lists(text: str, items: list[Any]) -> Iterator[str]:
    name, box = ("String", "String")
    if items and all(isinstance(item, int) for item in items):
        name, box = "int", "Integer"
    elif items and all(isinstance(item, float) for item in items):
        name, box = "double", "Double"
    yield from (f"{{{text}}}", f"new {name}[]{{{text}}}", f"new {name}[] {{{text}}}", f"new {box}[]{{{text}}}", f"Arrays.asList({text})")
    yield from (f"List.of({text})", f"new ArrayList<>(Arrays.asList({text}))", f"new ArrayList<{box}>(Arrays.asList({text}))")
    yield f"new ArrayList<>(List.of({text}))"


def _objects(value: Mapping[str, Any], language: str) -> Iterator[str]:
    for quote in ('"', "'"):
        for colon, comma in ((": ", ", "), (":", ",")):
            pairs = [(key, _literal(item, quote, language)) for key, item in value.items()]
            yield "{" + comma.join(f"{quote}{key}{quote}{colon}{text}" for key, text in pairs) + "}"
            yield "{" + comma.join(f"{key}{colon}{text}" for key, text in pairs) + "}"


def _literal(value: Any, quote: str, language: str) -> str:
    if isinstance(value, str):
        return f"{quote}{value}{quote}"
    return next(iter(spellings(value, language)), json.dumps(value))
