"""Composed schemas as Pydantic and MCP servers write them, end to end: a schema and arguments in, every finding out.

Each row is the JSON text of a tool's parameters and of one call's arguments; FLAGGED adds what is charged, as
(error, subtype, path from the arguments), with the tier where it is not certain.
"""

import json

import pytest

from spectool.classify.classify import classify
from spectool.model import Call, Message, Step, Tool, Trajectory
from spectool.schema import normalise
from tests.classify.build import charged, verdict

CALL = "$.turns[1].calls[0]"
ARGUMENTS = f"{CALL}.arguments"


def found(schema: str, arguments: str, gold: str | None = None) -> list[tuple[str, ...]]:
    tool = f'{{"name": "f", "parameters": {schema}}}'
    due = f', "gold": [{{"f": {gold}}}]' if gold else ""
    rows = charged(f'{{"tools": [{tool}], "turns": ["?", [{{"f": {arguments}}}]]{due}}}')
    return [(error, subtype, path.removeprefix(ARGUMENTS), *more) for error, path, subtype, *more in rows]


def one(schema: str) -> str:
    """Parameters with the one argument ``x``."""
    return f'{{"type": "object", "properties": {{"x": {schema}}}}}'


def obj(required: str = "", more: str = "", **properties: str) -> str:
    """An object schema: the names required apart by blanks, further keywords, and each property's schema."""
    declared = ", ".join(f'"{name}": {schema}' for name, schema in properties.items())
    return f'{{"type": "object", "properties": {{{declared}}}, "required": {json.dumps(required.split())}{", " + more if more else ""}}}'


def array(items: str) -> str:
    return f'{{"type": "array", "items": {items}}}'


def union(*branches: str, keyword: str = "anyOf", more: str = "") -> str:
    return f'{{"{keyword}": [{", ".join(branches)}]{", " + more if more else ""}}}'


def defining(schema: str, **definitions: str) -> str:
    """A schema with definitions beside it."""
    return schema[:-1] + ', "$defs": {' + ", ".join(f'"{name}": {inner}' for name, inner in definitions.items()) + "}}"


def ref(name: str) -> str:
    return f'{{"$ref": "#/$defs/{name}"}}'


STRING, INTEGER, NUMBER, BOOLEAN, NULL = ('{"type": "%s"}' % kind for kind in ("string", "integer", "number", "boolean", "null"))
CLOSED = '"additionalProperties": false'
CARD = obj("kind number", kind='{"const": "card"}', number=STRING, cvc=INTEGER)
CASH = obj("kind", kind='{"const": "cash"}', coins='{"type": "boolean"}')
PAYMENT = union(CARD, CASH)
OPENAPI = union(CARD, CASH, NULL, keyword="oneOf", more='"discriminator": {"propertyName": "kind"}')
MAPPED = union(
    ref("A"),
    ref("B"),
    keyword="oneOf",
    more='"discriminator": {"propertyName": "t", "mapping": {"a": "#/$defs/A", "b": "#/$defs/B"}}',
)
KIND_IS_CARD = '{"properties": {"kind": {"const": "card"}}, "required": ["kind"]}'
ADDRESS = obj("street", street=STRING, zip=STRING)
TREE = (
    '{"type": "object", "properties": {"x": {"$ref": "#/$defs/T"}}, "$defs": {"T": {"type": "object", "required": ["v"],'
    ' "properties": {"v": {"type": "integer"}, "kids": {"type": "array", "items": {"$ref": "#/$defs/T"}}}}}}'
)
INHERITED = (
    '{"allOf": [{"$ref": "#/$defs/Base"}, {"properties": {"b": {"type": "string"}}, "required": ["b"]}],'
    ' "$defs": {"Base": {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}}}'
)

