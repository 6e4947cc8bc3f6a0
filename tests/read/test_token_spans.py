"""From a call's place in the text to the tokens that wrote it."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectool.model import Logprob, Step
from spectool.read.steps import step_from_text
from spectool.read.token_spans import call_tokens, token_range, value_span, value_tokens

CALL = '<tool_call>\n{"name": "w", "arguments": {"city": "Paris", "n": 3}}\n</tool_call>'


def step(*tokens: str, raw: str | None = None) -> Step:
    """The step that these tokens are the text of."""
    read = step_from_text("".join(tokens) if raw is None else raw, names=["w"])
    return msgspec.structs.replace(read, logprobs=tuple(Logprob(token=token, logprob=-0.5) for token in tokens))


RANGES = {
    "tokens that begin and end with the span": (("ab", "cd", "ef"), (2, 4), (1, 2)),
    "tokens that reach over its ends": (("ab", "cd", "ef"), (1, 5), (0, 3)),
    "inside one token": (("abcdef",), (2, 3), (0, 1)),
    "the whole text": (("ab", "cd"), (0, 4), (0, 2)),
    "a character of three tokens": (("a", "", "", "€", "b"), (1, 2), (1, 4)),
    "a character of two tokens at the start": (("", "é", "b"), (0, 1), (0, 2)),
    "the piece behind a character of several tokens": (("a", "", "€b", "c"), (2, 3), (2, 3)),
    "the first piece, but not its first character": (("", "éb"), (1, 2), (1, 2)),
    "what is cut off at the end is not counted": (("a", "b", ""), (1, 2), (1, 2)),
    "an empty span": (("ab", "cd"), (2, 2), None),
    "a span beyond the text": (("ab", "cd"), (2, 5), None),
}


@pytest.mark.parametrize(("tokens", "span", "expected"), RANGES.values(), ids=RANGES)
def test_token_range(tokens, span, expected):
    assert token_range(step(*tokens), span) == expected


@given(st.lists(st.text("aé", max_size=3), min_size=1), st.data())
def test_a_range_holds_exactly_the_tokens_that_reach_into_the_span(tokens, data):
    size = len("".join(tokens))
    start, end = sorted((data.draw(st.integers(0, size)), data.draw(st.integers(0, size))))
    found = token_range(step(*tokens), (start, end))
    if start == end:
        assert found is None
        return
    first, last = found
    begins = [len("".join(tokens[:number])) for number in range(len(tokens) + 1)]
    reaching = [number for number, token in enumerate(tokens) if token and begins[number] < end and begins[number + 1] > start]
    assert [number for number in range(first, last) if tokens[number]] == reaching
    assert last == reaching[-1] + 1


def test_a_call_is_found_in_its_tokens():
    tokens = (
        "<tool_call>",
        "\n",
        '{"',
        "name",
        '": "',
        "w",
        '", "',
        'arguments": {"city": "',
        "Par",
        "is",
        '", "n": ',
        "3",
        "}}",
        "\n</tool_call>",
    )
    whole = step(*tokens)
    assert whole.raw == CALL
    (call,) = whole.calls
    first, last = call_tokens(whole, call)
    assert "".join(tokens[first:last]) == call.raw
    assert [tokens[slice(*value_tokens(whole, call, name))] for name in ("city", "n")] == [("Par", "is"), ("3",)]


@pytest.mark.parametrize("missing", ["no log-probabilities", "another text", "no place"])
def test_where_tokens_and_text_do_not_agree_nothing_is_claimed(missing):
    whole = step(CALL)
    (call,) = whole.calls
    if missing == "no log-probabilities":
        whole = msgspec.structs.replace(whole, logprobs=None)
    elif missing == "another text":
        whole = msgspec.structs.replace(whole, raw=CALL + " ")
    else:
        call = msgspec.structs.replace(call, span=None)
    assert call_tokens(whole, call) is None
    assert value_tokens(whole, call, "city") is None


TAGS = """<tool_call>
<function=w>
<parameter=city>
New York
</parameter>
<parameter=n>
3
</parameter>
</function>
</tool_call>"""
VALUES = {
    "JSON": (CALL, {"city": "Paris", "n": "3"}),
    "JSON with no spaces": ('{"name":"w","arguments":{"city":"Paris","n":3}}', {"city": "Paris", "n": "3"}),
    "escapes": (CALL.replace("Paris", r"S\u00e3o \"P\""), {"city": r"S\u00e3o \"P\""}),
    "lists and objects": (CALL.replace('"Paris"', '["a", {"b" : [1,2]}]'), {"city": '["a", {"b" : [1,2]}]'}),
    "literals": (CALL.replace('"Paris"', "true").replace("3", "null"), {"city": "true", "n": "null"}),
    "an empty text keeps its quotes": (CALL.replace("Paris", ""), {"city": '""'}),
    "a name that is also the end of another's": (CALL.replace('"n"', '"n": 3, "town": 4, "m"'), {"n": "3", "town": "4", "m": "3"}),
    "a name that is also a value": (CALL.replace("Paris", "n"), {"city": "n", "n": "3"}),
    "Python": ("[w(city='Paris', n=3, ok=True, of=[1, 2])]", {"city": "Paris", "n": "3", "ok": "True", "of": "[1, 2]"}),
    "a fenced Python dict": ("```json\n{'name': 'w', 'arguments': {'city': 'Paris', 'n': 3}}\n```", {"city": "Paris", "n": "3"}),
    "tags": (TAGS, {"city": "New York", "n": "3"}),
    "ToolScan's Action": ('Action: w with Action Input: {"city": "Paris", "n": 3}', {"city": "Paris", "n": "3"}),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "values"), VALUES.values(), ids=VALUES)
def test_values_are_found_where_they_were_written(raw, values):
    whole = step(raw)
    (call,) = whole.calls
    spans = {name: value_span(whole, call, name) for name in values}
    assert {name: span and raw[slice(*span)] for name, span in spans.items()} == values


NOT_FOUND = {
    "an argument that is not there": (CALL, "town"),
    "a call that does not parse": (CALL.replace("}}", ""), "city"),
    "a longer number": (CALL.replace("3", "3e2"), "m"),
}


@pytest.mark.parametrize(("raw", "argument"), NOT_FOUND.values(), ids=NOT_FOUND)
def test_what_is_not_found_is_not_guessed(raw, argument):
    whole = step(raw)
    assert [value_span(whole, call, argument) for call in whole.calls] in ([None], [])


@given(
    st.dictionaries(
        st.text(max_size=4), st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=4), st.lists, max_leaves=4)
    )
)
def test_any_argument_of_a_json_call_is_found_and_is_its_value(arguments):
    whole = step(f"<tool_call>\n{json.dumps({'name': 'w', 'arguments': arguments})}\n</tool_call>")
    for call in whole.calls:
        for name, value in (call.arguments or {}).items():
            span = value_span(whole, call, name)
            assert span is not None
            start, end = span
            text = whole.raw[start:end]
            assert json.loads(f'"{text}"' if isinstance(value, str) and value else text) == value


@given(st.text(max_size=60), st.text(max_size=5), st.text(max_size=5))
def test_no_text_makes_it_raise(raw, name, value):
    whole = step(raw)
    call = msgspec.structs.replace(step(CALL).calls[0], span=(0, len(raw)), arguments={name: value})
    assert value_tokens(whole, call, name) is None or raw
