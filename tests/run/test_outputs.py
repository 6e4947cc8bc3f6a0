"""Outputs that were cut, changed, doubled or fought over: what stays is whole, the rest is run again, and nobody writes beside another."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from spectool.read.formats import spectool_rows
from spectool.read.source import Source
from spectool.run.errors import RunError
from spectool.run.outputs import Kept, Writing, finished, intact, sealed
from spectool.run.run import RunSettings, run_tasks

ROOT = Path(__file__).parents[2]
SETTINGS = RunSettings(model="m", engine="scripted")
NAMES = "abcde"


@pytest.fixture
def tasks(make_task):
    return {name: make_task(name) for name in NAMES}


@pytest.fixture
def out(tmp_path, tasks, scripted):
    """A finished run of five tasks."""
    path = tmp_path / "outputs.jsonl"
    run_tasks(tasks, SETTINGS, lambda: scripted(dict.fromkeys(tasks, ("Hello.",))), path)
    return path


def lines(out):
    return out.read_bytes().splitlines(keepends=True)


def flipped(line, at):
    return line[:at] + bytes([line[at] ^ 1]) + line[at + 1 :]


def without_checksum(line):
    row = json.loads(line)
    del row["checksum"]
    return json.dumps(row).encode() + b"\n"


def failing(line):
    row = json.loads(line)
    del row["checksum"]
    row["meta"]["stopped"] = "error"
    return sealed(json.dumps(row))


def odd(line):
    row = json.loads(line)
    del row["checksum"]
    return sealed(json.dumps({**row, "sample": "many"}))


DAMAGE = {
    "nothing": (lambda rows: rows, "abcde", Kept()),
    "the last line cut short": (lambda rows: [*rows[:4], rows[4][:50]], "abcd", Kept(damaged=1)),
    "only the last end of line missing": (lambda rows: [*rows[:4], rows[4][:-1]], "abcd", Kept(damaged=1)),
    "a bit flipped in the middle of a row": (
        lambda rows: [rows[0], flipped(rows[1], len(rows[1]) // 2), *rows[2:]],
        "acde",
        Kept(damaged=1),
    ),
    "a bit flipped in a checksum": (lambda rows: [flipped(rows[0], len(rows[0]) - 5), *rows[1:]], "bcde", Kept(damaged=1)),
    "a bit flipped in an end of line, which joins two rows": (
        lambda rows: [rows[0], flipped(rows[1], len(rows[1]) - 1), *rows[2:]],
        "ade",
        Kept(damaged=1),
    ),
    "zeroes where a disk lost a block": (lambda rows: [rows[0], b"\0" * 4096, *rows[1:]], "acde", Kept(damaged=1)),
    "a row twice": (lambda rows: [*rows, rows[1]], "abcde", Kept(repeated=1)),
    "a row without a checksum, of an older version": (lambda rows: [without_checksum(rows[0]), *rows[1:]], "abcde", Kept()),
    "a row of an attempt that failed": (lambda rows: [*rows[:2], failing(rows[2]), *rows[3:]], "abde", Kept(failed=1)),
    "a row that is JSON and no attempt": (lambda rows: [b"[1]\n", *rows], "abcde", Kept(damaged=1)),
    "a row with a sample that is no number": (lambda rows: [odd(rows[0]), *rows[1:]], "bcde", Kept(damaged=1)),
    "the first rows damaged, so that what stays begins later": (
        lambda rows: [flipped(rows[0], 9), flipped(rows[1], 9), *rows[2:]],
        "cde",
        Kept(damaged=2),
    ),
    "everything damaged": (lambda rows: [flipped(row, 9) for row in rows], "", Kept(damaged=5)),
    "an empty file": (lambda rows: [], "", Kept()),
}


@pytest.mark.parametrize(("damage", "stay", "taken_out"), DAMAGE.values(), ids=DAMAGE)
def test_what_is_whole_stays_and_the_rest_is_run_again(damage, stay, taken_out, out, tasks, scripted):
    rows = lines(out)
    out.write_bytes(b"".join(damage(rows)))
    kept = finished(out)
    assert kept.done == {(name, 0) for name in stay}
    assert (kept.failed, kept.damaged, kept.repeated) == (taken_out.failed, taken_out.damaged, taken_out.repeated)
    left = lines(out)
    assert [json.loads(line)["id"] for line in left] == list(stay)
    engine = scripted(dict.fromkeys(tasks, ("Hello.",)))
    run_tasks(tasks, SETTINGS, lambda: engine, out, resume=True)
    assert sorted(request.id[0] for request in engine.requests) == sorted(set(NAMES) - set(stay))
    assert sorted(json.loads(line)["id"] for line in lines(out)) == list(NAMES)
    assert lines(out)[: len(left)] == left


def test_no_flip_of_a_bit_goes_unseen_where_it_changes_the_row(out):
    line = lines(out)[0]
    body = line[: line.rindex(b',"checksum"')]
    assert [at for at in range(len(body)) if intact(flipped(line, at))] == []


def test_readers_take_rows_with_checksums_like_others(out, tmp_path):
    plain = tmp_path / "plain.jsonl"
    plain.write_bytes(b"".join(map(without_checksum, lines(out))))
    assert spectool_rows.sniff(Source(out)) == 1.0
    with_checksums, without = ([(row.id, row.turns, row.meta) for row in spectool_rows.read(Source(path), {})] for path in (out, plain))
    assert with_checksums == without


def test_a_file_that_another_run_writes_is_refused(out, tasks, scripted):
    with Writing(out), pytest.raises(RunError, match=r"another run is writing .*outputs\.jsonl; wait for it or choose another -o"):
        run_tasks(tasks, SETTINGS, lambda: scripted({}), out, resume=True)
    assert run_tasks(tasks, SETTINGS, lambda: pytest.fail("started"), out, resume=True).kept == 5


KILLED = """
import os, sys
from pathlib import Path
from spectool.run.outputs import Writing

