from __future__ import annotations

import pytest

from spectool.read.dialects import pythonic

W = ("w", {"city": "Paris"}, None)

CASES = {
    "one call": ("[w(city='Paris')]", (), [W], ""),
    "without brackets": ("w(city='Paris'), v()", (), [W, ("v", {}, None)], ""),
    "one bracket of two": ("[w(city='Paris')", (), [W], ""),
    "brackets doubled": ("[[w(city='Paris')]]", (), [W], ""),
    "one a line": ("w(city='Paris')\nv()", (), [W, ("v", {}, None)], ""),
    "dotted and hyphenated names": ("[a.b.c(x=1), get-user(y=2)]", (), [("a.b.c", {"x": 1}, None), ("get-user", {"y": 2}, None)], ""),
    "Python's own words as names": ("[f(from='a', class=1)]", (), [("f", {"from": "a", "class": 1}, None)], ""),
    "Llama 4's tags": ("<|python_start|>[w(city='Paris')]<|python_end|>", (), [W], ""),
    "an end token on a line of its own": ("[w(city='Paris')]\n<end_of_turn>", (), [W], ""),
    "all literals": (
        "[f(a=-1, b=+2.5, c=True, d=None, e=[1, (2, 3), []], f={'k': {'l': 1e3}}, g=(1), h=(1,), i=0x10, j=1_000)]",
        (),
        [
            (
                "f",
                {
                    "a": -1,
                    "b": 2.5,
                    "c": True,
                    "d": None,
                    "e": [1, [2, 3], []],
                    "f": {"k": {"l": 1000.0}},
                    "g": 1,
                    "h": [1],
                    "i": 16,
                    "j": 1000,
                },
                None,
            )
        ],
        "",
    ),
    "all strings": (
        r"""[f(a='it\'s', b="a\nb", c='x' "y", d='''q'q''', e=r'\d', f='\d', g='\u00e9\x41\101', h='é,)]')]""",
        (),
        [("f", {"a": "it's", "b": "a\nb", "c": "xy", "d": "q'q", "e": r"\d", "f": r"\d", "g": "éAA", "h": "é,)]"}, None)],
        "",
    ),
    "JSON's words are recovered": ("[f(a=true, b=null)]", (), [("f", {"a": True, "b": None}, "other_syntax")], ""),
    "a bare name is recovered as a string": (
        "[f(data=my_data, t=java.util.List)]",
        (),
        [("f", {"data": "my_data", "t": "java.util.List"}, "other_syntax")],
        "",
    ),
    "positional arguments": ("[f(5)]", (), [("f", None, "positional")], ""),
    "one positional beside named ones": ("[f('a', b=1)]", (), [("f", None, "positional")], ""),
    "a positional name": ("[f(x)]", (), [("f", None, "positional")], ""),
    "operators are not evaluated": ("[f(a=5*60)]", (), [("f", None, "malformed")], ""),
    "nested calls are not evaluated": ("[f(a=datetime(2024, 1, 1)), w(city='Paris')]", (), [("f", None, "malformed"), W], ""),
    "two calls beside a broken one": ("[w(city='Paris'), f(a=1 2), w(city='Paris')]", (), [W, ("f", None, "malformed"), W], ""),
    "an apostrophe too many": ("[f(a='I'd say')]", (), [("f", None, "malformed")], ""),
    "a quote too few is malformed": ("[f(a='x)]", (), [("f", None, "malformed")], ""),
    "a string that breaks off": ("[w(city='Paris'), f(a='x", (), [W, ("f", None, "truncated")], ""),
    "a list that breaks off behind a comma": ("[w(city='Paris'),", (), [("w", None, "truncated")], ""),
    "a call that breaks off": ("[w(", (), [("w", None, "truncated")], ""),
    "a set is no JSON value": ("[f(a={1, 2})]", (), [("f", None, "malformed")], ""),
    "an f-string is not evaluated": ("[f(a=f'{x}')]", (), [("f", None, "malformed")], ""),
    "bytes are no text": ("[f(a=b'x')]", (), [("f", None, "malformed")], ""),
    "a number of too many digits": (f"[f(a={'9' * 5000})]", (), [("f", None, "malformed")], ""),
    "nested too deep": ("[f(a=" + "[" * 100 + "]" * 100 + ")]", (), [("f", None, "malformed")], ""),
    "nested ten thousand deep": ("[f(a=" + "{'a':" * 10_000 + "1" + "}" * 10_000 + ")]", (), [("f", None, "malformed")], ""),
    "an infinite number": ("[f(a=1e999)]", (), [("f", None, "malformed")], ""),
    "prose before makes it wrapped": ("Let me see.\n[w(city='Paris')]", (), [(*W[:2], "wrapped")], "Let me see."),
    "a fence makes it wrapped": ("```python\n[w(city='Paris')]\n```", (), [(*W[:2], "wrapped")], ""),
    "lists one a line are not one list": ("[w(city='Paris')]\n[w(city='Paris')]", (), [(*W[:2], "wrapped")] * 2, ""),
    "an offered name in a sentence, with arguments": ("I call w(city='Paris') now", ("w",), [(*W[:2], "wrapped")], "I call  now"),
    "a mention without arguments is no call": (
        "The function w() returns the weather.",
        ("w",),
        [],
        "The function w() returns the weather.",
    ),
    "a signature in a sentence is no call": ("Use w(city) for that.", ("w",), [], "Use w(city) for that."),
    "code that names no offered tool is no call": (
        "```python\nprint(sum(x for x in y))\n```",
        ("w",),
        [],
        "```python\nprint(sum(x for x in y))\n```",
    ),
    "a formula is no call": ("f(x) = x + 1", ("w",), [], "f(x) = x + 1"),
    "a link is no call": ("See [the docs](http://x.y).", ("w",), [], "See [the docs](http://x.y)."),
}


@pytest.mark.parametrize(("text", "names", "calls", "left"), CASES.values(), ids=CASES.keys())
def test_pythonic_reads(text, names, calls, left, brief):
    parsed = pythonic.parse(text, names)
    assert brief(text, parsed) == calls
    assert parsed.text == left
