from __future__ import annotations

import pytest

from spectool.read.dialects import llama_json

W = ("w", {"city": "Paris"}, None)

CASES = {
    "one call": ('{"name": "w", "parameters": {"city": "Paris"}}', (), [W], ""),
    "a tag before": ('<|python_tag|>{"name": "w", "parameters": {"city": "Paris"}}<|eom_id|>', (), [W], ""),
    "a semicolon between": (
        '{"name": "w", "parameters": {"city": "Paris"}}; {"name": "v", "parameters": {}}',
        (),
        [W, ("v", {}, None)],
        "",
    ),
    "a built-in tool": (
        '<|python_tag|>brave_search.call(query="weather")<|eom_id|>',
        (),
        [("brave_search", {"query": "weather"}, None)],
        "",
    ),
    "prose before makes it wrapped": ('Yes: {"name": "w", "parameters": {"city": "Paris"}}', (), [(*W[:2], "wrapped")], "Yes:"),
    "the type that the template shows": ('{"type": "function", "name": "w", "parameters": {"city": "Paris"}}', (), [W], ""),
}


@pytest.mark.parametrize(("text", "names", "calls", "left"), CASES.values(), ids=CASES.keys())
def test_llama_json_reads(text, names, calls, left, brief):
    parsed = llama_json.parse(text, names)
    assert brief(text, parsed) == calls
    assert parsed.text == left
