"""Flakiness: how often a model's own attempts at one task disagree, counted by hand."""

from __future__ import annotations

import pytest

from spectool.patterns.compare import compare
from spectool.patterns.flakiness import Wavering, wavering_of
from spectool.results.interval import Cluster, Rate, wilson
from tests.patterns.test_compare import made


def test_tasks_with_one_attempt_tell_nothing() -> None:
    nothing = Wavering(always=0, sometimes=0, never=0, disagreeing=Rate(count=0, n=0), differ=None)
    assert wavering_of([Cluster(count=1, n=1, tasks=9)]) == nothing


def test_attempts_are_counted_by_task() -> None:
    found = wavering_of([Cluster(count=4, n=4, tasks=5), Cluster(count=2, n=4, tasks=3), Cluster(count=0, n=2, tasks=2)])
    low, high = wilson(0.3, 10)
    assert found == Wavering(
        always=5, sometimes=3, never=2, disagreeing=Rate(count=3, n=10, rate=0.3, low=low, high=high, method="wilson"), differ=found.differ
    )
    # Two of four: 2 * 2 * 2 / (4 * 3) = 2/3 of the pairs of attempts differ; in 3 of 10 tasks.
    assert found.differ == pytest.approx(0.2)


def test_a_side_with_samples_has_its_flakiness_and_one_without_has_none(tmp_path) -> None:
    tried = [("t1", True, "", 0), ("t1", False, "IAV", 1), ("t2", False, "IAV", 0), ("t2", False, "IAV", 1), ("t3", True, "", 0)]
    a = made(tmp_path / "a", "small", tried)
    b = made(tmp_path / "b", "large", [("t1", True, "", 0), ("t2", True, "", 0)])
    (found,) = compare([a, b]).flakiness
    assert (found.side, found.samples) == ("A", (1, 2))
    assert (found.success.always, found.success.sometimes, found.success.never) == (0, 1, 1)
    assert [(each.error, each.found.always, each.found.sometimes, each.found.never) for each in found.patterns] == [("IAV", 1, 1, 0)]
