"""BFCL's default decoder: what it reads as calls, what it refuses, and that hostile text neither runs nor breaks anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectool.classify.compat.python_text import MAX_TEXT, Undecodable, decode, literal

DECODED = {
    "one call": ("[f(a=1)]", [("f", {"a": 1})]),
    "several": ("f(a=1), g(b='x')", [("f", {"a": 1}), ("g", {"b": "x"})]),
    "none": ("[]", []),
    "a dotted name": ("[a.b.c(x=1)]", [("a.b.c", {"x": 1})]),
    "what a call is called on counts for nothing": ("[x[0].f(a=1), f()(a=1)]", [("f", {"a": 1}), ("", {"a": 1})]),
    "unnamed arguments are dropped": ("[f(1, *x, a=2)]", [("f", {"a": 2})]),
    "spread arguments have no name": ("[f(**{'a': 1})]", [("f", {None: {"a": 1}})]),
    "literals": (
        "[f(a=None, b=True, c=1.5, d='x', e=[1, [2]], f={'k': 1}, g=(1,), h=...)]",
        [("f", {"a": None, "b": True, "c": 1.5, "d": "x", "e": [1, [2]], "f": {"k": 1}, "g": (1,), "h": "..."})],
    ),
    "names and JSON's words are text": ("[f(a=true, b=radius)]", [("f", {"a": "true", "b": "radius"})]),
    "signs negate": ("[f(a=-1, b=+2, c=~3, d=not True)]", [("f", {"a": -1, "b": -2, "c": -3, "d": -1})]),
    "a call without keywords is its text": ("[f(a=g(1, 'x'))]", [("f", {"a": "g(1, 'x')"})]),
    "a call with keywords is an object": ("[f(a=g(1, b=2))]", [("f", {"a": {"g": {"b": 2}}})]),
    "an item is its text": ("[f(a=x[1:2])]", [("f", {"a": "x[1:2]"})]),
    "arithmetic is worked out, with signs of its own": (
        "[f(a=2*3, b=2**-1, c='a'+'b', d=[1]*2)]",
        [("f", {"a": 6, "b": 0.5, "c": "ab", "d": [1, 1]})],
    ),
}
REFUSED = {
    "prose": ("I can't do that", "does not parse: SyntaxError"),
    "quotes around it all": ("'[f(a=1)]'", "expected a call, got 'Constant'"),
    "a sign before arithmetic": ("[f(a=-(2+1))]", "expected a number after a sign"),
    "two lists": ("[f(a=1)], [g(a=1)]", "expected a call, got 'List'"),
    "a comprehension": ("[f(a=x) for x in y]", "expected a list of calls, got 'ListComp'"),
    "a JSON list": ('[{"name": "f", "arguments": {}}]', "expected a call, got 'Dict'"),
    "an attribute": ("[f(a=x.y)]", "expected a literal, got 'Attribute'"),
    "a formatted string": ("[f(a=f'{x}')]", "expected a literal, got 'JoinedStr'"),
    "a set": ("[f(a={1, 2})]", "expected a literal, got 'Set'"),
    "a lambda": ("[f(a=lambda: 1)]", "expected a literal, got 'Lambda'"),
    "a comparison": ("[f(a=1 < 2)]", "expected a literal, got 'Compare'"),
    "a sign before a name": ("[f(a=-x)]", "expected a number after a sign"),
    "a sign before text": ("[f(a=-'x')]", "expected a number after a sign"),
    "a mapping spread in an object": ("[f(a={**x})]", "expected a literal, got 'NoneType'"),
    "a list as key": ("[f(a={[1]: 2})]", "expected a key"),
    "a name in arithmetic": ("[f(a=x+1)]", "expected a constant in arithmetic"),
    "division by zero": ("[f(a=1/0)]", "expected arithmetic on numbers"),
    "text times text": ("[f(a='x'*'y')]", "expected arithmetic on numbers"),
    "a number with a leading zero": ("[f(a=05)]", "SyntaxError"),
    "a zero byte": ("[f(a='\0')]", "does not parse"),
    "a lone surrogate": ("[f(a=\ud800)]", "does not parse"),
}
HOSTILE = {
    "a huge power": "[f(a=9**9**9**9)]",
    "a chain of powers": "[f(a=(2**4000)**4000)]",
    "long text by multiplication": "[f(a='x'*10**10)]",
    "long text by formatting": "[f(a='%1000000000d' % 1)]",
    "a long list": "[f(a=[0]*10**9)]",
    "a long list by doubling": f"[f(a={'+'.join(['[0]*9999'] * 20)})]",
    "lists in lists in lists": "[f(a=[[[0]*9999]*9999]*9999)]",
    "too much text": f"[f(a='{'x' * MAX_TEXT}')]",
    "brackets without end": "[f(a=" + "[" * 5000,
    "brackets": "[f(a=" + "[" * 150 + "]" * 150 + ")]",
    "signs": "[f(a=" + "-" * 50_000 + "1)]",
    "negations": "[f(a=" + "not " * 20_000 + "1)]",
    "a long sum": "[f(a=" + "1+" * 40_000 + "1)]",
    "a long chain of attributes": "[f" + ".a" * 40_000 + "(x=1)]",
    "a long chain of calls": "[f" + "()" * 40_000 + "]",
    "nested lambdas": "[f(a=" + "lambda:" * 10_000 + "1)]",
    "nested conditions": "[f(a=" + "1 if 1 else " * 6_000 + "1)]",
    "an import": "[f(a=__import__('os').system('false'))]",
}


@pytest.mark.parametrize(("text", "found"), DECODED.values(), ids=DECODED)
def test_reads(text, found):
    assert decode(text) == found


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_refuses(text, message):
    with pytest.raises(Undecodable, match=message):
        decode(text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("before_v4", [False, True], ids=["v4", "before v4"])
def test_hostile_text_is_read_or_refused(text, before_v4):
    try:
        found = decode(text, before_v4=before_v4)
    except Undecodable:
        return
    assert all(isinstance(arguments, dict) for _, arguments in found)


def test_invalid_escapes_warn_nobody():
    assert decode(r"[f(a='\d')]") == [("f", {"a": r"\d"})]


@given(st.text(alphabet="f(a=1,)[]{}'\"-+*. \n`\\x", max_size=60))
def test_any_text_is_read_or_refused(text):
    for before_v4 in (False, True):
        try:
            decode(text, before_v4=before_v4)
        except Undecodable:
            continue


LITERALS = {
    "an object": ('{"name": "f", "parameters": {"a": True}}', {"name": "f", "parameters": {"a": True}}),
    "JSON's words are none of Python's": ('{"a": true}', None),
    "a call": ("f(a=1)", None),
    "prose": ("no call", None),
}


@pytest.mark.parametrize(("text", "value"), LITERALS.values(), ids=LITERALS)
def test_a_literal(text, value):
    if value is None:
        with pytest.raises(Undecodable):
            literal(text)
    else:
        assert literal(text) == value
