"""Rates and their intervals, against known values and against a direct simulation."""

from __future__ import annotations

import random

import pytest

from spectool.results.interval import Cluster, Rate, bootstrap, rate_of, wilson


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        pytest.param(0, 10, 0.0, 0.2775, id="none of ten"),
        pytest.param(10, 10, 0.7225, 1.0, id="all of ten"),
        pytest.param(81, 263, 0.2553, 0.3662, id="the example of Newcombe 1998, method 3"),
        pytest.param(15, 148, 0.0624, 0.1605, id="another example of Newcombe 1998"),
        pytest.param(1, 29, 0.0061, 0.1718, id="one of 29, Newcombe 1998"),
    ],
)
def test_wilson_gives_published_bounds(count, n, low, high):
    assert wilson(count / n, n) == pytest.approx((low, high), abs=5e-5)


def test_no_opportunity_has_no_rate():
    assert rate_of([]) == Rate(count=0, n=0, rate=None, low=None, high=None, method="none")
    assert rate_of([Cluster(count=0, n=0, tasks=5)]) == Rate(count=0, n=0, method="none")


def test_one_opportunity_a_task_is_wilson():
    rate = rate_of([Cluster(count=1, n=1, tasks=81), Cluster(count=0, n=1, tasks=182)])
    assert (rate.count, rate.n, rate.method) == (81, 263, "wilson")
    assert (rate.low, rate.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_several_opportunities_a_task_are_resampled_by_task():
    rate = rate_of([Cluster(count=2, n=4, tasks=50), Cluster(count=0, n=4, tasks=50)])
    assert (rate.count, rate.n, rate.rate, rate.method) == (100, 400, 0.25, "bootstrap by task")
    # Tasks are wholly alike inside, so the interval is that of 100 tasks (about 0.25 -+ 0.049), not that of 400 calls (-+ 0.042).
    assert (rate.low, rate.high) == pytest.approx((0.201, 0.299), abs=0.008)


def test_the_same_counts_give_the_same_interval_in_any_order():
    clusters = [Cluster(count=count, n=3, tasks=20 + count) for count in range(4)]
    assert rate_of(clusters) == rate_of(clusters[::-1])


@pytest.mark.parametrize(
    ("clusters", "low", "high"),
    [
        pytest.param([Cluster(count=0, n=5, tasks=100)], 0.0, 0.037, id="nothing found is bounded by the tasks, not by the 500 calls"),
        pytest.param([Cluster(count=5, n=5, tasks=100)], 0.963, 1.0, id="everything found"),
        pytest.param([Cluster(count=1, n=2, tasks=3), Cluster(count=0, n=2, tasks=97)], 0.004, 0.061, id="few failing tasks"),
        pytest.param([Cluster(count=9, n=3, tasks=4)], 0.51, 1.0, id="more findings than places do not break the bounds"),
    ],
)
def test_too_few_tasks_of_a_kind_fall_back_to_wilson_over_tasks(clusters, low, high):
    rate = rate_of(clusters)
    assert rate.method == "wilson over tasks"
    assert (rate.low, rate.high) == pytest.approx((low, high), abs=0.005)


def test_the_bootstrap_agrees_with_drawing_tasks_one_by_one():
    tasks = [(1, 3)] * 40 + [(0, 3)] * 60 + [(2, 2)] * 20 + [(0, 1)] * 80
    draw = random.Random(1)
    simulated = []
    for _ in range(2000):
        sample = draw.choices(tasks, k=len(tasks))
        simulated.append(sum(count for count, _ in sample) / sum(n for _, n in sample))
    simulated.sort()
    clusters = [Cluster(count=count, n=n, tasks=tasks.count((count, n))) for count, n in set(tasks)]
    assert bootstrap(clusters) == pytest.approx((simulated[50], simulated[1949]), abs=0.01)