BRANCHES = {
    "the branch that the tag names, though another has fewer slips": (
        one(PAYMENT),
        '{"x": {"kind": "card", "cvc": "12"}}',
        [("IAT", "coercible", ".x.cvc"), ("IAV", "missing_required", ".x.number")],
    ),
    "a tag that no branch has is the slip, and says nothing of the rest": (
        one(PAYMENT),
        '{"x": {"kind": "cheque", "number": 5, "bank": "B"}}',
        [("IAV", "outside_enum", ".x.kind")],
    ),
    "a tag missing in all branches": (one(PAYMENT), '{"x": {"number": "1"}}', [("IAV", "missing_required", ".x.kind")]),
    "a key of the branch not chosen": (
        one(PAYMENT),
        '{"x": {"kind": "cash", "number": "1"}}',
        [("IAN", "misplaced", ".x.number", "likely")],
    ),
    "a key of no branch": (
        one(PAYMENT),
        '{"x": {"kind": "cash", "mood": "1"}}',
        [("IAN", "unknown", ".x.mood", "likely")],
    ),
    "OpenAPI's discriminator with null beside it": (
        one(OPENAPI),
        '{"x": {"kind": "card"}}',
        [("IAV", "missing_required", ".x.number")],
    ),
    "a tag under another spelling, repaired before the branch is chosen": (
        one(PAYMENT),
        '{"x": {"Kind": "card", "number": "1", "cvc": "x"}}',
        [("IAN", "near_miss", ".x.Kind", "likely"), ("IAT", "nested", ".x.cvc")],
    ),
    "a tag that is an enumeration of several": (
        one(union(obj("op n", op='{"enum": ["add", "sub"]}', n=INTEGER), obj("op", op='{"enum": ["nop"]}'))),
        '{"x": {"op": "sub"}}',
        [("IAV", "missing_required", ".x.n")],
    ),
    "a tag of numbers": (
        one(union(obj("v a", v='{"const": 1}', a=STRING), obj("v b", v='{"const": 2}', b=STRING), keyword="oneOf")),
        '{"x": {"v": 2, "b": 7}}',
        [("IAT", "coercible", ".x.b")],
    ),
    "branches behind references": (
        defining(one(union(ref("A"), ref("B"))), A=CARD, B=CASH),
        '{"x": {"kind": "cash", "coins": "yes"}}',
        [("IAT", "nested", ".x.coins")],
    ),
    "a mapping from tags to references, where the branches pin nothing": (
        defining(one(MAPPED), A=obj("t n", t=STRING, n=INTEGER), B=obj("t m o", t=STRING, m=INTEGER, o=INTEGER)),
        '{"x": {"t": "b"}}',
        [("IAV", "missing_required", ".x.m"), ("IAV", "missing_required", ".x.o")],
    ),
    "the branch of the value's own type": (
        one(f'{{"anyOf": [{{"type": "integer", "maximum": 5}}, {{"type": "array", "items": {INTEGER}}}]}}'),
        '{"x": 9}',
        [("IAV", "outside_bounds", ".x")],
    ),
    "an item in the branch of the value's own type": (
        one(f'{{"anyOf": [{INTEGER}, {{"type": "array", "items": {INTEGER}}}]}}'),
        '{"x": [1, "a"]}',
        [("IAT", "nested", ".x[1]")],
    ),
    "the branch with the fewest slips where nothing tells them apart": (
        one('{"anyOf": [{"required": ["a", "b", "c"]}, {"required": ["a", "d"]}]}'),
        '{"x": {"d": 1}}',
        [("IAV", "missing_required", ".x.a")],
    ),
    "the branch that declares the keys given": (
        one(union(obj("a b c", a=INTEGER, b=INTEGER), obj("p", p=INTEGER, q=INTEGER))),
        '{"x": {"a": 1, "b": "?"}}',
        [("IAT", "nested", ".x.b"), ("IAV", "missing_required", ".x.c")],
    ),
    "no branch of the value's type": (
        one(f'{{"anyOf": [{{"type": "integer", "minimum": 0}}, {{"type": "array", "items": {INTEGER}}}]}}'),
        '{"x": true}',
        [("IAT", "container", ".x")],
    ),
    "null is no branch's type": (
        f'{{"type": "object", "properties": {{"x": {{"anyOf": [{{"type": "integer", "minimum": 0}}, {STRING}]}}}}, "required": ["x"]}}',
        '{"x": null}',
        [("IAT", "null", ".x")],
    ),
    "optional and nullable hides no slip of the object": (
        one(f'{{"anyOf": [{ADDRESS}, {NULL}], "default": null}}'),
        '{"x": {"street": 5, "zipp": "1"}}',
        [("IAN", "near_miss", ".x.zipp", "likely"), ("IAT", "coercible", ".x.street")],
    ),
    "optional and nullable hides no slip of bounds": (
        one(f'{{"anyOf": [{{"type": "integer", "minimum": 1}}, {NULL}]}}'),
        '{"x": 0}',
        [("IAV", "outside_bounds", ".x")],
    ),
    "optional and nullable hides no wrong type": (
        one(f'{{"anyOf": [{{"type": "integer", "minimum": 1}}, {NULL}]}}'),
        '{"x": "many"}',
        [("IAT", "incompatible", ".x")],
    ),
    "a text that reads as a branch's type": (
        one(f'{{"anyOf": [{{"type": "integer", "minimum": 1}}, {NULL}]}}'),
        '{"x": "3"}',
        [("IAT", "coercible", ".x")],
    ),
    "a text that reads as a branch's type and is outside it": (
        one(f'{{"anyOf": [{{"type": "integer", "minimum": 1}}, {NULL}]}}'),
        '{"x": "0"}',
        [("IAT", "coercible", ".x"), ("IAV", "outside_bounds", ".x")],
    ),
    "a text outside one branch that reads as the other's type": (
        one(f'{{"anyOf": [{{"const": "auto", "type": "string"}}, {INTEGER}]}}'),
        '{"x": "5"}',
        [("IAT", "coercible", ".x")],
    ),
    "a text outside one branch that does not": (
        one(f'{{"anyOf": [{{"const": "auto", "type": "string"}}, {INTEGER}]}}'),
        '{"x": "high"}',
        [("IAV", "outside_enum", ".x")],
    ),
    "an object written as text, and a slip in it": (
        one(union(ADDRESS, NULL)),
        r'{"x": "{\"Street\": 5}"}',
        [("IAN", "near_miss", ".x.Street", "likely"), ("IAT", "coercible", ".x"), ("IAT", "coercible", ".x.Street")],
    ),
    "a union in a union": (
        one(f'{{"anyOf": [{{"anyOf": [{PAYMENT}, {INTEGER}]}}, {NULL}]}}'),
        '{"x": {"kind": "card", "number": "1", "cvc": "?"}}',
        [("IAT", "nested", ".x.cvc")],
    ),
    "a union in a list": (
        one(array(PAYMENT)),
        '{"x": [{"kind": "cash"}, {"kind": "card"}, {"kind": "gold"}]}',
        [("IAV", "missing_required", ".x[1].number"), ("IAV", "outside_enum", ".x[2].kind")],
    ),
    "a list or one of its items": (
        one(f'{{"anyOf": [{STRING}, {{"type": "array", "items": {STRING}}}]}}'),
        '{"x": ["a", 5]}',
        [("IAT", "coercible", ".x[1]")],
    ),
    "alternatives of required keys, neither given": (
        obj("", '"anyOf": [{"required": ["mail"]}, {"required": ["phone"]}]', mail=STRING, phone=STRING),
        "{}",
        [("IAV", "missing_required", ".mail")],
    ),
    "exactly one of two keys, both given: the tool may yet take it": (
        obj("", '"oneOf": [{"required": ["mail"]}, {"required": ["phone"]}]', mail=STRING, phone=STRING),
        '{"mail": "a", "phone": "b"}',
        [("IAV", "outside_bounds", "", "likely")],
    ),
    "a union of whole argument lists": (
        '{"type": "object", ' + union(obj("id", CLOSED, id=INTEGER), obj("name", CLOSED, name=STRING))[1:],
        '{"name": "Ann", "mood": 1}',
        [("IAN", "unknown", ".mood")],
    ),
}

