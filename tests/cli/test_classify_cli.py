"""``spectool classify`` and its neighbours as commands: what stands on stdout, what on stderr, and the exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from spectool.cli.main import VERBS, main, spectool
from spectool.results.store import open_folder

ROOT = Path(__file__).parents[2]
TOOL = {
    "type": "function",
    "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}},
}


def row(name: str, arguments: str = '{"city": "Paris"}', model: str = "m") -> str:
    call = {"id": "c1", "type": "function", "function": {"name": "get_weather", "arguments": arguments}}
    messages = [{"role": "user", "content": "Weather in Paris?"}, {"role": "assistant", "content": None, "tool_calls": [call]}]
    return json.dumps({"id": name, "model": model, "messages": messages, "tools": [TOOL]})


@pytest.fixture
def outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two models, three runs each; the current directory is the test's own."""
    monkeypatch.chdir(tmp_path)
    rows = [row("a"), row("b", '{"city": 5}'), row("c", '{"town": "Paris"}')]
    rows += [row(name, model="n") for name in "abc"]
    path = tmp_path / "outputs.jsonl"
    path.write_text("\n".join(rows) + "\n")
    return path


def test_the_table_stands_on_stdout_and_the_folder_has_its_name(outputs, capsys):
    assert main(["classify", "outputs.jsonl"]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines()[0] == "SpecTool  outputs.jsonl  (openai_chat)"
    assert shown.out.splitlines()[-2:] == [
        "Written to results/outputs.jsonl/",
        "Next: spectool app results/outputs.jsonl   or   spectool explain IAN",
    ]
    assert (shown.err, Path("results/outputs.jsonl/summary.json").is_file()) == ("", True)


def test_json_is_summary_json_and_agrees_with_what_the_app_reads(outputs, capsys):
    assert main(["classify", "outputs.jsonl", "--json", "-o", "res"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(Path("res/summary.json").read_text())
    opened = open_folder("res")
    matrix = {(cell.model, cell.error): (cell.findings, cell.trajectories, cell.n, cell.rate) for cell in opened.matrix()}
    opened.close()
    assert matrix == {
        (model["model"], each["error"]): (each["findings"], each["trajectories_with"], each["judged"], each["per_trajectory"]["rate"])
        for model in printed["models"]
        for each in model["patterns"]
    }


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        pytest.param(["--fail-on", "RAC"], 0, "", id="a pattern that does not occur"),
        pytest.param(
            ["--fail-on", "IAT"], 1, "failed: IAT is in 1 of 3 trajectories of m (33.3%); at most 0.0% is allowed", id="one that does"
        ),
        pytest.param(["--fail-on", "IAT=40%"], 0, "", id="below a limit in percent"),
        pytest.param(["--fail-on", "IAT=0.3"], 1, "at most 30.0% is allowed", id="above a limit as a fraction"),
        pytest.param(["--fail-on", "IAC"], 1, "failed: IAC of m could not be judged: no gold", id="one that could not be judged"),
        pytest.param(["--fail-on", "IAT.incompatible=1"], 2, "a rate is known of whole patterns only", id="a subtype with a rate"),
        pytest.param(["--fail-on", "XYZ"], 2, "unknown error 'XYZ'", id="no such pattern"),
        pytest.param(["--fail-on", "IAT=lots"], 2, "expected a rate such as 0.05 or 5%, got 'lots'", id="no such rate"),
        pytest.param(["--format", "xml"], 2, "no format is called 'xml'", id="no such format"),
        pytest.param(["--tasks", "missing"], 2, "error: missing: no such file or folder", id="tasks that are not there"),
        pytest.param(["--workers", "0"], 2, "Invalid value for '--workers'", id="no workers"),
    ],
)
def test_exit_codes(outputs, capsys, options, code, said):
    assert main(["classify", "outputs.jsonl", "-o", "res", *options]) == code
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["classify", "missing.jsonl"], "error: missing.jsonl: no such file or folder", id="no such file"),
        pytest.param(["classify", "empty.jsonl"], "error: no readable record\n  empty.jsonl: empty", id="an empty file"),
        pytest.param(["classify", "folder"], "folder: ", id="a folder without data"),
        pytest.param(["classify", "noise.jsonl"], "error: no readable record\n  noise.jsonl: binary", id="a binary file"),
        pytest.param(["classify", "outputs.jsonl", "outputs.jsonl"], "several inputs need -o DIR", id="several inputs without -o"),
        pytest.param(["classify", "outputs.jsonl", "-o", "folder/precious"], "is a file, not a result folder", id="-o is a file"),
        pytest.param(["classify", "outputs.jsonl", "-o", "folder"], "is no result folder", id="-o is another folder"),
        pytest.param(["classify"], "Missing argument 'PATH...'", id="no input"),
        pytest.param(["clasify"], "no verb 'clasify'; did you mean 'classify'?", id="a misspelt verb"),
        pytest.param(["explain", "IAV.omited"], "Did you mean IAV.omitted?", id="a misspelt subtype"),
        pytest.param(["taxonomy", "--crosswalk", "xx"], "unknown label set 'xx'; known: ", id="no such crosswalk"),
        pytest.param(["convert", "outputs.jsonl", "--to", "xx", "-o", "x"], "no format is called 'xx'", id="no such format to write"),
        pytest.param(["app", "missing"], "Directory 'missing' does not exist", id="no such folder for the app"),
    ],
)
def test_bad_usage_is_one_clear_message_and_exit_code_2(outputs, capsys, arguments, said):
    Path("empty.jsonl").touch()
    Path("noise.jsonl").write_bytes(b"\x7fELF\0\0\1\2")
    Path("folder").mkdir()
    Path("folder/precious").write_text("x")
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert "Traceback" not in shown.err
    assert not Path("results").exists()
    assert Path("folder/precious").read_text() == "x"


