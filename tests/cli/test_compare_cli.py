"""``spectool compare`` as a command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from spectool.cli.compare import SIDES
from spectool.cli.main import main
from spectool.patterns.compare import compare
from spectool.patterns.compare_sides import By
from tests.patterns.test_compare import attempt, made, once
from tests.results.conftest import write

BEFORE = [
    *once(*((f"fixed {number}", False, "IAV") for number in range(7))),
    *once(("broken", True, ""), ("both", True, "-IAC"), ("same", False, "IAV"), ("only A", True, "")),
]
AFTER = [
    *once(*((f"fixed {number}", True, "") for number in range(7))),
    *once(("broken", False, "IAC"), ("both", True, ""), ("same", False, "IAV"), ("undecided", None, "")),
]
TABLE = """\
A  before  small  11 attempts at 11 tasks; the baseline
B  after  large  11 attempts at 11 tasks

B fixes 7 tasks that A failed and breaks 1 that A passed; success 20.0 % → 80.0 %, +60.0 points
  [+6.8, +93.2], p = 0.070: no significant difference
  compared: 10 pairs of attempts at 10 shared tasks
  left out: 1 task that only A has, 1 that only B has

Tasks
  fixed             7  B passes, A failed
  broken            1  B fails, A passed
  both pass         1
  both fail         1  1 same pattern

Trajectories with the pattern        A %    B %      of points  95 % interval     tasks      q
  IAV  Incorrect Argument Value     80.0   10.0      10  -70.0 [-94.5, -22.1]     +0 -7  0.031  less
  IAC  Insufficient API Calls        0.0   11.1       9  +11.1 [-21.3, +39.5]     +1 -0  1.000
  on neither side: refusal
