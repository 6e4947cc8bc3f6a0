"""BFCL's questions as tasks of a run: what can be run, what a model is shown, and the way back into BFCL's own files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from spectool.cli.main import main
from spectool.model import Gold, Step
from spectool.read.formats import spectool_rows
from spectool.read.source import Source
from spectool.read.tasks import load_tasks
from spectool.results.pipeline import classify_paths
from spectool.results.tables import connect, rows
from spectool.run.engines.engine import ChatMessage, ToolSection
from spectool.run.run import RunSettings, run_tasks
from spectool.run.runnable import runnable

HERMES = ToolSection(dialect="hermes")
SETTINGS = RunSettings(model="lab/tiny", engine="scripted", prompt="chat_template")

BREW = {
    "name": "tea.brew",
    "description": "Brews tea.",
    "parameters": {"type": "dict", "properties": {"leaf": {"type": "string"}, "cups": {"type": "integer"}}, "required": ["leaf"]},
}
PARAMETERS = {
    "rows": {"type": "int", "description": "How many."},
    "names": {"type": "ArrayList", "items": {"type": "String"}},
    "any": {"type": "any"},
}
SORT = {"name": "Table.sort", "description": "Sorts.", "parameters": {"type": "dict", "properties": PARAMETERS, "required": ["rows"]}}
ASKED = [[{"role": "user", "content": "Two cups of sencha"}]]
TALK = [
    {"role": "user", "content": "Hi"},
    {"role": "assistant", "content": "Hello!"},
    {"role": "user", "content": "What is the time?"},
]

# Category: the question without its id, and the answer where there is one.
QUESTIONS: dict[str, tuple[dict[str, Any], list[Any] | None]] = {
    "simple_python": ({"question": ASKED, "function": [BREW]}, [{"tea.brew": {"leaf": ["sencha"], "cups": [2, ""]}}]),
    "parallel": ({"question": ASKED, "function": [BREW]}, [{"tea.brew": {"leaf": ["a"]}}, {"tea.brew": {"leaf": ["b"]}}]),
    "irrelevance": ({"question": ASKED, "function": [BREW]}, None),
    "live_relevance": ({"question": ASKED, "function": [BREW]}, None),
    "live_irrelevance": ({"question": [TALK], "function": [BREW]}, None),
    "simple_java": ({"question": ASKED, "function": [SORT]}, [{"Table.sort": {"rows": [5], "names": [["a"], ""], "any": ["", "x"]}}]),
    "multi_turn_base": ({"question": [*ASKED, *ASKED], "involved_classes": ["TeaRoom"]}, [["brew()"], ["brew()"]]),
}
RUNNABLE = [name for name in QUESTIONS if name != "multi_turn_base"]


def identifier(category: str) -> str:
    return f"{category}_0-0-0" if category.startswith("live") else f"{category}_0"


def calling(*calls: tuple[str, dict[str, Any]]) -> str:
    return "\n".join(f"<tool_call>\n{json.dumps({'name': name, 'arguments': arguments})}\n</tool_call>" for name, arguments in calls)


RIGHT = {
    "simple_python": calling(("tea.brew", {"leaf": "sencha", "cups": 2})),
    "parallel": calling(("tea.brew", {"leaf": "b"}), ("tea.brew", {"leaf": "a"})),
    "irrelevance": "Sencha is a green tea.",
    "live_relevance": calling(("tea.brew", {"leaf": "mint"})),
    "live_irrelevance": "I have no clock.",
    "simple_java": calling(("Table.sort", {"rows": "5", "names": 'new ArrayList<>(Arrays.asList("a"))', "any": "x"})),
}
WRONG = RIGHT | {"simple_python": calling(("tea.brew", {"leaf": "mint"})), "irrelevance": calling(("tea.brew", {"leaf": "mint"}))}


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    for part in (folder, folder / "possible_answer", folder / "multi_turn_func_doc"):
        part.mkdir()
    (folder / "multi_turn_func_doc" / "TeaRoom.json").write_text(json.dumps({"name": "brew", "parameters": {}}), encoding="utf-8")
    for category, (question, answer) in QUESTIONS.items():
        file = f"BFCL_v4_{category}.json"
        (folder / file).write_text(json.dumps({"id": identifier(category), **question}) + "\n", encoding="utf-8")
        if answer is not None:
            row = {"id": identifier(category), "ground_truth": answer}
            (folder / "possible_answer" / file).write_text(json.dumps(row) + "\n", encoding="utf-8")
    return folder


def run(dataset: Path, out: Path, engine: Any, **settings: Any) -> list[Any]:
    tasks, _ = runnable(load_tasks([dataset])[0])
    run_tasks(
        tasks, SETTINGS if not settings else RunSettings(**{"model": "lab/tiny", "engine": "scripted", **settings}), lambda: engine, out
    )
    return list(spectool_rows.read(Source(out), {}))


def answering(scripted: Any, texts: dict[str, str]) -> Any:
    return scripted({identifier(category): (text,) for category, text in texts.items()}, HERMES)


def test_every_single_turn_category_is_run_and_the_others_are_named(dataset: Path) -> None:
    tasks, rejected = load_tasks([dataset])
    chosen, left_out = runnable(tasks)
    assert rejected == []
    assert sorted(chosen) == sorted(map(identifier, RUNNABLE))
    assert left_out == (
        "1 task is left out, since its calls are executed by BFCL's Python classes, which SpecTool does not have (multi_turn_base 1); "
        "outputs made elsewhere can be classified",
    )


def test_one_file_of_the_folder_finds_its_answers_beside_it(dataset: Path) -> None:
    (task,) = load_tasks([dataset / "BFCL_v4_parallel.json"])[0].values()
    assert task.gold is not None
    assert (task.id, task.gold.mode, len(task.gold.paths[0])) == ("parallel_0", "unordered", 2)


def test_answers_without_questions_are_left_out_by_name(dataset: Path) -> None:
    row = {"id": "memory_0", "ground_truth": ["green"]}
    (dataset / "possible_answer" / "BFCL_v4_memory.json").write_text(json.dumps(row), encoding="utf-8")
    (dataset / "BFCL_v4_parallel.json").unlink()
    assert runnable(load_tasks([dataset])[0])[1] == (
        "2 tasks are left out, since their calls are executed by BFCL's Python classes, which SpecTool does not have "
        "(multi_turn_base 1, memory 1); outputs made elsewhere can be classified",
        "1 task has no user message and is left out",
    )


def test_right_answers_pass_and_what_is_wrong_is_found(dataset: Path, tmp_path: Path, scripted: Any) -> None:
    run(dataset, tmp_path / "right.jsonl", answering(scripted, RIGHT))
    run(dataset, tmp_path / "wrong.jsonl", answering(scripted, WRONG))
    assert verdicts(tmp_path / "right.jsonl", tmp_path / "r") == dict.fromkeys(map(identifier, RUNNABLE), (True, ()))
    failed = {name: each for name, each in verdicts(tmp_path / "wrong.jsonl", tmp_path / "w").items() if not each[0]}
    assert failed == {"simple_python_0": (False, ("IAV",)), "irrelevance_0": (False, ("unneeded_call",))}


def verdicts(path: Path, folder: Path, *tasks: Path) -> dict[str, tuple[bool | None, tuple[str, ...]]]:
    classify_paths([path], out=folder, tasks=tasks)
    with connect(folder) as connection:
        found = rows(connection, "SELECT id, passed, patterns FROM trajectories")
    return {row["id"]: (row["passed"], tuple(row["patterns"])) for row in found}


def test_a_function_of_java_is_offered_with_text_for_every_parameter(dataset: Path, tmp_path: Path, scripted: Any) -> None:
    engine = answering(scripted, RIGHT)
    outputs = {row.id: row for row in run(dataset, tmp_path / "out.jsonl", engine)}
    (request,) = [each for each in engine.requests if each.id == "simple_java_0#0"]
    note = "As text, in the notation of Java:"
    assert request.tools[0]["function"] == {
        "name": "Table.sort",
        "description": "Sorts. (A function of Java.)",
        "parameters": {
            "type": "object",
            "properties": {
                "rows": {"type": "string", "description": f"How many. ({note} int.)"},
                "names": {"type": "string", "description": f"({note} ArrayList of String.)"},
                "any": {"type": "string", "description": f"({note} any value.)"},
            },
            "required": ["rows"],
        },
    }
    row = outputs["simple_java_0"]
    (step,) = [turn for turn in row.turns if isinstance(turn, Step)]
    assert (step.calls[0].arguments, step.raw) == ({"rows": 5, "names": ["a"], "any": "x"}, RIGHT["simple_java"])
    assert row.tool_sets[0][0].parameters["properties"]["rows"]["type"] == ["integer", "string"]


def test_a_number_that_is_no_text_is_another_notation(dataset: Path, tmp_path: Path, scripted: Any) -> None:
    texts = RIGHT | {"simple_java": calling(("Table.sort", {"rows": 5}))}
    (row,) = [row for row in run(dataset, tmp_path / "out.jsonl", answering(scripted, texts)) if row.id == "simple_java_0"]
    (call,) = row.turns[-1].calls
    assert (call.arguments, call.problem.kind, call.problem.message) == (
        {"rows": 5},
        "other_syntax",
        "expected 'rows' written in java, got number '5'",
    )


def test_a_talk_that_the_question_begins_with_is_put_whole(dataset: Path, tmp_path: Path, scripted: Any) -> None:
    engine = answering(scripted, RIGHT)
    outputs = {row.id: row for row in run(dataset, tmp_path / "out.jsonl", engine)}
    (request,) = [each for each in engine.requests if each.id == "live_irrelevance_0-0-0#0"]
    assert request.messages == (
        ChatMessage(role="user", content="Hi"),
        ChatMessage(role="assistant", content="Hello!"),
        ChatMessage(role="user", content="What is the time?"),
    )
    row = outputs["live_irrelevance_0-0-0"]
    assert [turn.text for turn in row.turns if isinstance(turn, Step)] == ["I have no clock."]
    assert row.gold == Gold(paths=((),), mode="exact")


def test_a_run_converted_to_bfcl_is_judged_alike(dataset: Path, tmp_path: Path, scripted: Any) -> None:
    out, back = tmp_path / "out.jsonl", tmp_path / "bfcl"
    run(dataset, out, answering(scripted, WRONG))
    assert main(["convert", str(out), "--to", "bfcl", "-o", str(back)]) == 0
    assert sorted(str(path.relative_to(back)) for path in back.rglob("*.json")) == [
        f"result/lab_tiny/{group}/BFCL_v4_{category}_result.json"
        for group, category in [
            ("live", "live_irrelevance"),
            ("live", "live_relevance"),
            ("non_live", "irrelevance"),
            ("non_live", "parallel"),
            ("non_live", "simple_java"),
            ("non_live", "simple_python"),
        ]
    ]
    written = (back / "result/lab_tiny/non_live/BFCL_v4_parallel_result.json").read_text(encoding="utf-8")
    assert json.loads(written) == {
        "id": "parallel_0",
        "result": WRONG["parallel"],
        "input_token_count": 7,
        "output_token_count": 3,
        "latency": 0.5,
    }
    assert verdicts(back, tmp_path / "b", dataset) == verdicts(out, tmp_path / "a")


def test_further_samples_have_result_folders_of_their_own(dataset: Path, tmp_path: Path, scripted: Any) -> None:
    (dataset / "multi_turn_func_doc").rename(tmp_path / "elsewhere")
    out, back = tmp_path / "out.jsonl", tmp_path / "bfcl"
    run(dataset / "BFCL_v4_parallel.json", out, answering(scripted, RIGHT), samples=2, temperature=0.5)
    assert main(["convert", str(out), "--to", "bfcl", "-o", str(back)]) == 0
    name = "result/lab_tiny/non_live/BFCL_v4_parallel_result.json"
    assert sorted(str(path.relative_to(back)) for path in back.rglob("*.json")) == [name, f"sample_1/{name}"]
    assert {row["id"] for row in map(json.loads, (back / "sample_1" / name).read_text().splitlines())} == {"parallel_0"}


@pytest.mark.slow
def test_a_real_model_answers_bfcl_questions(dataset: Path, tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    asked = ["Brew two cups of sencha", "Brew mint tea", "Three cups of oolong, please", "I want one cup of assam"]
    lines = [
        {"id": f"simple_python_{number}", "question": [[{"role": "user", "content": text}]], "function": [BREW]}
        for number, text in enumerate(asked)
    ]
    (dataset / "BFCL_v4_simple_python.json").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    out, back = tmp_path / "out.jsonl", tmp_path / "bfcl"
    command = ["run", str(dataset / "BFCL_v4_simple_python.json"), "--model", "smollm2-135m", "--prompt", "worked_example"]
    assert main([*command, "--max-new-tokens", "24", "-o", str(out)]) == 0
    assert main(["convert", str(out), "--to", "bfcl", "-o", str(back)]) == 0
    written = (back / "result/smollm2-135m/non_live/BFCL_v4_simple_python_result.json").read_text(encoding="utf-8")
    assert [json.loads(line)["id"] for line in written.splitlines()] == [line["id"] for line in lines]
    judged = verdicts(out, tmp_path / "a")
    assert len(judged) == len(asked)
    assert verdicts(back, tmp_path / "b", dataset) == judged
