"""JSON Schema as everything above knows it: foreign spellings of types are brought into it on reading.

Tools come with the types of many worlds (``dict``, ``float``, ``"int, optional"``, ``required: true``); ``normalise`` maps them
to JSON Schema 2020-12.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

FOREIGN_TYPES: Mapping[str, str] = {
    "dict": "object", "dictionary": "object", "hashmap": "object", "hashtable": "object", "map": "object", "mapping": "object",
    "struct": "object", "float": "number", "double": "number", "decimal": "number", "numeric": "number",
    "int": "integer", "long": "integer", "short": "integer", "byte": "integer", "bigint": "integer",
    "list": "array", "tuple": "array", "arraylist": "array", "set": "array", "sequence": "array",
    "str": "string", "char": "string", "text": "string", "date": "string", "datetime": "string", "enum": "string",
    "bool": "boolean", "none": "null", "nonetype": "null", "nil": "null",
}  # fmt: skip
_OUTSIDE_BRACKETS = re.compile(r",(?![^\[]*\])")  # a comma that separates no arguments of a generic type
JSON_TYPES = frozenset({"object", "number", "integer", "array", "string", "boolean", "null"})
# Keywords that hold a schema, a list of schemas, a map of schemas.
_SCHEMAS = frozenset({"items", "additionalProperties", "not", "if", "then", "else"})
_LISTS = frozenset({"anyOf", "oneOf", "allOf", "prefixItems"})
_MAPS = frozenset({"$defs", "definitions", "patternProperties"})


def normalise(parameters: Any) -> dict[str, Any]:
    """The JSON Schema object meant by ``parameters``, whatever dialect of types it was written in; never raises.

    Takes JSON Schema, BFCL's (``dict``, ``float``, ``any``), xLAM's flat ``{name: {"type": "int, optional"}}`` and Python annotations
    (``List[int]``). Anything that is no mapping becomes an object without declared properties.
    """
    if not isinstance(parameters, Mapping):
        return {"type": "object", "properties": {}}
    if "properties" not in parameters and _is_flat(parameters):
        parameters = {"type": "object", "properties": parameters, "required": _flat_required(parameters)}
    schema = _node(parameters)
    schema.setdefault("type", "object")
    if "$ref" not in schema:  # beside a reference it would hide the properties that it leads to
        schema.setdefault("properties", {})
    return schema


def _is_flat(parameters: Mapping[str, Any]) -> bool:
    keywords = {"$ref", "anyOf", "oneOf", "allOf", "additionalProperties", "patternProperties"}
    return bool(parameters) and not keywords & parameters.keys() and all(isinstance(v, Mapping) for v in parameters.values())


def _flat_required(parameters: Mapping[str, Any]) -> list[str]:
    def optional(prop: Mapping[str, Any]) -> bool:
        return "default" in prop or prop.get("required") is False or "optional" in str(prop.get("type", "")).lower()

    return [name for name, prop in parameters.items() if not optional(prop)]


def _node(node: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(node)
    if "type" in out:
        _set_type(out)
    if isinstance(properties := out.get("properties"), Mapping):
        out["properties"] = {str(name): _branch(prop, {}) for name, prop in properties.items()}
        _set_required(out, properties)
    elif "required" in out and not isinstance(out["required"], list):
        del out["required"]
    for key in _SCHEMAS & out.keys():
        out[key] = _branch(out[key], out[key])
    for key in _LISTS & out.keys():
        out[key] = [_branch(branch, branch) for branch in out[key]] if isinstance(out[key], list) else []
    for key in _MAPS & out.keys():
        out[key] = {name: _branch(inner, inner) for name, inner in out[key].items()} if isinstance(out[key], Mapping) else {}
    if "anyOf" in out and "type" not in out:
        _join_plain_branches(out)
    return out


def _branch(value: Any, otherwise: Any) -> Any:
    return _node(value) if isinstance(value, Mapping) else otherwise


def _set_required(out: dict[str, Any], properties: Mapping[str, Any]) -> None:
    required = out.get("required")
    names = [name for name in required if isinstance(name, str)] if isinstance(required, list) else []
    marked = [name for name, prop in properties.items() if isinstance(prop, Mapping) and prop.get("required") is True]
    if required is not None or marked:
        out["required"] = list(dict.fromkeys([*names, *marked]))


def _set_type(out: dict[str, Any]) -> None:
    declared = out["type"]
    if isinstance(declared, str):
        if declared not in JSON_TYPES:
            _set_foreign_type(out, declared)
    elif isinstance(declared, list):
        names = [str(t) for t in declared]
        out["type"] = [t if t in JSON_TYPES else FOREIGN_TYPES.get(t.lower(), "string") for t in names]
    else:
        del out["type"]
    if out.pop("nullable", None) is True and isinstance(out.get("type"), str):
        out["type"] = [out["type"], "null"]


def _set_foreign_type(out: dict[str, Any], declared: str) -> None:
    name = _OUTSIDE_BRACKETS.split(declared)[0].strip()
    inner = None
    if "[" in name and name.endswith("]"):
        name, inner = name[:-1].split("[", 1)
    if name.lower() == "optional" and inner:
        _set_foreign_type(out, inner)
        if "type" in out:
            out["type"] = [out["type"], "null"]
        return
    mapped = name.lower() if name.lower() in JSON_TYPES else FOREIGN_TYPES.get(name.lower())
    if mapped is None:
        del out["type"]  # "any" and names we do not know admit every value
        return
    out["type"] = mapped
    if mapped == "array" and inner and "items" not in out and name.lower() != "tuple":
        item: dict[str, Any] = {"type": _OUTSIDE_BRACKETS.split(inner)[0].strip()}
        _set_type(item)
        out["items"] = item


def _join_plain_branches(out: dict[str, Any]) -> None:
    """``anyOf`` of bare types, as Pydantic writes Optional, says no more than a list of types."""
    branches = out["anyOf"]
    if isinstance(branches, list) and branches and all(isinstance(b, dict) and b.keys() <= {"type", "title"} for b in branches):
        types = [t for b in branches for t in (b["type"] if isinstance(b.get("type"), list) else [b.get("type")])]
        if all(isinstance(t, str) for t in types):
            del out["anyOf"]
            out["type"] = list(dict.fromkeys(types))
