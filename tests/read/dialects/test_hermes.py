from __future__ import annotations

import pytest

from spectool.read.dialects import hermes

W = ("w", {"city": "Paris"}, None)

CASES = {
    "one call": ('<tool_call>\n{"name": "w", "arguments": {"city": "Paris"}}\n</tool_call>', (), [W], ""),
    "prose before is allowed": ('Sure.\n<tool_call>\n{"name": "w", "arguments": {"city": "Paris"}}\n</tool_call>', (), [W], "Sure."),
    "the closing tag may be missing": ('<tool_call>\n{"name": "w", "arguments": {"city": "Paris"}}', (), [W], ""),
    "two calls beside a broken one": (
        '<tool_call>{"name": "w", "arguments": {"city": "Paris"}}</tool_call><tool_call>{"name": "v", "arguments": {"a" 1}}</tool_call>'
        '<tool_call>{"name": "w", "arguments": {"city": "Paris"}}</tool_call>',
        (),
        [W, ("v", None, "malformed"), W],
        "",
    ),
    "a block that breaks off": ('<tool_call>\n{"name": "w", "arguments": {"city": "Pa', (), [("w", None, "truncated")], ""),
    "a closed block that lacks a brace is malformed": (
        '<tool_call>{"name": "w", "arguments": {}</tool_call>',
        (),
        [("w", None, "malformed")],
        "",
    ),
    "a brace too many is malformed": ('<tool_call>{"name": "w", "arguments": {}}}</tool_call>', (), [("w", None, "malformed")], ""),
    "an empty block is malformed": ("<tool_call></tool_call>", (), [("", None, "malformed")], ""),
    "an object without a name": ('<tool_call>{"city": "Paris"}</tool_call>', (), [("", None, "bad_shape")], ""),
    "a Python dict is recovered": (
        "<tool_call>{'name': 'w', 'arguments': {'city': 'Paris'}}</tool_call>",
        (),
        [(*W[:2], "other_syntax")],
        "",
    ),
    "reasoning before is clean": (
        '<think>use <tool_call>?</think><tool_call>{"name": "w", "arguments": {"city": "Paris"}}</tool_call>',
        (),
        [W],
        "",
    ),
    "reasoning that is never closed ends where the calls begin": (
        '<think>look it up\n<tool_call>{"name": "w", "arguments": {"city": "Paris"}}</tool_call>',
        (),
        [W],
        "",
    ),
    "the only call stands inside the reasoning": (
        '<think><tool_call>{"name": "w", "arguments": {"city": "Paris"}}</tool_call></think>Which city?',
        (),
        [(*W[:2], "in_reasoning")],
        "Which city?",
    ),
    "a draft in reasoning does not count beside a call": (
        '<think><tool_call>{"name": "v", "arguments": {}}</tool_call></think>'
        '<tool_call>{"name": "w", "arguments": {"city": "Paris"}}</tool_call>',
        (),
        [W],
        "",
    ),
    "what follows the end of the turn is not the model's turn": (
        'Hello<|im_end|>\n<|im_start|>assistant\n<tool_call>{"name": "w", "arguments": {}}</tool_call>',
        (),
        [],
        "Hello",
    ),
}


@pytest.mark.parametrize(("text", "names", "calls", "left"), CASES.values(), ids=CASES.keys())
def test_hermes_reads(text, names, calls, left, brief):
    parsed = hermes.parse(text, names)
    assert brief(text, parsed) == calls
    assert parsed.text == left
