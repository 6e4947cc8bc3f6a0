"""``spectool score`` as a command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spectool.cli.main import main
from spectool.read.formats.spectool_rows import write
from spectool.results.rows import to_json
from tests.benchmark.test_scoreboard import runs

DEMO = Path(__file__).parents[2] / "data" / "demo"


@pytest.fixture
def outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "outputs.jsonl"
    path.write_text("".join(to_json(write(one)) + "\n" for one in runs()))
    return path


def test_the_leaderboard_stands_on_stdout(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "outputs.jsonl"]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines()[:3] == [
        "model                   size  success    95 % interval    of  progress  s/turn  s/task  tokens in, out",
        "big-7b                    7b   80.0 %    28.8 – 97.5 %     5    80.0 %    0.88    1.40         100, 10",
        "small-135m              135m    0.0 %     0.0 – 79.3 %     1     0.0 %    0.50    0.50         100, 10",
    ]
    assert "  pass^k  k=1 83.3 % (31.0 – 98.2 %; 3 tasks) · k=2 50.0 % (9.5 – 90.5 %; 2 tasks, 1 with fewer" in shown.out
    assert "  not scored: 1 the engine failed" in shown.out
    assert "    IFE 1.000 (n = 3 of 6) · mean of the seven 0.619 (n = 3 of 6)\n" in shown.out
    assert "  3 of 6 attempts have no mean of the seven: IFE could not be judged in 3\n" in shown.out
    assert "--tasks" not in shown.out
    assert shown.err == ""


def test_a_result_folder_scores_as_its_outputs_do(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["classify", "outputs.jsonl", "-o", "folder"]) == 0
    capsys.readouterr()
    assert main(["score", "folder", "--json", "--by", "kind"]) == 0
    kept = json.loads(capsys.readouterr().out)
    assert main(["score", "outputs.jsonl", "--json", "--by", "kind"]) == 0
    assert kept == json.loads(capsys.readouterr().out)
    assert [row["value"] for row in kept["slices"]] == ["one_constraint", "unrelated_request", "one_constraint"]


def test_a_file_given_twice_is_told(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "outputs.jsonl", "outputs.jsonl"]) == 0
    assert "! 7 attempts with the model, prompt, task and sample number of another" in capsys.readouterr().out


def test_slices_are_shown_below_their_model(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "outputs.jsonl", "--by", "split"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[lines.index("big-7b by split") + 1].startswith("dev                       7b   80.0 %")


def test_the_page_is_written_beside_the_table(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "outputs.jsonl", "-o", "out/scores.md"]) == 0
    assert Path("out/scores.md").read_text().startswith("## Success against size and latency\n")
    assert "big-7b" in capsys.readouterr().out


def test_outputs_without_gold_join_their_tasks(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = json.loads((DEMO / "outputs.qwen2.5-coder-1.5b.jsonl").read_text().splitlines()[0])
    Path("bare.jsonl").write_text(json.dumps({key: value for key, value in first.items() if key not in ("gold", "tools")}) + "\n")
    assert main(["score", "bare.jsonl", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["models"][0]["unscored"] == {"neither gold nor a reward": 1}
    assert main(["score", "bare.jsonl"]) == 0
    assert "  ! 1 attempt without gold: if the tasks lie in another file, pass --tasks PATH\n" in capsys.readouterr().out
    assert main(["score", "bare.jsonl", "--tasks", str(DEMO / "tasks.jsonl"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["models"][0]["bases"] == {"our verdict": 1}


def test_the_demo_outputs_are_scored_by_our_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", *map(str, sorted(DEMO.glob("outputs.*.jsonl"))), "--by", "kind", "--json"]) == 0
    board = json.loads(capsys.readouterr().out)
    figures = [(row["model"], row["size"], row["success"]["n"], sum(row["unscored"].values())) for row in board["models"]]
    assert figures == [("smollm2-135m", "135m", 112, 24), ("qwen2.5-coder-1.5b", "1.5b", 136, 0)]
    assert {row["value"] for row in board["slices"]} == {"irrelevance", "multi_step", "multiple", "parallel", "simple"}


def test_attempts_whose_end_state_was_not_checked_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(DEMO / "outputs.smollm2-135m.jsonl")]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "! 112 attempts: scored by our verdict and the claims; the end state was not checked, as the task names no environments" in said


def test_result_folders_that_lie_below_are_named(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("res/a b", "res/deep/c"):
        assert main(["classify", "outputs.jsonl", "-o", name]) == 0
    Path("res/README.md").write_text("Two results.")
    capsys.readouterr()
    assert main(["score", "res", "outputs.jsonl"]) == 2
    told = "error: res: expected a result folder or outputs, got a folder of result folders; name them: 'res/a b' res/deep/c"
    assert capsys.readouterr().err.strip() == told


def test_a_folder_of_outputs_with_results_beside_them_is_scored(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("all").mkdir()
    outputs.rename("all/outputs.jsonl")
    assert main(["classify", "all/outputs.jsonl", "-o", "all/res"]) == 0
    capsys.readouterr()
    assert main(["score", "all", "--json"]) == 0
    assert sum(row["attempts"] for row in json.loads(capsys.readouterr().out)["models"]) == 7


def test_a_record_that_can_not_be_read_is_told(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs.write_text(outputs.read_text() + '{"broken\n')
    assert main(["score", "outputs.jsonl"]) == 1
    assert "! 1 record could not be read: outputs.jsonl:8: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["missing.jsonl"], "error: missing.jsonl: no such file or folder", id="no such file"),
        pytest.param(["empty.jsonl"], "error: no readable record\n  empty.jsonl: empty", id="an empty file"),
        pytest.param(["outputs.jsonl", "--by", "colour"], "'colour' is not one of", id="no such slice"),
        pytest.param(["outputs.jsonl", "-o", "."], "-o '.' is a folder; name a file", id="-o is a folder"),
        pytest.param([], "Missing argument 'RESULT...'", id="nothing given"),
    ],
)
def test_bad_usage_is_one_clear_message(outputs: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    Path("empty.jsonl").touch()
    assert main(["score", *arguments]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert "Traceback" not in shown.err