Writing(Path(sys.argv[1])).__enter__()
os.kill(os.getpid(), 9)
"""


def test_the_hold_ends_with_a_process_that_is_killed_and_leaves_no_litter_when_it_ends_well(out, tmp_path):
    assert subprocess.run([sys.executable, "-c", KILLED, str(out)], cwd=ROOT, check=False).returncode == -9
    assert (tmp_path / ".outputs.jsonl.lock").exists()
    with Writing(out):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["outputs.jsonl", "outputs.jsonl.run.json"]


# Takes hold again and again; what is inside may be made by one at a time.
CONTENDER = """
import os, sys
from pathlib import Path
from spectool.run.errors import RunError
from spectool.run.outputs import Writing

inside = Path(sys.argv[1] + ".inside")
print("ready", flush=True)
sys.stdin.readline()
held = 0
for _ in range(3000):
    try:
        with Writing(Path(sys.argv[1])):
            os.close(os.open(inside, os.O_CREAT | os.O_EXCL))
            held += 1
            inside.unlink()
    except RunError:
        continue
print(held, flush=True)
"""


def test_of_many_processes_that_come_and_go_only_one_writes_at_a_time(tmp_path):
    """The hold's file is taken away when a run ends, just when another may have opened it."""
    line = [sys.executable, "-c", CONTENDER, str(tmp_path / "o.jsonl")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    processes = [subprocess.Popen(line, cwd=ROOT, text=True, **pipes) for _ in range(4)]
    assert [process.stdout.readline() for process in processes] == ["ready\n"] * 4
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate() for process in processes]
    assert [(process.returncode, err) for process, (_, err) in zip(processes, told, strict=True)] == [(0, "")] * 4
    assert all(int(out) > 0 for out, _ in told)


# Runs tasks of the demo with an engine that answers at once.
WRITER = """
import sys
from pathlib import Path
from spectool.read.tasks import load_tasks
from spectool.run.run import RunSettings, run_tasks
from spectool.run.errors import RunError
from spectool.run.engines.engine import Completion

class Engine:
    name, details, tool_section, capacity = "quick", {}, None, 4
    def __init__(self): self.waiting = []
    def submit(self, requests): self.waiting.extend(requests)
    def finished(self):
        done, self.waiting = self.waiting[:1], self.waiting[1:]
        return [Completion(id=each.id, text="Hello.") for each in done]
    def close(self): pass

try:
    run_tasks(load_tasks(["demo"])[0], RunSettings(model="m", limit=40), Engine, Path(sys.argv[1]), resume=Path(sys.argv[1]).exists())
except RunError as error:
    print(error)
    raise SystemExit(2)
"""


def test_a_full_disk_is_one_message_and_what_was_finished_goes_on_once_there_is_room(tmp_path):
    out = tmp_path / "outputs.jsonl"

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    def write(**options):
        return subprocess.run([sys.executable, "-c", WRITER, str(out)], capture_output=True, text=True, cwd=ROOT, check=False, **options)

    full = write(preexec_fn=limit)
    assert (full.returncode, full.stderr) == (2, "")
    assert full.stdout == f"{out} can not be written: File too large; what was finished is in it, go on with --resume\n"
    assert out.stat().st_size == 30_000
    whole = [line for line in lines(out) if intact(line)]
    assert 0 < len(whole) < 40
    assert write(preexec_fn=limit).stdout == full.stdout
    assert lines(out)[: len(whole)] == whole
    assert write().returncode == 0
    assert lines(out)[: len(whole)] == whole
    assert len({json.loads(line)["id"] for line in lines(out)}) == len(lines(out)) == 40
    assert sorted(path.name for path in tmp_path.iterdir()) == ["outputs.jsonl", "outputs.jsonl.run.json"]
