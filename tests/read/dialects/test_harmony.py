from __future__ import annotations

import pytest

from spectool.read.dialects import harmony

W = ("w", {"city": "Paris"}, None)

CASES = {
    "recipient behind the channel": (
        "<|channel|>analysis<|message|>look it up<|end|><|start|>assistant<|channel|>commentary to=functions.w <|constrain|>json"
        '<|message|>{"city": "Paris"}<|call|>',
        (),
        [W],
        "",
    ),
    "recipient before the channel": (
        '<|start|>assistant to=functions.w<|channel|>commentary json<|message|>{"city": "Paris"}<|call|>',
        (),
        [W],
        "",
    ),
    "a final message is the text": (
        "<|channel|>analysis<|message|>easy<|end|><|start|>assistant<|channel|>final<|message|>18 C<|return|>",
        (),
        [],
        "18 C",
    ),
    "what a tool says is neither": ("<|start|>functions.w to=assistant<|channel|>commentary<|message|>18<|end|>", (), [], ""),
    "arguments that break off": ('<|channel|>commentary to=functions.w<|message|>{"city": "P', (), [("w", None, "truncated")], ""),
    "a preamble is text": (
        "<|channel|>commentary<|message|>One moment.<|end|>"
        '<|start|>assistant<|channel|>commentary to=functions.w<|message|>{"city": "Paris"}<|call|>',
        (),
        [W],
        "One moment.",
    ),
}


@pytest.mark.parametrize(("text", "names", "calls", "left"), CASES.values(), ids=CASES.keys())
def test_harmony_reads(text, names, calls, left, brief):
    parsed = harmony.parse(text, names)
    assert brief(text, parsed) == calls
    assert parsed.text == left
