from __future__ import annotations

import pytest

from spectool.read.dialects import mistral_args

W = ("w", {"city": "Paris"}, None)

CASES = {
    "one call": ('[TOOL_CALLS]w[ARGS]{"city": "Paris"}', (), [W], ""),
    "two calls, with ids": ('[TOOL_CALLS]w[CALL_ID]abc123def[ARGS]{"city": "Paris"}[TOOL_CALLS]v[ARGS]{}', (), [W, ("v", {}, None)], ""),
    "a turn of bare calls, special tokens lost": ('w{"city": "Paris"}v{}', (), [W, ("v", {}, None)], ""),
    "an offered name in prose": ('Now: w{"city": "Paris"}', ("w",), [W], "Now:"),
    "a name that is not offered in prose is no call": ('Now: f{"city": "Paris"}', ("w",), [], 'Now: f{"city": "Paris"}'),
    "arguments that break off": ('[TOOL_CALLS]w[ARGS]{"city": ', (), [("w", None, "truncated")], ""),
    "arguments that are a list": ('[TOOL_CALLS]w[ARGS]["Paris"]', (), [("w", None, "bad_shape")], ""),
}


@pytest.mark.parametrize(("text", "names", "calls", "left"), CASES.values(), ids=CASES.keys())
def test_mistral_args_reads(text, names, calls, left, brief):
    parsed = mistral_args.parse(text, names)
    assert brief(text, parsed) == calls
    assert parsed.text == left
