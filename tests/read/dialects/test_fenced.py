from __future__ import annotations

import pytest

from spectool.read.dialects import fenced

W = ("w", {"city": "Paris"}, None)

CASES = {
    "LangChain's action": ('I will look.\nAction:\n```\n{"action": "w", "action_input": {"city": "Paris"}}\n```', (), [W], "I will look."),
    "any pair of keys": ('```json\n{"name": "w", "arguments": {"city": "Paris"}}\n```', (), [W], ""),
    "a fence that is never closed": ('```json\n{"action": "w", "action_input": {"city": "Paris"}}', (), [W], ""),
    "an input that is a string": ('```\n{"action": "w", "action_input": "Paris"}\n```', (), [("w", None, "bad_shape")], ""),
    "a final answer is no call": (
        '```\n{"action": "Final Answer", "action_input": "18 C"}\n```',
        (),
        [],
        '```\n{"action": "Final Answer", "action_input": "18 C"}\n```',
    ),
    "a broken final answer is no call": (
        '```\n{"action": "Final Answer", "action_input": 1 + 1}\n```',
        (),
        [],
        '```\n{"action": "Final Answer", "action_input": 1 + 1}\n```',
    ),
    "code in a fence is no call": ("```python\n{x: 1 for x in y}\n```", ("w",), [], "```python\n{x: 1 for x in y}\n```"),
}


@pytest.mark.parametrize(("text", "names", "calls", "left"), CASES.values(), ids=CASES.keys())
def test_fenced_reads(text, names, calls, left, brief):
    parsed = fenced.parse(text, names)
    assert brief(text, parsed) == calls
    assert parsed.text == left
