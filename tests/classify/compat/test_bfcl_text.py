"""What BFCL's handlers make of a turn, by the dialect that was asked for."""

from __future__ import annotations

import pytest

from spectool.classify.compat.bfcl_text import decoded
from spectool.classify.compat.python_text import Undecodable
from spectool.read.steps import step_from_native
from tests.classify.compat.asking import plain_step

CALL = [("f", {"a": 1})]
READ = {
    "a JSON list": ("json_list", '[{"name": "f", "arguments": {"a": 1}}]', CALL),
    "one JSON object": ("xlam2", '{"name": "f", "arguments": {"a": 1}}', CALL),
    "objects between semicolons": ("json_list", '{"name": "f", "arguments": {"a": 1}}; {"name": "g", "arguments": {}}', [*CALL, ("g", {})]),
    "an empty JSON list": ("json_list", "[]", []),
    "arguments that are no object": ("json_list", '[{"name": "f", "arguments": [1]}]', [("f", [1])]),
    "tagged JSON": ("hermes", '<think>x</think><tool_call>\n{"name": "f", "arguments": {"a": 1}}\n</tool_call>', CALL),
    "broken JSON between tags is passed over": (
        "hermes", '<tool_call>\n{"name": }\n</tool_call>\n<tool_call>\n{"name": "f", "arguments": {"a": 1}}\n</tool_call>', CALL,
    ),
    "tags that nothing closes": ("hermes", "<tool_call>\n" * 20_000, []),
    "prose without a tag": ("hermes", "Which city?", []),
    "Llama's parameters, as Python": ("llama_json", '<|python_tag|>{"name": "f", "parameters": {"a": 1}}', CALL),
    "Llama's calls between semicolons, as JSON": (
        "llama_json", '{"name": "f", "parameters": {"a": true}}; {"name": "f", "parameters": {"a": 1}}', [("f", {"a": True}), *CALL],
    ),
    "another dialect as we read it": ("mistral", '[TOOL_CALLS] [{"name": "f", "arguments": {"a": 1}}]', CALL),
    "no text where calls are structured": ("native", "", []),
}  # fmt: skip
REFUSED = {
    "prose around a JSON list": ("json_list", 'Sure: [{"name": "f", "arguments": {}}]', "expected JSON"),
    "an object without arguments": ("json_list", '[{"name": "f"}]', "expected an object with 'name' and 'arguments'"),
    "a list as name": ("json_list", '[{"name": ["f"], "arguments": {}}]', "expected an object with 'name' and 'arguments'"),
    "nothing": ("json_list", "", "expected JSON"),
    "deep JSON": ("json_list", "[" * 100_000, "expected JSON"),
    "tagged arguments that are no object": ("hermes", '<tool_call>\n{"name": "f", "arguments": 1}\n</tool_call>', "expected arguments"),
    "JSON's words where Llama's call is read as Python": ("llama_json", '{"name": "f", "parameters": {"a": true}}', "one Python literal"),
    "prose in another dialect": ("mistral", "Which city?", "expected calls in the dialect 'mistral'"),
    "a call of another dialect": ("mistral", "f(a=1)", "expected calls in the dialect 'mistral'"),
    "a dialect we do not know": ("smoke signals", "f(a=1)", "expected a dialect that is known, got 'smoke signals'"),
    "prose where calls are structured": ("native", "Which city?", "expected structured calls, got text"),
}


@pytest.mark.parametrize(("asked", "text", "calls"), READ.values(), ids=READ)
def test_reads(asked, text, calls):
    assert decoded(plain_step(text), asked, language="python", before_v4=False) == calls


@pytest.mark.parametrize(("asked", "text", "message"), REFUSED.values(), ids=REFUSED)
def test_refuses(asked, text, message):
    with pytest.raises(Undecodable, match=message):
        decoded(plain_step(text), asked, language="python", before_v4=False)


def test_structured_calls_are_taken_as_the_api_gave_them():
    step = step_from_native("", [(None, "f", '{"a": 1}'), (None, "g", {"b": 2}), (None, "h", "null")])
    assert decoded(step, "native", language="python", before_v4=True) == [("f", {"a": 1}), ("g", {"b": 2}), ("h", None)]


def test_structured_arguments_that_are_no_json_are_refused():
    with pytest.raises(Undecodable, match="expected JSON"):
        decoded(step_from_native("", [(None, "f", '{"a":')]), "native", language="python", before_v4=False)
