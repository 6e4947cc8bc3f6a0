"""Means whose intervals draw tasks."""

from __future__ import annotations

import pytest

from spectool.results.interval import Cluster, rate_of
from spectool.results.mean import Mean, mean_of


def test_the_mean_is_over_all_fractions() -> None:
    found = mean_of([[1.0, 0.5], [0.0]])
    assert (found.mean, found.n, found.tasks) == (0.5, 3, 2)


def test_without_fractions_there_is_none() -> None:
    assert mean_of([[], []]) == Mean(n=0)


def test_of_zeros_and_ones_it_is_the_rate_with_its_interval() -> None:
    tasks = [[1.0, 0.0]] * 20 + [[1.0, 1.0]] * 15 + [[0.0, 0.0]] * 12
    mean = mean_of(tasks)
    rate = rate_of([Cluster(count=1, n=2, tasks=20), Cluster(count=2, n=2, tasks=15), Cluster(count=0, n=2, tasks=12)])
    assert (mean.mean, mean.low, mean.high, mean.method) == (rate.rate, rate.low, rate.high, rate.method)
    assert mean.method == "bootstrap by task"


def test_few_tasks_have_the_wide_interval() -> None:
    found = mean_of([[0.5]] * 4)
    assert (found.mean, found.method) == (0.5, "wilson over tasks")
    assert (found.low, found.high) == (pytest.approx(0.15, abs=0.01), pytest.approx(0.85, abs=0.01))


def test_equal_input_gives_equal_numbers_in_any_order() -> None:
    tasks = [[number / 40] for number in range(41)]
    assert mean_of(tasks) == mean_of(reversed(tasks))
    assert 0.4 < (mean_of(tasks).low or 0) < 0.5 < (mean_of(tasks).high or 0) < 0.6


def test_a_perfect_mean_does_not_exceed_one() -> None:
    assert mean_of([[0.1 + 0.2 + 0.7]] * 30).mean == 1.0