def test_a_crashed_detector_ends_with_2_and_the_folder(outputs, capsys, monkeypatch):
    from spectool.classify.detectors import rac

    def crash(case):
        raise RuntimeError("oh no")

    monkeypatch.setattr(rac, "detect", crash)
    assert main(["classify", "outputs.jsonl"]) == 2
    assert "error: a detector crashed on 6 trajectories" in (said := capsys.readouterr().err)
    assert "RAC: RuntimeError: oh no" in said
    assert Path("results/outputs.jsonl/summary.json").is_file()


def test_check_counts_and_names_what_is_rejected(outputs, capsys):
    assert main(["check", "outputs.jsonl"]) == 0
    assert "outputs.jsonl" in capsys.readouterr().out
    outputs.write_text(outputs.read_text() + '{"broken\n')
    assert main(["check", "outputs.jsonl"]) == 1
    assert "outputs.jsonl:7: " in capsys.readouterr().out
    assert main(["check", "outputs.jsonl", "--json"]) == 1
    (file,) = json.loads(capsys.readouterr().out)
    assert {name: file[name] for name in ("file", "format", "records", "trajectories", "calls", "rejected", "without_tools")} == {
        "file": "outputs.jsonl",
        "format": "openai_chat",
        "records": 7,
        "trajectories": 6,
        "calls": 6,
        "rejected": 1,
        "without_tools": 0,
    }


def test_convert_keeps_what_is_judged(outputs, capsys):
    assert main(["convert", "outputs.jsonl", "--to", "spectool", "-o", "rows.jsonl"]) == 0
    assert capsys.readouterr().err == "6 rows written to rows.jsonl\n"
    assert main(["classify", "outputs.jsonl", "--json", "-o", "one"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert main(["classify", "rows.jsonl", "--json", "-o", "two"]) == 0
    second = json.loads(capsys.readouterr().out)

    def counts(summary):
        return [
            (each["error"], each["findings"], each["assessed"], each["skipped"])
            for model in summary["models"]
            for each in model["patterns"]
        ]

    assert counts(first) == counts(second)


def test_convert_leaves_no_half_file(outputs, capsys):
    Path("rows.jsonl").write_text("old")
    assert main(["convert", "missing.jsonl", "--to", "spectool", "-o", "rows.jsonl"]) == 2
    assert Path("rows.jsonl").read_text() == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["outputs.jsonl", "rows.jsonl"]


@pytest.mark.parametrize("code", ["IFE", "iav", "IAV.omitted", "wrong_tool"])
def test_explain_prints_text_and_json(capsys, code):
    assert main(["explain", code]) == 0
    assert capsys.readouterr().out.lower().startswith(code.lower())
    assert main(["explain", code, "--json"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), dict)


def test_taxonomy_lists_every_pattern_and_each_crosswalk_prints(capsys):
    from spectool.classify.crosswalk import names
    from spectool.classify.taxonomy import load

    assert main(["taxonomy"]) == 0
    shown = capsys.readouterr().out
    assert [error.code for error in load().errors if f"  {error.code} " not in shown] == []
    assert max(map(len, shown.splitlines())) <= 100
    for name in names():
        assert main(["taxonomy", "--crosswalk", name]) == 0
    capsys.readouterr()
    assert main(["taxonomy", "--json"]) == 0
    assert [error["code"] for error in json.loads(capsys.readouterr().out)["errors"]] == [error.code for error in load().errors]


def test_the_app_is_started_on_the_folder_and_this_machine_only(tmp_path, capsys):
    assert main(["app", str(tmp_path), "--port", "8600", "--json"]) == 0
    line = json.loads(capsys.readouterr().out)["command"]
    assert line[1:4] == ["-m", "streamlit", "run"]
    assert line[-2:] == ["--", str(tmp_path)]
    assert "--server.address=localhost" in line
    assert "--client.toolbarMode=viewer" in line


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example_and_json(verb, capsys):
    assert main([verb, "--help"]) == 0
    capsys.readouterr()
    command = spectool.get_command(None, verb)
    for words, each in [([verb, name], each) for name, each in getattr(command, "commands", {}).items()] or [([verb], command)]:
        assert main([*words, "--help"]) == 0
        assert re.search(rf"Example:\s+spectool {' '.join(words)}", capsys.readouterr().out)
        assert any("--json" in option.opts for option in each.params)


def test_help_is_quick_and_loads_nothing_heavy():
    code = "import sys\nfrom spectool.cli.main import main\nmain(['--help'])\nprint(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = set(re.findall(r"'([\w.]+)'", done.stdout.splitlines()[-1]))
    assert (
        loaded & {"pandas", "pyarrow", "duckdb", "streamlit", "torch", "numpy", "rich", "yaml", "spectool.classify", "spectool.read"}
        == set()
    )


def test_a_closed_pipe_is_no_error(outputs):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = f"{sys.executable} -m spectool taxonomy | head -1"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, env=environment, check=False)
    assert (done.stdout, done.stderr) == ("The seven\n", "")


def test_an_ascii_terminal_shows_the_table_all_the_same(outputs):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-m", "spectool", "taxonomy"], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr, done.stdout.splitlines()[0]) == (0, "", "The seven")