NAMES = {
    "a misspelt name in a nested object": (one(ADDRESS), '{"x": {"Street": "Main"}}', [("IAN", "near_miss", ".x.Street", "likely")]),
    "a misspelt name in a closed nested object": (
        one(obj("street", CLOSED, street=STRING)),
        '{"x": {"Street": "Main"}}',
        [("IAN", "near_miss", ".x.Street")],
    ),
    "a misspelt name in a list, its value judged in the slot it stands for": (
        one(array(ADDRESS)),
        '{"x": [{"street": "A"}, {"stret": 5}]}',
        [("IAN", "near_miss", ".x[1].stret", "likely"), ("IAT", "coercible", ".x[1].stret")],
    ),
    "another word for the only required slot left open, nested": (
        one(ADDRESS),
        '{"x": {"road": "Main"}}',
        [("IAN", "near_miss", ".x.road", "likely")],
    ),
    "another word whose value does not fit that slot": (
        one(ADDRESS),
        '{"x": {"road": ["Main"]}}',
        [("IAN", "unknown", ".x.road", "likely"), ("IAV", "missing_required", ".x.street")],
    ),
    "a misspelt name inside a misspelt name": (
        obj("address", address=ADDRESS),
        '{"Address": {"Street": 5}}',
        [
            (
                "IAN",
                "near_miss",
                ".Address",
            ),
            ("IAN", "near_miss", ".Address.Street", "likely"),
            ("IAT", "coercible", ".Address.Street"),
        ],
    ),
    "the right name one level too high, open nowhere": (
        obj(address=ADDRESS, note=STRING),
        '{"note": "n", "zip": "1"}',
        [("IAN", "misplaced", ".zip")],
    ),
    "the right name one level too high, where it is missing below": (
        obj("address", address=ADDRESS),
        '{"address": {"zip": "1"}, "street": "Main"}',
        [("IAN", "misplaced", ".street")],
    ),
    "the fields of a required object given one level up": (
        obj("address", address=ADDRESS, note=STRING),
        '{"note": "n", "street": "Main", "zip": 75001}',
        [("IAN", "misplaced", ".street"), ("IAN", "misplaced", ".zip"), ("IAT", "coercible", ".zip")],
    ),
    "the right name one level too low": (
        obj(address=ADDRESS, note=STRING),
        '{"address": {"street": "Main", "note": "n"}}',
        [("IAN", "misplaced", ".address.note", "likely")],
    ),
    "a required name one level too low fills its slot": (
        obj("note", address=ADDRESS, note=STRING),
        '{"address": {"street": "Main", "note": 5}}',
        [("IAN", "misplaced", ".address.note", "likely"), ("IAT", "coercible", ".address.note")],
    ),
    "a name of another item's schema": (
        obj(lines=array(obj("sku", sku=STRING)), address=ADDRESS),
        '{"address": {"street": "Main", "sku": "7"}}',
        [("IAN", "misplaced", ".address.sku", "likely")],
    ),
    "further keys absent, at the top": (obj(a=INTEGER), '{"mood": 1}', [("IAN", "unknown", ".mood")]),
    "further keys absent, below": (one(obj(a=INTEGER)), '{"x": {"mood": 1}}', [("IAN", "unknown", ".x.mood", "likely")]),
    "further keys false, below": (one(obj("", CLOSED, a=INTEGER)), '{"x": {"mood": 1}}', [("IAN", "unknown", ".x.mood")]),
    "further keys false in an object without properties": (
        one(f'{{"type": "object", {CLOSED}}}'),
        '{"x": {"mood": 1}}',
        [("IAN", "unknown", ".x.mood")],
    ),
    "a further key of the wrong type is a type": (
        one(f'{{"type": "object", "additionalProperties": {INTEGER}}}'),
        '{"x": {"a": 1, "b": "many"}}',
        [("IAT", "nested", ".x.b")],
    ),
    "an unknown key inside a further key's object": (
        one(f'{{"type": "object", "additionalProperties": {ADDRESS}}}'),
        '{"x": {"home": {"street": "A", "mood": 1}}}',
        [("IAN", "unknown", ".x.home.mood", "likely")],
    ),
    "a key by pattern of the wrong type": (
        one(f'{{"type": "object", "patternProperties": {{"^n_": {INTEGER}}}}}'),
        '{"x": {"n_a": "many"}}',
        [("IAT", "nested", ".x.n_a")],
    ),
    "a key by no pattern, where others are forbidden": (
        one(f'{{"type": "object", "patternProperties": {{"^n_": {INTEGER}}}, {CLOSED}}}'),
        '{"x": {"n_a": 1, "m": 2}}',
        [("IAN", "unknown", ".x.m")],
    ),
    "an unknown key inside an object by pattern": (
        one(f'{{"type": "object", "patternProperties": {{"^n_": {ADDRESS}}}}}'),
        '{"x": {"n_a": {"street": "A", "mood": 1}}}',
        [("IAN", "unknown", ".x.n_a.mood", "likely")],
    ),
    "a name that propertyNames does not list": (
        one('{"type": "object", "propertyNames": {"enum": ["low", "high"]}, "additionalProperties": {"type": "integer"}}'),
        '{"x": {"low": 1, "middling": 2}}',
        [("IAN", "unknown", ".x.middling")],
    ),
    "a name whose spelling propertyNames does not allow": (
        one('{"type": "object", "propertyNames": {"pattern": "^[a-z]+$"}}'),
        '{"x": {"A1": 1}}',
        [("IAN", "unknown", ".x.A1")],
    ),
    "a property that may never stand": (
        one(f'{{"type": "object", "properties": {{"a": {INTEGER}, "b": false}}}}'),
        '{"x": {"b": 1}}',
        [("IAN", "unknown", ".x.b")],
    ),
    "an unknown name beside an inheritance": (INHERITED, '{"a": 1, "b": "x", "c": 2}', [("IAN", "unknown", ".c")]),
    "a misspelt name of the base": (INHERITED, '{"A": 1, "b": "x"}', [("IAN", "near_miss", ".A")]),
    "what the base requires": (INHERITED, '{"b": "x"}', [("IAV", "missing_required", ".a")]),
    "an unknown name where both parts of an allOf forbid further ones: only what neither declares": (
        union(obj("", CLOSED, a=INTEGER), obj("", CLOSED, b=INTEGER), keyword="allOf"),
        '{"a": 1, "b": 2, "c": 3}',
        [("IAN", "unknown", ".c")],
    ),
    "unevaluatedProperties false over an allOf": (
        one(f'{{"allOf": [{ADDRESS}], "properties": {{"n": {INTEGER}}}, "unevaluatedProperties": false}}'),
        '{"x": {"street": "A", "n": 1, "mood": 2}}',
        [("IAN", "unknown", ".x.mood")],
    ),
    "deep in a tree that refers to itself": (
        TREE,
        '{"x": {"v": 1, "kids": [{"v": 2, "kids": [{"w": 3}]}]}}',
        [("IAN", "near_miss", ".x.kids[0].kids[0].w", "likely")],
    ),
    "in an item by position": (
        one(f'{{"type": "array", "prefixItems": [{INTEGER}, {ADDRESS}]}}'),
        '{"x": [1, {"street": "A", "mood": 2}]}',
        [("IAN", "unknown", ".x[1].mood", "likely")],
    ),
    "behind a reference with a description beside it": (
        f'{{"properties": {{"x": {{"$ref": "#/$defs/A", "description": "Where to"}}}}, "$defs": {{"A": {ADDRESS}}}}}',
        '{"x": {"street": "A", "mood": 2}}',
        [("IAN", "unknown", ".x.mood", "likely")],
    ),
    "behind draft 7's definitions, the whole behind a reference": (
        f'{{"$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/definitions/A", "definitions": {{"A": {ADDRESS}}}}}',
        '{"street": "A", "mood": 2}',
        [("IAN", "unknown", ".mood")],
    ),
    "a key that only the branch of then declares": (
        obj(
            "",
            f'"if": {KIND_IS_CARD}, "then": {{"properties": {{"cvc": {INTEGER}}}}}',
            kind=STRING,
        ),
        '{"kind": "cash", "cvc": 1}',
        [("IAN", "misplaced", ".cvc")],
    ),
}

