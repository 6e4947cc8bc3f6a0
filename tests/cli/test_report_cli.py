"""``spectool report`` as a command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from spectool.cli.main import main
from spectool.cli.report import ENDINGS, MODES
from spectool.redact import Mode
from spectool.report.formats import FORMATS
from tests.report.conftest import attempts
from tests.results.conftest import write


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    start = tmp_path_factory.mktemp("report")
    write(start / "res", [*attempts("small-1.5b", 15, 20), *attempts("large-70b\x1b[31m", 5, 20)])
    return start


@pytest.fixture
def start(made_once: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(made_once)
    return made_once


def test_without_a_file_the_report_stands_on_the_screen(start: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "res"]) == 0
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert lines[:7] == [
        "This result folder holds 40 trajectories of 2 models, with 40 calls. Could not be checked at all:",
        "IAC.",
        "",
        "Passed (reward, else our verdict)     rate       of     95 % interval    size  s/attempt  tokens out",
        "  small-1.5b                        25.0 %       20     11.2 – 46.9 %    1.5b        3.0          20",
        "  large-70b                         75.0 %       20     53.1 – 88.8 %     70b        3.0          20",
        "",
    ]
    heads = [line.partition("  ")[0] for line in lines if line and not line.startswith(" ")]
    wanted = ["Systemic causes", "Trajectories with the pattern", "Shapes", "Slices", "Tasks", "What to do next"]
    assert [head for head in dict.fromkeys(heads) if head in wanted] == wanted
    assert not any(head.startswith("Next:") for head in heads)
    assert lines[-1] == "Looked for secrets (known forms, and values under telling names) and found none."
    assert "\x1b" not in shown.out
    assert shown.err == ""
    assert max(map(len, lines)) <= 100


def test_a_file_is_written_for_each_format_and_not_replaced_unasked(start: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outs = [each for ending in ENDINGS for each in ("-o", f"out{ending}")]
    assert main(["report", "res", *outs]) == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err.splitlines()) == ("", [f"written to out{ending}" for ending in ENDINGS])
    assert Path("out.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert Path("out.md").read_text(encoding="utf-8").startswith("# SpecTool report\n")
    told = json.loads(Path("out.json").read_bytes())
    assert [model["name"] for model in told["models"]] == ["small-1.5b", "large-70b\x1b[31m"]
    assert main(["report", "res", "-o", "out.md"]) == 2
    assert "out.md' is there already; pass --overwrite to replace it" in capsys.readouterr().err
    assert main(["report", "res", "-o", "out.md", "--overwrite"]) == 0


def test_the_json_on_stdout_is_that_of_the_file(start: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "res", "--json", "-o", "same.json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(Path("same.json").read_bytes())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["nowhere"], "no result folder 'nowhere'; make one with: spectool classify", id="no such folder"),
        pytest.param(["res", "-o", "a.pdf"], "-o: expected a file that ends in .html, .md, .json, got 'a.pdf'", id="another format"),
        pytest.param(["res", "-o", "res/summary.json/a.md"], "cannot write 'res/summary.json/a.md': not a directory", id="no such place"),
        pytest.param(["res", "--redact", "some"], "'some' is not one of 'secrets', 'pii', 'none'", id="no such mode"),
        pytest.param([], "Missing argument 'RESULT...'", id="nothing given"),
    ],
)
def test_bad_usage_is_one_line(start: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert main(["report", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_the_choices_are_those_of_the_library() -> None:
    assert (get_args(Mode), tuple(FORMATS)) == (MODES, ENDINGS)
