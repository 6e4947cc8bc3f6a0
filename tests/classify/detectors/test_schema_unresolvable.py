"""schema_unresolvable: a tool's own schema cannot be used."""

import json

from tests.classify.build import charged, outcome, tables

CALL = "$.turns[1].calls[0]"


def call(schema: object, arguments: str = '{"x": 1}') -> str:
    tool = {"name": "f", "parameters": {"type": "object", "properties": {"x": schema}}}
    return f'{{"tools": [{json.dumps(tool)}], "turns": ["?", [{{"f": {arguments}}}]]}}'


FLAGGED = {
    "a reference to the network": (call({"$ref": "http://127.0.0.1:9/user.json"}), [(CALL, "reference")]),
    "a reference to a file": (call({"$ref": "file:///etc/hostname"}), [(CALL, "reference")]),
    "a reference that leads nowhere": (call({"$ref": "#/$defs/None"}), [(CALL, "reference")]),
    "a pattern that is none": (call({"type": "string", "pattern": "("}, '{"x": "a"}'), [(CALL, "invalid")]),
    "properties that are none": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": 7}}], "turns": ["?", [{"f": {"x": 1}}]]}',
        [(CALL, "invalid")],
    ),
}

CLEAN = {
    "a reference inside the document": (
        '{"tools": [{"name": "f", "parameters": {"properties": {"x": {"$ref": "#/$defs/X"}}, "$defs": {"X": {"type": "integer"}}}}],'
        ' "turns": ["?", [{"f": {"x": 1}}]]}'
    ),
    "types that can be normalised": call({"type": "int, optional"}),
    "an unknown type admits every value": call({"type": "Callable"}),
    "a schema that calls nothing": '{"tools": [{"name": "f", "parameters": {"properties": {"x": {"$ref": "#/none"}}}}], "turns": ["?", {"say": "no"}]}',  # noqa: E501
    "an unknown name has no schema": call({"$ref": "#/none"}).replace('{"f": {"x"', '{"zzz": {"x"'),
}

test_flagged, test_clean = tables("schema_unresolvable", FLAGGED, CLEAN)


def test_nothing_else_is_said_of_the_call():
    assert charged(call({"$ref": "#/none"}, '{"y": null}')) == [("schema_unresolvable", CALL, "reference")]


def test_names_types_and_values_are_skipped_and_never_clean():
    raw = call({"$ref": "#/none"})
    assert [(code, outcome(raw, code).assessed, outcome(raw, code).skipped is None) for code in ("IAN", "IAT", "IAV")] == [
        ("IAN", 0, False),
        ("IAT", 0, False),
        ("IAV", 0, False),
    ]
