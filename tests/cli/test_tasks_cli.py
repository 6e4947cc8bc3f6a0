"""``spectool tasks inject``: outputs and answers as files, which classify to what was planted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spectool.benchmark.generate import generate
from spectool.benchmark.task_lines import task_line
from spectool.benchmark.templates.registry import BOOKS
from spectool.cli.main import main
from spectool.results.store import open_folder

DEMO = Path(__file__).parents[2] / "data" / "demo" / "tasks.jsonl"


@pytest.fixture
def tasks(tmp_path, monkeypatch) -> Path:
    """Every fifth demo task as ``tasks.jsonl`` in the test's own folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "tasks.jsonl"
    path.write_text("\n".join(DEMO.read_text().splitlines()[::5]) + "\n")
    return path


def rows(path):
    return [json.loads(line) for line in Path(path).read_text().splitlines()]


def test_outputs_written_and_classified_show_the_answers(tasks, capsys):
    assert (
        main(["tasks", "inject", "tasks.jsonl", "-o", "broken.jsonl", "--answers", "planted.jsonl", "--seed", "3", "--per-task", "12"]) == 0
    )
    assert main(["classify", "broken.jsonl", "-o", "res"]) == 0
    opened = open_folder("res")
    exported = [json.loads(line) for line in opened.export(format="jsonl").splitlines()]
    opened.close()
    found = sorted((row["id"], row["error"], row["subtype"], row["path"], row["tier"]) for row in exported)
    answers = rows("planted.jsonl")
    assert len(answers) > 150
    assert found == sorted((row["id"], p["error"], p["subtype"], p["path"], p["tier"]) for row in answers for p in row["planted"])


def test_one_subtype_alone(tasks):
    assert main(["tasks", "inject", "tasks.jsonl", "-o", "broken.jsonl", "--error", "IAV.scale", "--answers", "planted.jsonl"]) == 0
    assert {tuple(row["slips"]) for row in rows("planted.jsonl")} == {("IAV.scale",)}


def test_two_slips_in_each(tasks, capsys):
    assert main(["tasks", "inject", "tasks.jsonl", "-o", "-", "--double", "--per-task", "1", "--json"]) == 0
    shown = capsys.readouterr()
    counts = json.loads(shown.err)
    assert counts == {"written": len(shown.out.splitlines()), "tasks": 28, "gold_faults": 0, "rejected": 0, "out": "-"}
    assert all(len(json.loads(line)["id"].split("~")[1].split("+")) == 2 for line in shown.out.splitlines())


def test_a_name_that_is_no_slip_lists_those_there_are(tasks, capsys):
    assert main(["tasks", "inject", "tasks.jsonl", "-o", "broken.jsonl", "--error", "IAX"]) == 2
    assert "expected one of IFE.wrapped" in capsys.readouterr().err


def test_a_gold_fault_is_named(tasks, capsys):
    task = json.loads(tasks.read_text().splitlines()[0])
    task["gold"]["paths"][0][0]["name"] = "nobody_offered_this"
    Path("faulty.jsonl").write_text(json.dumps(task) + "\n")
    assert main(["tasks", "inject", "faulty.jsonl", "-o", "broken.jsonl"]) == 2
    assert f"gold fault: {task['id']}: nobody_offered_this: not offered" in capsys.readouterr().err


@pytest.fixture
def worldly(tmp_path, monkeypatch) -> Path:
    """Some tasks that name a world, as ``worldly.jsonl`` in the current folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "worldly.jsonl"
    path.write_bytes(b"\n".join(task_line(task) for task in generate(BOOKS, "dev", 12)) + b"\n")
    return path


@pytest.mark.parametrize("options", [["--per-task", "6"], ["--rate", "0.4"]], ids=["one slip each", "at a rate"])
def test_tasks_that_name_a_world_are_solved_in_it(worldly, options):
    made = ["tasks", "inject", "worldly.jsonl", "-o", "broken.jsonl", "--answers", "planted.jsonl", "--feedback", "options", *options]
    assert main(made) == 0
    assert main(["classify", "broken.jsonl", "-o", "res"]) == 0
    opened = open_folder("res")
    exported = [json.loads(line) for line in opened.export(format="jsonl").splitlines()]
    opened.close()
    found = sorted((row["id"], row["error"], row["subtype"], row["path"], row["tier"]) for row in exported)
    answers = rows("planted.jsonl")
    assert found == sorted((row["id"], p["error"], p["subtype"], p["path"], p["tier"]) for row in answers for p in row["planted"])
    replied = [call["result"] for row in rows("broken.jsonl") for turn in row["turns"] for call in turn.get("calls", ())]
    assert len(replied) > 10
    assert None not in replied


def test_in_a_world_two_slips_come_at_a_rate(worldly, capsys):
    assert main(["tasks", "inject", "worldly.jsonl", "-o", "broken.jsonl", "--double"]) == 2
    assert "by --rate" in capsys.readouterr().err
