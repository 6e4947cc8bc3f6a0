"""The recount is independent, counts what it says, and agrees with the tool on a log that holds one error of each class."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import bfcl_recount, natural_errors, recount
from benchmarks.natural_logs import Log, logs
from benchmarks.recount import BROKEN_JSON, NON_OBJECT, UNKNOWN_ARGUMENT, UNKNOWN_TOOL, Recounted, bears_out, errors_of, says_so

TOOLS = {"oven.bake": ["loaves", "minutes"]}


@pytest.mark.parametrize("module", [recount, bfcl_recount], ids=lambda module: module.__name__)
def test_a_recount_imports_nothing_but_the_standard_library(module):
    tree = ast.parse(Path(module.__file__).read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


ERRORS = {
    "a good call": ("oven.bake", {"loaves": 2}, ()),
    "an unknown tool, whose arguments are not judged": ("oven.burn", {"x": 1}, ((UNKNOWN_TOOL, "oven.burn"),)),
    "two unknown arguments": ("oven.bake", {"x": 1, "y": 2}, ((UNKNOWN_ARGUMENT, "x"), (UNKNOWN_ARGUMENT, "y"))),
    "a text for an input": ("oven.bake", "2", ((NON_OBJECT, "str"),)),
    "a list for an input of an unknown tool": ("oven.burn", [2], ((NON_OBJECT, "list"),)),
}


@pytest.mark.parametrize(("name", "arguments", "errors"), ERRORS.values(), ids=list(ERRORS))
def test_a_call_is_recounted(name, arguments, errors):
    assert errors_of(name, arguments, TOOLS) == errors


REPLIES = {
    "the value is not among the choices": ("Choose from: 'a', 'b'.", "list", {"list": "c"}, True),
    "the value is among the choices": ("Choose from: 'a', 'b'.", "list", {"list": "a"}, False),
    "one item of a list is not among the choices": ("must be one of 'a', 'b'", "list", {"list": ["a", "c"]}, True),
    "no text where a number must be": ("n must be an integer: x", "n", {"n": "x"}, True),
    "a number where a number must be": ("n must be an integer: 3", "n", {"n": 3}, False),
    "a boolean is no number": ("n must be a number", "n", {"n": True}, True),
    "another argument is spoken of": ("m must be a number", "n", {"n": "x"}, False),
    "the required one is missing": ("n is required", "n", {}, True),
    "the required one is there": ("n is required", "n", {"n": 1}, False),
    "nothing is said of arguments": ("Event not found.", "n", {"n": 1}, None),
    "no arguments to look at": ("n is required", "n", None, None),
}


@pytest.mark.parametrize(("reply", "argument", "arguments", "right"), REPLIES.values(), ids=list(REPLIES))
def test_a_reply_is_borne_out_by_the_raw_arguments(reply, argument, arguments, right):
    assert bears_out(Recounted(("", "", 1), "f", (), reply, arguments), argument) is right


def test_a_reply_says_so_only_where_it_names_the_culprit():
    assert says_so(UNKNOWN_TOOL, "oven.burn", "oven.burn is not a valid tool, try one of [oven.bake].")
    assert not says_so(UNKNOWN_TOOL, "oven.burn", "Event not found.")
    assert not says_so(BROKEN_JSON, "x", "unexpected x")


def step(name: str, arguments: Any, reply: str = "ok") -> dict[str, Any]:
    log = "Action:\n```\n" + json.dumps({"action": name, "action_input": arguments}) + "\n```"
    return {"name": name, "arguments": arguments, "log": log, "observation": reply}


STEPS = (
    step("oven.bake", {"loaves": "2"}),
    step("oven.burn", {"x": 1}, "oven.burn is not a valid tool, try one of [oven.bake]."),
    step("oven.bake", {"loaves": "2", "crust": "thin", "x": 1}),
    step("oven.bake", "2 loaves"),
    step("oven.bake", ["2"]),
    step("oven.bake", {"minutes": "long"}, "Minutes must be one of '10', '20'."),
)
RUN = {
    "id": "oven/m/all/0", "domain": "oven", "model": "m", "toolset": "all", "query": "Bake", "gold": [], "final": None, "parse_error": None,
    "steps": list(STEPS), "run_error": "An output parsing error occurred. Could not parse LLM output: Action: {oops",
}  # fmt: skip
SPECS = {"oven.bake": {"params": ["loaves", "minutes"], "required": [], "defaults": ["None", "None"], "doc": "Bakes."}}


def branch(name: str, text: str, reply: str, *more: dict[str, Any]) -> dict[str, Any]:
    """An action with its input, and the actions that follow it."""
    asked = {"node_type": "Action Input", "description": text, "observation": reply, "observation_code": 0, "children": list(more)}
    return {"node_type": "Action", "description": name, "children": [asked]}


SHARED = branch(
    "bake",
    '{"loaves": 2}',
    '{"error": "", "response": "ok"}',
    branch("burn", "{}", '{"error": "No such function name: burn", "response": ""}'),
    branch("bake", '{"loaves": 2, "x": 1}', '{"error": "bake() got an unexpected keyword argument \'x\'", "response": ""}'),
    branch("bake", "[2]", '{"error": "no object", "response": ""}'),
    branch("bake", "{'loaves': 2}", '{"error": "no JSON", "response": ""}'),
    branch("bake", '{"loaves": ', '{"error": "no JSON", "response": ""}'),
)
ANSWER = {
    "win": False,
    "tree": {"tree": {"node_type": "Action Input", "description": "", "observation": None, "children": [SHARED]}},
    "answer_generation": {
        "query": "Bake",
        "function": [{"name": "bake", "parameters": {"type": "object", "properties": {"loaves": {"type": "integer"}}, "required": []}}],
    },
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder as the command takes it."""
    (tmp_path / "workbench").mkdir()
    (tmp_path / "workbench" / "runs_m.jsonl").write_text(json.dumps(RUN) + "\n")
    (tmp_path / "workbench" / "tool_specs_derived.json").write_text(json.dumps(SPECS))
    answers = tmp_path / "toolbench" / "answer" / "G1_answer"
    answers.mkdir(parents=True)
    (answers / "1_m.json").write_text(json.dumps(ANSWER))
    return tmp_path


