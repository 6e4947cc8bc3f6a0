"""A change over paired tasks: rates, difference, interval, test, and the correction for many patterns."""

from __future__ import annotations

import pytest

from spectool.patterns.mcnemar import exact
from spectool.patterns.paired import Change, Tally, adjusted_wald, change_of
from spectool.results.interval import Cluster, Rate, rate_of


def tally(before: int, after: int, pairs: int = 1, tasks: int = 1) -> Tally:
    return Tally(before=before, after=after, pairs=pairs, tasks=tasks)


def test_a_change_with_few_tasks_that_differ_is_whole() -> None:
    alike = [tally(1, 1, tasks=60), tally(0, 0, tasks=33), tally(0, 1, tasks=6), tally(1, 0)]
    low, high = adjusted_wald(alike)
    assert change_of(alike) == Change(
        tasks=100,
        before=rate_of([Cluster(count=1, n=1, tasks=61), Cluster(count=0, n=1, tasks=39)]),
        after=rate_of([Cluster(count=1, n=1, tasks=66), Cluster(count=0, n=1, tasks=34)]),
        difference=0.05,
        low=low,
        high=high,
        method="adjusted Wald over tasks",
        up=6,
        down=1,
        p=0.125,
    )
    # By hand: 7/102 up, 2/102 down, so 0.0490 +- 1.96 * sqrt((9/102 - 0.0490 ** 2) / 102).
    assert (low, high) == (pytest.approx(-0.0078, abs=1e-4), pytest.approx(0.1059, abs=1e-4))


def test_nothing_paired_is_no_change_at_all() -> None:
    assert change_of([]) == Change(tasks=0, before=Rate(count=0, n=0), after=Rate(count=0, n=0))


def test_no_task_that_differs_still_has_an_interval() -> None:
    change = change_of([tally(1, 1, tasks=50), tally(0, 0, tasks=50)])
    assert (change.difference, change.p) == (0.0, 1.0)
    assert (change.low, change.high) == (pytest.approx(-0.027, abs=1e-3), pytest.approx(0.027, abs=1e-3))


def test_many_tasks_that_differ_are_drawn_again() -> None:
    change = change_of([tally(1, 1, tasks=600), tally(0, 0, tasks=200), tally(0, 1, tasks=140), tally(1, 0, tasks=60)])
    assert (change.difference, change.method, change.p) == (0.08, "bootstrap by task", exact(140, 60))
    # Normal theory: 0.08 +- 1.96 * sqrt((0.2 - 0.08 ** 2) / 1000).
    assert change.low == pytest.approx(0.0527, abs=0.003)
    assert change.high == pytest.approx(0.1073, abs=0.003)


def test_samples_of_one_task_do_not_count_as_tasks() -> None:
    """Four samples that all flip together tell no more than one: the interval and p stay those of the tasks."""
    single = change_of([tally(1, 1, tasks=80), tally(0, 1, tasks=14), tally(1, 0, tasks=6)])
    fourfold = change_of([tally(4, 4, 4, tasks=80), tally(0, 4, 4, tasks=14), tally(4, 0, 4, tasks=6)])
    assert (fourfold.difference, fourfold.p) == (single.difference, single.p)
    assert (fourfold.low, fourfold.high) == (pytest.approx(single.low), pytest.approx(single.high))
    assert fourfold.before.n == 4 * single.before.n


def test_the_order_of_the_tallies_changes_nothing() -> None:
    alike = [tally(0, 3, 4, tasks=20), tally(2, 1, 4, tasks=15), tally(1, 1, 2, tasks=40), tally(1, 0, tasks=30)]
    assert change_of(alike) == change_of(list(reversed(alike)))