VALUES = {
    "another constant": (one('{"const": "v1", "title": "Version"}'), '{"x": "v2"}', [("IAV", "outside_enum", ".x")]),
    "a constant of another type": (one('{"const": "v1"}'), '{"x": 1}', [("IAT", "coercible", ".x"), ("IAV", "outside_enum", ".x")]),
    "a constant that is an object": (one('{"const": {"a": 1}}'), '{"x": {"a": 2}}', [("IAV", "outside_enum", ".x")]),
    "outside an enumeration of several types": (one('{"enum": [1, "auto", null]}'), '{"x": 2}', [("IAV", "outside_enum", ".x")]),
    "a type that an enumeration does not hold": (one('{"enum": [1, "auto", null]}'), '{"x": [1]}', [("IAT", "container", ".x")]),
    "a boolean where the schema says boolean and lists texts": (
        one('{"type": "boolean", "enum": ["True", "False", "any"]}'),
        '{"x": true}',
        [("IAV", "outside_enum", ".x")],
    ),
    "text for a number of an enumeration": (one('{"enum": [1, 2, 3]}'), '{"x": "2"}', [("IAT", "coercible", ".x")]),
    "true is none of the numbers listed": (one('{"enum": [0, 1]}'), '{"x": true}', [("IAT", "incompatible", ".x")]),
    "true is no integer of a list of types": (one('{"type": ["integer", "null"]}'), '{"x": true}', [("IAT", "incompatible", ".x")]),
    "none of a list of types": (one('{"type": ["integer", "boolean"]}'), '{"x": "soon"}', [("IAT", "incompatible", ".x")]),
    "half an integer": (one('{"type": "integer", "minimum": 0}'), '{"x": 2.5}', [("IAT", "incompatible", ".x")]),
    "null for an optional field, nested": (one(ADDRESS), '{"x": {"street": "A", "zip": null}}', [("IAT", "null", ".x.zip", "likely")]),
    "null for a required field, nested": (one(ADDRESS), '{"x": {"street": null}}', [("IAT", "null", ".x.street")]),
    "null in a list": (one(array(INTEGER)), '{"x": [1, null]}', [("IAT", "null", ".x[1]")]),
    "not a number": (one(NUMBER), '{"x": NaN}', [("IAT", "incompatible", ".x")]),
    "infinity in a list": (one(array(NUMBER)), '{"x": [1, -Infinity]}', [("IAT", "nested", ".x[1]")]),
    "a required field with a default, nested": (
        one(obj("a", a='{"type": "integer", "default": 3}')),
        '{"x": {}}',
        [("IAV", "missing_required", ".x.a", "likely")],
    ),
    "a pattern": (one('{"type": "string", "pattern": "^[A-Z]{3}$"}'), '{"x": "Eur"}', [("IAV", "outside_bounds", ".x")]),
    "a pattern behind a reference": (
        '{"properties": {"x": {"$ref": "#/$defs/C"}}, "$defs": {"C": {"type": "string", "pattern": "^[A-Z]{3}$"}}}',
        '{"x": "Eur"}',
        [("IAV", "outside_bounds", ".x")],
    ),
    "too many characters": (one('{"type": "string", "maxLength": 2}'), '{"x": "abc"}', [("IAV", "outside_bounds", ".x")]),
    "the lower bound itself, excluded": (one('{"type": "number", "exclusiveMinimum": 0}'), '{"x": 0}', [("IAV", "outside_bounds", ".x")]),
    "draft 4's excluded bound": (
        one('{"type": "number", "minimum": 0, "exclusiveMinimum": true}'),
        '{"x": 0}',
        [("IAV", "outside_bounds", ".x")],
    ),
    "no multiple": (one('{"type": "integer", "multipleOf": 5}'), '{"x": 7}', [("IAV", "outside_bounds", ".x")]),
    "too few items": (one('{"type": "array", "minItems": 1}'), '{"x": []}', [("IAV", "outside_bounds", ".x")]),
    "items that repeat": (one('{"type": "array", "uniqueItems": true}'), '{"x": [1, 2, 1]}', [("IAV", "outside_bounds", ".x")]),
    "a list without the item asked for": (
        one('{"type": "array", "contains": {"const": "all"}}'),
        '{"x": ["some"]}',
        [("IAV", "outside_bounds", ".x")],
    ),
    "a tuple too long": (
        one(f'{{"type": "array", "prefixItems": [{INTEGER}, {INTEGER}], "items": false}}'),
        '{"x": [1, 2, 3, 4]}',
        [("IAV", "outside_bounds", ".x")],
    ),
    "a tuple's item of another type": (
        one(f'{{"type": "array", "prefixItems": [{INTEGER}, {STRING}], "minItems": 2, "maxItems": 2}}'),
        '{"x": ["a", "b"]}',
        [("IAT", "nested", ".x[0]")],
    ),
    "a tuple as draft 7 writes it": (
        one(f'{{"type": "array", "items": [{INTEGER}, {STRING}], "additionalItems": false}}'),
        '{"x": [1, "b", "c"]}',
        [("IAV", "outside_bounds", ".x")],
    ),
    "too few keys": (one('{"type": "object", "minProperties": 1}'), '{"x": {}}', [("IAV", "outside_bounds", ".x")]),
    "too many keys at the top": (
        obj("", '"maxProperties": 1', a=INTEGER, b=INTEGER),
        '{"a": 1, "b": 2}',
        [("IAV", "outside_bounds", "")],
    ),
    "a key that another one requires": (
        obj("", '"dependentRequired": {"card": ["bill_to"]}', card=STRING, bill_to=STRING),
        '{"card": "1"}',
        [("IAV", "missing_required", ".bill_to")],
    ),
    "what then requires": (
        obj(
            "",
            '"if": {"properties": {"country": {"const": "US"}}, "required": ["country"]}, "then": {"required": ["state"]}',
            country=STRING,
            state=STRING,
        ),
        '{"country": "US"}',
        [("IAV", "missing_required", ".state")],
    ),
    "what else bounds": (
        obj(
            "",
            '"if": {"properties": {"metric": {"const": true}}}, "else": {"properties": {"n": {"maximum": 9}}}',
            metric=BOOLEAN,
            n=INTEGER,
        ),
        '{"metric": false, "n": 10}',
        [("IAV", "outside_bounds", ".n")],
    ),
    "what a schema excludes": (one('{"type": "string", "not": {"const": "root"}}'), '{"x": "root"}', [("IAV", "outside_bounds", ".x")]),
    "no date": (one('{"type": "string", "format": "date"}'), '{"x": "25.12.2024"}', [("IAV", "outside_bounds", ".x", "likely")]),
    "no address": (one('{"type": "string", "format": "email"}'), '{"x": "ann"}', [("IAV", "outside_bounds", ".x", "likely")]),
    "no identifier": (one('{"type": "string", "format": "uuid"}'), '{"x": "7"}', [("IAV", "outside_bounds", ".x", "likely")]),
    "no locator": (one('{"type": "string", "format": "uri"}'), '{"x": "example"}', [("IAV", "outside_bounds", ".x", "likely")]),
    "a pattern beside a format is sure": (
        one('{"type": "string", "format": "date", "pattern": "^2"}'),
        '{"x": "soon"}',
        [("IAV", "outside_bounds", ".x")],
    ),
    "a wrong type masks what else is wrong with that value": (
        one('{"type": "string", "enum": ["a"], "minLength": 1}'),
        '{"x": [5]}',
        [("IAT", "container", ".x")],
    ),
    "every slip, in the order of work and of the text": (
        obj("q", a=INTEGER, p=PAYMENT, e='{"enum": ["u"]}', q=STRING),
        '{"e": "v", "p": {"kind": "card", "number": 7, "mood": 1}, "a": "x", "zz": 1, "yy": 2}',
        [
            ("IAN", "unknown", ".p.mood", "likely"),
            ("IAN", "unknown", ".zz"),
            ("IAN", "unknown", ".yy"),
            ("IAT", "coercible", ".p.number"),
            ("IAT", "incompatible", ".a"),
            ("IAV", "outside_enum", ".e"),
            ("IAV", "missing_required", ".q"),
        ],
    ),
}

