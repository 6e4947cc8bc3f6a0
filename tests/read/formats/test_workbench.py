"""WorkBench runs: steps as the harness parsed them, and what it could not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spectool.model import Step, Trajectory
from spectool.read.formats import workbench
from spectool.read.source import FormatError, Source
from spectool.read.tasks import load_tools

LOG = 'I look first.\nAction:\n```\n{"action": "oven.bake", "action_input": {"loaves": "2"}}\n```'


def run(*steps: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "id": "oven/some-model/all/4", "domain": "oven", "model": "some-model", "toolset": "all", "query": "Bake two", "gold": [],
        "steps": list(steps), "final": "Done.", "run_error": None, "parse_error": None,
    } | changes  # fmt: skip


def step(arguments: Any, observation: str = "ok") -> dict[str, Any]:
    return {"name": "oven.bake", "arguments": arguments, "log": LOG, "observation": observation}


def only(source: Source) -> Trajectory:
    (item,) = workbench.read(source, {})
    assert isinstance(item, Trajectory)
    return item


def test_a_step_keeps_the_text_and_the_place_of_its_call(opened: Callable[..., Source]) -> None:
    item = only(opened(run(step({"loaves": "2"}))))
    first = item.turns[1]
    assert isinstance(first, Step)
    (call,) = first.calls
    assert (first.text, call.name, call.arguments) == ("I look first.", "oven.bake", {"loaves": "2"})
    assert call.span is not None
    assert first.raw is not None
    assert first.raw[slice(*call.span)] == '{"action": "oven.bake", "action_input": {"loaves": "2"}}'
    assert (item.id, item.task, item.meta["category"]) == ("oven/some-model/all/4", "workbench/oven/4", "oven")
    assert item.gold is not None
    assert (item.gold.paths, item.gold.mode) == (((),), "writes")


NO_OBJECTS = [
    ("a text", "two"),
    ("a text that begins like a number", "2023-11-01"),
    ("an object encoded twice", '{"loaves": "2"}'),
    ("an empty text", ""),
    ("a list", [2]),
    ("a number", 2),
]


@pytest.mark.parametrize("arguments", [case[1] for case in NO_OBJECTS], ids=[case[0] for case in NO_OBJECTS])
def test_an_input_that_is_no_object_is_a_problem_of_the_call(opened: Callable[..., Source], arguments: Any) -> None:
    first = only(opened(run(step(arguments)))).turns[1]
    assert isinstance(first, Step)
    assert [call.problem.kind for call in first.calls if call.problem] == ["bad_shape"]
    assert first.calls[0].arguments is None


UNPARSED = [
    ("in its own field", {"parse_error": "Could not parse LLM output: {oops"}),
    ("in LangChain's message", {"run_error": "An output parsing error occurred. This is the error: Could not parse LLM output: {oops"}),
]


@pytest.mark.parametrize("changes", [case[1] for case in UNPARSED], ids=[case[0] for case in UNPARSED])
def test_an_output_the_harness_could_not_parse_is_a_broken_call(opened: Callable[..., Source], changes: dict[str, str]) -> None:
    last = only(opened(run(final=None, **changes))).turns[-1]
    assert isinstance(last, Step)
    assert last.raw == "{oops"
    assert [call.problem.kind for call in last.calls if call.problem] == ["malformed"]


def test_the_harness_s_limits_are_said_in_the_meta(opened: Callable[..., Source]) -> None:
    assert only(opened(run(run_error="Context window exceeded"))).meta["termination_reason"] == "context_length"


def test_a_map_of_tools_is_read_with_types_and_defaults_from_docstrings(opened: Callable[..., Source]) -> None:
    doc = (
        "Bakes loaves.\n\nParameters\n----------\nloaves : int\n    How many.\ncrust: str, optional\n    How dark.\n\n"
        "Returns\n-------\nok : str"
    )
    source = opened(
        {"oven.bake": {"params": ["loaves", "crust"], "required": ["loaves"], "defaults": ["None"], "doc": doc}}, name="tools.json"
    )
    assert source.path is not None
    (tool,) = load_tools(source.path)
    assert (tool.name, tool.description) == ("oven.bake", "Bakes loaves.")
    assert tool.parameters["properties"] == {
        "loaves": {"type": "integer", "description": "How many."},
        "crust": {"type": "string", "description": "How dark.", "default": None},
    }
    assert tool.parameters["required"] == ["loaves"]
    assert list(workbench.read(source, {})) == []


def test_runs_are_no_tools(opened: Callable[..., Source]) -> None:
    with pytest.raises(FormatError, match="expected a map of tool names"):
        workbench.read_tools(opened(run()))


def test_published_runs(shared_data: Path) -> None:
    folder = shared_data / "workbench"
    runs = [item for item in workbench.read(Source(folder / "runs_gpt-3.5.jsonl"), {}) if isinstance(item, Trajectory)]
    offered = {tool.name for tool in load_tools(folder / "tool_specs_derived.json")}
    calls = [call for item in runs for turn in item.turns if isinstance(turn, Step) for call in turn.calls]
    assert (len(runs), len(offered)) == (690, 27)
    assert len(calls) == 2_464 + 8  # eight more that the harness could not parse
    assert sum(call.name not in offered for call in calls if call.problem is None) == 16


def test_an_output_in_python_instead_of_json_is_read(opened: Callable[..., Source]) -> None:
    text = 'Action:\n```\n{"action": "search", "action_input": {"query": None}}\n```'
    last = only(opened(run(final=None, run_error=f"Could not parse LLM output: {text}"))).turns[-1]
    assert isinstance(last, Step)
    (call,) = last.calls
    assert (call.name, call.arguments, call.problem and call.problem.kind) == ("search", {"query": None}, "other_syntax")
