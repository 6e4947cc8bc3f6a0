from __future__ import annotations

import pytest

from spectool.read.dialects import json_list

W = ("w", {"city": "Paris"}, None)

PROPOSALS = '{"proposals": [{"action": "keep", "order": "6"}, {"action": "cancel", "order": "7"}], "question": "Shall I?"}'

CASES = {
    "one call": ('[{"name": "w", "arguments": {"city": "Paris"}}]', (), [W], ""),
    "white space and line breaks do not matter": ('\n[ {"name":\n"w", "arguments": {"city": "Paris"} } ]\n', (), [W], ""),
    "a trailing special token is no text": ('[{"name": "w", "arguments": {"city": "Paris"}}]<|im_end|>', (), [W], ""),
    "a good call survives beside a broken one": (
        '[{"name": "w", "arguments": {"city": "Paris"}}, {"name": "v", "arguments": {"a": x-y}}]',
        (),
        [W, ("v", None, "malformed")],
        "",
    ),
    "prose before makes it wrapped": ('Sure!\n[{"name": "w", "arguments": {"city": "Paris"}}]', (), [(*W[:2], "wrapped")], "Sure!"),
    "a fence makes it wrapped": ('```json\n[{"name": "w", "arguments": {"city": "Paris"}}]\n```', (), [(*W[:2], "wrapped")], ""),
    "two lists are not one": (
        '[{"name": "w", "arguments": {"city": "Paris"}}]\n[{"name": "w", "arguments": {"city": "Paris"}}]',
        (),
        [(*W[:2], "wrapped")] * 2,
        "",
    ),
    "a Python literal is recovered": ("[{'name': 'w', 'arguments': {'city': 'Paris'}}]", (), [(*W[:2], "other_syntax")], ""),
    "other keys are recovered": ('[{"name": "w", "parameters": {"city": "Paris"}}]', (), [(*W[:2], "other_syntax")], ""),
    "a missing brace at the end breaks off": ('[{"name": "w", "arguments": {"city": "Paris"}', (), [("w", None, "truncated")], ""),
    "a string that breaks off": ('[{"name": "w", "arguments": {"city": "Par', (), [("w", None, "truncated")], ""),
    "a missing bracket at the end breaks off": ('[{"name": "w", "arguments": {}}', (), [("w", None, "truncated")], ""),
    "a missing brace before the bracket is malformed": ('[{"name": "w", "arguments": {"a": {}}]', (), [("w", None, "malformed")], ""),
    "a brace too many is malformed": ('[{"name": "w", "arguments": {}}}]', (), [("w", None, "malformed")], ""),
    "a missing comma is charged to the call before it": (
        '[{"name": "v", "arguments": {}} {"name": "w", "arguments": {"city": "Paris"}}]',
        (),
        [("v", None, "malformed"), W],
        "",
    ),
    "NaN is no JSON": ('[{"name": "w", "arguments": {"a": NaN}}]', (), [("w", None, "malformed")], ""),
    "a bare word is no JSON": ('[{"name": "w", "arguments": {"a": dontcare}}]', (), [("w", None, "malformed")], ""),
    "arguments that are a list": ('[{"name": "w", "arguments": ["Paris"]}]', (), [("w", None, "bad_shape")], ""),
    "arguments encoded twice": ('[{"name": "w", "arguments": "{\\"city\\": 1}"}]', (), [("w", None, "bad_shape")], ""),
    "no name": ('[{"arguments": {"city": "Paris"}}, {"name": "w", "arguments": {"city": "Paris"}}]', (), [("", None, "bad_shape"), W], ""),
    "an offered name without arguments": ('[{"name": "w"}]', ("w",), [("w", None, "bad_shape")], ""),
    "records with a name are an answer": ('[{"name": "Alice", "age": 3}]', ("w",), [], '[{"name": "Alice", "age": 3}]'),
    "proposals told in a document are no calls": (PROPOSALS, ("cancel",), [], PROPOSALS),
    "a tool's definition is no call": (
        '[{"name": "w", "description": "d", "parameters": {"properties": {}}}]',
        ("w",),
        [],
        '[{"name": "w", "description": "d", "parameters": {"properties": {}}}]',
    ),
    "an empty list calls nothing": ("[]", (), [], "[]"),
    "lone surrogates survive": ('[{"name": "w", "arguments": {"a": "\\ud800"}}]', (), [("w", {"a": "\ud800"}, None)], ""),
    "the last of two equal keys wins": ('[{"name": "w", "arguments": {"a": 1, "a": 2}}]', (), [("w", {"a": 2}, None)], ""),
}


@pytest.mark.parametrize(("text", "names", "calls", "left"), CASES.values(), ids=CASES.keys())
def test_json_list_reads(text, names, calls, left, brief):
    parsed = json_list.parse(text, names)
    assert brief(text, parsed) == calls
    assert parsed.text == left
