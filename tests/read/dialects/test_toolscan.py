from __future__ import annotations

import pytest

from spectool.read.dialects import toolscan

W = ("w", {"city": "Paris"}, None)

CASES = {
    "one action": ('Action: w with Action Input: {"city": "Paris"}', (), [W], ""),
    "a Python dict": ("Action: w with Action Input: {'city': 'Paris'}", (), [W], ""),
    "escaped underscores": ('Action: get\\_w with Action Input: {"my\\_city": "Paris"}', (), [("get_w", {"my_city": "Paris"}, None)], ""),
    "finish is the answer": ('Action: finish with Action Input: {"answer": "18 C"}', (), [], "18 C"),
    "finish is a call where it is offered": (
        'Action: finish with Action Input: {"answer": 1}',
        ("finish",),
        [("finish", {"answer": 1}, None)],
        "",
    ),
    "an input that breaks off": ('Action: w with Action Input: {"city": "P', (), [("w", None, "truncated")], ""),
    "an input without an object": ("Action: w with Action Input: Paris", (), [("w", None, "malformed")], ""),
}


@pytest.mark.parametrize(("text", "names", "calls", "left"), CASES.values(), ids=CASES.keys())
def test_toolscan_reads(text, names, calls, left, brief):
    parsed = toolscan.parse(text, names)
    assert brief(text, parsed) == calls
    assert parsed.text == left
