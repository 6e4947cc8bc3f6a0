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
    assert list(app.dataframe[0].value["message"]) == ["days: expected '3', got '4'"]


def test_a_trajectory_marks_the_offending_value_beside_gold(start: Path, monkeypatch) -> None:
    app = opened("trajectory", start, monkeypatch, error="IAT", model="small")
    assert not app.exception
    assert app.title[0].value == "ulm"
    html = app.get("html")[0].proto.body
    assert '<span class="st-mark">&quot;3&quot;</span>' in html
    assert '<span class="st-gone">3</span>' in html


def test_a_finding_names_its_argument(start: Path, monkeypatch) -> None:
    app = opened("trajectory", start, monkeypatch, error="IAT", model="small")
    said = app.get("html")[0].proto.body
    assert "days: expected integer, got string &#x27;3&#x27;" in said
    assert "town: expected &#x27;Ulm&#x27;, got &#x27;Bonn&#x27;" in said
    assert [each.value for each in app.markdown if each.value.startswith("**IA")] == [
        "**IAT** Incorrect Argument Type\n\n- coercible · turn 1 · days · first",
        "**IAV** Incorrect Argument Value\n\n- other · turn 1 · town",
    ]


def test_a_slip_of_the_syntax_marks_the_text_and_not_the_name(tmp_path: Path, monkeypatch) -> None:
    step = {"kind": "step", "raw": '{"name": "get_forecast", "arguments": {"town": "Ulm"}}'}
    tools = [{"type": "function", "function": {"name": "get_forecast", "parameters": {"type": "object"}}}]
    row = {"id": "1", "task": "1", "model": "m", "tools": tools, "request": {"dialect": "hermes"}, "turns": [step]}
    (tmp_path / "raw.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert main(["classify", str(tmp_path / "raw.jsonl"), "-o", str(tmp_path / "two"), "--json"]) == 0
    said = opened("trajectory", tmp_path, monkeypatch, error="IFE").get("html")[0].proto.body
    assert "expected the syntax" in said
    assert '<span class="st-mark">{&quot;name&quot;' in said
    assert '<div class="st-head">get_forecast</div>' in said


def test_every_set_of_tools_is_shown_with_its_turns(tmp_path: Path, monkeypatch) -> None:
    def tool(name: str) -> dict[str, object]:
        return {"type": "function", "function": {"name": name, "description": f"What {name} does.", "parameters": {"type": "object"}}}

    steps = [
        {"kind": "step", "dialect": "native", "calls": [{"name": name, "arguments": {}}], "tool_set": at}
        for at, name in ((0, "a"), (1, "c"))
    ]
    turns = [{"kind": "message", "role": "user", "content": "Do a, then c."}, *steps]
    row = {"id": "1", "task": "1", "model": "m", "tool_sets": [[tool("a"), tool("b")], [tool("c")]], "turns": turns}
    (tmp_path / "sets.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert main(["classify", str(tmp_path / "sets.jsonl"), "-o", str(tmp_path / "two"), "--json"]) == 0
    app = opened("trajectory", tmp_path, monkeypatch)
    assert not app.exception
    offered = [each for each in app.expander if each.label.startswith("Tools offered")]
    assert [each.label for each in offered] == ["Tools offered, set 1 of 2 (2)", "Tools offered, set 2 of 2 (1)"]
    assert [each.caption[0].value for each in offered] == ["at turn 1", "at turn 2"]
    assert [json.loads(code.value)["name"] for each in offered for code in each.code] == ["a", "b", "c"]


def test_a_result_folder_given_itself_has_its_name(start: Path, monkeypatch) -> None:
    app = opened("overview", start / "two", monkeypatch, results=".")
    assert not app.exception
    assert app.selectbox(key="results").options == ["two"]


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
