"""Calls with Java values: which texts are calls, what their values mean, and what is refused, with its place."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectool.model import Call
from spectool.read.dialects import java
from spectool.read.dialects.broken import Broken
from spectool.read.dialects.scan import scan

CALLS = [
    ("a call with a name and a string", '[G.create(a="x", b=mapArea)]', [("G.create", {"a": "x", "b": "mapArea"}, None)]),
    ("two calls in a list", "[f(a=1), g(b=2L)]", [("f", {"a": 1}, None), ("g", {"b": 2}, None)]),
    ("a call without brackets around it", "f(a=true)", [("f", {"a": True}, None)]),
    ("calls one a line", "f(a=1)\ng(a=2)", [("f", {"a": 1}, None), ("g", {"a": 2}, None)]),
    ("no arguments", "[f()]", [("f", {}, None)]),
    ("single quotes around a text, as models write", "[f(a='it is', b='')]", [("f", {"a": "it is", "b": ""}, None)]),
    (
        "a comma inside a generic type",
        'f(a=new HashMap<String, Integer>() {{ put("k", 1); }}, b=2)',
        [("f", {"a": {"k": 1}, "b": 2}, None)],
    ),
    ("a bracket and a quote inside strings", 'f(a="x)]", b=\'say "hi"\')', [("f", {"a": "x)]", "b": 'say "hi"'}, None)]),
    ("characters outside ASCII before and inside", 'f(ä="𝒳é→", b=new int[]{1})', [("f", {"ä": "𝒳é→", "b": [1]}, None)]),
    ("a word that Java reserves as a parameter's name", "f(default=new int[]{1}, class=2)", [("f", {"default": [1], "class": 2}, None)]),
    ("a hyphen in a parameter's name", "f(max-size=new int[]{1})", [("f", {"max-size": [1]}, None)]),
    ("comments between the arguments", "f(a=1, /* b=2, */ c=new int[]{3} // last\n)", [("f", {"a": 1, "c": [3]}, None)]),
    ("a lambda with a comma in it", "f(a=(x, y) -> x + y, b=1)", [("f", {"a": "(x, y) -> x + y", "b": 1}, None)]),
    ("the value of an argument is a call", "f(a=new Point(1, 2), b=g(c))", [("f", {"a": "new Point(1, 2)", "b": "g(c)"}, None)]),
    ("a lone surrogate in a string", 'f(a="\ud800", b=new int[]{1})', [("f", {"a": "\ud800", "b": [1]}, None)]),
    ("a word of Python", "f(a=True, b=List.of(None))", [("f", {"a": True, "b": [None]}, "other_syntax")]),
    ("an argument without a name", "f(1, a=2)", [("f", None, "positional")]),
    ("a list as JSON and Python write it", "f(a=[1])", [("f", None, "malformed")]),
    ("an object as JSON writes it", 'f(a={"k": 1})', [("f", None, "malformed")]),
    ("a string without an end", 'f(a="x', [("f", None, "truncated")]),
    ("a list without an end", "[f(a=new int[]{1, 2", [("f", None, "truncated")]),
    ("a string that lacks its quote", 'f(a="x)', [("f", None, "malformed")]),
    ("a good call beside a broken one", "[f(a=1 2), g(a=1)]", [("f", None, "malformed"), ("g", {"a": 1}, None)]),
    ("prose around the call", "Here: [f(a=1)]", [("f", {"a": 1}, "wrapped")]),
    ("a fence around the call", "```java\n[f(a=1)]\n```", [("f", {"a": 1}, "wrapped")]),
    ("text alone", "There is nothing to do.", []),
]


@pytest.mark.parametrize(("text", "calls"), [case[1:] for case in CALLS], ids=[case[0] for case in CALLS])
def test_calls(text: str, calls: list[tuple], brief) -> None:
    assert brief(text, java.parse(text, ("f", "g"))) == calls


PLACES = [
    ("the argument without a name", "[f(a=1, b)]", 8, "expected name=value, got 'b'"),
    ("the text that is no Java, after characters of several bytes", '[f(é="é", b=1 2)]', 14, "expected a java expression, got '2'"),
    ("the end of a text that breaks off", "[f(a=g(1)", 9, "expected the end of the call, got the end of the text"),
    ("the quote that nothing closes", '[f(a=g(1), b="x', 13, "expected the end of a string, got none"),
    ("the bracket that nests too deep", "f(a=" + "(" * 64 + "1" + ")" * 64 + ")", 67, "expected at most 64 levels of nesting, got more"),
    ("the number that is too large", "f(a=g(1), b=1e999)", 12, "expected a finite number, got '1e999'"),
]


@pytest.mark.parametrize(("text", "offset", "message"), [case[1:] for case in PLACES], ids=[case[0] for case in PLACES])
def test_a_problem_names_its_place(text: str, offset: int, message: str) -> None:
    problem = java.parse(text, ("f",)).calls[0].problem
    assert problem is not None
    assert (problem.offset, problem.message) == (offset, message)


VALUES: list[tuple[str, Any]] = [
    ("42", 42),
    ("-42", -42),
    ("+42", 42),
    ("42L", 42),
    ("42l", 42),
    ("1_000_000", 1_000_000),
    ("0x1F", 31),
    ("0x1FL", 31),
    ("0b101", 5),
    ("017", 15),
    ("0", 0),
    ("1.5", 1.5),
    ("1.5f", 1.5),
    ("2d", 2.0),
    ("2F", 2.0),
    ("-1e3", -1000.0),
    (".5", 0.5),
    ("0x1.8p1", 3.0),
    ("(5)", 5),
    ("99999999999999999999", 99999999999999999999),
    ("true", True),
    ("false", False),
    ("null", None),
    ("'a'", "a"),
    ('"a b"', "a b"),
    ("''", ""),
    ("'quiet'", "quiet"),
    (r'"tab\tquote\"back\\slash"', 'tab\tquote"back\\slash'),
    (r'"\u00e9\uuu00e9\ud83d\ude00\101\d"', "éé😀A\\d"),
    ('"""\n    two\n      lines\n    """', "two\n  lines\n"),
    ('"""\n    end"""', "end"),
    ("new int[]{1, 2}", [1, 2]),
    ('new String[] {"a", "b"}', ["a", "b"]),
    ("new int[][]{{1}, {2, 3}}", [[1], [2, 3]]),
    ("{1, 2}", [1, 2]),
    ("{}", []),
    ('Arrays.asList("a", 1, true)', ["a", 1, True]),
    ("List.of()", []),
    ("Set.of(1)", [1]),
    ('List.<String>of("a")', ["a"]),
    ("java.util.List.of(1)", [1]),
    ('Collections.singletonList("a")', ["a"]),
    ("Collections.emptyList()", []),
    ('new ArrayList<>(Arrays.asList("a"))', ["a"]),
    ("new ArrayList<Integer>(List.of(1, 2))", [1, 2]),
    ("new ArrayList<>()", []),
    ("new ArrayList<>(16)", []),
    ("new java.util.LinkedList<>(List.of(1))", [1]),
    ('new ArrayList<String>() {{ add("a"); add(null); }}', ["a", None]),
    ("new HashSet<>(Arrays.asList(1, 2))", [1, 2]),
    ('Map.of("k", 1, "l", List.of(2))', {"k": 1, "l": [2]}),
    ('Map.ofEntries(Map.entry("k", 1), Map.entry("l", 2))', {"k": 1, "l": 2}),
    ("Map.of()", {}),
    ('new HashMap<String, Object>() {{ put("k", 1); put("m", Map.of("n", 2.5)); }}', {"k": 1, "m": {"n": 2.5}}),
    ("new HashMap<>()", {}),
    ("Map.of(1, true)", {"1": True}),
    ('new TreeMap<>(Map.of("k", 1)) {{ put("l", 2); }}', {"k": 1, "l": 2}),
    ('Arrays.asList(x, "y")', ["x", "y"]),
]


@pytest.mark.parametrize(("text", "value"), VALUES, ids=[text for text, _ in VALUES])
def test_a_literal_is_its_value(text: str, value: Any) -> None:
    got = java.value(text)
    assert (got, type(got)) == (value, type(value))


EXPRESSIONS = [
    "mapArea",
    "TimeUnit.SECONDS",
    "String.class",
    "x -> x + 1",
    "(a, b) -> { return a; }",
    "Builder::getConcurrency",
    "ByteBuffer.allocate(1024)",
    "new Point(1, 2)",
    "new int[3]",
    "(long) 5",
    "a ? 1 : 2",
    '"a" + "b"',
    "!done",
    "list[0]",
    "-x",
    "this.field",
    'Map.of("k")',
    "Map.of(List.of(), 1)",
    "new HashMap<>(other)",
    'new ArrayList<>() {{ add(1, "x"); }}',
    'new HashMap<>() {{ put("k", 1); remove("l"); }}',
    "new ArrayList<>() { int size() { return 0; } }",
    "ImmutableList.of(1)",
]


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_an_expression_stands_for_itself(text: str) -> None:
    assert java.value(text) == text


REFUSED = [
    ("several words", "hello world"),
    ("two values", "1, 2"),
    ("nothing", ""),
    ("space alone", "  "),
    ("a list of JSON", "[1, 2]"),
    ("an object of JSON", '{"k": 1}'),
    ("what Java prints of a map", "{format=epoch_millis, x=1}"),
    ("a statement", "int x = 5;"),
    ("two statements", "f(); g()"),
    ("text that closes the brackets around it", "1}; T[]w={2"),
    ("an unclosed string", '"a'),
    ("a time", "10:30"),
    ("a number that overflows", "1e999"),
    ("more digits than Python converts", "9" * 5_000),
    ("ten thousand brackets", "(" * 10_000),
    ("a text that is too long", "a+" * 20_000 + "a"),
    ("types that could be many things", "a<b<" * 3_000),
    ("a NUL", "a\0b"),
    ("a word of Python", "True"),
]


@pytest.mark.parametrize("text", [case[1] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_is_no_expression_is_refused(text: str) -> None:
    with pytest.raises(Broken):
        java.value(text)


def test_a_long_string_is_no_long_structure() -> None:
    assert java.value('"' + "x(" * 500_000 + '"') == "x(" * 500_000


def test_a_list_of_three_thousand_numbers_fits() -> None:
    assert java.value("new int[]{" + "1, " * 3_000 + "}") == [1] * 3_000


_PIECES = [
    "f(",
    "a=",
    "new ",
    "int[]{",
    "List.of(",
    '"',
    "'",
    "{{",
    "}}",
    "->",
    "<",
    ">",
    "1",
    "x",
    ",",
    ")",
    "]",
    "\ud800",
    "é",
    "/*",
    "\\",
]
_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None)
@given(value=_VALUE)
def test_what_is_written_reads_back(value: Any) -> None:
    assert java.value(java.write_value(value)) == value


@settings(max_examples=80, deadline=None)
@given(text=st.lists(st.sampled_from(_PIECES), max_size=20).map("".join))
def test_no_text_makes_it_raise_anything_but_broken(text: str) -> None:
    parsed = java.parse(text, ("f",))
    assert all(call.raw == text[slice(*call.span)] for call in parsed.calls if call.span)
    with suppress(Broken):
        java.value(text)


def test_another_syntax_is_read_where_java_was_asked_for() -> None:
    text = "[f(a=['x'], b=True)]"
    parsed, used = scan(text, asked="java", names=("f",))
    assert used == "pythonic"
    assert [(call.arguments, call.problem and call.problem.kind) for call in parsed.calls] == [({"a": ["x"], "b": True}, "other_syntax")]


def test_a_text_of_unknown_syntax_is_not_claimed() -> None:
    assert scan("[f(a=1), g(b='x')]")[1] == "pythonic"


def test_written_calls_hold_java() -> None:
    call = Call(name="f", arguments={"a": [1, {"k": None}], "b": 3_000_000_000, "c": 'say "é"'})
    assert java.write([call]) == '[f(a=Arrays.asList(1, new HashMap<>() {{ put("k", null); }}), b=3000000000L, c="say \\"é\\"")]'


def test_hostile_megabytes_cost_little() -> None:
    start = time.process_time()
    for text in ("f(a=" * 250_000, "f(a=" + "(" * 1_000_000, "f(a='" + "\\" * 1_000_000, "f(a=" + "x -> " * 200_000 + ")"):
        java.parse(text, ("f",))
    assert time.process_time() - start < 5
