from __future__ import annotations

import pytest

from spectool.read.dialects import xlam2

W = ("w", {"city": "Paris"}, None)

CASES = {
    "a bare list": ('[{"name": "w", "arguments": {"city": "Paris"}}]', (), [W], ""),
    "in a fence": ('```json\n[{"name": "w", "arguments": {"city": "Paris"}}]\n```', (), [W], ""),
    "after reasoning": ('<think>hm</think>[{"name": "w", "arguments": {"city": "Paris"}}]', (), [W], ""),
    "after reasoning whose opening tag stood in the prompt": ('hm</think>\n[{"name": "w", "arguments": {"city": "Paris"}}]', (), [W], ""),
    "after Mistral's marker": ('[TOOL_CALLS][{"name": "w", "arguments": {"city": "Paris"}}]', (), [W], ""),
    "in Hermes' tags": ('<tool_call>[{"name": "w", "arguments": {"city": "Paris"}}]</tool_call>', (), [W], ""),
}


@pytest.mark.parametrize(("text", "names", "calls", "left"), CASES.values(), ids=CASES.keys())
def test_xlam2_reads(text, names, calls, left, brief):
    parsed = xlam2.parse(text, names)
    assert brief(text, parsed) == calls
    assert parsed.text == left
