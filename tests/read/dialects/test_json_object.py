from __future__ import annotations

import pytest

from spectool.read.dialects import json_object

W = ("w", {"city": "Paris"}, None)

PROPOSAL = '{"proposal": {"action": "cancel", "order": "7"}, "question": "Shall I?"}'

CASES = {
    "one call": ('{"name": "w", "arguments": {"city": "Paris"}}', (), [W], ""),
    "one call a line": ('{"name": "w", "arguments": {"city": "Paris"}}\n{"name": "v", "arguments": {}}', (), [W, ("v", {}, None)], ""),
    "prose after makes it wrapped": ('{"name": "w", "arguments": {"city": "Paris"}}\nDone.', (), [(*W[:2], "wrapped")], "Done."),
    "OpenAI's nesting is another syntax": (
        '{"type": "function", "function": {"name": "w", "arguments": "{\\"city\\": \\"Paris\\"}"}}',
        (),
        [(*W[:2], "other_syntax")],
        "",
    ),
    "an answer in JSON is no call": ('{"name": "Alice", "city": "Paris"}', ("w",), [], '{"name": "Alice", "city": "Paris"}'),
    "a proposal told in a document is no call": (PROPOSAL, ("cancel",), [], PROPOSAL),
    "a call with its arguments in a document is tried": (
        '{"say": "Now:", "next": {"name": "w", "arguments": {"city": "Paris"}}}',
        ("w",),
        [("w", None, "malformed")],
        '{"say": "Now:", "next":',
    ),
    "a flat call under a key that says calls is tried": (
        '{"calls": {"name": "w", "city": "Paris"}}',
        ("w",),
        [("w", None, "bad_shape")],
        '{"calls":',
    ),
    "a flat call alone is one": ('{"name": "w", "city": "Paris"}', ("w",), [("w", None, "bad_shape")], ""),
    "a flat call after prose is one": ('So: {"name": "w", "city": "Paris"}', ("w",), [("w", None, "bad_shape")], "So:"),
    "a raw line break in a string is malformed": ('{"name": "w", "arguments": {"a": "x\ny"}}', (), [("w", None, "malformed")], ""),
}


@pytest.mark.parametrize(("text", "names", "calls", "left"), CASES.values(), ids=CASES.keys())
def test_json_object_reads(text, names, calls, left, brief):
    parsed = json_object.parse(text, names)
    assert brief(text, parsed) == calls
    assert parsed.text == left
