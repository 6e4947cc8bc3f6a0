from __future__ import annotations

import pytest

from spectool.read.dialects.scan import scan

W = ("w", {"city": "Paris"})
JSON = '{"name": "w", "arguments": {"city": "Paris"}}'
CALLING = {
    "as asked, bare": ("[w(city='Paris')]", "pythonic", (), [(*W, None)], "pythonic"),
    "as asked, JSON list": (f"[{JSON}]", "json_list", (), [(*W, None)], "json_list"),
    "another dialect than asked is recovered": (f"<tool_call>{JSON}</tool_call>", "pythonic", (), [(*W, "other_syntax")], "hermes"),
    "an object where a list was asked for": (JSON, "json_list", (), [(*W, "other_syntax")], "json_object"),
    "pythonic in Hermes' tags": ("<tool_call>[w(city='Paris')]</tool_call>", "hermes", ("w",), [(*W, "other_syntax")], "pythonic"),
    "with prose where prose is forbidden, wrapped comes first": (f"Sure: {JSON}", "pythonic", (), [(*W, "wrapped")], "json_object"),
    "with prose where prose is allowed": (f"Sure: {JSON}", "hermes", (), [(*W, "other_syntax")], "json_object"),
    "nothing asked, nothing wrong": (f"Sure: {JSON}", None, (), [(*W, None)], "json_object"),
    "native counts as nothing asked": (f"<tool_call>{JSON}</tool_call>", "native", (), [(*W, None)], "hermes"),
    "nothing asked, a fence": (f"```json\n[{JSON}]\n```", None, (), [(*W, None)], "fenced"),
    "nothing asked, JSON's words in Python": (
        "[w(city='Paris', now=true)]",
        None,
        (),
        [("w", {"city": "Paris", "now": True}, None)],
        "pythonic",
    ),
    "a broken call of the asked dialect stays its own": ("<tool_call>{x}</tool_call>", "hermes", (), [("", None, "malformed")], "hermes"),
    "a broken call of another dialect": ('<tool_call>{"name": "w", "arguments": {]', "pythonic", (), [("w", None, "malformed")], "hermes"),
    "a broken list is not read as its good elements": (
        f'[{JSON}, {{"name": "v", "arguments": {{"a" 1}}}}]',
        "json_list",
        (),
        [(*W, None), ("v", None, "malformed")],
        "json_list",
    ),
    "an offered name with arguments in prose": ("I use w(city='Paris').", None, ("w",), [(*W, None)], "pythonic"),
    "an offered name before a brace": ('Now: w{"city": "Paris"}', None, ("w",), [(*W, None)], "mistral_args"),
    "a call that is cut off": ('[{"name": "w", "arguments": {"c": "[x]', "json_list", (), [("w", None, "malformed")], "json_list"),
}
PROSE = {
    "a plain answer": ("It is 18 C in Paris.", None, ("w",)),
    "an answer where a call was asked for": ("It is 18 C (64 F) in Paris.", "pythonic", ("w",)),
    "a question back": ("Which city do you mean?", "json_list", ("w",)),
    "an answer in JSON": ('{"name": "Alice", "age": 3, "parameters_used": 2}', None, ("w",)),
    "a JSON list as answer": ('[{"id": 1, "name": "Alice"}]', "json_list", ("w",)),
    "a JSON schema": ('{"type": "object", "properties": {"name": {"type": "string"}}}', None, ("w",)),
    "a definition of a tool": ('{"name": "w", "description": "weather", "parameters": {"type": "object"}}', None, ("w",)),
    "a definition that breaks off": ('{"name": "w", "description": "weather", "parameters": {"type": "ob', "pythonic", ("w",)),
    "code that answers a question": ("```python\ndef f(x=1):\n    return [g(y=2) for y in x]\n```", None, ("w",)),
    "code asked of a pythonic model": ("Use this:\n```python\nprint(open('x').read())\n```", "pythonic", ("w",)),
    "one line of code": ("print('hello')", None, ("w",)),
    "a Markdown list": ("- one\n- two [a](b)\n* three", "pythonic", ("w",)),
    "an action without an input": ("Goal: rest\nAction: sleep\n", "pythonic", ("w",)),
    "actions that are none": ("Action items: call Bob\nAction: Ask the user for a name\nAction Input: None", "pythonic", ("w",)),
    "mathematics": ("f(x) = {x : x > 1}, [0, 1)", None, ("w",)),
    "markup": ("<p>to=be or not</p> <tool>", None, ("w",)),
    "a name with brackets behind it": ("w (the weather tool) is there", None, ("w",)),
    "nothing": ("", "hermes", ("w",)),
    "drafts in thinking that breaks off": ("<think>I could say [w(city='Paris')] but then", "pythonic", ("w",)),
    "a draft in thinking before a question": ("<think>[w(city='Paris')]? No.</think>Which city?", "pythonic", ("w",)),
}


@pytest.mark.parametrize(("text", "asked", "names", "calls", "dialect"), CALLING.values(), ids=CALLING.keys())
def test_a_turn_that_calls(text, asked, names, calls, dialect, brief):
    parsed, used = scan(text, asked=asked, names=names)
    assert (brief(text, parsed), used) == (calls, dialect)


@pytest.mark.parametrize(("text", "asked", "names"), PROSE.values(), ids=PROSE.keys())
def test_a_turn_that_does_not_call(text, asked, names):
    parsed, used = scan(text, asked=asked, names=names)
    assert (parsed.calls, parsed.problems, used) == ((), (), None)


def test_the_text_of_an_answer_loses_tokens_and_reasoning():
    parsed, _ = scan("<think>easy</think>\n18 C<|im_end|>", names=("w",))
    assert (parsed.text, parsed.reasoning) == ("18 C", "easy")


def test_a_length_stop_makes_an_unclosed_string_truncated():
    text = '[{"name": "w", "arguments": {"c": "[x]'
    parsed, _ = scan(text, asked="json_list", finish_reason="length")
    assert parsed.calls[0].problem.kind == "truncated"


def test_the_only_call_in_reasoning_is_reported_once():
    parsed, used = scan("<think>[v(a=1)] or rather [w(city='Paris')]</think>", asked="pythonic")
    assert [(call.name, call.problem.kind, call.problem.recoverable) for call in parsed.calls] == [("w", "in_reasoning", False)]
    assert used == "pythonic"


def test_problems_say_where_and_what():
    parsed, _ = scan("[f(a=1), g(b=5*60)]", asked="pythonic")
    problem = parsed.calls[1].problem
    assert (problem.message, problem.offset) == ("expected ',' or ')', got '*60)]'", 14)
