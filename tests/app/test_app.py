"""The app's pages, run without a browser: what they show is what the command prints."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from spectool.cli.main import main

testing = pytest.importorskip("streamlit.testing.v1", reason="the app's packages are not installed")
APP = Path(__file__).parents[2] / "app"


def opened(page: str, start: Path, monkeypatch: pytest.MonkeyPatch, **params: str) -> object:
    monkeypatch.setattr(sys, "argv", ["main.py", str(start)])
    monkeypatch.syspath_prepend(str(APP))
    # The script runner takes the place of __main__, which processes started by later tests would run.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    app = testing.AppTest.from_file(str(APP / "main.py"), default_timeout=60)
    for name, value in {"results": "two", **params}.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page(f"views/{page}.py").run() if page != "overview" else app


def test_the_overview_shows_the_numbers_that_the_command_prints(start: Path, monkeypatch, capsys) -> None:
    assert main(["classify", str(start / "two.jsonl"), "-o", str(start / "two"), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    told = {
        (pattern["error"], model["model"]): (pattern["findings"], pattern["trajectories_with"], pattern["judged"])
        for model in printed["models"]
        for pattern in model["patterns"]
    }
    app = opened("overview", start, monkeypatch)
    assert not app.exception
    codes = app.selectbox(key="pattern").options
    table = app.dataframe[0].value
    shown = {(r.pattern.split(" · ")[0], r.model): (r.findings, r.trajectories, r.of) for r in table.itertuples()}
    core = {place: numbers for place, numbers in shown.items() if place[0].isupper()}
    assert core == {place: told[place] for place in core}
    assert len(core) == 14
    assert codes


def test_browse_takes_its_filter_from_the_url(start: Path, monkeypatch) -> None:
    app = opened("browse", start, monkeypatch, error="IAV", model="large")
    assert not app.exception
    assert "1–1 of 1 findings" in app.markdown[0].value
    assert list(app.dataframe[0].value["message"]) == ["expected '3', got '4'"]


def test_a_trajectory_marks_the_offending_value_beside_gold(start: Path, monkeypatch) -> None:
    app = opened("trajectory", start, monkeypatch, error="IAT", model="small")
    assert not app.exception
    assert app.title[0].value == "ulm"
    html = app.get("html")[0].proto.body
    assert '<span class="st-mark">&quot;3&quot;</span>' in html
    assert '<span class="st-gone">3</span>' in html


def test_what_a_model_wrote_is_escaped(start: Path, monkeypatch) -> None:
    app = opened("trajectory", start, monkeypatch, text="script", model="small")
    html = app.get("html")[0].proto.body
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "<img" not in html


def test_a_start_directory_without_results_teaches_how_to_make_some(tmp_path: Path, monkeypatch) -> None:
    app = opened("overview", tmp_path, monkeypatch)
    assert not app.exception
    assert "spectool classify outputs.jsonl" in app.markdown[0].value


def test_a_folder_that_cannot_be_read_is_told_not_thrown(start: Path, monkeypatch) -> None:
    summary = json.loads((start / "two" / "summary.json").read_text())
    del summary["models"]
    (start / "two" / "summary.json").write_text(json.dumps(summary))
    app = opened("overview", start, monkeypatch)
    assert not app.exception
    assert "classify again" in app.error[0].value
