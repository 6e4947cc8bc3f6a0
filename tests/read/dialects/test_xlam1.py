from __future__ import annotations

import pytest

from spectool.read.dialects import xlam1

W = ("w", {"city": "Paris"}, None)

CASES = {
    "one call": ('{"thought": "", "tool_calls": [{"name": "w", "arguments": {"city": "Paris"}}]}', (), [W], ""),
    "the thought is the text": (
        '{"thought": "look it up", "tool_calls": [{"name": "w", "arguments": {"city": "Paris"}}]}',
        (),
        [W],
        "look it up",
    ),
    "no calls": ('{"thought": "done", "tool_calls": []}', (), [], "done"),
    "a broken call beside a good one": (
        '{"thought": "", "tool_calls": [{"name": "w", "arguments": {"city": "Paris"}}, {"name": "v", "arguments": {"a": x-y}}]}',
        (),
        [W, ("v", None, "malformed")],
        "",
    ),
    "a fence makes it wrapped": (
        '```json\n{"thought": "", "tool_calls": [{"name": "w", "arguments": {"city": "Paris"}}]}\n```',
        (),
        [(*W[:2], "wrapped")],
        "",
    ),
}


@pytest.mark.parametrize(("text", "names", "calls", "left"), CASES.values(), ids=CASES.keys())
def test_xlam1_reads(text, names, calls, left, brief):
    parsed = xlam1.parse(text, names)
    assert brief(text, parsed) == calls
    assert parsed.text == left
