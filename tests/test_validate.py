"""violations: every way in which arguments break their schema, with its place."""

import contextlib
import http.server
import json
import threading

import pytest

from spectool.schema import normalise
from spectool.validate import SchemaError, shape_of, violations


def found(schema: str, arguments: str) -> list[tuple]:
    shape = shape_of(normalise(json.loads(schema)))
    return [(v.kind, v.path) for v in violations(shape, json.loads(arguments))]


def one(schema: str) -> str:
    return f'{{"type": "object", "properties": {{"x": {schema}}}}}'


CARD = (
    '{"properties": {"kind": {"const": "card"}, "number": {"type": "string"}, "cvc": {"type": "integer"}}, "required": ["kind", "number"]}'
)
CASH = '{"properties": {"kind": {"const": "cash"}}, "required": ["kind"]}'
PAYMENT = one(f'{{"anyOf": [{CARD}, {CASH}]}}')
TREE = (
    '{"type": "object", "properties": {"x": {"$ref": "#/$defs/T"}}, "$defs": {"T": {"type": "object", "properties":'
    ' {"v": {"type": "integer"}, "kids": {"type": "array", "items": {"$ref": "#/$defs/T"}}}}}}'
)
ALL_OF = (
    '{"allOf": [{"properties": {"a": {"type": "integer"}}, "required": ["a"]}, {"$ref": "#/$defs/B"}],'
    ' "$defs": {"B": {"properties": {"b": {"type": "string"}}, "required": ["b"]}}}'
)

