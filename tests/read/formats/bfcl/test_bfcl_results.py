"""BFCL results: every shape a result comes in, joined to questions of the same generation."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from spectool.model import Message, Rejected, Step, Task, Trajectory
from spectool.read.formats.bfcl import results
from spectool.read.formats.registry import detect
from spectool.read.source import Source, open_path
from spectool.read.tasks import load_tasks

BREW = {
    "name": "tea.brew",
    "description": "Brews tea",
    "parameters": {"type": "dict", "properties": {"leaf": {"type": "string"}, "cups": {"type": "integer"}}, "required": ["leaf"]},
}
SAID = [[{"role": "user", "content": "Two cups of sencha"}]]


def write(path: Path, *rows: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), encoding="utf-8")
    return path


def read(path: Path, tasks: dict[str, Task] | None = None) -> list[Trajectory | Rejected]:
    return list(results.read(Source(path), tasks or {}))


def calls_of(item: Trajectory | Rejected) -> list[list[tuple[str, Any]]]:
    assert isinstance(item, Trajectory)
    return [[(call.name, call.arguments) for call in turn.calls] for turn in item.turns if isinstance(turn, Step)]


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    write(folder / "BFCL_v4_simple_python.json", {"id": "simple_python_0", "question": SAID, "function": [BREW]})
    write(
        folder / "possible_answer" / "BFCL_v4_simple_python.json",
        {"id": "simple_python_0", "ground_truth": [{"tea.brew": {"leaf": ["sencha"], "cups": [2, ""]}}]},
    )
    return folder


RESULTS = [
    ("a text in prompt mode", "[tea.brew(leaf='sencha', cups=2)]", [[("tea.brew", {"leaf": "sencha", "cups": 2})]], "pythonic"),
    ("a function call whose dots were renamed", [{"tea_brew": '{"leaf": "sencha"}'}], [[("tea_brew", {"leaf": "sencha"})]], "native"),
    ("two parallel function calls", [{"a": "{}"}, {"b": "{}"}], [[("a", {}), ("b", {})]], "native"),
    ("a function call that is no JSON", [{"a": "{leaf"}], [[("a", None)]], "native"),
    ("arguments already decoded", [{"a": {"n": 1}}], [[("a", {"n": 1})]], "native"),
    ("an answer in words", "I can not brew that.", [[]], None),
    ("nothing at all", "", [[]], None),
]


@pytest.mark.parametrize(("result", "calls", "asked"), [case[1:] for case in RESULTS], ids=[case[0] for case in RESULTS])
def test_a_single_turn_result_is_one_step(tmp_path: Path, result: Any, calls: list[Any], asked: str | None) -> None:
    (item,) = read(write(tmp_path / "BFCL_v4_simple_python_result.json", {"id": "simple_python_0", "result": result}))
    assert calls_of(item) == calls
    assert isinstance(item, Trajectory)
    assert item.request.dialect == asked


def test_tools_gold_and_query_are_joined_by_id(tmp_path: Path, dataset: Path) -> None:
    path = write(
        tmp_path / "result" / "some-model" / "non_live" / "BFCL_v4_simple_python_result.json",
        {"id": "simple_python_0", "result": "[tea.brew(leaf='sencha')]"},
    )
    tasks, broken = load_tasks([dataset])
    (item,) = read(path, tasks)
    assert not broken
    assert isinstance(item, Trajectory)
    assert (item.task, item.model, item.run, item.line) == ("simple_python_0", "some-model", "v4", 1)
    assert item.tool_sets[0][0].parameters["properties"]["cups"] == {"type": "integer"}
    assert item.turns[0] == Message(role="user", content="Two cups of sencha")
    assert item.gold is not None
    assert item.gold.mode == "exact"
    assert item.gold.paths[0][0].arguments["cups"].optional
    assert item.meta == {"format": "bfcl", "category": "simple_python", "generation": "v4", "language": "python"}


def test_questions_of_another_generation_are_not_joined(tmp_path: Path, dataset: Path) -> None:
    tasks, _ = load_tasks([dataset])
    (item,) = read(write(tmp_path / "BFCL_v3_multiple_result.json", {"id": "simple_python_0", "result": "x"}), tasks)
    assert isinstance(item, Trajectory)
    assert item.tool_sets == ()
    assert "another generation" in item.meta["note"]


def test_the_first_generation_counts_rows_from_zero(tmp_path: Path) -> None:
    (item,) = read(write(tmp_path / "gorilla_openfunctions_v1_test_simple_result.json", {"idx": 7, "result": "[f(a=1)]"}))
    assert isinstance(item, Trajectory)
    assert (item.task, item.run) == ("simple_7", "v1")


def test_an_inference_error_is_the_harness_s_and_holds_no_call(tmp_path: Path) -> None:
    text = "Error during inference: code 400 {'name': 'f', 'arguments': {}}"
    (item,) = read(write(tmp_path / "BFCL_v4_multiple_result.json", {"id": "multiple_1", "result": text, "traceback": "…"}))
    assert isinstance(item, Trajectory)
    assert item.turns == (Step(text=text, raw=text, finish_reason="error"),)


def test_multi_turn_steps_get_the_replies_of_the_log(tmp_path: Path) -> None:
    log = [
        [{"role": "state_info"}],
        {
            "begin_of_turn_query": [{"role": "user", "content": "Go"}],
            "step_0": [{"role": "assistant"}, {"role": "tool", "content": '{"error": "no"}'}],
        },
    ]
    row = {"id": "multi_turn_base_0", "result": [["[cd(folder='a')]", "Done."], []], "inference_log": log}
    (item,) = read(write(tmp_path / "BFCL_v3_multi_turn_base_result.json", row))
    assert isinstance(item, Trajectory)
    assert [type(turn).__name__ for turn in item.turns] == ["Message", "Step", "Message", "Step", "Message", "Step"]
    first = item.turns[1]
    assert isinstance(first, Step)
    assert first.calls[0].result is not None
    assert first.calls[0].result.is_error
    assert item.turns[0] == Message(role="user", content="Go")


FLAT = [
    ("multi turn: one text a turn", "multi_turn_base_0", ["Message", "Step", "Message", "Step"]),
    ("agentic: the steps of the one turn", "web_search_0", ["Message", "Step", "Step"]),
]


@pytest.mark.parametrize(("task", "kinds"), [case[1:] for case in FLAT], ids=[case[0] for case in FLAT])
def test_a_flat_list_of_texts_depends_on_the_category(tmp_path: Path, task: str, kinds: list[str]) -> None:
    (item,) = read(write(tmp_path / "BFCL_v4_x_result.json", {"id": task, "result": ["[f(a=1)]", "Done."]}))
    assert isinstance(item, Trajectory)
    assert [type(turn).__name__ for turn in item.turns] == kinds


def test_functions_held_back_are_offered_from_their_turn_on(tmp_path: Path) -> None:
    docs = tmp_path / "data" / "multi_turn_func_doc"
    write(
        docs / "math_api.json",
        {
            "name": "add",
            "parameters": {"type": "dict", "properties": {"a": {"type": "float"}, "b": {"type": "float"}}, "required": ["a", "b"]},
        },
        {"name": "log", "parameters": {}},
    )
    question = {
        "id": "multi_turn_miss_func_0",
        "question": [[{"role": "user", "content": "Add"}], []],
        "involved_classes": ["MathAPI"],
        "missed_function": {"1": ["add"]},
    }
    write(tmp_path / "data" / "BFCL_v4_multi_turn_miss_func.json", question)
    write(
        tmp_path / "data" / "possible_answer" / "BFCL_v4_multi_turn_miss_func.json",
        {"id": "multi_turn_miss_func_0", "ground_truth": [[], ["add(1.5, b=2)"]]},
    )
    tasks, broken = load_tasks([tmp_path / "data"])
    (item,) = read(
        write(
            tmp_path / "BFCL_v4_multi_turn_miss_func_result.json",
            {"id": "multi_turn_miss_func_0", "result": [["What do you mean?"], ["[add(a=1.5, b=2)]"]]},
        ),
        tasks,
    )
    assert not broken
    assert isinstance(item, Trajectory)
    assert [[tool.name for tool in tools] for tools in item.tool_sets] == [["log"], ["add", "log"]]
    assert [turn.tool_set for turn in item.turns if isinstance(turn, Step)] == [0, 1]
    assert item.gold is not None
    assert item.gold.mode == "required"
    (wanted,) = item.gold.paths[0]
    assert (wanted.name, wanted.turn, {name: value.values for name, value in wanted.arguments.items()}) == (
        "add",
        1,
        {"a": (1.5,), "b": (2,)},
    )


def test_a_class_named_like_a_path_opens_no_file(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere.json", {"name": "add", "parameters": {}})
    question = {"id": "multi_turn_base_0", "question": SAID, "involved_classes": ["../../elsewhere"]}
    (tmp_path / "data" / "multi_turn_func_doc").mkdir(parents=True)
    write(tmp_path / "data" / "BFCL_v4_multi_turn_base.json", question)
    tasks, broken = load_tasks([tmp_path / "data"])
    assert (tasks, len(broken)) == ({}, 1)
    assert "no document of class '../../elsewhere'" in broken[0].reason


def test_a_score_file_in_the_parallel_tree_adds_its_verdicts(tmp_path: Path) -> None:
    rows = [{"id": f"simple_{n}", "result": "[f(a=1)]"} for n in range(2)]
    path = write(tmp_path / "result" / "m" / "BFCL_v3_simple_result.json", *rows)
    score = write(
        tmp_path / "score" / "m" / "BFCL_v3_simple_score.json",
        {"accuracy": 0.5, "correct_count": 1, "total_count": 2},
        {"id": "simple_1", "valid": False, "error_type": "value_error:string"},
    )
    found = [item for item in read(path) if isinstance(item, Trajectory)]
    assert [(item.meta["compat_label"], item.reward) for item in found] == [("ok", 1.0), ("value_error:string", 0.0)]
    assert read(score) == []
    assert "verdicts" in str(results.overlay(Source(score)))


def test_a_damaged_score_file_gives_no_verdicts_since_what_it_lacks_would_pass(tmp_path: Path) -> None:
    path = write(tmp_path / "result" / "m" / "BFCL_v3_simple_result.json", {"id": "simple_0", "result": "[f(a=1)]"})
    write(
        tmp_path / "score" / "m" / "BFCL_v3_simple_score.json",
        {"accuracy": 0.0, "correct_count": 0, "total_count": 1},
        '{"id": "simple_0", "valid": false, "error_ty',
    )
    (item,) = read(path)
    assert isinstance(item, Trajectory)
    assert (item.meta.get("compat_label"), item.reward) == (None, None)


def test_a_broken_line_is_rejected_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "BFCL_v4_multiple_result.json",
        {"id": "multiple_0", "result": "x"},
        '{"id": "multiple_1", "resu',
        {"id": "multiple_2"},
        {"id": "multiple_3", "result": float("nan")},
    )
    found = read(path)
    assert [item.line for item in found if isinstance(item, Rejected)] == [2, 3]
    assert [item.task for item in found if isinstance(item, Trajectory)] == ["multiple_0", "multiple_3"]


def test_a_bare_name_is_right_in_java_and_a_slip_elsewhere(tmp_path: Path) -> None:
    text = "[f(a='x'), g(b=userInput)]"
    for category, kinds in (("simple_java", []), ("simple_python", ["other_syntax"])):
        (item,) = read(write(tmp_path / f"BFCL_v4_{category}_result.json", {"id": f"{category}_0", "result": text}))
        assert isinstance(item, Trajectory)
        assert [call.problem.kind for turn in item.turns if isinstance(turn, Step) for call in turn.calls if call.problem] == kinds


def test_an_empty_result_file_is_recognised_by_its_name(tmp_path: Path) -> None:
    source = Source(write(tmp_path / "BFCL_v4_format_sensitivity_result.json"))
    assert detect(source) is results
    assert list(results.read(source, {})) == []


def test_the_published_results_are_all_read(shared_data: Path) -> None:
    tasks, broken = load_tasks([shared_data / "bfcl" / "datasets" / "v3"])
    verdicts: Counter[str] = Counter()
    unmatched = 0
    for source in open_path(shared_data / "bfcl" / "results" / "v3" / "result"):
        for item in results.read(source, tasks):
            assert isinstance(item, Trajectory)
            verdicts["ok" if item.meta["compat_label"] == "ok" else "failed"] += 1
            unmatched += item.gold is None
    assert not broken
    assert verdicts.total() == 11_123
    assert verdicts["failed"] == 3_002 - 40  # every line of the 40 score files but their headers
    assert unmatched == 0
