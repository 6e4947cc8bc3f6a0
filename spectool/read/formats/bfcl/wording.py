"""What a model is shown of a function whose arguments are asked for as text of another language.

BFCL rewrites the functions of its Java and JavaScript categories before it prompts: every parameter becomes a string, and the descriptions
say of which type of that language the text is to be. So that a run asks for what is judged (see ``languages``), `with_notes` says it in the
descriptions when the questions are read, and `offered` makes the parameters strings when a model is prompted; the tools that calls are
judged by keep their declared types. The words are ours.

Source: BFCL's handling of language-specific function documents (gorilla, bfcl_eval/utils.py, Apache-2.0).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from spectool.model import Tool
from spectool.read.record import as_json

_CALLED = {"java": "Java", "javascript": "JavaScript"}
# What describes the inside of a value that is shown as text.
_INNER = frozenset({"items", "properties", "required", "additionalProperties", "type"})


def with_notes(tool: Tool, published: Mapping[str, Any], language: str) -> Tool:
    """The tool with notes in its descriptions.

    Args:
        tool: made of ``published``.
        published: the function's own JSON, for its types in the words of the language (``ArrayList``, ``HashMap``, ``any``).
        language: ``java`` or ``javascript``.
    """
    declared = _object(_object(published.get("parameters")).get("properties"))
    properties = {
        name: _noted(schema, _object(declared.get(name)), _CALLED[language])
        for name, schema in _object(tool.parameters.get("properties")).items()
    }
    description = f"{tool.description} (A function of {_CALLED[language]}.)".lstrip()
    return replace(tool, description=description, parameters={**tool.parameters, "properties": properties})


def offered(tools: Sequence[Tool], language: str) -> tuple[Tool, ...]:
    """The tools as a model is shown them: in Java and JavaScript every parameter is a string."""
    return tuple(tools) if language not in _CALLED else tuple(map(_as_text, tools))


def _as_text(tool: Tool) -> Tool:
    properties = {name: _string(schema) for name, schema in _object(tool.parameters.get("properties")).items()}
    return replace(tool, parameters={**tool.parameters, "properties": properties})


def _string(schema: Any) -> dict[str, Any]:
    return {"type": "string", **{name: value for name, value in _object(schema).items() if name not in _INNER}}


def _noted(schema: Any, declared: Mapping[str, Any], called: str) -> dict[str, Any]:
    note = f"(As text, in the notation of {called}: {_told(declared)}.)"
    return {**_object(schema), "description": f"{_object(schema).get('description', '')} {note}".lstrip()}


def _told(declared: Mapping[str, Any]) -> str:
    kind = str(declared.get("type", "any"))
    if (fields := declared.get("properties")) is not None:
        return f"{kind} with the fields {as_json(fields)}"
    inner = _object(declared.get("items")).get("type")
    return f"{kind} of {inner}" if inner else "any value" if kind == "any" else kind


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