CASES = {
    "nothing wrong": (one('{"type": "integer"}'), '{"x": 1}', []),
    "a whole float is an integer": (one('{"type": "integer"}'), '{"x": 1.0}', []),
    "an integer is a number": (one('{"type": "number"}'), '{"x": 1}', []),
    "true is no integer": (one('{"type": "integer"}'), '{"x": true}', [("type", ("x",))]),
    "true is no number": (one('{"type": "number"}'), '{"x": true}', [("type", ("x",))]),
    "null where null is admitted": (one('{"type": ["string", "null"]}'), '{"x": null}', []),
    "null where OpenAPI says nullable": (one('{"type": "string", "nullable": true}'), '{"x": null}', []),
    "null where it is not admitted": (one('{"type": "string"}'), '{"x": null}', [("type", ("x",))]),
    "a required argument missing": ('{"properties": {"x": {}}, "required": ["x"]}', "{}", [("missing", ("x",))]),
    "an unknown argument": (one("{}"), '{"y": 1}', [("unknown", ("y",))]),
    "a value that is not listed": (one('{"enum": ["a", "b"]}'), '{"x": "c"}', [("enum", ("x",))]),
    "another value than the constant": (one('{"const": 1}'), '{"x": 2}', [("enum", ("x",))]),
    "beyond the maximum": (one('{"type": "integer", "maximum": 5}'), '{"x": 6}', [("bounds", ("x",))]),
    "shorter than allowed": (one('{"type": "string", "minLength": 2}'), '{"x": "a"}', [("bounds", ("x",))]),
    "a pattern not met": (one('{"type": "string", "pattern": "^a"}'), '{"x": "b"}', [("bounds", ("x",))]),
    "a format not met": (one('{"type": "string", "format": "email"}'), '{"x": "b"}', [("bounds", ("x",))]),
    "items that repeat": (one('{"type": "array", "uniqueItems": true}'), '{"x": [1, 1]}', [("bounds", ("x",))]),
    "an item of a list": (one('{"type": "array", "items": {"type": "integer"}}'), '{"x": [1, "a"]}', [("type", ("x", 1))]),
    "a union of types": (one('{"anyOf": [{"type": "integer"}, {"type": "string"}]}'), '{"x": "a"}', []),
    "none of a union's types": (one('{"anyOf": [{"type": "integer"}, {"type": "string"}]}'), '{"x": []}', [("type", ("x",))]),
    "the branch of the value's own type": (
        one('{"anyOf": [{"type": "integer", "maximum": 5}, {"type": "array", "items": {"type": "integer"}}]}'),
        '{"x": 9}',
        [("bounds", ("x",))],
    ),
    "an item in the branch of the value's own type": (
        one('{"anyOf": [{"type": "integer"}, {"type": "array", "items": {"type": "integer"}}]}'),
        '{"x": [1, "a"]}',
        [("type", ("x", 1))],
    ),
    "the branch that the discriminator names, though it has more errors": (
        PAYMENT,
        '{"x": {"kind": "card", "cvc": "12"}}',
        [("missing", ("x", "number")), ("type", ("x", "cvc"))],
    ),
    "the branch with the fewest errors where nothing discriminates": (
        one('{"anyOf": [{"required": ["a", "b"]}, {"required": ["a"]}]}'),
        '{"x": {}}',
        [("missing", ("x", "a"))],
    ),
    "allOf joins properties and required": (ALL_OF, '{"a": 1}', [("missing", ("b",))]),
    "allOf, all there": (ALL_OF, '{"a": 1, "b": "x"}', []),
    "allOf, an unknown argument": (ALL_OF, '{"a": 1, "b": "x", "c": 2}', [("unknown", ("c",))]),
    "a reference inside": (
        '{"properties": {"x": {"$ref": "#/$defs/X"}}, "$defs": {"X": {"type": "integer"}}}',
        '{"x": "a"}',
        [("type", ("x",))],
    ),
    "a reference at the top": (
        '{"$ref": "#/$defs/F", "$defs": {"F": {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}}}',
        '{"b": 1}',
        [("missing", ("a",)), ("unknown", ("b",))],
    ),
    "a tree that refers to itself": (
        TREE,
        '{"x": {"v": 1, "kids": [{"v": 2, "kids": [{"v": "a"}]}]}}',
        [("type", ("x", "kids", 0, "kids", 0, "v"))],
    ),
    "an unknown key deep in that tree": (TREE, '{"x": {"kids": [{"w": 2}]}}', [("unknown", ("x", "kids", 0, "w"))]),
    "further keys forbidden": ('{"properties": {"a": {}}, "additionalProperties": false}', '{"b": 1}', [("unknown", ("b",))]),
    "further keys allowed": ('{"properties": {"a": {}}, "additionalProperties": true}', '{"b": 1}', []),
    "further keys of a schema": ('{"properties": {}, "additionalProperties": {"type": "integer"}}', '{"b": "a"}', [("type", ("b",))]),
    "keys by pattern": ('{"properties": {}, "patternProperties": {"^x": {"type": "integer"}}}', '{"xa": 1}', []),
    "keys by pattern and no others": (
        '{"properties": {}, "patternProperties": {"^x": {}}, "additionalProperties": false}',
        '{"y": 1}',
        [("unknown", ("y",))],
    ),
    "a tuple's items": (
        one('{"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]}'),
        '{"x": [1, 2]}',
        [("type", ("x", 1))],
    ),
    "a reference into a list of schemas": (
        '{"properties": {"x": {"allOf": [{"type": "integer"}]}, "y": {"$ref": "#/properties/x/allOf/0"}}}',
        '{"y": "1", "z": 2}',
        [("type", ("y",)), ("unknown", ("z",))],
    ),
    "a reference with an encoded blank": (
        '{"properties": {"x": {"$ref": "#/$defs/My%20Type"}}, "$defs": {"My Type": {"properties": {"a": {"type": "integer"}}}}}',
        '{"x": {"a": "1"}}',
        [("type", ("x", "a"))],
    ),
    "nothing given where one of two is due": ('{"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}', "{}", [("missing", ("a",))]),
    "a required key of an object that declares nothing": (
        one('{"type": "object", "required": ["a"]}'),
        '{"x": {}}',
        [("missing", ("x", "a"))],
    ),
    "an argument declared twice, by both parts of an allOf": (
        '{"allOf": [{"properties": {"a": {"type": "integer", "maximum": 5}}}, {"properties": {"a": {"type": "integer"}}}]}',
        '{"a": 9}',
        [("bounds", ("a",))],
    ),
    "a pattern of names that holds of a declared one too": (
        '{"properties": {"ab": {"type": "string"}}, "patternProperties": {"^a": {"maxLength": 1}}}',
        '{"ab": "xx"}',
        [("bounds", ("ab",))],
    ),
    "a name that is required and not declared is no unknown one": ('{"properties": {"a": {}}, "required": ["b"]}', '{"b": 1}', []),
    "a closed object that requires what it does not declare": (
        one('{"type": "object", "properties": {"a": {}}, "required": ["b"], "additionalProperties": false}'),
        '{"x": {"b": 1}}',
        [],
    ),
    "a pattern that no engine can decide says nothing": (
        one('{"type": "string", "pattern": "^(a|a)*(?=c)b$"}'),
        '{"x": "' + "a" * 60 + '"}',
        [],
    ),
    "a huge integer": (one('{"type": "integer"}'), '{"x": 1' + "0" * 400 + "}", []),
    "several at once, each once": (
        '{"properties": {"a": {"type": "integer"}, "b": {"enum": [1]}}, "required": ["c"]}',
        '{"a": "x", "b": 2, "d": 4}',
        [("type", ("a",)), ("enum", ("b",)), ("missing", ("c",)), ("unknown", ("d",))],
    ),
}


