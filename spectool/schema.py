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
# Deeper than any real schema, and well within the stack: what lies below stays as it was written.
MAX_DEPTH = 100
JSON_TYPES = frozenset({"object", "number", "integer", "array", "string", "boolean", "null"})
# Keywords that hold a schema, a list of schemas, a map of schemas.
HOLD_ONE = frozenset(
    ["items", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "propertyNames", "contains", "not", "if", "then", "else"]
)
HOLD_A_LIST = frozenset({"anyOf", "oneOf", "allOf", "prefixItems"})
HOLD_A_MAP = frozenset({"properties", "$defs", "definitions", "patternProperties", "dependentSchemas"})


def normalise(parameters: Any) -> dict[str, Any]:
    """The JSON Schema object meant by ``parameters``, whatever dialect of types it was written in; never raises.

    Takes JSON Schema, BFCL's (``dict``, ``float``, ``any``), xLAM's flat ``{name: {"type": "int, optional"}}`` and Python annotations
    (``List[int]``). Anything that is no mapping becomes an object without declared properties.
    """
    if not isinstance(parameters, Mapping):
        return {"type": "object", "properties": {}}
    if "properties" not in parameters and _is_flat(parameters):
        parameters = {"type": "object", "properties": parameters, "required": _flat_required(parameters)}
    schema = _node(parameters, 0, join=not _is_pointed_into(parameters))
    schema.setdefault("type", "object")
    if "$ref" not in schema:  # beside a reference it would hide the properties that it leads to
        schema.setdefault("properties", {})
    return schema


def _is_pointed_into(parameters: Mapping[str, Any]) -> bool:
    """Whether a reference leads to a branch of an ``anyOf``, which then has to stay where it is."""
    waiting: list[Any] = [parameters]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            reference = node.get("$ref")
            if isinstance(reference, str) and "/anyOf/" in reference:
                return True
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return False


def _is_flat(parameters: Mapping[str, Any]) -> bool:
    keywords = {"$ref", "$defs", "anyOf", "oneOf", "allOf", "additionalProperties", "patternProperties", "propertyNames"}
    return bool(parameters) and not keywords & parameters.keys() and all(isinstance(v, Mapping) for v in parameters.values())


def _flat_required(parameters: Mapping[str, Any]) -> list[str]:
    def optional(prop: Mapping[str, Any]) -> bool:
        return "default" in prop or prop.get("required") is False or "optional" in str(prop.get("type", "")).lower()

    return [name for name, prop in parameters.items() if not optional(prop)]


def _node(node: Mapping[str, Any], depth: int, join: bool) -> dict[str, Any]:
    if depth > MAX_DEPTH:
        return dict(node)
    # Rows that share one table's columns write null for a keyword that is not there.
    out = {key: value for key, value in node.items() if value is not None or key in ("const", "default")}
    _set_older_drafts(out)
    if "type" in out:
        _set_type(out)
    if isinstance(properties := out.get("properties"), Mapping):
        out["properties"] = {str(name): _branch(prop, False if prop is False else {}, depth, join) for name, prop in properties.items()}
        _set_required(out, properties)
    elif "required" in out and not isinstance(out["required"], list):
        del out["required"]
    for key in HOLD_ONE & out.keys():
        out[key] = _branch(out[key], out[key], depth, join)
    for key in HOLD_A_LIST & out.keys():
        out[key] = [_branch(branch, branch, depth, join) for branch in out[key]] if isinstance(out[key], list) else []
    for key in (HOLD_A_MAP - {"properties"}) & out.keys():
        out[key] = {name: _branch(inner, inner, depth, join) for name, inner in out[key].items()} if isinstance(out[key], Mapping) else {}
    if join and "anyOf" in out and "type" not in out:
        _join_plain_branches(out)
    return _nullable(out) if out.pop("nullable", None) is True else out


def _branch(value: Any, otherwise: Any, depth: int, join: bool) -> Any:
    return _node(value, depth + 1, join) if isinstance(value, Mapping) else otherwise


def _set_required(out: dict[str, Any], properties: Mapping[str, Any]) -> None:
    required = out.get("required")
    if isinstance(required, str):
        return  # no JSON Schema, and no dialect of it that we know: the validator says so
    names = [name for name in required if isinstance(name, str)] if isinstance(required, list) else []
    marked = [name for name, prop in properties.items() if isinstance(prop, Mapping) and prop.get("required") is True]
    if required is not None or marked:
        out["required"] = list(dict.fromkeys([*names, *marked]))


def _set_older_drafts(out: dict[str, Any]) -> None:
    """Draft 4's excluded bounds that are flags, and draft 7's tuples, as 2020-12 writes them."""
    for flag, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(excluded := out.get(flag), bool):
            del out[flag]
            if excluded and bound in out:
                out[flag] = out.pop(bound)
    if isinstance(out.get("items"), list):
        first, further = out.pop("items"), out.pop("additionalItems", None)
        out.update({"prefixItems": first} if first else {})
        out.update({"items": further} if further is not None else {})


def _nullable(out: dict[str, Any]) -> dict[str, Any]:
    """OpenAPI 3.0's ``nullable``: null besides, also where the schema is a reference, a union or an enumeration."""
    if isinstance(out.get("type"), str):
        if isinstance(out.get("enum"), list) and None not in out["enum"]:
            out["enum"] = [*out["enum"], None]
        return {**out, "type": [out["type"], "null"]}
    if "type" in out or not out.keys() & {"$ref", "anyOf", "oneOf", "allOf", "enum"}:
        return out
    said = {key: value for key, value in out.items() if key in ("title", "description", "default")}
    return {"anyOf": [{key: value for key, value in out.items() if key not in said}, {"type": "null"}], **said}


def _set_type(out: dict[str, Any]) -> None:
    declared = out["type"]
    if isinstance(declared, str):
        if declared not in JSON_TYPES:
            _set_foreign_type(out, declared)
    elif isinstance(declared, list):
        names = [str(t) for t in declared]
        out["type"] = [t if t in JSON_TYPES else FOREIGN_TYPES.get(t.lower(), "string") for t in names]


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
