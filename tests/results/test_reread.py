"""A folder read back is what was written."""

from __future__ import annotations

from pathlib import Path

import msgspec

from spectool.classify.classify import classify
from spectool.read.tasks import load_tasks
from spectool.results import reread as module
from spectool.results.attempts import attempts
from spectool.results.pipeline import classify_paths
from spectool.results.reread import reread
from spectool.results.stream import Reading, read_batches

DEMO = Path(__file__).parents[2] / "data" / "demo"
OUTPUTS = DEMO / "outputs.qwen2.5-coder-1.5b.jsonl"


def test_trajectories_and_verdicts_come_back_whole(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(module, "BATCH", 50)
    classify_paths([OUTPUTS], out=tmp_path / "folder")
    written = [each for batch in read_batches([OUTPUTS], Reading()) for each in batch.trajectories]
    back = list(reread(tmp_path / "folder"))
    assert [one.key for one, _ in back] == [one.key for one in written]
    assert [msgspec.to_builtins(one.turns) for one, _ in back] == [msgspec.to_builtins(one.turns) for one in written]
    assert [(one.gold, one.request, one.tool_sets) for one, _ in back] == [(one.gold, one.request, one.tool_sets) for one in written]
    fresh = [classify(one) for one in written]
    assert [(verdict.key, verdict.passed, verdict.gold_path) for _, verdict in back] == [(v.key, v.passed, v.gold_path) for v in fresh]
    found = [[(o.error, o.assessed, o.skipped, len(o.findings)) for o in verdict.outcomes] for _, verdict in back]
    assert found == [[(o.error, o.assessed, o.skipped, len(o.findings)) for o in verdict.outcomes] for verdict in fresh]


def test_a_folder_and_its_outputs_give_the_same_attempts(tmp_path: Path) -> None:
    classify_paths([OUTPUTS], out=tmp_path / "folder", gold_mode="required")
    refused: list[object] = []
    kept = list(attempts([tmp_path / "folder"], Reading(), refused.append))
    fresh = list(attempts([OUTPUTS], Reading(), refused.append, "required"))
    assert [(each.trajectory.key, each.verdict.passed, each.gold_mode) for each in kept] == [
        (each.trajectory.key, each.verdict.passed, each.gold_mode) for each in fresh
    ]
    assert (refused, {each.gold_mode for each in kept}) == ([], {"required"})


def test_what_can_not_be_read_is_told(tmp_path: Path) -> None:
    tasks, _ = load_tasks([DEMO / "tasks.jsonl"])
    path = tmp_path / "outputs.jsonl"
    path.write_text(OUTPUTS.read_text().splitlines()[0] + '\n{"broken\n')
    refused: list[object] = []
    assert len(list(attempts([path], Reading(tasks=tasks), refused.append))) == 1
    assert [(each.source, each.line) for each in refused] == [("outputs.jsonl", 2)]
