"""Example arguments: one of the right type for each required argument."""

from __future__ import annotations

from typing import Any

import pytest

from spectool.example import example_arguments, example_value

VALUES: dict[str, tuple[Any, Any]] = {
    "a string": ({"type": "string"}, "abc"),
    "an integer": ({"type": "integer"}, 1),
    "a number": ({"type": "number"}, 1.5),
    "a boolean": ({"type": "boolean"}, True),
    "null": ({"type": "null"}, None),
    "an object": ({"type": "object"}, {}),
    "an enumeration's first option": ({"type": "string", "enum": ["b", "a"]}, "b"),
    "a list of what its items are": ({"type": "array", "items": {"type": "array", "items": {"enum": [7]}}}, [[7]]),
    "a list of anything": ({"type": "array"}, []),
    "a union": ({"type": ["string", "null"]}, "abc"),
    "no schema at all": (True, "abc"),
}


@pytest.mark.parametrize(("schema", "value"), VALUES.values(), ids=VALUES)
def test_a_value_is_of_the_schemas_type(schema, value):
    assert example_value(schema) == value
    assert type(example_value(schema)) is type(value)


def test_only_required_arguments_are_given_in_the_order_declared():
    fields = {"b": {"type": "integer"}, "a": {"type": "string"}, "c": {"type": "string"}}
    assert list(example_arguments({"properties": fields, "required": ["a", "b"]}).items()) == [("b", 1), ("a", "abc")]


def test_a_tool_without_arguments_gets_none():
    assert example_arguments({}) == {}
