"""Calls with JavaScript values: which texts are calls, what their values mean, and what is refused, with its place."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectool.model import Call
from spectool.read.dialects import javascript
from spectool.read.dialects.broken import Broken
from spectool.read.dialects.scan import scan

CALLS = [
    ("a call with a string and a word", "[validate(a='x', b=true)]", [("validate", {"a": "x", "b": True}, None)]),
    ("one object instead of named arguments", "f({a: 1, 'b': [1, 2], c})", [("f", {"a": 1, "b": [1, 2], "c": "c"}, None)]),
    ("two calls in a list", "[f(a=[1]), g(b={k: 2n})]", [("f", {"a": [1]}, None), ("g", {"b": {"k": 2}}, None)]),
    ("a trailing comma", "f(a=[1,],)", [("f", {"a": [1]}, None)]),
    (
        "a function with a comma and brackets in it",
        "f(a=function(x, y) { return [x, y]; }, b=1)",
        [("f", {"a": "function(x, y) { return [x, y]; }", "b": 1}, None)],
    ),
    ("an arrow function with a default", "f(a=(x, y=2) => x + y, b=1)", [("f", {"a": "(x, y=2) => x + y", "b": 1}, None)]),
    ("a regular expression with brackets and quotes", "f(a=/[(\"']/g, b=[1])", [("f", {"a": "/[(\"']/g", "b": [1]}, None)]),
    ("a division is no regular expression", "f(a=x / 2, b=y / 3)", [("f", {"a": "x / 2", "b": "y / 3"}, None)]),
    ("a template with brackets in it", "f(a=`)]`, b=`${g(1)}`)", [("f", {"a": ")]", "b": "`${g(1)}`"}, None)]),
    ("a word that the language reserves as a parameter's name", "f(default=[3], delete=1)", [("f", {"default": [3], "delete": 1}, None)]),
    ("characters outside ASCII", "f(ä='𝒳é→', b=[1])", [("f", {"ä": "𝒳é→", "b": [1]}, None)]),
    ("a word of Python", "f(a=True, b={k: None})", [("f", {"a": True, "b": {"k": None}}, "other_syntax")]),
    ("an argument without a name", "f(x, {a: 1})", [("f", None, "positional")]),
    ("an object with a method is a value without a name", "f({m() {}})", [("f", None, "positional")]),
    ("an object without an end", "[f(a={k: 1", [("f", None, "truncated")]),
    ("a template without an end", "f(a=`x", [("f", None, "truncated")]),
    ("a colon in place of the equals sign", "f(a: 1)", [("f", None, "malformed")]),
    ("a good call beside a broken one", "[f(a=1 2), g(a=[1])]", [("f", None, "malformed"), ("g", {"a": [1]}, None)]),
    ("prose around the call", "Here: [f(a=1)]", [("f", {"a": 1}, "wrapped")]),
    ("text alone", "There is nothing to do.", []),
]


@pytest.mark.parametrize(("text", "calls"), [case[1:] for case in CALLS], ids=[case[0] for case in CALLS])
def test_calls(text: str, calls: list[tuple], brief) -> None:
    assert brief(text, javascript.parse(text, ("f", "g"))) == calls


VALUES: list[tuple[str, Any]] = [
    ("42", 42),
    ("-42", -42),
    ("10n", 10),
    ("0x1f", 31),
    ("0xFFn", 255),
    ("0b11", 3),
    ("0o17", 15),
    ("017", 15),
    ("1_000", 1_000),
    ("1.5", 1.5),
    ("-1e3", -1000.0),
    (".5", 0.5),
    ("5.", 5.0),
    ("(5)", 5),
    ("true", True),
    ("false", False),
    ("null", None),
    ("undefined", None),
    ("'a'", "a"),
    ('"a b"', "a b"),
    ("`a`", "a"),
    ("''", ""),
    (r"'\x41\u0042\u{1F600}\n\'\d'", "AB😀\n'\\d"),
    ("[1, 'a', [true]]", [1, "a", [True]]),
    ("[]", []),
    ("[1, , 2]", [1, None, 2]),
    ("[, 1]", [None, 1]),
    ("[1, 2,]", [1, 2]),
    ("{a: 1, 'b': 2, \"c\": 3, 4: 5}", {"a": 1, "b": 2, "c": 3, "4": 5}),
    ("{}", {}),
    ("{a, b: {c: null}}", {"a": "a", "b": {"c": None}}),
    ("new Map([['k', 1], [2, [3]]])", {"k": 1, "2": [3]}),
    ("new Map()", {}),
    ("new Set([1, 2])", [1, 2]),
    ("new Set()", []),
    ("new Array(1, 2)", [1, 2]),
    ("new Array('x')", ["x"]),
    ("[x, 1]", ["x", 1]),
]


@pytest.mark.parametrize(("text", "value"), VALUES, ids=[text for text, _ in VALUES])
def test_a_literal_is_its_value(text: str, value: Any) -> None:
    got = javascript.value(text)
    assert (got, type(got)) == (value, type(value))


EXPRESSIONS = [
    "listElement",
    "React.createContext()",
    "() => 1",
    "async (x) => { await y; }",
    "function f(a, b) { return a; }",
    "/a[(/]/g",
    "`t${x}`",
    "NaN",
    "-Infinity",
    "a ? 1 : 2",
    "'a' + 'b'",
    "!done",
    "list[0]",
    "new Date('2020')",
    "class A {}",
    "{m() {}}",
    "{...x}",
    "{[x]: 1}",
    "new Array(3)",
    "new Map(x)",
    "new Map([[1]])",
    "x => ({a: 1})",
    "typeof x",
]


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_an_expression_stands_for_itself(text: str) -> None:
    assert javascript.value(text) == text


REFUSED = [
    ("several words", "hello world"),
    ("two values", "1, 2"),
    ("nothing", ""),
    ("spread values", "...x"),
    ("a declaration", "let x = 5;"),
    ("two statements", "f(); g()"),
    ("text that closes the brackets around it", "1]; v=[2"),
    ("an unclosed string", "'a"),
    ("a string over two lines", "'a\nb'"),
    ("a time", "10:30"),
    ("a number that overflows", "1e999"),
    ("more digits than Python converts", "9" * 5_000),
    ("ten thousand brackets", "[" * 10_000),
    ("a text that is too long", "a+" * 20_000 + "a"),
    ("an unclosed comment", "1 /* x"),
    ("a NUL", "a\0b"),
    ("a word of Python", "{a: True}"),
]


@pytest.mark.parametrize("text", [case[1] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_is_no_expression_is_refused(text: str) -> None:
    with pytest.raises(Broken):
        javascript.value(text)


_PIECES = ["f(", "a=", "new ", "{", "[", "${", "`", '"', "'", "=>", "/", "1", "x", ",", ")", "]", "}", "\ud800", "é", "/*", "\\", ":"]
_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None)
@given(value=_VALUE)
def test_what_is_written_reads_back(value: Any) -> None:
    assert javascript.value(javascript.write_value(value)) == value


@settings(max_examples=80, deadline=None)
@given(text=st.lists(st.sampled_from(_PIECES), max_size=20).map("".join))
def test_no_text_makes_it_raise_anything_but_broken(text: str) -> None:
    parsed = javascript.parse(text, ("f",))
    assert all(call.raw == text[slice(*call.span)] for call in parsed.calls if call.span)
    with suppress(Broken):
        javascript.value(text)


def test_what_only_python_writes_is_read_where_javascript_was_asked_for() -> None:
    parsed, used = scan("[f(a=(1, 2), b=r'x')]", asked="javascript", names=("f",))
    assert used == "pythonic"
    assert [(call.arguments, call.problem and call.problem.kind) for call in parsed.calls] == [({"a": [1, 2], "b": "x"}, "other_syntax")]


def test_written_calls_hold_javascript() -> None:
    call = Call(name="f", arguments={"a": [1, {"k": None}], "b": True, "c": 'say "é"'})
    assert javascript.write([call]) == '[f(a=[1, {"k": null}], b=true, c="say \\"é\\"")]'


def test_hostile_megabytes_cost_little() -> None:
    start = time.process_time()
    for text in (
        "f(a=" * 250_000,
        "f(a=" + "[" * 1_000_000,
        "f(a=`" + "\\" * 1_000_000,
        "f(a=" + "x => " * 200_000 + ")",
        "f(a=/" + "[" * 1_000_000,
    ):
        javascript.parse(text, ("f",))
    assert time.process_time() - start < 5
