"""The recorded outputs: complete, in the order of the tasks, and their calls those that the raw texts hold by today's parser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.demo_outputs import FOLDER, lines
from spectool.read.source import FormatError

RECORDED = sorted(FOLDER.glob("outputs.*.jsonl"))


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
class TestRecording:
    def test_is_what_todays_parser_makes_of_it(self, path: Path) -> None:
        assert path.read_text(encoding="utf-8") == lines(path), f"python -m scripts.demo_outputs {path} {path.name[8:-6]}"

    def test_has_no_failed_attempt_and_one_setting(self, path: Path) -> None:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert [row["id"] for row in rows if "error" in row["meta"]] == []
        assert {row["meta"]["stopped"] for row in rows} <= {"answered", "max_steps"}
        assert len({json.dumps([row["model"], row["run"], row["meta"]["run"]]) for row in rows}) == 1


def test_both_models_are_there() -> None:
    assert [path.name for path in RECORDED] == ["outputs.qwen2.5-coder-1.5b.jsonl", "outputs.smollm2-135m.jsonl"]


def test_calls_are_read_anew_and_keep_their_replies(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in RECORDED[0].read_text(encoding="utf-8").splitlines()]
    step = next(turn for row in rows for turn in row["turns"] if any("result" in call for call in turn.get("calls", ())))
    step["calls"][0]["name"] = "what an older parser read"
    stale = tmp_path / "stale.jsonl"
    stale.write_text("".join(json.dumps(row) + "\n" for row in reversed(rows)), encoding="utf-8")
    assert lines(stale) == RECORDED[0].read_text(encoding="utf-8")


def test_a_reading_that_the_replies_do_not_fit_is_refused(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in RECORDED[0].read_text(encoding="utf-8").splitlines()]
    row, step = next((row, turn) for row in rows for turn in row["turns"] if any("result" in call for call in turn.get("calls", ())))
    step["calls"] *= 2
    stale = tmp_path / "stale.jsonl"
    stale.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with pytest.raises(FormatError, match=f"{row['id']}: expected 2 calls, as were answered, got 1"):
        lines(stale)


def test_a_missing_task_is_refused(tmp_path: Path) -> None:
    kept = RECORDED[0].read_text(encoding="utf-8").splitlines()[1:]
    (tmp_path / "part.jsonl").write_text("\n".join(kept) + "\n", encoding="utf-8")
    with pytest.raises(FormatError, match="expected one row for each task, got 135 for 136: \\['hotel-simple-01'\\]"):
        lines(tmp_path / "part.jsonl")
