"""Whatever is handed to ``classify``: a clear message or a count, nothing lost, never a traceback."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from spectool.cli.main import main

ROOT = Path(__file__).parents[2]
TOOL = {
    "type": "function",
    "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}},
}


def row(name: str = "a", arguments: str = '{"city": "Paris"}', tools: object = (TOOL,)) -> bytes:
    call = {"id": "c1", "type": "function", "function": {"name": "get_weather", "arguments": arguments}}
    messages = [{"role": "user", "content": "Weather in Paris?"}, {"role": "assistant", "content": None, "tool_calls": [call]}]
    return json.dumps({"id": name, "messages": messages, "tools": tools}).encode()


GOOD = row()
DEEP = "[" * 10_000 + "]" * 10_000


@pytest.mark.parametrize(
    ("data", "trajectories", "rejected", "reason"),
    [
        pytest.param(b"\xef\xbb\xbf" + GOOD + b"\n", 1, 0, "", id="a byte-order mark"),
        pytest.param(GOOD + b"\r\n" + row("b") + b"\r\n", 2, 0, "", id="CRLF"),
        pytest.param(GOOD + b"\n\n \n" + row("b"), 2, 0, "", id="blank lines and no end of line"),
        pytest.param(GOOD + b"\n" + row("b")[:60], 1, 1, "in.jsonl:2: not JSON: ", id="a truncated last line"),
        pytest.param(GOOD + b"\n\xff\xfe\x00\n" + row("b") + b"\n", 2, 1, "in.jsonl:2: ", id="bytes that are no text"),
        pytest.param(GOOD + b"\n" + DEEP.encode() + b"\n" + row("b"), 2, 1, "in.jsonl:2: ", id="JSON 10,000 deep"),
        pytest.param(row("a", '{"city": NaN}') + b"\n", 1, 0, "", id="NaN as an argument"),
        pytest.param(row("a", '{"city": -Infinity}') + b"\n", 1, 0, "", id="Infinity as an argument"),
        pytest.param(row("a", '{"city": "Paris", "city": "Rome"}') + b"\n", 1, 0, "", id="a key twice in the arguments"),
        pytest.param(row("a", '{"city": "\\ud800"}') + b"\n", 1, 0, "", id="a lone surrogate"),
        pytest.param(row("a", '{"city": ' + DEEP + "}") + b"\n", 1, 0, "", id="arguments 10,000 deep"),
        pytest.param(row("a", "x" * 1_000_000) + b"\n", 1, 0, "", id="arguments of a million characters that are no JSON"),
        pytest.param(row("a", '{"city": "\x1b]0;owned\x07\x1b[2J[red]"}') + b"\n", 1, 0, "", id="terminal escapes and markup"),
        pytest.param(row("a", tools=[]) + b"\n", 1, 0, "", id="no tools"),
        pytest.param(row("a", tools="no list") + b"\n" + GOOD, 1, 1, "in.jsonl:1: ", id="tools of the wrong kind"),
        pytest.param(b"[1, 2]\n" + GOOD + b"\nnull\n", 1, 2, "in.jsonl:1: ", id="values that are no records"),
    ],
)
def test_records_are_read_or_named(tmp_path, monkeypatch, capsys, data, trajectories, rejected, reason):
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_bytes(data)
    assert main(["classify", "in.jsonl", "-o", "out", "--format", "openai_chat", "--json"]) == 0
    shown = capsys.readouterr()
    summary = json.loads(shown.out)
    assert (summary["counts"]["trajectories"], summary["counts"]["rejected"]) == (trajectories, rejected)
    assert [each for each in summary["rejected"][:1] if not each.startswith(reason)] == []
    assert shown.err == ""
    assert main(["classify", "in.jsonl", "-o", "out", "--format", "openai_chat"]) == 0
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.slow
def test_a_line_of_fifty_megabytes_is_a_record_like_others(tmp_path, capsys):
    (tmp_path / "in.jsonl").write_bytes(row("a", json.dumps({"city": "x" * 50_000_000})) + b"\n" + GOOD + b"\n")
    assert main(["classify", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["trajectories"] == 2


def test_a_schema_that_points_outside_is_never_followed(tmp_path, capsys):
    canary = tmp_path / "canary.json"
    canary.write_text('{"type": "integer"}')
    tools = [{"type": "function", "function": {"name": "get_weather", "parameters": {"$ref": canary.as_uri()}}}]
    (tmp_path / "in.jsonl").write_bytes(row("a", tools=tools) + b"\n")
    assert main(["classify", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out"), "--json"]) == 0
    patterns = {each["error"]: each for each in json.loads(capsys.readouterr().out)["models"][0]["patterns"]}
    assert patterns["IAT"]["findings"] == 0
    assert patterns["schema_unresolvable"]["findings"] == 1


def test_a_full_disk_is_one_message_exit_code_2_and_no_folder(tmp_path):
    text = "".join(random.Random(0).choices("0123456789abcdefghijklmnopqrstuvwxyz", k=40_000))
    (tmp_path / "in.jsonl").write_bytes(b"".join(row(f"t-{n}", json.dumps({"city": text[n:]})) + b"\n" for n in range(4)))

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    line = [sys.executable, "-m", "spectool", "classify", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out" / "deep")]
    done = subprocess.run(line, capture_output=True, text=True, cwd=ROOT, preexec_fn=limit, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: could not write '{tmp_path / 'out' / 'deep'}': ")
    assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_convert_refuses_to_replace_its_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(GOOD + b"\n")
    for path in (source, tmp_path):
        assert main(["convert", str(path), "--to", "spectool", "-o", str(source)]) == 2
        assert "would replace an input" in capsys.readouterr().err
    assert source.read_bytes() == GOOD + b"\n"
