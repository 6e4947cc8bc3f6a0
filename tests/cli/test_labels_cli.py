"""``spectool labels`` and ``spectool agree`` as commands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import get_args

import pytest

from spectool.cli import agree, labels
from spectool.cli.main import main
from spectool.model import Tier
from spectool.results.labels import Labels
from spectool.results.labels_entry import Drawn, Label, Says, digest, ruling
from spectool.results.labels_exchange import Format
from spectool.results.pipeline import classify_paths
from spectool.results.store import open_folder

DEMO = Path(__file__).parents[2] / "data" / "demo"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ann and Bob finished the first twenty: both accept every finding but for Bob's rejection of each fourth trajectory's."""
    out = tmp_path_factory.mktemp("labels") / "demo"
    classify_paths([DEMO / "outputs.qwen2.5-coder-1.5b.jsonl"], out=out, tasks=[DEMO / "tasks.jsonl"])
    results, kept = open_folder(out), Labels(out)
    for place, row in enumerate(results.page(limit=20).rows):
        opened = results.trajectory(row["key"])
        assert opened is not None
        seen = digest(opened.row["turns"])
        for who in ("ann", "bob"):
            verdict: Says = "reject" if who == "bob" and place % 4 == 0 else "accept"
            ruled = [ruling(row["key"], finding, verdict, who, seen=seen) for finding in opened.findings]
            kept.add(*ruled, Label(key=row["key"], annotator=who, verdict="finished", seen=seen, drawn="random"))
    results.close()
    return out


@pytest.fixture
def labelled(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(made, tmp_path / "demo")
    return tmp_path / "demo"


def test_the_choices_are_those_of_the_library() -> None:
    assert (get_args(Format), get_args(Tier), get_args(Drawn)[1:]) == (labels.FORMATS, agree.TIERS, agree.DRAWN)


def test_out_in_and_out_again_is_the_same(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["labels", "export", "demo", "-o", "all.jsonl", "--history"]) == 0
    assert main(["labels", "export", "demo", "-o", "bob.csv", "--annotator", "bob"]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err.splitlines()[1]) == ("", "20 rows written to bob.csv, ids are each trajectory's id")
    (labelled / "labels.sqlite").unlink()
    assert main(["labels", "import", "demo", "all.jsonl"]) == 0
    entries = len(Path("all.jsonl").read_text().splitlines())
    assert capsys.readouterr().out == f"all.jsonl: {entries:,} entries added, 0 known already\n"
    assert main(["labels", "export", "demo", "-o", "again.jsonl", "--history"]) == 0
    assert Path("again.jsonl").read_bytes() == Path("all.jsonl").read_bytes()
    assert main(["labels", "export", "demo", "-o", "-", "--to", "scout", "--annotator", "bob", "--json"]) == 0
    shown = capsys.readouterr()
    assert shown.out == Path("bob.csv").read_text()
    assert json.loads(shown.err.splitlines()[-1]) == {"written": 20, "left_out": [], "named_by": "id"}


def test_bad_rows_are_named_and_end_with_1(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("eve.csv").write_text("id,label_IAV,label_odd\nnobody\x1b[31m,true,true\n" + "x,maybe,true\n" * 25)
    assert main(["labels", "import", "demo", "eve.csv", "--annotator", "eve"]) == 1
    told = capsys.readouterr()
    assert told.out == "eve.csv: 0 entries added, 0 known already\nno pattern of ours, not imported: label_odd\n"
    assert told.err.splitlines()[0] == "bad row: eve.csv:2: no trajectory of this folder has the id 'nobody'"
    assert told.err.splitlines()[-1] == "bad row: 6 more; --json names all"
    assert main(["labels", "import", "demo", "eve.csv", "--annotator", "eve", "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["eve.csv"]["rejected"]) == 26


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        pytest.param(["labels", "import", "demo", "none.csv"], "No such file or directory", id="no such file"),
        pytest.param(["labels", "import", "none", "none.csv"], "no result folder 'none'", id="no such folder"),
        pytest.param(["labels", "export", "demo", "-o", "a.csv"], "2 people labelled; pass --annotator: ann, bob", id="two people"),
        pytest.param(["labels", "export", "demo", "-o", "a.csv", "--pattern", "XYZ"], "unknown error 'XYZ'", id="no pattern of ours"),
        pytest.param(["labels", "export", "demo", "-o", "demo"], "'demo' is a folder; name a file", id="a folder"),
        pytest.param(["agree", "demo", "--between", "rules", "--between", "eve"], "nothing of 'eve' in this folder", id="nobody"),
        pytest.param(["agree", "none"], "no result folder 'none'", id="nothing to compare"),
    ],
)
def test_what_can_not_be_done_is_one_line_and_2(labelled: Path, capsys: pytest.CaptureFixture[str], words: list[str], reason: str) -> None:
    assert main(words) == 2
    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines())) == ("", 1)
    assert reason in told.err


def test_agreement_stands_on_stdout_with_its_intervals(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agree", "demo", "--pattern", "IAV", "--pattern", "IAC"]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert shown.out == Path(__file__).with_name("agree.txt").read_text()
    assert max(map(len, shown.out.splitlines())) <= 100


def test_the_json_has_what_the_table_shows_and_the_matrices(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agree", "demo", "--between", "ann", "--between", "bob", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (whole,) = [pair for pair in found["pairs"] if pair["error"] == ""]
    assert whole["n"] == whole["both"] + whole["left_only"] + whole["right_only"] + whole["neither"] == 20 * len(found["patterns"])
    (matrix,) = found["confusions"]
    assert sum(cell["trajectories"] for cell in matrix["cells"] if cell["left"] == cell["right"] != "") == whole["both"]


def test_labels_of_files_stand_beside_those_of_the_folder(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["labels", "export", "demo", "-o", "eve.csv", "--annotator", "bob", "--pattern", "IAV"]) == 0
    Path("eve.csv").write_text(Path("eve.csv").read_text().replace(",bob,", ",,") + "nobody,true,,\n")
    capsys.readouterr()
    assert main(["agree", "demo", "--labels", "eve.csv", "--between", "bob", "--between", "eve", "--json"]) == 1
    told = capsys.readouterr()
    (whole,) = [pair for pair in json.loads(told.out)["pairs"] if pair["error"] == ""]
    assert (whole["n"], whole["left_only"], whole["right_only"]) == (20, 0, 0)
    assert told.err == "bad row: eve.csv:22: no trajectory of this folder has the id 'nobody'\n"
    assert Labels("demo").annotators() == {"ann": 20, "bob": 20}
