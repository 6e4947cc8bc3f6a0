from __future__ import annotations

import pytest

from spectool.read.dialects import mistral

W = ("w", {"city": "Paris"}, None)

CASES = {
    "one call": ('[TOOL_CALLS] [{"name": "w", "arguments": {"city": "Paris"}}]', (), [W], ""),
    "ids are left alone": ('[TOOL_CALLS][{"name": "w", "arguments": {"city": "Paris"}, "id": "abcdefghi"}]</s>', (), [W], ""),
    "a marker alone breaks off": ("[TOOL_CALLS]", (), [("", None, "truncated")], ""),
    "a marker before prose is malformed": ("[TOOL_CALLS] I call w", (), [("", None, "malformed")], ""),
    "a list that breaks off": ('[TOOL_CALLS][{"name": "w", "arguments": {"city"', (), [("w", None, "truncated")], ""),
}


@pytest.mark.parametrize(("text", "names", "calls", "left"), CASES.values(), ids=CASES.keys())
def test_mistral_reads(text, names, calls, left, brief):
    parsed = mistral.parse(text, names)
    assert brief(text, parsed) == calls
    assert parsed.text == left