FLAGGED = {
    **{f"branches: {name}": row for name, row in BRANCHES.items()},
    **{f"names: {name}": row for name, row in NAMES.items()},
    **{f"values: {name}": row for name, row in VALUES.items()},
}


@pytest.mark.parametrize(("schema", "arguments", "expected"), FLAGGED.values(), ids=list(FLAGGED))
def test_flagged(schema, arguments, expected):
    assert found(schema, arguments) == expected


CLEAN = {
    "a value of each branch": (one(array(PAYMENT)), '{"x": [{"kind": "cash", "coins": true}, {"kind": "card", "number": "1"}]}'),
    "null beside a discriminated union": (one(OPENAPI), '{"x": null}'),
    "a union in a union": (one(union(union(PAYMENT, INTEGER), NULL)), '{"x": 5}'),
    "a key that either of two branches declares": (one(union(obj(a=INTEGER), obj(b=INTEGER))), '{"x": {"a": 1, "b": 2}}'),
    "any key where one branch is a free map": (one(union(ADDRESS, '{"type": "object"}')), '{"x": {"mood": 1}}'),
    "any key where one branch admits everything": (one(union(ADDRESS, "{}")), '{"x": {"mood": 1}}'),
    "an integer that a oneOf of integer and number both admit": (one(union(INTEGER, NUMBER, keyword="oneOf")), '{"x": 3}'),
    "items that several branches of a oneOf admit": (one(union(array(INTEGER), array(NUMBER), keyword="oneOf")), '{"x": []}'),
    "one of two keys": (
        obj("", '"oneOf": [{"required": ["mail"]}, {"required": ["phone"]}]', mail=STRING, phone=STRING),
        '{"mail": "a"}',
    ),
    "a whole argument list of a union": (
        '{"type": "object", ' + union(obj("id", CLOSED, id=INTEGER), obj("name", CLOSED, name=STRING))[1:],
        '{"name": "Ann"}',
    ),
    "Pydantic's optional left out": (one(union(ADDRESS, NULL, more='"default": null')), "{}"),
    "Pydantic's optional given as null": (one(union(ADDRESS, NULL, more='"default": null')), '{"x": null}'),
    "Pydantic's optional given": (one(union(ADDRESS, NULL, more='"default": null')), '{"x": {"street": "Main"}}'),
    "OpenAPI's nullable beside a reference": (defining(one('{"$ref": "#/$defs/A", "nullable": true}'), A=ADDRESS), '{"x": null}'),
    "OpenAPI's nullable beside options": (one('{"type": "string", "enum": ["a"], "nullable": true}'), '{"x": null}'),
    "titles everywhere": (
        '{"title": "F", "type": "object", "properties": {"x": {"title": "X", "type": "array", "items": {"title": "I", "type": "number"}}}}',
        '{"x": [1]}',
    ),
    "an argument called title, and one called properties": (
        obj("title", title=STRING, properties=ADDRESS),
        '{"title": "a", "properties": {"street": "b"}}',
    ),
    "a whole float for an integer, in a list": (one(array('{"type": "integer", "minimum": 1}')), '{"x": [1, 2.0]}'),
    "an integer for a number with bounds": (one('{"type": "number", "minimum": 0.5}'), '{"x": 1}'),
    "a constant": (one('{"const": "v1"}'), '{"x": "v1"}'),
    "a whole float that an enumeration lists as an integer": (one('{"enum": [1, "auto", null]}'), '{"x": 1.0}'),
    "null that an enumeration lists": (one('{"enum": [1, "auto", null]}'), '{"x": null}'),
    "a reference with a pointer into a branch": (
        '{"properties": {"x": {"anyOf": [{"type": "integer"}, {"type": "string"}]}, "y": {"$ref": "#/properties/x/anyOf/0"}}}',
        '{"y": 1}',
    ),
    "a tree that refers to itself": (TREE, '{"x": {"v": 1, "kids": [{"v": 2, "kids": []}, {"v": 3}]}}'),
    "a whole schema behind a reference": (defining('{"$ref": "#/$defs/A"}', A=ADDRESS), '{"street": "Main"}'),
    "draft 7's definitions": (
        f'{{"properties": {{"x": {{"$ref": "#/definitions/A"}}}}, "definitions": {{"A": {ADDRESS}}}}}',
        '{"x": {"street": "Main"}}',
    ),
    "a definition with a blank and a slash in its name": (
        f'{{"properties": {{"x": {{"$ref": "#/$defs/My%20A~1B"}}}}, "$defs": {{"My A/B": {PAYMENT}}}}}',
        '{"x": {"kind": "cash"}}',
    ),
    "an inheritance": (INHERITED, '{"a": 1, "b": "x"}'),
    "a closed base and a closed heir, whose keys are joined": (
        union(obj("", CLOSED, a=INTEGER), obj("", CLOSED, b=INTEGER), keyword="allOf"),
        '{"a": 1, "b": 2}',
    ),
    "an inheritance of two levels": (
        defining(
            union(ref("B"), obj(c=INTEGER), keyword="allOf"),
            A=obj("a", a=INTEGER),
            B=union(ref("A"), obj("b", b=INTEGER), keyword="allOf"),
        ),
        '{"a": 1, "b": 2, "c": 3}',
    ),
    "an inheritance of a property": (
        defining(one(union(ref("A"), keyword="allOf", more='"description": "Where to"')), A=ADDRESS),
        '{"x": {"street": "Main"}}',
    ),
    "unevaluatedProperties false over what an allOf declares": (
        one(f'{{"allOf": [{ADDRESS}], "properties": {{"n": {INTEGER}}}, "unevaluatedProperties": false}}'),
        '{"x": {"street": "A", "n": 1}}',
    ),
    "further keys true": (one(obj("", '"additionalProperties": true', a=INTEGER)), '{"x": {"mood": 1}}'),
    "further keys of a schema": (one(obj("", f'"additionalProperties": {INTEGER}', a=INTEGER)), '{"x": {"mood": 1}}'),
    "a map of names to objects": (one(f'{{"type": "object", "additionalProperties": {ADDRESS}}}'), '{"x": {"home": {"street": "A"}}}'),
    "an object that declares nothing": (one('{"type": "object"}'), '{"x": {"mood": 1}}'),
    "a map with names of a list": (
        one('{"type": "object", "propertyNames": {"enum": ["low", "high"]}, "additionalProperties": {"type": "integer"}}'),
        '{"x": {"low": 1}}',
    ),
    "keys by pattern": (one(f'{{"type": "object", "patternProperties": {{"^n_": {INTEGER}}}, {CLOSED}}}'), '{"x": {"n_a": 1}}'),
    "a tuple": (one(f'{{"type": "array", "prefixItems": [{INTEGER}, {STRING}], "items": false}}'), '{"x": [1, "a"]}'),
    "a tuple as draft 7 writes it": (one(f'{{"type": "array", "items": [{INTEGER}, {STRING}]}}'), '{"x": [1, "a", null]}'),
    "a list with the item asked for": (one('{"type": "array", "contains": {"const": "all"}}'), '{"x": ["some", "all"]}'),
    "a lower bound met, as draft 4 writes it": (one('{"type": "number", "minimum": 0, "exclusiveMinimum": false}'), '{"x": 0}'),
    "a multiple in tenths": (one('{"type": "number", "multipleOf": 0.1}'), '{"x": 0.3}'),
    "a key that requires another, which is there": (
        obj("", '"dependentRequired": {"card": ["bill_to"]}', card=STRING, bill_to=STRING),
        '{"card": "1", "bill_to": "B"}',
    ),
    "a key that requires another, left out": (obj("", '"dependentRequired": {"card": ["bill_to"]}', card=STRING, bill_to=STRING), "{}"),
    "a key that then declares": (
        obj("", f'"if": {KIND_IS_CARD}, "then": {{"properties": {{"cvc": {INTEGER}}}}}', kind=STRING),
        '{"kind": "card", "cvc": 1}',
    ),
    "a key that another one brings along": (
        obj("", f'"dependentSchemas": {{"card": {obj("cvc", cvc=INTEGER)}}}', card=STRING),
        '{"card": "1", "cvc": 2}',
    ),
    "a value that a schema does not exclude": (one('{"type": "string", "not": {"const": "root"}}'), '{"x": "ann"}'),
    "formats met": (
        obj(
            d='{"type": "string", "format": "date"}',
            t='{"type": "string", "format": "date-time"}',
            m='{"type": "string", "format": "email"}',
            u='{"type": "string", "format": "uuid"}',
            l='{"type": "string", "format": "uri"}',
        ),
        '{"d": "2024-12-25", "t": "2024-12-25T10:00:00Z", "m": "ann@example.org", "u": "123e4567-e89b-12d3-a456-426614174000", "l": "https://example.org"}',
    ),
    "formats that nobody asserts": (one('{"type": "string", "format": "binary"}'), '{"x": "?"}'),
    "keywords that nobody knows": (one('{"type": "integer", "x-order": 1, "readOnly": true}'), '{"x": 1}'),
    "keywords that are null are not there": (
        '{"type": "object", "properties": {"x": {"type": "integer", "enum": null, "items": null, "description": null}}, "required": null}',
        '{"x": 1}',
    ),
}


