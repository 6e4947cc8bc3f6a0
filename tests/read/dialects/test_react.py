from __future__ import annotations

import pytest

from spectool.read.dialects import react

W = ("w", {"city": "Paris"}, None)

CASES = {
    "one action": ('Thought: look\nAction: w\nAction Input: {"city": "Paris"}', (), [W], ""),
    "a Python dict": ("Action: w\nAction Input: {'city': 'Paris'}\nObservation:", (), [W], ""),
    "an input over lines": ('Action: w\nAction Input: {\n  "city": "Paris"\n}\n', (), [W], ""),
    "an input in a fence": ('Action: w\nAction Input: ```json\n{"city": "Paris"}\n```', (), [W], ""),
    "no input": ("Action: w\nAction Input: None", (), [("w", {}, None)], ""),
    "an input that is a string": ("Action: w\nAction Input: Paris", (), [("w", None, "bad_shape")], ""),
    "an action that breaks off": ("Thought: look\nAction: w", (), [("w", None, "truncated")], ""),
    "an input that breaks off": ('Action: w\nAction Input: {"city": ', (), [("w", None, "truncated")], ""),
    "two actions, the first broken": (
        'Action: v\nAction Input: {"a" 1}\nObservation: none\nAction: w\nAction Input: {"city": "Paris"}',
        (),
        [("v", None, "malformed"), W],
        "none",
    ),
    "a final answer": ("Thought: I know\nFinal Answer: 18 C", (), [], "I know\n18 C"),
}


@pytest.mark.parametrize(("text", "names", "calls", "left"), CASES.values(), ids=CASES.keys())
def test_react_reads(text, names, calls, left, brief):
    parsed = react.parse(text, names)
    assert brief(text, parsed) == calls
    assert parsed.text == left
