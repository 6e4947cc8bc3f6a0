from __future__ import annotations

import pytest

from spectool.read.dialects.naming import is_call, name_args

NAMED = {
    "name, arguments": {"name": "w", "arguments": {"a": 1}},
    "name, parameters": {"name": "w", "parameters": {"a": 1}},
    "action, action_input": {"action": "w", "action_input": {"a": 1}},
    "tool_name, tool_arguments": {"tool_name": "w", "tool_arguments": {"a": 1}},
    "tool, args": {"tool": "w", "args": {"a": 1}},
    "function, arguments": {"function": "w", "arguments": {"a": 1}},
    "OpenAI's nesting": {"type": "function", "function": {"name": "w", "arguments": {"a": 1}}},
    "OpenAI's nesting with a string": {"type": "function", "function": {"name": "w", "arguments": '{"a": 1}'}},
}
BAD = {
    "no name": ({"arguments": {}}, "bad_shape", "expected a name and arguments, got the keys 'arguments'"),
    "an empty name": ({"name": "", "arguments": {}}, "bad_shape", "expected a name in 'name', got a string ''"),
    "a name that is a number": ({"name": 3, "arguments": {}}, "bad_shape", "expected a name in 'name', got a number '3'"),
    "a list of arguments": ({"name": "w", "arguments": [1]}, "bad_shape", "expected an object in 'arguments', got a list '[1]'"),
    "null for arguments": ({"name": "w", "arguments": None}, "bad_shape", "expected an object in 'arguments', got null 'None'"),
    "arguments encoded twice": ({"name": "w", "arguments": "{}"}, "bad_shape", "expected an object in 'arguments', got a string '{}'"),
    "a broken string in OpenAI's nesting": (
        {"function": {"name": "w", "arguments": "{a}"}},
        "malformed",
        "in 'arguments': expected a key in double quotes, got 'a}'",
    ),
}
NO_CALLS = {
    "a record": {"name": "Alice", "age": 3},
    "a record with an input": {"name": "Alice", "input": 3},
    "a definition": {"name": "w", "description": "weather", "parameters": {"type": "object"}},
    "a final answer": {"action": "Final Answer", "action_input": "18 C"},
    "a list": ["name", "arguments"],
    "a text": "name arguments",
}


@pytest.mark.parametrize("decoded", NAMED.values(), ids=NAMED.keys())
def test_known_pairs_of_keys(decoded):
    assert is_call(decoded, ("w",))
    assert name_args(decoded) == ("w", {"a": 1})


@pytest.mark.parametrize(("decoded", "kind", "message"), BAD.values(), ids=BAD.keys())
def test_what_is_no_good_call(decoded, kind, message):
    assert is_call(decoded)
    problem = name_args(decoded)
    assert (problem.kind, problem.message, problem.recoverable) == (kind, message, False)


@pytest.mark.parametrize("decoded", NO_CALLS.values(), ids=NO_CALLS.keys())
def test_what_does_not_try_to_call(decoded):
    assert not is_call(decoded, ("w",))
