"""The folder that a million findings are measured on is the same each time, is a result folder, and every analysis reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import million
from benchmarks.million_slips import KINDS
from spectool.classify.taxonomy import load
from spectool.results.store import open_folder
from spectool.results.tables import connect, rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """At least 200 findings."""
    made = tmp_path_factory.mktemp("million") / "made"
    million.make(made, 200)
    return made


def test_the_folder_is_made_the_same_each_time(folder: Path, tmp_path: Path) -> None:
    million.make(tmp_path / "again", 200)
    for name in ("trajectories", "findings", "outcomes", "tools"):
        assert (folder / f"{name}.parquet").read_bytes() == (tmp_path / "again" / f"{name}.parquet").read_bytes()


def test_the_folder_holds_what_rules_would_write(folder: Path) -> None:
    open_folder(folder).close()
    known = load()
    with connect(folder) as cursor:
        kinds = {(each["error"], each["subtype"]) for each in rows(cursor, "SELECT DISTINCT error, subtype FROM findings")}
        (told,) = rows(cursor, "SELECT count(*) AS n, count(*) FILTER (counted) AS counted, count(DISTINCT key) AS hit FROM findings")
        (apart,) = rows(cursor, "SELECT count(*) AS n FROM findings WHERE key NOT IN (SELECT key FROM trajectories)")
        (found,) = rows(cursor, "SELECT sum(found)::BIGINT AS n, count(DISTINCT error) AS codes FROM outcomes")
    assert kinds <= {(kind.error, kind.subtype) for kind in KINDS}
    assert all(kind.error in known.positions for kind in KINDS)
    assert told["n"] == told["counted"] == found["n"] >= 200
    assert (apart["n"], found["codes"]) == (0, 24)


@pytest.mark.parametrize("name", ["rates by argument", "co-occurrence", "graphs, all", "shapes", "compare, 4 models"])
def test_an_analysis_is_measured(folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    million.measure(name, folder)
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"wall", "cpu", "peak"}
    assert min(told.values()) > 0


def test_the_table_has_a_line_for_each_analysis(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert million.main(["--folder", str(folder), "--only", "rates by model"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("outcomes; 0 MB")
    assert lines[3] == "| analysis | wall s | CPU s | peak GiB | within 20 s and 2 GiB |"
    assert lines[5].startswith("| rates by model | ")
