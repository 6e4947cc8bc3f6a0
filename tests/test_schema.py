"""normalise: the types of many worlds as JSON Schema."""

import copy

import pytest

from spectool.schema import normalise


def props(**properties):
    return {"type": "object", "properties": properties}


CASES = {
    "JSON Schema stays as it is": (
        {**props(a={"type": "string", "enum": ["x"]}), "required": ["a"]},
        {**props(a={"type": "string", "enum": ["x"]}), "required": ["a"]},
    ),
    "BFCL's dict, float, tuple and any": (
        {"type": "dict", "properties": {"a": {"type": "float"}, "b": {"type": "tuple", "items": {"type": "float"}}, "c": {"type": "any"}}},
        props(a={"type": "number"}, b={"type": "array", "items": {"type": "number"}}, c={}),
    ),
    "BFCL's Java types": (
        {
            "type": "dict",
            "properties": {"a": {"type": "HashMap"}, "b": {"type": "ArrayList"}, "c": {"type": "long"}, "d": {"type": "char"}},
        },
        props(a={"type": "object"}, b={"type": "array"}, c={"type": "integer"}, d={"type": "string"}),
    ),
    "a dict below a dict": (
        {"type": "dict", "properties": {"a": {"type": "dict", "properties": {"b": {"type": "float"}}}}},
        props(a={"type": "object", "properties": {"b": {"type": "number"}}}),
    ),
    "xLAM's flat parameters": (
        {"q": {"type": "str", "description": "query"}, "n": {"type": "int, optional"}, "m": {"type": "int", "default": 3}},
        {
            **props(q={"type": "string", "description": "query"}, n={"type": "integer"}, m={"type": "integer", "default": 3}),
            "required": ["q"],
        },
    ),
    "annotations of Python lists": (
        {"a": {"type": "List[int]"}, "b": {"type": "list[list[str]]"}, "c": {"type": "Optional[float]"}, "d": {"type": "List"}},
        {
            **props(
                a={"type": "array", "items": {"type": "integer"}},
                b={"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
                c={"type": ["number", "null"]},
                d={"type": "array"},
            ),
            "required": ["a", "b", "d"],
        },
    ),
    "annotations with commas inside their brackets": (
        {"a": {"type": "Dict[str, Any], optional"}, "b": {"type": "Tuple[int, str]"}, "c": {"type": "List[Union[int, float]]"}},
        {**props(a={"type": "object"}, b={"type": "array"}, c={"type": "array", "items": {}}), "required": ["b", "c"]},
    ),
    "a type that nobody knows admits every value": ({"a": {"type": "Callable"}}, {**props(a={}), "required": ["a"]}),
    "capital letters": (props(a={"type": "String"}, b={"type": "INTEGER"}), props(a={"type": "string"}, b={"type": "integer"})),
    "required on the argument itself": (
        props(a={"type": "string", "required": True}, b={"type": "string", "required": False}),
        {**props(a={"type": "string"}, b={"type": "string"}), "required": ["a"]},
    ),
    "a list of types": (props(a={"type": ["int", "none"]}), props(a={"type": ["integer", "null"]})),
    "OpenAPI's nullable": (props(a={"type": "string", "nullable": True}), props(a={"type": ["string", "null"]})),
    "Pydantic's Optional": (
        props(a={"anyOf": [{"type": "integer"}, {"type": "null"}], "default": None, "title": "A"}),
        props(a={"type": ["integer", "null"], "default": None, "title": "A"}),
    ),
    "Pydantic's union of models stays a union": (
        {**props(a={"anyOf": [{"$ref": "#/$defs/X"}, {"type": "null"}]}), "$defs": {"X": {"type": "dict", "properties": {}}}},
        {**props(a={"anyOf": [{"$ref": "#/$defs/X"}, {"type": "null"}]}), "$defs": {"X": {"type": "object", "properties": {}}}},
    ),
    "MCP's schema with additionalProperties": (
        {
            "type": "object",
            "properties": {"a": {"type": "string"}},
            "additionalProperties": False,
            "$schema": "http://json-schema.org/draft-07/schema#",
        },
        {
            "type": "object",
            "properties": {"a": {"type": "string"}},
            "additionalProperties": False,
            "$schema": "http://json-schema.org/draft-07/schema#",
        },
    ),
    "additionalProperties of a foreign type": (
        {**props(), "additionalProperties": {"type": "float"}},
        {**props(), "additionalProperties": {"type": "number"}},
    ),
    "a reference is not hidden behind empty properties": (
        {"$ref": "#/$defs/F", "$defs": {"F": props(a={"type": "float"})}},
        {"type": "object", "$ref": "#/$defs/F", "$defs": {"F": props(a={"type": "number"})}},
    ),
    "a property that may never stand": (props(a=False, b=True), props(a=False, b={})),
    "OpenAPI's nullable beside a reference": (
        {**props(a={"$ref": "#/$defs/X", "nullable": True, "title": "A"}), "$defs": {"X": props()}},
        {**props(a={"anyOf": [{"$ref": "#/$defs/X"}, {"type": "null"}], "title": "A"}), "$defs": {"X": props()}},
    ),
    "OpenAPI's nullable beside options": (
        props(a={"type": "string", "enum": ["x"], "nullable": True}),
        props(a={"type": ["string", "null"], "enum": ["x", None]}),
    ),
    "draft 4's excluded bounds": (
        props(a={"type": "number", "minimum": 0, "exclusiveMinimum": True}, b={"maximum": 1, "exclusiveMaximum": False}),
        props(a={"type": "number", "exclusiveMinimum": 0}, b={"maximum": 1}),
    ),
    "draft 7's tuple": (
        props(a={"type": "array", "items": [{"type": "int"}, {"type": "str"}], "additionalItems": False}),
        props(a={"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "items": False}),
    ),
    "keywords that are null are not there": (
        props(a={"type": "string", "enum": None, "items": None, "default": None, "const": None}),
        props(a={"type": "string", "default": None, "const": None}),
    ),
    "a union that a reference leads into stays a union": (
        props(a={"anyOf": [{"type": "integer"}, {"type": "null"}]}, b={"$ref": "#/properties/a/anyOf/0"}),
        props(a={"anyOf": [{"type": "integer"}, {"type": "null"}]}, b={"$ref": "#/properties/a/anyOf/0"}),
    ),
    "what is no schema stays, for the validator to refuse": (
        {**props(a={"type": 5}), "required": "a"},
        {**props(a={"type": 5}), "required": "a"},
    ),
    "foreign types under every keyword that holds a schema": (
        props(a={"contains": {"type": "int"}, "propertyNames": {"type": "str"}, "dependentSchemas": {"b": {"type": "dict"}}}),
        props(a={"contains": {"type": "integer"}, "propertyNames": {"type": "string"}, "dependentSchemas": {"b": {"type": "object"}}}),
    ),
    "no parameters": ({}, props()),
    "null": (None, props()),
    "a list": ([1], props()),
    "an argument written as a bare type": (props(a="string"), props(a={})),
    "an argument called type": ({"type": {"type": "str"}}, {**props(type={"type": "string"}), "required": ["type"]}),
    "an argument called properties": (props(properties={"type": "str"}), props(properties={"type": "string"})),
}


@pytest.mark.parametrize(("given", "schema"), CASES.values(), ids=list(CASES))
def test_normalise(given, schema):
    before = copy.deepcopy(given)
    assert normalise(given) == schema
    assert given == before


@pytest.mark.parametrize(("given", "schema"), CASES.values(), ids=list(CASES))
def test_normalising_twice_changes_nothing(given, schema):
    assert normalise(normalise(given)) == schema


NONSENSE = {
    "a type that is an object": props(a={"type": {"type": "string"}}),
    "types that are objects": props(a={"type": [{"type": "string"}, "null"]}),
    "a type that is a number": props(a={"type": 7}),
    "properties that are none": {"type": "object", "properties": 7},
    "required that is a number": {**props(a={}), "required": 7},
    "required that holds lists": {**props(a={}), "required": [["a"], 3, "a"]},
    "branches that are none": props(a={"anyOf": 3, "allOf": [1], "oneOf": None, "items": 4}),
    "definitions that are none": {**props(), "$defs": 3},
    "brackets that do not close": props(a={"type": "List["}, b={"type": "]["}, c={"type": "[]"}, d={"type": ""}),
    "a text": "object",
}


@pytest.mark.parametrize("given", NONSENSE.values(), ids=list(NONSENSE))
def test_it_never_raises(given):
    assert isinstance(normalise(given), dict)