@pytest.mark.parametrize(("schema", "arguments"), CLEAN.values(), ids=list(CLEAN))
def test_clean(schema, arguments):
    assert found(schema, arguments) == []


UNUSABLE = {
    "a reference to the web": (one('{"$ref": "http://127.0.0.1:9/user.json"}'), '{"x": 1}', "reference"),
    "a reference to a file": (one('{"$ref": "file:///etc/hostname"}'), '{"x": 1}', "reference"),
    "a reference that leads nowhere": (one('{"$ref": "#/$defs/None"}'), '{"x": 1}', "reference"),
    "a reference in a circle": (one('{"$ref": "#/properties/x"}'), '{"x": {"a": 1}}', "reference"),
    "parts in a circle": (defining(one(ref("A")), A=union(ref("A"), keyword="allOf")), '{"x": {"a": 1}}', "reference"),
    "branches in a circle": (defining(one(ref("A")), A=union(ref("A"), NULL)), '{"x": {"a": 1}}', "reference"),
    "a type that is a number": (one('{"type": 5}'), '{"x": 1}', "invalid"),
    "properties that are a list": (one('{"type": "object", "properties": ["a"]}'), '{"x": {"a": 1}}', "invalid"),
    "a list of required names that is a text": ('{"type": "object", "properties": {"x": {}}, "required": "x"}', '{"x": 1}', "invalid"),
    "options that are no list": (one('{"enum": "a"}'), '{"x": "a"}', "invalid"),
    "branches that are no list": (one('{"anyOf": {"type": "integer"}}'), '{"x": 1}', "invalid"),
    "no branches": (one('{"anyOf": []}'), '{"x": 1}', "invalid"),
    "a branch that is no schema": (one('{"oneOf": [5]}'), '{"x": 1}', "invalid"),
    "a pattern that is none": (one('{"type": "string", "pattern": "("}'), '{"x": "a"}', "invalid"),
    "a bound that is no number": (one('{"type": "integer", "minimum": "low"}'), '{"x": 1}', "invalid"),
}


