"""The benchmark's own tasks: enough of each kind, and every one of them fit to measure by."""

from __future__ import annotations

from pathlib import Path

import pytest

from spectool.benchmark.check import KINDS, TaskReport, check_tasks
from spectool.benchmark.splits import SPLITS, TEST_ONLY
from spectool.environments.registry import ENVIRONMENTS
from spectool.read.tasks import load_tasks

FOLDER = Path(__file__).parents[2] / "data" / "tasks"


@pytest.fixture(scope="module")
def report() -> TaskReport:
    tasks, rejected = load_tasks([FOLDER])
    assert rejected == []
    return check_tasks(tasks.values())


@pytest.mark.slow
def test_no_task_has_a_fault(report: TaskReport) -> None:
    assert report.faults == ()


@pytest.mark.slow
def test_there_are_enough_of_every_environment_kind_and_split(report: TaskReport) -> None:
    dialogues = sum(report.kinds["dialogue"].values())
    assert dialogues >= 60
    assert report.tasks - dialogues >= 240
    assert {name: sum(by_split.values()) >= 12 for name, by_split in report.environments.items()} == {
        each.name: True for each in ENVIRONMENTS
    }
    assert {kind: set(by_split) for kind, by_split in report.kinds.items()} == {kind: set(SPLITS) for kind in KINDS}
    assert {name for name, by_split in report.environments.items() if set(by_split) == {"test"}} == TEST_ONLY
    assert 0.4 <= report.offers["few"] / report.tasks <= 0.6
