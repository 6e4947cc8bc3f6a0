"""``docs/benchmark.md`` says what is there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from spectool.benchmark.rehearsal import rehearse
from spectool.benchmark.scoring import score_paths
from spectool.environments.registry import ENVIRONMENTS
from spectool.model import Step
from spectool.read.tasks import load_tasks
from spectool.report.benchmark_page import EXAMPLE, KINDS, page
from spectool.results.rows import to_json

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "benchmark.md"


def test_the_page_in_the_repository_is_the_one_generated() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run 'make docs' and commit docs/benchmark.md"


def test_its_counts_are_those_of_the_files() -> None:
    tasks, rejected = load_tasks([ROOT / "data" / "tasks"])
    kinds = Counter(task.meta["category"] for task in tasks.values())
    assert rejected == []
    assert set(kinds) == set(KINDS)
    rows = {cells[1].strip(" `"): cells for line in page().splitlines() if line.startswith("| ") for cells in [line.split("|")]}
    assert {kind: int(rows[kind][-2]) for kind in KINDS} == dict(kinds)
    assert rows["all"][-2].strip() == str(len(tasks))
    assert int(rows["patent"][-2]) == sum(task.meta["environment"] == "patent" for task in tasks.values())
    assert set(rows) >= {each.name for each in ENVIRONMENTS}


def test_the_harness_on_the_page_plays_tasks_that_score(tmp_path: Path) -> None:
    """Its model plays by heart: what a rehearsal says at each point."""
    told: dict[str, Any] = {}
    exec(compile(EXAMPLE, "docs/benchmark.md", "exec"), told)  # our own text, as a reader would run it
    chosen = [task for task in told["tasks"].values() if task.meta["category"] in ("multi_step", "dialogue", "missing_information")][:12]
    rows = []
    for task in chosen:
        steps = iter([turn for turn in rehearse(task).trajectory.turns if isinstance(turn, Step)])
        rows.append(told["play"](task, lambda tools, turns, steps=steps: next(steps)))
    outputs = tmp_path / "mine.jsonl"
    outputs.write_text("".join(to_json(row) + "\n" for row in rows), encoding="utf-8")
    (model,) = score_paths([outputs]).models
    assert (model.success.count, model.success.n) == (len(chosen), len(chosen))
