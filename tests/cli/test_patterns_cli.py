"""``spectool patterns`` as a command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spectool.cli.main import main
from spectool.cli.patterns import DIMENSIONS
from spectool.model import Outcome
from spectool.patterns.rates_dimensions import NAMES
from tests.results.conftest import finding, trajectory, verdict, write

DEMO = Path(__file__).parents[2] / "data" / "demo"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sixty tasks: those of the category ``even`` fail at each of two places, the others never; one could not be judged."""
    monkeypatch.chdir(tmp_path)
    rows = []
    for number in range(60):
        slips = [finding("IAV", "other", path="$.turns[1].calls[0].arguments.city")] * 2 if number % 2 == 0 else []
        one = trajectory(number, "small\x1b[31m")
        outcome = Outcome(error="IAV", skipped="no schema") if number == 59 else Outcome(error="IAV", assessed=2, findings=tuple(slips))
        rows.append((one, verdict(one, outcome)))
    write(tmp_path / "res", rows)
    return tmp_path / "res"


def test_patterns_rates_and_slices_stand_on_stdout(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["patterns", "res", "--by", "category"]) == 0
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert lines[:5] == [
        "small",
        "  pattern                          findings    trajectories     rate    95 % interval   a place",
        "  IAV  Incorrect Argument Value          60        30 of 59   50.8 %    38.4 – 63.2 %    50.8 %",
        "  could not be checked, and is not clean: IAV in 1 of 60 trajectories",
        "",
    ]
    caused = lines.index("Shapes  slips that differ only in their values, by the trajectories they affect")
    assert lines[5:caused] == ["Systemic causes  suspected before the model is blamed: look at the examples", "  none suspected", ""]
    assert lines[caused + 1 : caused + 3] == ["  small", "  60 findings of 1 shape"]
    assert lines[caused + 3].startswith("       30  IAV.other  ")
    split = lines.index("Rates by category of the task")
    assert lines[split : split + 5] == [
        "Rates by category of the task",
        "  of: trajectories of this value in which the pattern could be judged, and the assessed places in",
        "      these",
        "  IAV  small",
        "    even                                 60        30 of 30  100.0 %   88.6 – 100.0 %   100.0 %",
    ]
    told = lines.index("  IAV  category = even")
    assert lines[told + 1].startswith("    only there: ")
    assert lines[told + 2].startswith("    e.g. small")
    assert "Clusters  shapes that read alike, over all models" in lines
    assert "\x1b" not in shown.out
    assert shown.err == ""


def test_the_json_has_the_same_in_full(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["patterns", "res", "--by", "argument", "--pattern", "IAV", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["value"], row["findings"], row["per_trajectory"]["n"], row["unchecked"]) for row in told["rates"]["rows"]] == [
        ("get_weather.city", 60, 59, 1)
    ]
    assert [row["error"] for row in told["patterns"]["rows"]] == ["IAV"]
    (one,) = told["slices"]["slices"]
    assert (one["terms"], one["tasks"], one["lift"]) == ([{"attribute": "category", "value": "even"}], 30, None)
    assert one["q"] < 0.01
    (shape,) = told["shapes"]["small\x1b[31m"]["shapes"]
    assert (shape["error"], shape["trajectories"], shape["tasks"]) == ("IAV", 30, 30)
    assert (told["systemic"], told["clusters"]["clusters"], len(told["clusters"]["alone"])) == ([], [], 1)


@pytest.fixture
def confused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twelve tasks: a tool that failed, then the call again, then a tool in another's place, whose name breaks out of a line."""
    monkeypatch.chdir(tmp_path)
    rows = []
    for number in range(12):
        one = trajectory(number)
        slips = (
            Outcome(error="tool_error", assessed=1, findings=(finding("tool_error", "error_reply", step=1),)),
            Outcome(error="RAC", assessed=2, findings=(finding("RAC", "retry_same_error", step=3),)),
            Outcome(
                error="wrong_tool",
                assessed=1,
                findings=(finding("wrong_tool", "offered", step=5, got="get\x1b[2J_sun", expected="get_weather"),),
            ),
        )
        rows.append((one, verdict(one, *slips)))
    write(tmp_path / "res", rows)
    return tmp_path / "res"


def test_graphs_show_what_goes_with_what_and_what_to_do(confused: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["patterns", "res"]) == 0
    lines = capsys.readouterr().out.splitlines()
    lines = lines[lines.index("Graphs  what goes with what; --graphs DIR writes them whole") + 1 :]
    assert lines == [
        "  What comes next  at the next turn with a finding, more often than in random order",
        "    do: look at what the model saw between the two turns: a result or an error that says what would",
        "        work breaks the chain",
        "    small",
        "      tool_error comes first",
        "        in 12 of 12 runs with several such turns, 4.0 by chance: 3.0 times (2.1 – 4.4, q = 0.00053)",
        "      RAC → wrong_tool",
        "        in 12 of 12 turns with RAC, 4.0 by chance: 3.0 times (2.1 – 4.4, q = 0.00053)",
        "      tool_error → RAC",
        "        in 12 of 12 turns with tool_error, 4.0 by chance: 3.0 times (2.1 – 4.4, q = 0.00053)",
        "  Tools confused  did → should, in two tasks or more",
        "    do: where several models mix two up, say in their descriptions what differs; else train on rows",
        "        that offer both",
        "      get_sun → get_weather",
        "        in 12 of 12 (100.0 %, 75.8 – 100.0 %) trajectories that ask for the second, 12 tasks; small",
        "          12",
        "        e.g. small-0, small-1, small-2",
        "",
    ]


def test_graphs_are_written_as_they_are_shown(confused: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["patterns", "res", "--graphs", "out/graphs", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["graphs"]
    assert [each["kind"] for each in told] == ["co_occurrence", "transitions", "tool_confusion"]
    listed = json.loads(Path("out/graphs/index.json").read_text())
    assert [each["name"] for each in listed] == [f"{each['kind']}-1" for each in told]
    for each, name in zip(told, (f"out/graphs/{each['name']}.json" for each in listed), strict=True):
        document = json.loads(Path(name).read_text())
        assert (document["edges"], document["nodes"]) == (each["edges"], each["nodes"])
    assert Path("out/graphs/tool_confusion-1.graphml").read_text().count("<edge") == 1


def test_several_folders_are_read_together(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["patterns", "res", "res", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["patterns"]["rows"]
    assert (row["findings"], row["per_trajectory"]["n"]) == (120, 118)


def test_the_demo_results_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["classify", str(DEMO / "outputs.smollm2-135m.jsonl"), "-o", "res"]) == 0
    assert main(["patterns", "res", "--by", "step", "--pattern", "IFE"]) == 0
    assert "Rates by model turn, counted from 1" in capsys.readouterr().out


def test_the_dimensions_are_those_of_the_library() -> None:
    assert DIMENSIONS == NAMES


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["nowhere"], "no result folder 'nowhere'; make one with: spectool classify", id="no such folder"),
        pytest.param(["res", "--pattern", "XYZ"], "no pattern 'XYZ'; there are IFE, IFN", id="no such pattern"),
        pytest.param(["res", "--by", "colour"], "'colour' is not one of", id="no such dimension"),
        pytest.param(["res", "--graphs", "res/summary.json"], "error: ", id="a file where the graphs' folder is to be"),
        pytest.param([], "Missing argument 'RESULT...'", id="no folder"),
    ],
)
def test_bad_usage_is_told(folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert main(["patterns", *arguments]) == 2
    assert said in capsys.readouterr().err