@pytest.mark.parametrize(("schema", "arguments", "subtype"), UNUSABLE.values(), ids=list(UNUSABLE))
def test_a_schema_that_cannot_be_used_is_said_to_be_one_and_nothing_else_is_judged(schema, arguments, subtype):
    assert found(schema, arguments) == [("schema_unresolvable", subtype, CALL)]
    raw = f'{{"tools": [{{"name": "f", "parameters": {schema}}}], "turns": ["?", [{{"f": {arguments}}}]]}}'
    skipped = {outcome.error for outcome in verdict(raw).outcomes if outcome.skipped}
    assert {"IAN", "IAT", "IAV"} <= skipped


DEPTHS = {200: ("IAT", "container"), 3_000: ("schema_unresolvable", "invalid"), 10_000: ("schema_unresolvable", "invalid")}


@pytest.mark.parametrize(("depth", "expected"), DEPTHS.items())
def test_a_schema_of_any_depth_neither_crashes_nor_is_passed_over(depth, expected):
    schema: dict = {"type": "integer"}
    for _ in range(depth):
        schema = {"type": "array", "items": schema}
    deep = Tool(name="f", parameters=normalise({"type": "object", "properties": {"x": schema}}))
    call = Step(calls=(Call(name="f", arguments={"x": [["a"]]}, raw="f"),))
    judged = classify(Trajectory(key="k", id="i", tool_sets=((deep,),), turns=(Message(role="user", content="?"), call)))
    assert judged.crashed == ()
    assert [(finding.error, finding.subtype) for outcome in judged.outcomes for finding in outcome.findings] == [expected]


