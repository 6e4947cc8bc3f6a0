"""Java and JavaScript as BFCL reads them: the call out of the text, and an argument's text by its declared type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectool.classify.compat import bfcl_java, bfcl_java_values, bfcl_javascript
from spectool.classify.compat.python_text import Undecodable
from spectool.classify.compat.ruling import PASSED
from tests.classify.compat.asking import function, ruling

JAVA = {
    "literals lose their quotes": ("a.B.f(s=\"x y\", c='c', n=5L, t=true)", {"s": "x y", "c": "c", "n": "5L", "t": "true"}),
    "a name stands for itself": ("a.B.f(x=mapArea)", {"x": "mapArea"}),
    "an array without the space in it": ("a.B.f(x=new int[] {1, 2})", {"x": "new int[]{1,2}"}),
    "a list of a list": ('a.B.f(x=new ArrayList<>(Arrays.asList("a", "b")))', {"x": 'new ArrayList<>(Arrays.asList("a", "b"))'}),
    "an object loses its body": ('a.B.f(x=new HashMap<String, Integer>() {{ put("a", 1); }})', {"x": "new HashMap<String,Integer>()"}),
    "a sum without its spaces": ("a.B.f(x=a + 1)", {"x": "a+1"}),
    "an unnamed literal is dropped": ('a.B.f("x", y=1)', {"y": "1"}),
    "an unnamed name has no name": ("a.B.f(name, y=1)", {None: "name", "y": "1"}),
    "text after a character outside ASCII is shifted": ('a.B.f(x="é", y=ab)', {"x": 'é"', "=": "b)"}),
}
JAVASCRIPT = {
    "literals lose their quotes": ("f(s=\"x y\", c='c', n=5n, t=true)", {"s": "x y", "c": "c", "n": "5n", "t": "true"}),
    "a list as written": ("f(x=[1,  2])", {"x": "[1,  2]"}),
    "an object as written": ("f(x={a: 1})", {"x": "{a: 1}"}),
    "a function as written": ("f(x=(a) => a + 1)", {"x": "(a) => a + 1"}),
    "an unnamed name has no name": ("f(x)", {None: "x"}),
    "an unnamed number is dropped": ("f(5)", {}),
    "characters outside ASCII": ("f(x='é', y=ab)", {"x": "é", "y": "ab"}),
}


@pytest.mark.parametrize(("text", "arguments"), JAVA.values(), ids=JAVA)
def test_java_is_decoded(text, arguments):
    assert bfcl_java.decode(text) == [("a.B.f", arguments)]


@pytest.mark.parametrize(("text", "arguments"), JAVASCRIPT.values(), ids=JAVASCRIPT)
def test_javascript_is_decoded(text, arguments):
    assert bfcl_javascript.decode(text) == [("f", arguments)]


UNDECODABLE = {
    "prose": "I can not do that, sorry.",
    "a call that breaks off": "f(a=",
    "a name given twice": "f(a=1, a=2)",
    "nothing but signs": "((((",
    "deep nesting": "f(a=" + "(" * 3_000 + ")" * 3_000 + ")",
    "a row of less-than signs": "f(a=" + "a<b<" * 1_500 + ")",
    "too much text": "f(a=" + "1+" * 20_000 + "1)",
}


@pytest.mark.parametrize("decode", [bfcl_java.decode, bfcl_javascript.decode], ids=["java", "javascript"])
@pytest.mark.parametrize("text", UNDECODABLE.values(), ids=UNDECODABLE)
def test_what_is_no_call_is_refused(decode, text):
    with pytest.raises(Undecodable):
        decode(text)


@pytest.mark.parametrize("decode", [bfcl_java.decode, bfcl_javascript.decode], ids=["java", "javascript"])
@pytest.mark.parametrize("text", ["", "// nothing", "x = 5;"])
def test_sound_text_without_a_call_is_no_list_of_calls(decode, text):
    assert decode(text) is None


JAVA_VALUES = {
    "an integer": ("42", "integer", None, 42),
    "a negative byte": ("-1", "byte", None, -1),
    "no integer": ("42L", "integer", None, "42L"),
    "a long with its letter": ("42L", "long", None, 42),
    "a long without it": ("42", "long", None, "42"),
    "a float with its letter": ("1.5f", "float", None, 1.5),
    "a float without it": ("1.5", "float", None, "1.5"),
    "a double": ("1.5e3", "double", None, 1500.0),
    "a boolean": ("false", "boolean", None, False),
    "a boolean in Python's words": ("False", "boolean", None, "False"),
    "a char": ("c", "char", None, "c"),
    "a string": ("a b", "String", None, "a b"),
    "any type is text": ("5", "any", None, "5"),
    "an array of numbers": ("new int[]{1, 2}", "Array", "integer", [1, 2]),
    "an array of strings keeps their quotes": ('new String[]{"a","b"}', "Array", "String", ['"a"', '"b"']),
    "an empty array": ("new int[]{}", "Array", "integer", []),
    "an array in JSON": ("[1, 2]", "Array", "integer", "[1, 2]"),
    "a list of strings": ('new ArrayList<>(Arrays.asList("a", "b"))', "ArrayList", "String", ["a", "b"]),
    "a list of longs": ("new ArrayList<Long>(Arrays.asList(1L, 2))", "ArrayList", "long", [1, "2"]),
    "a list filled in its body": ("new ArrayList<Integer>() {{ add(1); add(2); }}", "ArrayList", "integer", [1, 2]),
    "an empty list": ("new ArrayList<>()", "ArrayList", "any", []),
    "another class of lists": ("List.of(1)", "ArrayList", "integer", "List.of(1)"),
    "a map filled in its body": (
        'new HashMap<String, Object>() {{ put("a", 1); put("b", "x"); put("c", true); put("d", 2.5f); put("e", 3L); put("f", y); }}',
        "HashMap", None, {"a": 1, "b": "x", "c": True, "d": 2.5, "e": 3, "f": "y"},
    ),
    "a map filled in single brackets": ('new HashMap<>() { put("a", 1) }', "HashMap", None, {"a": 1}),
    "an empty map": ("new HashMap<String, String>()", "HashMap", None, {}),
    "a map in JSON": ('{"a": 1}', "HashMap", None, '{"a": 1}'),
    "a map too long to be looked at": (f"new HashMap<>() {{{' ' * 5_000}}}", "HashMap", None, f"new HashMap<>() {{{' ' * 5_000}}}"),
}  # fmt: skip
JAVASCRIPT_VALUES = {
    "an integer": ("42", "integer", None, 42),
    "a float": ("-1.5", "float", None, -1.5),
    "a whole float": ("5", "float", None, 5.0),
    "a bigint with its letter": ("5n", "Bigint", None, 5),
    "a bigint without it": ("5", "Bigint", None, "5"),
    "a boolean": ("true", "Boolean", None, True),
    "a string in quotes": ("'a'", "String", None, "a"),
    "any type is text": ("[1]", "any", None, "[1]"),
    "a list of numbers": ("[1, 2]", "array", "integer", [1, 2]),
    "a list of strings": ("['a', \"b\"]", "array", "String", ["a", "b"]),
    "a list by its class": ("new Array(1, 2)", "array", "integer", [1, 2]),
    "an empty list": ("[]", "array", "String", []),
    "a list whose items are no numbers": ("[a, 2.5]", "array", "integer", ["a", "2.5"]),
    "lists in a list": ("[[1, 2], ['a', true]]", "array", "any", [[1, 2], ["a", True]]),
    "lists in a list by its class": ("new Array([1], [2.5])", "array", "any", [[1], [2.5]]),
    "no list": ("1, 2", "array", "integer", "1, 2"),
    "an object": ("{a: 1, 'b': \"x\", c: true}", "dict", None, {"a": 1, "b": "x", "c": True}),
    "lists and objects in an object": ("{a: [1, 'x'], b: y}", "dict", None, {"a": [1, "x"], "b": "y"}),
    "an object ends at the first bracket": ("{a: {b: 1}, c: 2}", "dict", None, {"a": "{b: 1"}),
    "an empty object": ("{}", "dict", None, {}),
    "no object": ("x", "dict", None, "x"),
}


@pytest.mark.parametrize(("text", "declared", "item", "value"), JAVA_VALUES.values(), ids=JAVA_VALUES)
def test_java_values(text, declared, item, value):
    found = bfcl_java_values.converted(text, declared, item)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(("text", "declared", "item", "value"), JAVASCRIPT_VALUES.values(), ids=JAVASCRIPT_VALUES)
def test_javascript_values(text, declared, item, value):
    found = bfcl_javascript.converted(text, declared, item)
    assert (found, type(found)) == (value, type(value))


WRITTEN = st.text(alphabet="new Aray<>lsit(){}[],:'\"HMp ut=1fnL\n", max_size=80)


@given(WRITTEN)
def test_any_text_converts_to_something(text):
    for declared in bfcl_java_values.TYPES:
        bfcl_java_values.converted(text, declared, "integer")
    for declared in bfcl_javascript.TYPES:
        bfcl_javascript.converted(text, declared, "integer")


LONG = function("Area.of", x="long")
SLOW = {
    "spaces in a map": "new HashMap<>() {" + " " * 3_900,
    "many maps begun and spaces": "new HashMap<>(){" * 60 + " " * 2_900,
    "brackets in a map": "new HashMap<>() {" + "}" * 3_900,
    "lists in a list": "[" + "[]," * 1_300,
    "pairs in an object": "{" + "a" * 3_900 + "}",
    "colons in an object": "{" + ":" * 3_900 + "}",
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
def test_patterns_take_no_more_than_a_moment(text):
    bfcl_java_values.converted(text, "HashMap")
    bfcl_java_values.converted(text, "ArrayList", "String")
    bfcl_javascript.converted(text, "array", "any")
    bfcl_javascript.converted(text, "dict")


RULED = {
    "java as text": ('[Area.of(x=5L)]', LONG, "simple_java", "pythonic", PASSED),
    "java's notation is part of the type": ("[Area.of(x=5)]", LONG, "java", "pythonic", "type_error:simple"),
    "java in JSON": ('[{"name": "Area.of", "arguments": {"x": "5L"}}]', LONG, "java", "json_list", PASSED),
    "a java value that is no text": ('[{"name": "Area.of", "arguments": {"x": 5}}]', LONG, "java", "json_list", "type_error:java"),
    "java without a call": ("[/* none */]", LONG, "java", "pythonic", "ast_decoder:decoder_wrong_output_format"),
    "java that is none": ("Sorry, no.", LONG, "java", "pythonic", "ast_decoder:decoder_failed"),
    "javascript as text": ("Area.of(x=5n)", function("Area.of", x="Bigint"), "simple_javascript", "pythonic", PASSED),
    "a javascript value that is no text": (
        '[{"name": "Area.of", "arguments": {"x": true}}]', function("Area.of", x="Boolean"), "javascript", "json_list", "type_error:js",
    ),
    "javascript asked for by its own dialect": ("Area.of(x=5n)", function("Area.of", x="Bigint"), "javascript", "javascript", PASSED),
    "two javascript calls": (
        "Area.of(x=5n), Area.of(x=5n)", function("Area.of", x="Bigint"), "javascript", "pythonic",
        "ast_decoder:decoder_wrong_output_format",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("said", "offered", "category", "asked", "label"), RULED.values(), ids=RULED)
def test_verdicts(said, offered, category, asked, label):
    assert ruling(said, offered, [{"Area.of": {"x": [5]}}], category, asked=asked).label == label


def test_a_type_that_bfcl_does_not_convert_gives_no_verdict():
    found = ruling("Area.of(x=s)", function("Area.of", x="Stack"), [{"Area.of": {"x": ["s"]}}], "java")
    assert (found.passed, found.reason) == (None, "expected a type of BFCL's, got 'Stack'")
