"""``docs/benchmark.md`` says what is there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from spectool.environments.registry import ENVIRONMENTS
from spectool.read.tasks import load_tasks
from spectool.report.benchmark_page import KINDS, page

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
