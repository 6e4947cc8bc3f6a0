"""``spectool audit`` as a command."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from spectool.cli.main import main
from spectool.patterns.audit import audit_folders
from tests.patterns.test_audit import ONE_OF_EACH
from tests.patterns.test_gold_suspects import TASKS

NAMES = ("all give what was said, the gold another", "one errs")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "outputs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ONE_OF_EACH))
    assert main(["classify", "outputs.jsonl", "-o", "folder"]) == 0
    capsys.readouterr()
    return "folder"


@pytest.fixture
def three_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "outputs.jsonl").write_text("".join(json.dumps(row) + "\n" for name in NAMES for row in TASKS[name]))
    assert main(["classify", "outputs.jsonl", "-o", "folder"]) == 0
    capsys.readouterr()
    return "folder"


SHOWN = """\
m  13 attempts · 13 tasks · 12 by the benchmark's published verdict · 1 without any verdict, not in
  the score
                                   failures  of failures   score after     95 % interval
  score                                                         16.7 %      4.7 – 44.8 %
  harness or parser fault                 2       20.0 %        33.3 %     13.8 – 60.9 %
    1 no_turn · 1 artefacts
  gold faulty or suspect                  1       10.0 %        41.7 %     19.3 – 68.0 %
    1 gold_faults
  recoverable format                      3       30.0 %        66.7 %     39.1 – 86.2 %
    1 gold_faults + coercible_types · 1 coercible_types · 1 format_variants
"""


def test_the_parts_of_a_score_stand_on_stdout(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", folder]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith(SHOWN)
    assert "  no finding of ours                      1       10.0 %\n    as published: 1 odd\n" in shown.out
    assert "  ! 1 pass with a proven slip of the seven: what the score may hold too much\n" in shown.out
    assert "  optionals (not made)                    1  +8.3 points        25.0 %" in shown.out
    assert "The attribution is SpecTool's, not the benchmark's." in shown.out
    assert shown.err == ""


def test_json_is_the_librarys_answer(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", folder, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(msgspec.json.encode(audit_folders([folder]).audit))


def test_suspects_are_written_as_lines(three_models: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", three_models, "--suspects", "suspects.jsonl"]) == 0
    assert "gold faulty or suspect                  1      100.0 %" in capsys.readouterr().out
    lines = [json.loads(line) for line in Path("suspects.jsonl").read_text().splitlines()]
    assert [(line["task"], line["high"]) for line in lines] == [("wrong gold", True), ("slip of one", False)]
    assert [answer["model"] for answer in lines[0]["answers"]] == ["ada", "bob", "cyd"]


def test_suspects_alone_go_to_a_pipe(three_models: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", three_models, "--suspects", "-"]) == 0
    assert [json.loads(line)["task"] for line in capsys.readouterr().out.splitlines()] == ["wrong gold", "slip of one"]


def test_a_file_that_is_there_is_kept(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("suspects.jsonl").write_text("mine")
    assert main(["audit", folder, "--suspects", "suspects.jsonl"]) == 2
    assert "suspects.jsonl" in capsys.readouterr().err
    assert Path("suspects.jsonl").read_text() == "mine"


def test_outputs_that_are_no_result_folder_are_refused(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "outputs.jsonl"]) == 2
    assert "no result folder 'outputs.jsonl'; make one with: spectool classify OUTPUTS" in capsys.readouterr().err


def test_a_models_name_can_not_colour_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "outputs.jsonl"
    path.write_text(json.dumps({**ONE_OF_EACH[0], "model": "\x1b[31mred"}) + "\n")
    assert main(["classify", str(path), "-o", str(tmp_path / "folder")]) == 0
    assert main(["audit", str(tmp_path / "folder")]) == 0
    assert "\x1b" not in capsys.readouterr().out
