"""Jobs, parts and processes: whoever does the work, the folder is the same to the byte."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path

import pytest

from spectool.model import Rejected
from spectool.read.formats.registry import by_name
from spectool.read.source import Source, open_path
from spectool.results import classified, jobs, parts
from spectool.results.pipeline import classify_paths
from spectool.results.stream import Reading, uncollected

FILES = ("findings.parquet", "outcomes.parquet", "rejected.jsonl", "tools.parquet", "trajectories.parquet")


def row(number: int) -> str:
    call = {"id": "c", "type": "function", "function": {"name": "get_weather", "arguments": json.dumps({"city": number % 3 or "Paris"})}}
    parameters = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
    tool = {"type": "function", "function": {"name": "get_weather", "description": f"of {number % 7}", "parameters": parameters}}
    messages = [{"role": "user", "content": f"Weather {number}?"}, {"role": "assistant", "tool_calls": [call]}]
    return json.dumps({"id": f"t-{number}", "model": "m", "messages": messages, "tools": [tool]})


def write(path: Path, count: int, every: int = 50) -> Path:
    """Rows, and among them blank lines, broken ones and CRLF."""
    odd = ("", '{"broken', "[1, 2", "   ")
    ends = ("\n", "\r\n")
    lines = [(odd[number // every % 4] if number % every == every - 1 else row(number)) + ends[number % 2] for number in range(count)]
    path.write_bytes("".join(lines).encode())
    return path


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 20_000)


def records(source: Source) -> list[object]:
    return list(source.records())


@pytest.mark.parametrize("size", [500, 20_000, 10_000_000], ids=["about a line a part", "many lines a part", "one part"])
def test_the_parts_of_a_file_are_its_records_under_the_same_numbers(tmp_path, monkeypatch, size):
    monkeypatch.setattr(parts, "PART", size)
    (source,) = open_path(write(tmp_path / "out.jsonl", 400))
    cut = [part for part, _ in parts.parts(source, None)]
    assert [each for part in cut for each in records(part)] == records(source)
    assert [each for part in cut for each in part.lines()] == list(source.lines())
    assert sum(parts.size_of(part) for part in cut) == parts.size_of(source)
    assert (len(cut) > 1) == (size < parts.size_of(source))


@pytest.mark.parametrize("name", sorted(parts.LINEWISE))
def test_a_linewise_format_says_the_same_of_parts_as_of_the_whole(tmp_path, monkeypatch, name):
    module = by_name(name)
    path = tmp_path / "out.jsonl"
    path.write_text(f"{module.EXAMPLE}\n" * 40)
    (whole,) = open_path(path)
    monkeypatch.setattr(parts, "PART", 3 * len(module.EXAMPLE))
    cut = list(parts.parts(whole, name))
    assert len(cut) > 5
    assert {form for _, form in cut} == {name}
    read = [item for part, _ in cut for item in module.read(part, {})]
    assert read == list(module.read(whole, {}))
    assert not any(isinstance(item, Rejected) for item in read)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("array.json", "[" + ",\n".join(map(row, range(200))) + "]", id="an array of records"),
        pytest.param("line.json", "[" + ",".join(map(row, range(200))) + "]", id="an array on one line"),
        pytest.param("pretty.json", json.dumps(json.loads(row(1)), indent=1) * 200, id="pretty-printed documents"),
        pytest.param("other.jsonl", '{"hello": "world"}\n' * 5000, id="a file of no known format"),
        pytest.param("bom.jsonl", "\N{ZERO WIDTH NO-BREAK SPACE}" + "\n".join(map(row, range(200))), id="a byte-order mark"),
    ],
)
@pytest.mark.usefixtures("small_parts")
def test_what_is_not_plainly_json_lines_is_left_whole(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    (source,) = open_path(tmp_path / name)
    assert list(parts.parts(source, None)) == [(source, None)]


@pytest.mark.usefixtures("small_parts")
def test_small_sources_share_a_job_and_too_large_ones_are_read_here(tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "BUNDLE", 5_000)
    for number in range(6):
        write(tmp_path / f"{number}.jsonl", 4)
    write(tmp_path / "7.jsonl", 100)
    made = list(jobs.jobs([tmp_path], None))
    named = [[piece.source.name.rpartition("/")[2] for piece in job.pieces] for job in made]
    assert named[0] == ["0.jsonl", "1.jsonl"]
    assert [name for names in named for name in names][:7] == [*(f"{number}.jsonl" for number in range(6)), "7.jsonl"]
    assert [piece.first for job in made for piece in job.pieces] == [True] * 7 + [False] * (sum(map(len, named)) - 7)
    assert not any(job.here for job in made)
    monkeypatch.setattr(jobs, "LARGEST_JOB", 100)
    assert all(job.here for job in jobs.jobs([tmp_path / "7.jsonl"], None))


@pytest.mark.usefixtures("small_parts")
def test_several_processes_write_the_same_folder_to_the_byte(tmp_path):
    (tmp_path / "runs").mkdir()
    write(tmp_path / "runs" / "large.jsonl", 300)
    write(tmp_path / "runs" / "small.jsonl", 5)
    (tmp_path / "runs" / "odd.json").write_text('{"hello": "world"}')
    one = classify_paths([tmp_path / "runs"], out=tmp_path / "one")
    two = classify_paths([tmp_path / "runs"], out=tmp_path / "two", workers=2)
    assert (one.inputs, one.counts, one.models, one.rejected) == (two.inputs, two.counts, two.models, two.rejected)
    assert one.counts.rejected > 1
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_a_fresh_process_forks_and_writes_the_same_folder(tmp_path):
    outputs = write(tmp_path / "out.jsonl", 60)
    code = (
        "import sys\n"
        "from spectool.results import classified\n"
        "from spectool.results.pipeline import classify_paths\n"
        "print(classified._start_method())\n"
        "classify_paths([sys.argv[1]], out=sys.argv[2], workers=2)\n"
    )
    command = [sys.executable, "-W", "error", "-c", code, str(outputs), str(tmp_path / "two")]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    classify_paths([outputs], out=tmp_path / "one")
    assert (ran.stdout.strip(), ran.stderr) == ("fork" if sys.platform == "linux" else "spawn", "")
    assert (tmp_path / "one" / "findings.parquet").read_bytes() == (tmp_path / "two" / "findings.parquet").read_bytes()


def test_a_killed_process_is_an_error_that_says_so_and_leaves_nothing(tmp_path):
    outputs = write(tmp_path / "out.jsonl", 60)
    code = (
        "import os, sys\n"
        "from spectool.results import classified\n"
        "def die(job): os._exit(9)\n"
        "classified._do = die\n"
        "from spectool.results.pipeline import classify_paths\n"
        "try:\n"
        "    classify_paths([sys.argv[1]], out=sys.argv[2], workers=2)\n"
        "except classified.WorkerLost as error:\n"
        "    print(error)\n"
    )
    if sys.platform != "linux":
        pytest.skip("a process that is not forked does not see the broken function")
    command = [sys.executable, "-c", code, str(outputs), str(tmp_path / "res")]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert ran.stdout == "a process that classifies was killed (out of memory?); pass fewer --workers\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl"]


def test_the_collector_pauses_for_the_block_only_and_stays_off_where_it_was_off():
    with uncollected():
        inside = gc.isenabled()
    assert (inside, gc.isenabled()) == (False, True)
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_job_is_told_the_name_of_its_format_once(tmp_path, small_parts):
    pieces = [piece for job in jobs.jobs([write(tmp_path / "out.jsonl", 300)], None) for piece in job.pieces]
    assert {piece.format for piece in pieces} == {"openai_chat"}
    work = classified.Work(reading=Reading())
    found = [done for piece in pieces for done in work.do(jobs.Job(pieces=(piece,)))]
    assert sum(done.first for done in found) == 1
    assert sum(done.records for done in found) == 297