MESSAGES = {
    "a misspelt name": (obj(city=STRING), '{"City": "a"}', "expected an argument of f (city), got 'City'"),
    "a misspelt key": (one(ADDRESS), '{"x": {"Street": "a"}}', "expected a key of x (street, zip), got 'Street'"),
    "a key of a list's item": (
        one(array(ADDRESS)),
        '{"x": [{"street": "a", "mood": 1}]}',
        "expected a key of x[0] (street, zip), got 'mood'",
    ),
    "a type": (one('{"type": ["integer", "null"]}'), '{"x": true}', "expected integer or null, got boolean 'true'"),
    "the types of all branches": (
        one(union(array(INTEGER), ADDRESS, NULL)),
        '{"x": 5}',
        "expected array or object or null, got integer '5'",
    ),
    "an option": (one('{"enum": [1, "auto", null]}'), '{"x": 2}', "expected one of '1', 'auto', 'null', got '2'"),
    "a constant": (one('{"const": "v1"}'), '{"x": "v2"}', "expected one of 'v1', got 'v2'"),
    "a tag": (one(PAYMENT), '{"x": {"kind": "cheque"}}', "expected one of 'card', 'cash', got 'cheque'"),
    "an argument missing": (obj("a", a=INTEGER), "{}", "expected the required argument 'a', got nothing"),
    "a key missing": (one(PAYMENT), '{"x": {"kind": "card"}}', "expected the required argument 'x.number', got nothing"),
    "a maximum": (one('{"type": "integer", "maximum": 5}'), '{"x": 6}', "expected at most 5, got '6'"),
    "a minimum, excluded": (one('{"type": "number", "exclusiveMinimum": 0}'), '{"x": 0}', "expected more than 0, got '0'"),
    "one character": (one('{"type": "string", "minLength": 1}'), '{"x": ""}', "expected at least 1 character, got ''"),
    "two items": (one('{"type": "array", "minItems": 2}'), '{"x": []}', "expected at least 2 items, got '[]'"),
    "a pattern": (one('{"type": "string", "pattern": "^a"}'), '{"x": "b"}', "expected text that matches '^a', got 'b'"),
    "a format": (one('{"type": "string", "format": "date"}'), '{"x": "b"}', "expected text of the format 'date', got 'b'"),
    "repeats": (one('{"type": "array", "uniqueItems": true}'), '{"x": [1, 1]}', "expected items that differ, got '[1,1]'"),
    "not a number": (one(NUMBER), '{"x": NaN}', "expected number, got NaN 'NaN'"),
}


@pytest.mark.parametrize(("schema", "arguments", "message"), MESSAGES.values(), ids=list(MESSAGES))
def test_a_message_says_what_was_expected_and_what_was_there(schema, arguments, message):
    tool = f'{{"name": "f", "parameters": {schema}}}'
    judged = verdict(f'{{"tools": [{tool}], "turns": ["?", [{{"f": {arguments}}}]]}}')
    assert [finding.message for outcome in judged.outcomes for finding in outcome.findings] == [message]


REPAIRED = {
    "a misspelt nested name is charged once, its value compared": (
        obj(address=ADDRESS),
        '{"address": {"Street": "Side Alley"}}',
        '{"address": {"street": "Main"}}',
        [("IAN", "near_miss", ".address.Street", "likely"), ("IAV", "other", ".address.Street")],
    ),
    "a misspelt nested name and nothing else": (
        obj(address=ADDRESS),
        '{"address": {"Street": "Main"}}',
        '{"address": {"street": "Main"}}',
        [("IAN", "near_miss", ".address.Street", "likely")],
    ),
    "a misplaced name that fills its slot, its value compared": (
        obj("address", address=ADDRESS),
        '{"address": {"zip": "1"}, "street": "Side Alley"}',
        '{"address": {"street": "Main", "zip": "1"}}',
        [("IAN", "misplaced", ".street"), ("IAV", "other", ".street")],
    ),
    "the fields of an object given one level up, one of them wrong": (
        obj("address", address=ADDRESS),
        '{"street": "Main", "zip": "2"}',
        '{"address": {"street": "Main", "zip": "1"}}',
        [("IAN", "misplaced", ".street"), ("IAN", "misplaced", ".zip"), ("IAV", "other", ".zip")],
    ),
    "a text for a number in a union's branch, compared as the number": (
        one(union('{"type": "integer", "minimum": 1}', NULL)),
        '{"x": "3"}',
        '{"x": 4}',
        [("IAT", "coercible", ".x"), ("IAV", "other", ".x")],
    ),
    "no date where the gold has one": (
        one('{"type": "string", "format": "date"}'),
        '{"x": "25.12.2024"}',
        '{"x": "2024-12-25"}',
        [("IAV", "outside_bounds", ".x")],
    ),
    "a text that is no date where the gold has that very text": (
        one('{"type": "string", "format": "date"}'),
        '{"x": "tomorrow"}',
        '{"x": "tomorrow"}',
        [("IAV", "outside_bounds", ".x", "likely", "task")],
    ),
}


@pytest.mark.parametrize(("schema", "arguments", "gold", "expected"), REPAIRED.values(), ids=list(REPAIRED))
def test_a_repaired_value_is_held_against_the_gold(schema, arguments, gold, expected):
    assert found(schema, arguments, gold) == expected


def test_a_repair_says_where_the_value_belongs():
    tool = f'{{"name": "f", "parameters": {obj("address", address=ADDRESS)}}}'
    raw = f'{{"tools": [{tool}], "turns": ["?", [{{"f": {{"Address": {{"zap": 1, "zipp": "1"}}, "street": "Main"}}}}]]}}'
    names = [finding for outcome in verdict(raw).outcomes for finding in outcome.findings if finding.error == "IAN"]
    assert [(finding.path.removeprefix(ARGUMENTS), finding.subtype, finding.repair) for finding in names] == [
        (".Address", "near_miss", "address"),
        (".Address.zap", "unknown", None),
        (".Address.zipp", "near_miss", "zip"),
        (".street", "misplaced", "address.street"),
    ]
