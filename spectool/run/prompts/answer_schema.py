"""JSON Schemas of whole answers, for prompts whose answer is one JSON document: what ``--constrain`` holds an engine to.

- Calls are constrained, to the functions and arguments that there are; whether to call at all stays the model's decision. Where calls are a
  list, an answer in words is a JSON string instead; where they stand beside a thought, the thought is the answer and the list may be empty.
- An object that declares properties and does not say whether others are welcome is closed. Engines differ here (xgrammar closes it,
  others do not), and what is constrained should not depend on the engine. Its order of properties stays, since engines write in that order.
- A schema depends on nothing outside: references are made to lead to the same place inside it, and one that leads nowhere is left out.
  So are words for the reader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spectool.model import Tool
from spectool.references import SchemaError, is_open, resolve
from spectool.schema import HOLD_A_MAP, MAX_DEPTH

Schema = dict[str, Any]

_TEXT: Mapping[str, Any] = {"type": "string"}
# Says nothing of a value; an ``$id`` would lead references elsewhere.
_LEFT_OUT = frozenset(
    {"title", "description", "default", "examples", "$schema", "$id", "$anchor", "$comment", "$dynamicRef", "$dynamicAnchor"}
)
_VALUES = frozenset({"enum", "const"})
# Where the schema holds of another value than its parent's, so that closing it forbids nothing that the parent declares.
_INNER = frozenset({"properties", "items", "prefixItems", "additionalProperties"})
_BESIDE = frozenset({"$ref", "anyOf", "oneOf", "allOf", "if", "then", "else", "dependentSchemas"})


def calls_or_words(tools: Sequence[Tool]) -> Schema:
    """A list of at least one call, or a string."""
    calls, definitions = _calls(tools)
    if not tools:
        return dict(_TEXT)
    return {"anyOf": [{**calls, "minItems": 1}, dict(_TEXT)], **definitions}


def thought_and_calls(tools: Sequence[Tool]) -> Schema:
    """An object of a thought and a list of calls, which may be empty."""
    calls, definitions = _calls(tools)
    return {**_object({"thought": dict(_TEXT), "tool_calls": calls if tools else {"type": "array", "maxItems": 0}}), **definitions}


def _calls(tools: Sequence[Tool]) -> tuple[Schema, Schema]:
    """The schema of a list of calls, and the definitions that it refers to."""
    definitions: Schema = {}
    branches = [_object({"name": {"const": tool.name}, "arguments": _arguments(tool, definitions)}) for tool in tools]
    return {"type": "array", "items": {"anyOf": branches}}, {"$defs": definitions} if definitions else {}


def _arguments(tool: Tool, definitions: Schema) -> Schema:
    """The schema of a tool's arguments, moved into ``definitions`` as a whole where it refers to parts of itself."""
    home = f"arguments_{len(definitions)}"
    moved = _Moved(tool.parameters, f"#/$defs/{home}")
    schema = moved.node(tool.parameters, closing=True)
    if not moved.refers:
        return schema
    definitions[home] = schema
    return {"$ref": f"#/$defs/{home}"}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


class _Moved:
    """Writes a schema as a part of another one, in which it stands at ``home``."""

    def __init__(self, root: Mapping[str, Any], home: str) -> None:
        self.refers = False
        self._root = root
        self._home = home

    def node(self, schema: Mapping[str, Any], *, closing: bool, depth: int = 0) -> Schema:
        """The schema and all in it; below ``MAX_DEPTH`` everything is allowed."""
        if depth > MAX_DEPTH:
            return {}
        out: Schema = {}
        for key, value in schema.items():
            if key == "$ref":
                self._add_reference(out, value)
            elif key not in _LEFT_OUT:
                out[key] = value if key in _VALUES else self._value(key, value, closing=closing and key in _INNER, depth=depth + 1)
        if closing and not _BESIDE & out.keys() and is_open(out) is None and (out.get("properties") or (not depth and "properties" in out)):
            out["additionalProperties"] = False
        return out

    def _value(self, key: str, value: Any, *, closing: bool, depth: int) -> Any:
        if isinstance(value, Mapping):
            if key not in HOLD_A_MAP:
                return self.node(value, closing=closing, depth=depth)
            return {name: self._value("", inner, closing=closing, depth=depth) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._value("", inner, closing=closing, depth=depth) for inner in value]
        return value

    def _add_reference(self, out: Schema, reference: Any) -> None:
        try:
            resolve({"$ref": reference}, self._root)
        except SchemaError:
            return
        self.refers = True
        out["$ref"] = f"{self._home}{str(reference)[1:]}"
