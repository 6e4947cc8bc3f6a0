"""Schemas of whole answers: what gold says fits, what no tool takes does not, and nothing points outside."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from spectool.benchmark.replay import answered
from spectool.model import Call, Tool
from spectool.read.dialects.registry import dialect
from spectool.read.tasks import load_tasks
from spectool.run.prompts.answer_schema import calls_or_words, thought_and_calls
from spectool.run.prompts.registry import PROMPTS, constrainable

DATA = Path(__file__).parents[2] / "data"
FILES = ("demo/tasks.jsonl", "tasks/dev.jsonl", "tasks/val.jsonl", "tasks/test.jsonl")
CONSTRAINED = [module for module in PROMPTS if constrainable(module)]
TREE = {
    "type": "object",
    "properties": {"root": {"$ref": "#/$defs/node"}, "$ref": {"type": "string"}},
    "required": ["root"],
    "$defs": {
        "node": {"type": "object", "properties": {"left": {"$ref": "#/$defs/node"}, "key": {"type": "integer"}}, "required": ["key"]}
    },
}
CITY = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
LOST = {
    "type": "object",
    "properties": {"a": {"$ref": "https://example.org/a.json"}, "b": {"$ref": "#/nowhere"}, "c": {"$ref": "#/properties/c"}},
}
UNION = {
    "type": "object",
    "properties": {"kind": {"type": "string"}},
    "anyOf": [{"properties": {"a": {"type": "integer"}}, "required": ["a"]}, {"properties": {"b": {"type": "integer"}}, "required": ["b"]}],
}
TOOLS = tuple(
    Tool(name=name, parameters=parameters)
    for name, parameters in {
        "plant": TREE,
        "look": CITY,
        "lost": LOST,
        "either": UNION,
        "free": {"type": "object", "properties": {"note": {"type": "object"}}, "additionalProperties": True},
        "nothing": {"type": "object", "properties": {}},
        "named": {"$id": "https://example.org/s.json", "type": "object", "properties": {"title": {"const": {"title": "x"}, "title": "T"}}},
    }.items()
)
TAKEN = {
    "a plain call": ("look", {"city": "Rome"}),
    "a reference into the tool's own definitions, and one from there": ("plant", {"root": {"key": 1, "left": {"key": 2}}}),
    "a property called $ref": ("plant", {"root": {"key": 1}, "$ref": "x"}),
    "a reference that leads nowhere allows everything": ("lost", {"a": 1, "b": None, "c": "x"}),
    "what a branch declares": ("either", {"kind": "x", "b": 1}),
    "an object that welcomes others": ("free", {"note": {"any": 1}, "other": 2}),
    "no arguments": ("nothing", {}),
    "a value and a name that look like keywords": ("named", {"title": {"title": "x"}}),
}
REFUSED = {
    "a function that is not offered": ("see", {"city": "Rome"}),
    "another function's arguments": ("look", {"root": {"key": 1}}),
    "a missing argument": ("look", {}),
    "an argument that is not declared": ("look", {"city": "Rome", "country": "Italy"}),
    "a wrong type": ("look", {"city": 1}),
    "a wrong type behind two references": ("plant", {"root": {"key": 1, "left": {"key": "2"}}}),
    "no branch": ("either", {"kind": "x"}),
    "an argument of a function without any": ("nothing", {"x": 1}),
    "another value": ("named", {"title": {"title": "y"}}),
}


def taken(name: str, arguments: dict[str, object]) -> tuple[bool, bool]:
    call = {"name": name, "arguments": arguments}
    listed = jsonschema_rs.validator_for(calls_or_words(TOOLS)).is_valid([call])
    return listed, jsonschema_rs.validator_for(thought_and_calls(TOOLS)).is_valid({"thought": "", "tool_calls": [call]})


@pytest.mark.parametrize(("name", "arguments"), TAKEN.values(), ids=TAKEN)
def test_taken(name, arguments):
    assert taken(name, arguments) == (True, True)


@pytest.mark.parametrize(("name", "arguments"), REFUSED.values(), ids=REFUSED)
def test_refused(name, arguments):
    assert taken(name, arguments) == (False, False)


def test_a_model_ends_by_words_or_by_a_thought_without_calls():
    listed, thought = (jsonschema_rs.validator_for(made(TOOLS)) for made in (calls_or_words, thought_and_calls))
    assert [listed.is_valid(answer) for answer in ("It is 18 degrees.", [], None, {})] == [True, False, False, False]
    assert [thought.is_valid(answer) for answer in ({"thought": "Done.", "tool_calls": []}, {"tool_calls": []}, "Done.")] == [
        True,
        False,
        False,
    ]


def test_without_tools_nothing_can_be_called():
    call = {"name": "look", "arguments": {"city": "Rome"}}
    assert not jsonschema_rs.is_valid(calls_or_words(()), [call])
    assert jsonschema_rs.is_valid(calls_or_words(()), "Hello.")
    assert not jsonschema_rs.is_valid(thought_and_calls(()), {"thought": "", "tool_calls": [call]})
    assert jsonschema_rs.is_valid(thought_and_calls(()), {"thought": "Hello.", "tool_calls": []})


def test_the_tools_own_schemas_stay_as_they_were():
    before = json.dumps([tool.parameters for tool in TOOLS])
    calls_or_words(TOOLS)
    assert json.dumps([tool.parameters for tool in TOOLS]) == before


def test_a_schema_nested_without_end_is_cut():
    deep: dict[str, object] = {"type": "string"}
    for _ in range(2_000):
        deep = {"type": "object", "properties": {"a": deep}}
    assert jsonschema_rs.is_valid(calls_or_words([Tool(name="f", parameters=deep)]), [{"name": "f", "arguments": {}}])


@pytest.mark.parametrize("file", FILES)
def test_all_gold_fits_as_the_dialect_writes_it(file):
    refused = []
    number = 0
    for name, task in load_tasks([DATA / file])[0].items():
        tools = {tool.name: tool for tool in task.tool_sets[0]}
        schemas = [(module, jsonschema_rs.validator_for(module.render(task.tool_sets[0], (), None).schema)) for module in CONSTRAINED]
        for path in task.gold.paths if task.gold else ():
            calls = [Call(name=due.name, arguments=answered(due, tools[due.name])) for due in path]
            for module, validator in schemas if calls else ():
                number += 1
                text = dialect(module.NAME).write(calls)
                refused += [] if validator.is_valid(json.loads(text)) else [(name, module.NAME, text)]
                wrong = json.loads(dialect(module.NAME).write([Call(name="no_such_function", arguments=calls[0].arguments)]))
                refused += [(name, module.NAME, "a wrong name")] if validator.is_valid(wrong) else []
    assert refused == []
    assert number > 100