@pytest.mark.parametrize(("schema", "arguments", "expected"), CASES.values(), ids=list(CASES))
def test_violations(schema, arguments, expected):
    assert sorted(found(schema, arguments), key=str) == sorted(expected, key=str)


def test_an_undeclared_key_of_an_object_that_does_not_forbid_it_is_not_sure():
    def sure(extra: str) -> list[bool]:
        inner = f'{{"type": "object", "properties": {{"a": {{}}}}{extra}}}'
        shape = shape_of(normalise(json.loads(one(inner))))
        return [v.sure for v in violations(shape, {"x": {"b": 1}})]

    assert (sure(""), sure(', "additionalProperties": false')) == ([False], [True])


UNUSABLE = {
    "a reference that leads nowhere": one('{"$ref": "#/$defs/None"}'),
    "a reference to an anchor": one('{"$ref": "#user"}'),
    "a reference to itself": '{"properties": {"x": {"$ref": "#/properties/x"}}}',
    "a circle of references": '{"$ref": "#/$defs/A", "$defs": {"A": {"$ref": "#/$defs/B"}, "B": {"$ref": "#/$defs/A"}}}',
    "a reference to another document": one('{"$ref": "user.json"}'),
    "a pattern that is none": one('{"type": "string", "pattern": "("}'),
    "options that are none": one('{"type": "string", "enum": 7}'),
    "properties that are none": '{"type": "object", "properties": 7}',
    "properties below that are none": one('{"type": "object", "properties": [1]}'),
}


@pytest.mark.parametrize("schema", UNUSABLE.values(), ids=list(UNUSABLE))
def test_an_unusable_schema_is_said_to_be_one(schema):
    with pytest.raises(SchemaError):
        found(schema, '{"x": {"y": 1}}')


def test_arguments_nested_beyond_all_reason_are_the_model_s_doing_and_hide_no_other_slip():
    deep: object = 1
    for _ in range(600):
        deep = [deep]
    properties = '{"x": {"type": "array"}, "y": {"type": "integer", "maximum": 3}}'
    shape = shape_of(normalise(json.loads(f'{{"properties": {properties}, "required": ["x"]}}')))
    assert [(v.kind, v.path, v.sure) for v in violations(shape, {"x": deep, "y": 4})] == [("bounds", ("y",), True)]
    shape = shape_of(normalise(json.loads('{"properties": {"x": {"type": "array", "minItems": 1}}, "required": ["x"]}')))
    assert [(v.kind, v.keyword, v.path, v.sure) for v in violations(shape, {"x": deep})] == [("bounds", "depth", ("x",), False)]


@pytest.fixture
def canary():
    """A server on this machine that counts the requests it gets."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"type": "integer"}')

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/user.json", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("keyword", ["$ref", "$dynamicRef", "$schema"])
def test_nothing_is_fetched(canary, keyword):
    address, asked = canary
    for schema in (one(f'{{"{keyword}": "{address}"}}'), f'{{"{keyword}": "{address}"}}'):
        with contextlib.suppress(SchemaError):
            found(schema, '{"x": "a"}')
    assert asked == []


def test_nothing_is_read(tmp_path):
    (tmp_path / "user.json").write_text('{"type": "integer"}')
    with pytest.raises(SchemaError):
        found(one(json.dumps({"$ref": (tmp_path / "user.json").as_uri()})), '{"x": 1}')


def test_an_identifier_does_not_lead_outside(canary):
    address, asked = canary
    with pytest.raises(SchemaError):
        found(json.dumps({"$id": address, "properties": {"x": {"$ref": "other.json"}}}), '{"x": 1}')
    assert asked == []