"""


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    start = tmp_path_factory.mktemp("sides")
    made(start / "before", "small", BEFORE)
    made(start / "after", "large", AFTER)
    return start


@pytest.fixture
def folders(made_once: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(made_once)
    return made_once


def test_the_whole_comparison_stands_on_stdout(folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "before", "after"]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith(TABLE)
    assert "\nCould not be compared\n  no gold: IAC (1 of 10)\n" in shown.out
    assert "\nBroken  1 of 1, one of each pattern first\n  broken  IAC.other\n       IAC was found\n" in shown.out
    assert shown.out.endswith("\nNext: spectool app after   or   spectool explain IAC\n")
    assert shown.err == ""
    assert all(len(line) <= 100 for line in shown.out.splitlines())


def test_json_is_what_the_library_answers(folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "before", "after", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(msgspec.json.encode(compare(["before", "after"])))


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        pytest.param(["success"], [], id="success rose"),
        pytest.param(["IAV"], [], id="IAV fell significantly"),
        pytest.param(["iac"], [], id="IAC rose, but chance would do"),
        pytest.param(["IAC=10"], ["IAC of B rose by 11.1 points; at most 10 is allowed"], id="IAC rose by more than allowed"),
        pytest.param(["IAC=12"], [], id="IAC rose by less than allowed"),
        pytest.param(["broken"], ["B broke 1 task; at most 0 is allowed"], id="a task broke"),
        pytest.param(["broken=1"], [], id="one task may break"),
        pytest.param(["RAC"], ["RAC of B could not be compared: no trajectory was asked for it"], id="what is not judged is not clean"),
        pytest.param(["IAC=1", "broken=0"], ["IAC of B rose by 11.1", "B broke 1 task"], id="each limit is told"),
    ],
)
def test_limits_decide_the_exit_code(folders: Path, capsys: pytest.CaptureFixture[str], limits: list[str], said: list[str]) -> None:
    code = main(["compare", "before", "after", *(word for limit in limits for word in ("--fail-on", limit))])
    told = capsys.readouterr().err.splitlines()
    assert code == int(bool(said))
    assert len(told) == len(said)
    assert all(line.startswith(f"failed: {sentence}") for line, sentence in zip(told, said, strict=True))


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        pytest.param("IAV", "IAV of B rose by 70.0 points (q = 0.031); no significant regression is allowed", id="a pattern"),
        pytest.param("success=59.5", "success of B fell by 60.0 points; at most 59.5 is allowed", id="success by points"),
        pytest.param("broken=6", "B broke 7 tasks; at most 6 is allowed", id="broken tasks"),
    ],
)
def test_the_way_back_is_a_regression(folders: Path, capsys: pytest.CaptureFixture[str], limit: str, said: str) -> None:
    assert main(["compare", "after", "before", "--fail-on", limit]) == 1
    assert capsys.readouterr().err == f"failed: {said}\n"


def test_success_that_nothing_decides_fails_its_limit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sides = [str(made(tmp_path / name, name, once(("t", None, "IAV")))) for name in ("a", "b")]
    assert main(["compare", *sides, "--fail-on", "success", "--fail-on", "broken"]) == 1
    shown = capsys.readouterr()
    assert shown.err == "failed: success of B could not be compared: no shared task has a verdict on both sides\n" * 2
    assert "B against A: no shared task has a verdict on both sides, so success could not be compared\n" in shown.out


def test_models_of_one_folder_are_compared_with_the_one_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [attempt(0, "small", ("t", True, "", 0)), attempt(1, "large", ("t", False, "IAV", 0)), attempt(2, "third", ("t", True, "", 0))]
    write(tmp_path / "both", rows)
    assert main(["compare", str(tmp_path / "both"), "--by", "model", "--baseline", "large"]) == 0
    shown = capsys.readouterr().out
    assert [line.split()[:3:2] for line in shown.splitlines()[:3]] == [["A", "large"], ["B", "small"], ["C", "third"]]
    assert "B fixes 1 task that A failed" in shown
    assert "C fixes 1 task that A failed" in shown


def test_samples_show_their_flakiness(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [("t", True, "", 0), ("t", False, "IAV", 1), ("u", True, "", 0), ("u", True, "", 1)]
    sides = [str(made(tmp_path / name, name, rows)) for name in ("a", "b")]
    assert main(["compare", *sides]) == 0
    shown = capsys.readouterr().out
    assert "B passes more often than A in 0 tasks and less often in 0; success 75.0 % → 75.0 %" in shown
    assert "Flakiness of A  2 attempts a task\n" in shown
    assert "  success                                 1        1        0         50.0 %" in shown


def test_what_a_model_wrote_can_not_move_the_cursor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a = made(tmp_path / "a", "ev\x1b[2Jil", once(("t\x1b[31m1", True, "")))
    b = made(tmp_path / "b", "b", once(("t\x1b[31m1", False, "IAV")))
    assert main(["compare", str(a), str(b)]) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "  t1  IAV.other\n" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param([], "Missing argument 'RESULT...'", id="nothing given"),
        pytest.param(["before"], "error: 'before' holds one model, 'small', and nothing to compare it with", id="one side"),
        pytest.param(["before", "nowhere"], "error: no result folder 'nowhere'; make one with", id="no such folder"),
        pytest.param(["before", "after", "--by", "colour"], "'colour' is not one of", id="no such side"),
        pytest.param(["before", "after", "--fail-on", "IAX"], "--fail-on 'IAX': ", id="no such pattern"),
        pytest.param(
            ["before", "after", "--fail-on", "IAV=much"], "expected percentage points such as 2 or 0.5, got 'much'", id="no number"
        ),
        pytest.param(
            ["before", "after", "--fail-on", "IAV=nan"], "expected percentage points such as 2 or 0.5, got 'nan'", id="not a number"
        ),
        pytest.param(["before", "after", "--fail-on", "broken=-1"], "expected tasks such as 10, got '-1'", id="a negative number"),
        pytest.param(["before", "after", "--fail-on", "IAV.other"], "patterns are compared as a whole; leave out '.other'", id="a subtype"),
    ],
)
def test_bad_usage_is_one_clear_message(folders: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert main(["compare", *arguments]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert "Traceback" not in shown.err


def test_the_choices_are_those_of_the_library() -> None:
    assert get_args(By) == SIDES
