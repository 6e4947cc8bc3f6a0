from __future__ import annotations

import pytest

from spectool.read.dialects.arguments import arguments_from

READ = {
    "an object": ('{"a": 1}', {"a": 1}),
    "white space around": (' \n{"a": 1}\n', {"a": 1}),
    "nothing": (None, {}),
    "an empty string": ("", {}),
    "white space": (" \n", {}),
    "an object of the API": ({"a": 1}, {"a": 1}),
    "the last of two equal keys": ('{"a": 1, "a": 2}', {"a": 2}),
    "a number too large for 64 bits": ('{"a": 123456789012345678901234567890}', {"a": 123456789012345678901234567890}),
    "a lone surrogate": ('{"a": "\\ud800"}', {"a": "\ud800"}),
    "other scripts": ('{"a": "東京"}', {"a": "東京"}),
}
BROKEN = {
    "breaks off in a string": ('{"a": "Par', "truncated", 6),
    "breaks off behind a colon": ('{"a":', "truncated", 5),
    "breaks off before the brace": ('{"a": 1', "truncated", 7),
    "a bare word": ('{"a": dontcare}', "malformed", 6),
    "NaN": ('{"a": NaN}', "malformed", 0),
    "Infinity": ('{"a": -Infinity}', "malformed", 0),
    "a number out of range": ('{"a": 1e999}', "malformed", 0),
    "text behind": ('{"a": 1} {"b": 2}', "malformed", 9),
    "a raw line break": ('{"a": "x\ny"}', "malformed", 8),
    "a number of too many digits": ('{"a": ' + "9" * 5000 + "}", "malformed", 0),
    "nested too deep": ('{"a": ' * 100 + "1" + "}" * 100, "malformed", 0),
    "nested ten thousand deep": ('{"a": ' * 10_000 + "1" + "}" * 10_000, "malformed", 0),
    "opened a hundred thousand times": ("[" * 100_000, "malformed", 0),
    "a list": ("[1]", "bad_shape", 0),
    "a number": ("3", "bad_shape", 0),
    "null": ("null", "bad_shape", 0),
    "encoded twice": ('"{\\"a\\": 1}"', "bad_shape", 0),
    "a list of the API": ([1], "bad_shape", None),
    "an expression": ("{'a': __import__('os').system('true')}", "malformed", 1),
}


@pytest.mark.parametrize(("raw", "arguments"), READ.values(), ids=READ.keys())
def test_arguments_that_can_be_read(raw, arguments):
    assert arguments_from(raw) == (arguments, None)


@pytest.mark.parametrize(("raw", "kind", "offset"), BROKEN.values(), ids=BROKEN.keys())
def test_arguments_that_can_not(raw, kind, offset):
    arguments, problem = arguments_from(raw)
    assert arguments is None
    assert (problem.kind, problem.offset, problem.recoverable) == (kind, offset, False)


def test_a_python_dict_is_recovered():
    arguments, problem = arguments_from("{'a': True, 'b': None, 'c': [1, 'x']}")
    assert arguments == {"a": True, "b": None, "c": [1, "x"]}
    assert (problem.kind, problem.recoverable) == ("other_syntax", True)
