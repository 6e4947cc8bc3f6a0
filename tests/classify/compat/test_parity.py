"""BFCL's published verdicts of real models: the same verdict on every row, the same first label on every failure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from spectool.classify.compat.bfcl import is_single_turn, rule
from spectool.classify.compat.ruling import PASSED
from spectool.model import Task
from spectool.read.formats.bfcl.naming import file_name
from spectool.read.tasks import load_tasks
from spectool.results.stream import Reading, read_batches

# Small ones of every kind: several calls, the other languages, none due.
EVERYDAY = ("java", "javascript", "parallel_multiple", "live_parallel", "live_parallel_multiple", "live_relevance", "live_simple")


@pytest.fixture(scope="module")
def asked(shared_data: Path) -> Mapping[str, Task]:
    tasks, refused = load_tasks([shared_data / "bfcl" / "datasets" / "v3"])
    assert refused == []
    return tasks


def differing(data: Path, tasks: Mapping[str, Task], categories: tuple[str, ...]) -> tuple[int, list[tuple[str, ...]]]:
    """How many rows with a published verdict there are, and those where ours is another, or has another first label."""
    seen, found = 0, []
    for path in sorted((data / "bfcl" / "results" / "v3" / "result").rglob("*_result.json")):
        name = file_name(path.name)
        if name is None or not is_single_turn(name.category) or (categories and name.category not in categories):
            continue
        for batch in read_batches([path], Reading(tasks=tasks)):
            for trajectory in batch.trajectories:
                published, ours = str(trajectory.meta["compat_label"]), rule(trajectory, tasks.get(trajectory.task))
                seen += 1
                if ours.label != published or ours.passed is not (published == PASSED):
                    found.append((trajectory.model, trajectory.id, published, str(ours.label), ours.reason))
    return seen, found


def test_parity_on_a_sample(shared_data: Path, asked: Mapping[str, Task]):
    assert differing(shared_data, asked, EVERYDAY) == (1998, [])


@pytest.mark.slow
def test_parity_on_every_single_turn_row(shared_data: Path, asked: Mapping[str, Task]):
    assert differing(shared_data, asked, ()) == (10_923, [])
