"""Writing a result folder: what is in it, what may be replaced, and what a full disk leaves behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from spectool.model import Call, Outcome, Step, Verdict
from spectool.results.folder import FolderWriter, ResultFolderError, ensure_replaceable, new_folder
from spectool.results.rows import FINDING_COLUMNS, OUTCOME_COLUMNS, TOOL_COLUMNS, TRAJECTORY_COLUMNS, clean, counts, to_json
from spectool.results.store import open_folder


def test_the_folder_holds_the_promised_files_and_columns(folder):
    assert sorted(path.name for path in folder.iterdir()) == [
        "findings.parquet",
        "outcomes.parquet",
        "rejected.jsonl",
        "summary.json",
        "tools.parquet",
        "trajectories.parquet",
    ]
    columns = {name: pq.read_schema(folder / f"{name}.parquet").names for name in ("trajectories", "findings", "outcomes", "tools")}
    assert columns == {
        "trajectories": list(TRAJECTORY_COLUMNS),
        "findings": list(FINDING_COLUMNS),
        "outcomes": list(OUTCOME_COLUMNS),
        "tools": list(TOOL_COLUMNS),
    }
    assert json.loads((folder / "rejected.jsonl").read_text()) == {
        "file": "demo.jsonl",
        "line": 9,
        "reason": "demo.jsonl:9: no JSON",
        "head": "{",
    }


def test_equal_tool_lists_are_stored_once(folder):
    assert pq.read_table(folder / "tools.parquet").num_rows == 1


def test_nothing_is_left_beside_the_folder(folder):
    assert [path.name for path in folder.parent.iterdir()] == ["demo"]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        pytest.param("file", "is a file, not a result folder", id="a file"),
        pytest.param("full", "is no result folder", id="a folder of something else"),
        pytest.param("foreign", "is no result folder", id="a folder with somebody else's summary.json"),
    ],
)
def test_what_is_not_ours_is_never_replaced(tmp_path, place, reason):
    (tmp_path / "file").write_text("precious")
    for name, text in (("full", "precious"), ("foreign", '{"accuracy": 1}')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "summary.json").write_text(text)
    with pytest.raises(ResultFolderError, match=reason), new_folder(tmp_path / place):
        pytest.fail("the block must not run")


def test_an_empty_folder_and_a_result_folder_may_be_replaced(tmp_path, folder):
    (tmp_path / "empty").mkdir()
    ensure_replaceable(tmp_path / "empty")
    ensure_replaceable(folder)


def test_replacing_leaves_nothing_of_the_old_folder(folder):
    (folder / "stale.txt").write_text("of an older run")
    with new_folder(folder) as partial:
        (partial / "summary.json").write_text('{"schema_version": 1}')
    assert [path.name for path in folder.iterdir()] == ["summary.json"]


def test_a_failing_run_leaves_the_old_folder_and_no_other(folder):
    before = (folder / "summary.json").read_bytes()
    with pytest.raises(KeyboardInterrupt), new_folder(folder) as partial, FolderWriter(partial):
        raise KeyboardInterrupt
    assert (folder / "summary.json").read_bytes() == before
    assert [path.name for path in folder.parent.iterdir()] == ["demo"]


FILL = """
import resource, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from conftest import trajectory, verdict, write
from spectool.model import Message
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
text = ["".join(chr(32 + (n * i * i) % 997) for i in range(3000)) for n in range(80)]
made = [trajectory(n, turns=(Message(role="user", content=text[n]),)) for n in range(80)]
try:
    write(Path({out!r}), [(one, verdict(one)) for one in made])
except Exception as error:
    print(type(error).__name__, error)
"""


def test_a_full_disk_is_said_and_leaves_the_old_folder(folder):
    code = FILL.format(tests=str(Path(__file__).parent), out=str(folder))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, cwd=root, check=False)
    assert done.stdout.startswith(f"ResultFolderError could not write '{folder}': ")
    assert "File too large; nothing was changed there" in done.stdout
    assert (done.stderr, done.returncode) == ("", 0)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir()] == ["demo"]


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        pytest.param("plain", "plain", id="plain text"),
        pytest.param("Zürich 🌍", "Zürich 🌍", id="beyond ASCII"),
        pytest.param("a\ud800b", "a\N{REPLACEMENT CHARACTER}b", id="a lone surrogate"),
        pytest.param("\ud83c\udf0d", "🌍", id="a pair that was escaped apart"),
        pytest.param("nul\0", "nul\0", id="a nul character"),
    ],
)
def test_text_is_stored_as_utf8_can_hold_it(text, stored):
    assert clean(text) == stored


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param({"a": [1, None, True]}, '{"a":[1,null,true]}', id="plain"),
        pytest.param({"a": float("nan")}, '{"a": NaN}', id="NaN is not null"),
        pytest.param([float("-inf")], "[-Infinity]", id="Infinity"),
        pytest.param({"n": 2**70}, '{"n":1180591620717411303424}', id="an integer beyond 64 bits"),
        pytest.param({"a\ud800": "\ud800"}, '{"a\ufffd": "\ufffd"}', id="lone surrogates in key and value"),
    ],
)
def test_json_keeps_what_the_model_wrote(value, text):
    assert to_json(value) == text


def test_infinity_inside_a_call_is_not_null():
    step = Step(calls=(Call(name="f", arguments={"x": [{"y": float("inf")}]}),))
    assert '"arguments": {"x": [{"y": Infinity}]}' in to_json((step,))


def test_a_trajectory_comes_back_as_it_was_classified(tmp_path, make):
    odd = Step(text="x", calls=(Call(name="f", arguments={"n": 2**70, "x": float("inf"), "s": "3", "f": 3.0, "b": True}, span=(0, 3)),))
    one = make.trajectory(0, turns=(odd,), tags=("a", "b"), reward=0.5, time="2026-01-01", sample=3)
    make.write(tmp_path / "odd", [(one, Verdict(key=one.key, passed=None, outcomes=(Outcome(error="IAV", assessed=1),)))])
    opened = open_folder(tmp_path / "odd")
    back = opened.trajectory(one.key)
    opened.close()
    assert back is not None
    assert repr(msgspec.structs.replace(back.trajectory)) == repr(one)


def test_what_counts_against_a_model(make):
    rows = [
        (make.finding("IAV", "other"), True),
        (make.finding("IAV", "other", tier="likely"), True),
        (make.finding("IAV", "ungrounded", tier="candidate"), False),
        (make.finding("IAT", "null", fault="task"), False),
        (make.finding("IAT", "null", fault="harness"), False),
        (make.finding("truncated", "length", level="artefact", fault="harness"), True),
        (make.finding("tool_error", "error_reply", level="event", fault="tool"), True),
    ]
    assert [counts(each) for each, _ in rows] == [expected for _, expected in rows]
