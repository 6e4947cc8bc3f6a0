"""Result files as BFCL's evaluator reads them: rows of every shape, the files they belong in, what has no place there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from spectool.cli.main import main
from spectool.model import Call, Message, Result, Step, Trajectory
from spectool.read.dialects.registry import dialect
from spectool.read.formats.bfcl import results
from spectool.read.source import FormatError, Source
from spectool.read.steps import step_from_native, step_from_text

ASKED = Message(role="user", content="go")
AGAIN = Message(role="user", content="again")
ANSWERED = Call(name="f", arguments={"a": 1}, raw='{"a": 1}', result=Result(content="done"))
REPLIED = Message(role="tool", content="done")
OURS = {"run": {"engine": "vllm"}}


def attempt(*turns: Message | Step, id: str = "simple_python_0", **fields: Any) -> Trajectory:
    return Trajectory(key="k", id=id, turns=turns, **fields)


def native(*calls: tuple[str, str], text: str = "") -> Step:
    return step_from_native(text, [(None, name, arguments) for name, arguments in calls])


ROWS: dict[str, tuple[Trajectory, dict[str, Any]]] = {
    "a text stays as it was written": (
        attempt(ASKED, step_from_text("Sure: [f(a=1)]<end_of_turn>")),
        {"result": "Sure: [f(a=1)]<end_of_turn>"},
    ),
    "structured calls are names with their arguments as text": (
        attempt(ASKED, native(("f", '{"a": 1}'), ("g", "{}"))),
        {"result": [{"f": '{"a": 1}'}, {"g": "{}"}]},
    ),
    "arguments that are no JSON stay as they are": (attempt(ASKED, native(("f", '{"a": '))), {"result": [{"f": '{"a": '}]}),
    "no arguments at all are an empty object": (attempt(ASKED, native(("f", ""))), {"result": [{"f": "{}"}]}),
    "dots are not allowed in names of structured calls": (attempt(ASKED, native(("tea.brew", "{}"))), {"result": [{"tea_brew": "{}"}]}),
    "a structured answer without calls is its text": (attempt(ASKED, native(text="No.")), {"result": "No."}),
    "calls without the text they stood in are structured": (
        attempt(ASKED, Step(calls=(Call(name="f", arguments={"a": "é"}, raw="f(a='é')"),), dialect="pythonic")),
        {"result": [{"f": '{"a":"é"}'}]},
    ),
    "an answer that was never generated": (
        attempt(ASKED, Step(text="out of memory", finish_reason="error")),
        {"result": "Error during inference: out of memory"},
    ),
    "BFCL's own word for that stays": (
        attempt(ASKED, Step(text="Error during inference: 500", raw="Error during inference: 500", finish_reason="error")),
        {"result": "Error during inference: 500"},
    ),
    "thinking beside the text": (
        attempt(ASKED, step_from_text("[f(a=1)]", reasoning="hm")),
        {"result": "[f(a=1)]", "reasoning_content": "hm"},
    ),
    "thinking in the text of a run of ours": (
        attempt(ASKED, step_from_text("<think>\nhm\n</think>\n\n[f(a=1)]"), meta=OURS),
        {"result": "[f(a=1)]", "reasoning_content": "hm"},
    ),
    "thinking that never ends": (attempt(ASKED, step_from_text("<think>\nhm"), meta=OURS), {"result": "<think>\nhm"}),
    "thinking in a text of BFCL's": (
        attempt(ASKED, step_from_text("<think>hm</think>[f(a=1)]")),
        {"result": "<think>hm</think>[f(a=1)]"},
    ),
    "an answer that the token limit cut short": (
        attempt(ASKED, step_from_text("[f(a=", finish_reason="length")),
        {"result": "[f(a=", "finish_reason": "length"},
    ),
    "what it cost": (
        attempt(ASKED, step_from_text("x"), meta={"prompt_tokens": 9, "completion_tokens": 1, "seconds": 0.5}),
        {"result": "x", "input_token_count": 9, "output_token_count": 1, "latency": 0.5},
    ),
    "an attempt's number is not part of the question's id": (
        attempt(ASKED, step_from_text("x"), id="simple_python_0#1", task="simple_python_0", sample=1),
        {"result": "x"},
    ),
    "several turns are lists of steps, with what the tools replied": (
        attempt(
            ASKED,
            Step(calls=(ANSWERED,), dialect="native"),
            REPLIED,
            step_from_text("ok"),
            AGAIN,
            step_from_text("no"),
            id="multi_turn_base_1",
        ),
        {
            "id": "multi_turn_base_1",
            "result": [[[{"f": '{"a": 1}'}], "ok"], ["no"]],
            "inference_log": [
                {"begin_of_turn_query": [{"role": "user", "content": "go"}], "step_0": [{"role": "tool", "content": "done"}]},
                {"begin_of_turn_query": [{"role": "user", "content": "again"}]},
            ],
        },
    ),
    "several turns that broke off are a text": (
        attempt(ASKED, AGAIN, Step(text="timed out", finish_reason="error"), id="multi_turn_base_1"),
        {"id": "multi_turn_base_1", "result": "Error during inference: timed out"},
    ),
    "the steps of an agentic question are one turn": (
        attempt(ASKED, step_from_text("[f(a=1)]"), step_from_text("blue"), id="web_search_3"),
        {"id": "web_search_3", "result": [["[f(a=1)]", "blue"]]},
    ),
}


@pytest.mark.parametrize(("trajectory", "row"), ROWS.values(), ids=ROWS)
def test_a_row(trajectory: Trajectory, row: dict[str, Any]) -> None:
    assert results.write(trajectory) == {"id": "simple_python_0"} | row


@pytest.mark.parametrize("trajectory", [case[0] for case in ROWS.values()], ids=ROWS)
def test_a_row_is_read_back_with_the_same_calls(tmp_path: Path, trajectory: Trajectory) -> None:
    path = tmp_path / "BFCL_v4_multi_turn_base_result.json"
    path.write_text(json.dumps(results.write(trajectory)), encoding="utf-8")
    (back,) = results.read(Source(path), {})
    assert isinstance(back, Trajectory)
    assert calls(back) == calls(trajectory)


def test_an_answer_cut_short_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "BFCL_v4_simple_python_result.json"
    path.write_text(json.dumps(results.write(attempt(ASKED, step_from_text("[f(a=", finish_reason="length")))), encoding="utf-8")
    (back,) = results.read(Source(path), {})
    assert isinstance(back, Trajectory)
    assert [turn.finish_reason for turn in back.turns if isinstance(turn, Step)] == ["length"]


def calls(trajectory: Trajectory) -> list[list[tuple[str, Any]]]:
    steps = [turn for turn in trajectory.turns if isinstance(turn, Step)]
    return [[(call.name.replace(".", "_"), call.arguments) for call in step.calls] for step in steps]


PLACES = [
    ("simple_python_7", "v4", 0, "result/a_b/non_live/BFCL_v4_simple_python_result.json"),
    ("simple_7", "v3", 0, "result/a_b/BFCL_v3_simple_result.json"),
    ("java_7", "", 0, "result/a_b/BFCL_v3_java_result.json"),
    ("live_simple_6-3-2", "", 0, "result/a_b/live/BFCL_v4_live_simple_result.json"),
    ("live_simple_6-3-2", "v4", 2, "sample_2/result/a_b/live/BFCL_v4_live_simple_result.json"),
    ("multi_turn_miss_func_0", "v4", 0, "result/a_b/multi_turn/BFCL_v4_multi_turn_miss_func_result.json"),
    ("memory_kv_3-customer-3", "v4", 0, "result/a_b/agentic/memory/kv/BFCL_v4_memory_kv_result.json"),
    ("web_search_base_3", "v4", 0, "result/a_b/agentic/BFCL_v4_web_search_base_result.json"),
    ("format_sensitivity_0:x=y:simple_3", "v4", 0, "result/a_b/format_sensitivity/BFCL_v4_format_sensitivity_result.json"),
    ("multiple_3", "v1", 0, "result/a_b/gorilla_openfunctions_v1_test_multiple_result.json"),
    ("multiple_3", "../../v4", 0, "result/a_b/non_live/BFCL_v4_multiple_result.json"),
]


@pytest.mark.parametrize(("task", "generation", "sample", "file"), PLACES, ids=[f"{case[0]} {case[1]} {case[2]}" for case in PLACES])
def test_the_file_it_belongs_in(task: str, generation: str, sample: int, file: str) -> None:
    found = results.place(attempt(id=task, model="a/b", sample=sample, meta={"generation": generation}))
    assert found.file == file


@pytest.mark.parametrize(
    ("model", "folder"),
    [("..", "unknown_model"), ("", "unknown_model"), ("a\\b\nc\0", "a_b_c_"), ("é" * 200, "é" * 100), ("../x", ".._x")],
)
def test_a_model_s_name_stays_one_folder(model: str, folder: str) -> None:
    assert results.place(attempt(model=model)).file == f"result/{folder}/non_live/BFCL_v4_simple_python_result.json"


REFUSED = {
    "a task of another benchmark": (
        attempt(ASKED, native(), id="weather-1"),
        "the id of a BFCL question, such as 'simple_python_0', got 'weather-1'",
    ),
    "an id that only looks alike": (
        attempt(ASKED, native(), id="travel_1"),
        "the id of a BFCL question, such as 'simple_python_0', got 'travel_1'",
    ),
    "a path in an id": (
        attempt(ASKED, native(), id="../simple_1/x_1"),
        "the id of a BFCL question, such as 'simple_python_0', got '../simple_1/x_1'",
    ),
    "a question nobody answered": (attempt(ASKED), "expected a turn of the model, got none in 'simple_python_0'"),
    "several steps where BFCL has one": (
        attempt(ASKED, native(), native()),
        "expected one turn of the model in a single-turn category, got 2 in 'simple_python_0'",
    ),
}


@pytest.mark.parametrize(("trajectory", "message"), REFUSED.values(), ids=REFUSED)
def test_what_has_no_place_there(trajectory: Trajectory, message: str) -> None:
    with pytest.raises(FormatError) as error:
        results.write(trajectory)
    assert message in str(error.value)


def test_costs_of_several_turns_are_summed(tmp_path: Path) -> None:
    path = tmp_path / "BFCL_v3_multi_turn_base_result.json"
    row = {
        "id": "multi_turn_base_0",
        "result": [["a"], ["b"]],
        "input_token_count": [[3, 4], [5]],
        "output_token_count": [],
        "latency": [[0.5], [None]],
    }
    path.write_text(json.dumps(row), encoding="utf-8")
    (found,) = results.read(Source(path), {})
    assert isinstance(found, Trajectory)
    assert {name: value for name, value in found.meta.items() if name.endswith(("tokens", "seconds"))} == {
        "prompt_tokens": 12,
        "seconds": 0.5,
    }


def line(number: int, text: str, model: str = "m") -> str:
    turns = [{"kind": "message", "role": "user", "content": "go"}, {"kind": "step", "raw": text}]
    return json.dumps({"id": f"parallel_{number}", "model": model, "turns": turns}) + "\n"


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    path = tmp_path / "outputs.jsonl"
    path.write_text(line(10, "[f(a=1)]") + line(9, "[f(a=2)]") + line(9, "[f(a=3)]", "n"), encoding="utf-8")
    return path


def test_rows_stand_in_the_order_of_the_questions_a_folder_a_model(outputs: Path, tmp_path: Path) -> None:
    assert main(["convert", str(outputs), "--to", "bfcl", "-o", str(tmp_path / "b")]) == 0
    rows = {
        path.relative_to(tmp_path / "b").parts[1]: [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
        for path in (tmp_path / "b").rglob("*.json")
    }
    assert rows == {
        "m": [{"id": "parallel_9", "result": "[f(a=2)]"}, {"id": "parallel_10", "result": "[f(a=1)]"}],
        "n": [{"id": "parallel_9", "result": "[f(a=3)]"}],
    }


def test_a_second_answer_is_refused_and_the_first_kept(outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs.write_text(line(1, "[f(a=1)]") + line(1, "[f(a=2)]"), encoding="utf-8")
    assert main(["convert", str(outputs), "--to", "bfcl", "-o", str(tmp_path / "b")]) == 1
    file = "result/m/non_live/BFCL_v4_parallel_result.json"
    assert f"outputs.jsonl:2: a second answer to 'parallel_1' in {file}; the first is kept" in capsys.readouterr().err
    assert json.loads((tmp_path / "b" / file).read_text(encoding="utf-8"))["result"] == "[f(a=1)]"


def test_files_that_are_there_are_not_replaced_and_none_is_added(outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "b" / "result/n/non_live/BFCL_v4_parallel_result.json"
    there.parent.mkdir(parents=True)
    there.write_text("mine", encoding="utf-8")
    assert main(["convert", str(outputs), "--to", "bfcl", "-o", str(tmp_path / "b")]) == 2
    assert f"{there} is there already; remove it or choose another -o" in capsys.readouterr().err
    assert [path for path in (tmp_path / "b").rglob("*") if path.is_file()] == [there]
    assert there.read_text(encoding="utf-8") == "mine"


def test_another_model_may_join_a_folder(outputs: Path, tmp_path: Path) -> None:
    for model in "mn":
        outputs.write_text(line(1, "[f(a=1)]", model), encoding="utf-8")
        assert main(["convert", str(outputs), "--to", "bfcl", "-o", str(tmp_path / "b")]) == 0
    assert sorted(path.name for path in (tmp_path / "b" / "result").iterdir()) == ["m", "n"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("out", ["-", "outputs.jsonl"])
def test_what_is_no_folder_is_refused(outputs: Path, out: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(outputs.parent)
    before = outputs.read_bytes()
    assert main(["convert", "outputs.jsonl", "--to", "bfcl", "-o", out]) == 2
    assert f"-o {out} is no folder, and this format is written as a folder of files" in capsys.readouterr().err
    assert outputs.read_bytes() == before


def test_every_dialect_s_text_survives_the_way_there_and_back(tmp_path: Path) -> None:
    wanted = (Call(name="f", arguments={"a": 1, "b": ["é", True]}),)
    for name in ("pythonic", "hermes", "json_list", "xlam2", "mistral", "llama_json", "react", "toolscan", "xlam1", "qwen_xml"):
        step = step_from_text(dialect(name).write(wanted), asked=name, names=("f",))
        path = tmp_path / "BFCL_v4_simple_python_result.json"
        path.write_text(json.dumps(results.write(attempt(ASKED, step))), encoding="utf-8")
        (back,) = results.read(Source(path), {})
        assert isinstance(back, Trajectory)
        assert [(call.name, call.arguments) for turn in back.turns if isinstance(turn, Step) for call in turn.calls] == [
            (wanted[0].name, wanted[0].arguments)
        ], name


@pytest.mark.parametrize("category", ["simple", "java", "live_irrelevance"])
def test_real_rows_come_back_as_they_were(shared_data: Path, tmp_path: Path, category: str) -> None:
    model = shared_data / "bfcl" / "results" / "v3" / "result" / "Qwen_Qwen3-8B"
    source, rows = model / f"BFCL_v3_{category}_result.json", tmp_path / "rows.jsonl"
    assert main(["convert", str(source), "--to", "spectool", "-o", str(rows)]) == 0
    assert main(["convert", str(rows), "--to", "bfcl", "-o", str(tmp_path / "b")]) == 0
    written = tmp_path / "b" / "result" / model.name / source.name
    before, after = ([json.loads(row) for row in path.read_text("utf-8").splitlines()] for path in (source, written))
    assert after == before