def test_the_tool_and_the_recount_agree_on_every_class(data, capsys):
    assert natural_errors.main([str(data)]) == 0
    told = capsys.readouterr().out
    workbench, toolbench = told.split("### ToolBench: tools given")
    assert "| unknown tool | 1 | 1 | 1 | 0 | 0 |" in workbench
    assert "| unknown argument | 2 | 2 | 2 | 0 | 0 |" in workbench
    assert "| non-object input | 2 | 2 | 2 | 0 | 0 |" in workbench
    assert "| broken JSON | 1 | 1 | 1 | 0 | 0 |" in workbench
    assert "| IAV.outside_enum | right | 1 |" in workbench
    assert "| unknown tool | 1 | 1 | 1 | 0 | 0 |" in toolbench
    assert "| unknown argument | 1 | 1 | 1 | 0 | 0 |" in toolbench
    assert "| non-object input | 1 | 1 | 1 | 0 | 0 |" in toolbench
    assert "| broken JSON | 2 | 2 | 2 | 0 | 0 |" in toolbench
    assert "no calls: 1 × an input without an action" in toolbench


def test_a_disagreement_is_listed_and_fails_the_command(data, capsys):
    specs = data / "workbench" / "tool_specs_derived.json"
    log = next(logs(data))
    specs.write_text(json.dumps({"oven.bake": SPECS["oven.bake"] | {"params": ["loaves"], "defaults": ["None"]}}))
    other = Log(log.name, recount.workbench(data / "workbench" / "runs_m.jsonl", specs), log.attempts)
    text, apart = natural_errors.with_tools(other)
    assert apart == 1
    assert "oven/m/all/0, 'step': recount unknown argument minutes, tool nothing" in text


DIFFERING = {
    "the same": ({"a": 1}, {"a": [1]}, set()),
    "one of several": ({"a": 2}, {"a": [1, 2]}, set()),
    "a whole number and a float": ({"a": 1}, {"a": [1.0]}, set()),
    "true is no number": ({"a": True}, {"a": [1]}, {"a"}),
    "another case": ({"a": "X"}, {"a": ["x"]}, {"a"}),
    "white space around": ({"a": " x"}, {"a": ["x"]}, set()),
    "left out as allowed": ({}, {"a": [1, ""]}, set()),
    "left out though needed": ({}, {"a": [1]}, {"a"}),
    "not named by the gold": ({"a": 1, "b": 2}, {"a": [1]}, {"b"}),
    "an object with alternatives": ({"a": {"x": 2}}, {"a": [{"x": [1, 2], "y": [3, ""]}]}, set()),
    "an object with another value": ({"a": {"x": 3}}, {"a": [{"x": [1, 2]}]}, {"a"}),
    "a list in another order": ({"a": [2, 1]}, {"a": [[1, 2]]}, {"a"}),
    "no value allowed": ({"a": []}, {"a": []}, {"a"}),
}


@pytest.mark.parametrize(("given", "gold", "names"), DIFFERING.values(), ids=list(DIFFERING))
def test_arguments_that_differ_are_recounted(given, gold, names):
    assert bfcl_recount.differing(given, gold) == names


@pytest.mark.slow
def test_published_logs_are_judged_as_recounted(shared_data, capsys):
    assert natural_errors.main([str(shared_data)]) == 0
    assert "2,472 of 2,472" in capsys.readouterr().out
