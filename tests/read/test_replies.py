"""Scripted tools: which entry answers which call."""

from __future__ import annotations

import pytest

from spectool.model import Call, ParseProblem, Result, Task
from spectool.read.replies import ScriptedTools, script_of

SCRIPT = [
    {"name": "find", "arguments": {"city": "Paris", "nights": 3}, "result": "three nights"},
    {"name": "find", "arguments": {"city": "Paris"}, "result": {"rooms": []}},
    {"name": "find", "arguments": {"city": "Paris"}, "result": {"rooms": [7]}},
    {"name": "book", "arguments": {"rooms": [7, 8], "guest": {"name": "Ada"}, "paid": True}, "result": "booked"},
    {"name": "fail", "arguments": {}, "result": {"error": "closed"}, "is_error": True},
]
OFFERED = ("find", "book", "fail", "idle")

ANSWERED = {
    "the arguments as written": ("find", {"city": "Paris"}, Result(content='{"rooms":[]}')),
    "letter case and space do not matter": ("find", {"city": " paris "}, Result(content='{"rooms":[]}')),
    "a number as text does not matter": ("find", {"city": "Paris", "nights": "3.0"}, Result(content="three nights")),
    "the entry with most arguments answers": ("find", {"city": "Paris", "nights": 3}, Result(content="three nights")),
    "an argument the script does not mention does not matter": ("find", {"city": "Paris", "pool": True}, Result(content='{"rooms":[]}')),
    "lists and objects item by item": (
        "book",
        {"rooms": ["7", 8.0], "guest": {"name": "ADA", "age": 36}, "paid": True},
        Result(content="booked"),
    ),
    "a scripted error": ("fail", {"x": 1}, Result(content='{"error":"closed"}', is_error=True)),
}
REFUSED = {
    "another value": ("find", {"city": "Rome"}, '{"error":"no record found for {\\"city\\":\\"Rome\\"}"}'),
    "an argument missing": ("find", {}, '{"error":"no record found for {}"}'),
    "a shorter list": (
        "book",
        {"rooms": [7], "guest": {"name": "Ada"}, "paid": True},
        '{"error":"no record found for {\\"rooms\\":[7],\\"guest\\":{\\"name\\":\\"Ada\\"},\\"paid\\":true}"}',
    ),
    "true is not 1": (
        "book",
        {"rooms": [7, 8], "guest": {"name": "Ada"}, "paid": 1},
        '{"error":"no record found for {\\"rooms\\":[7,8],\\"guest\\":{\\"name\\":\\"Ada\\"},\\"paid\\":1}"}',
    ),
    "an offered function without entry": ("idle", {}, '{"error":"no record found for {}"}'),
    "a function that is not offered": ("fly", {}, '{"error":"there is no function named \'fly\'; there are find, book, fail, idle"}'),
}


@pytest.mark.parametrize(("name", "arguments", "reply"), ANSWERED.values(), ids=ANSWERED)
def test_answered(name, arguments, reply):
    assert ScriptedTools(SCRIPT, OFFERED).reply(Call(name=name, arguments=arguments)) == reply


@pytest.mark.parametrize(("name", "arguments", "content"), REFUSED.values(), ids=REFUSED)
def test_refused(name, arguments, content):
    assert ScriptedTools(SCRIPT, OFFERED).reply(Call(name=name, arguments=arguments)) == Result(content=content, is_error=True)


def test_entries_alike_answer_in_turn_and_the_last_one_stays():
    tools = ScriptedTools(SCRIPT, OFFERED)
    call = Call(name="find", arguments={"city": "Paris"})
    assert [tools.reply(call).content for _ in range(3)] == ['{"rooms":[]}', '{"rooms":[7]}', '{"rooms":[7]}']


def test_a_call_that_could_not_be_read_gets_the_reason():
    problem = ParseProblem(kind="malformed", message="expected ',' delimiter, got 'x'")
    call = Call(name="find", problem=problem)
    assert (
        ScriptedTools(SCRIPT, OFFERED).reply(call).content == "{\"error\":\"the call could not be read: expected ',' delimiter, got 'x'\"}"
    )


def test_a_recoverable_problem_does_not_keep_a_call_from_its_answer():
    problem = ParseProblem(kind="wrapped", message="fenced", recoverable=True)
    call = Call(name="find", arguments={"city": "Paris"}, problem=problem)
    assert ScriptedTools(SCRIPT, OFFERED).reply(call).content == '{"rooms":[]}'


def test_a_task_without_script_has_none_and_an_empty_script_is_one():
    assert script_of(Task(id="a")) is None
    assert script_of(Task(id="a", meta={"script": []})) == ()
