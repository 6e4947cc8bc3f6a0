"""Rates with a 95 % interval that does not pretend repeated places of one task were independent.

One opportunity a task gives Wilson's score interval. Where a task has several (several calls, samples or conversations), tasks are
resampled: a Poisson bootstrap, whose weight for ``c`` tasks that look alike is one draw from Poisson(c), so that its cost grows with
the number of *different* tasks, not with their number. The seed is fixed: the same folder gives the same numbers.

Source: Wilson 1927; Chamandy et al. 2012, "Estimating Uncertainty for Massive Data Streams" (Poisson bootstrap).
"""

from __future__ import annotations

import math
import random
from bisect import bisect
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Protocol

import msgspec

Z_95 = 1.959963984540054
REPLICATES = 1000
SEED = 20241113

# With fewer tasks that failed (or that did not), too many replicates hold none of them and the percentiles reach 0 (or 1) although
# failures were seen; Wilson over tasks is wider and honest there.
FEWEST_OF_A_KIND = 10


class Cluster(msgspec.Struct, frozen=True, kw_only=True):
    """``tasks`` tasks that look alike: each failed at ``count`` of its ``n`` opportunities."""

    count: int
    n: int
    tasks: int = 1


class Drawn(Protocol):
    """What a bootstrap draws again: ``tasks`` that look alike, each with the sum ``count`` over ``n`` things."""

    @property
    def count(self) -> float:
        """Of one task."""

    @property
    def n(self) -> int:
        """Of one task."""

    @property
    def tasks(self) -> int:
        """How many there are."""


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """``count`` of ``n`` with a 95 % interval, made as ``method`` says; fractions 0-1, ``None`` when ``n`` is 0."""

    count: int
    n: int
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    method: str = "none"


def rate_of(clusters: Sequence[Cluster]) -> Rate:
    """The pooled rate of ``clusters`` with the interval that fits their shape."""
    clusters = [cluster for cluster in clusters if cluster.n > 0 and cluster.tasks > 0]
    count = sum(cluster.count * cluster.tasks for cluster in clusters)
    n = sum(cluster.n * cluster.tasks for cluster in clusters)
    if n == 0:
        return Rate(count=count, n=0)
    rate = count / n
    tasks = sum(cluster.tasks for cluster in clusters)
    failed = sum(cluster.tasks for cluster in clusters if cluster.count)
    clean = sum(cluster.tasks for cluster in clusters if cluster.count < cluster.n)
    independent = all(cluster.n == 1 for cluster in clusters)
    if independent or min(failed, clean) < FEWEST_OF_A_KIND:
        low, high = wilson(min(rate, 1.0), tasks)
        return Rate(count=count, n=n, rate=rate, low=low, high=high, method="wilson" if independent else "wilson over tasks")
    low, high = bootstrap(clusters)
    return Rate(count=count, n=n, rate=rate, low=low, high=high, method="bootstrap by task")


def wilson(rate: float, n: int) -> tuple[float, float]:
    """Wilson's 95 % score interval for a fraction ``rate`` seen in ``n`` independent trials (``n`` > 0)."""
    square = Z_95 * Z_95 / n
    centre = (rate + square / 2) / (1 + square)
    half = Z_95 * math.sqrt(rate * (1 - rate) / n + square / (4 * n)) / (1 + square)
    # Exact ends: rounding must not report a bound below 0 or hide that 0 of n includes 0.
    return (0.0 if rate == 0 else max(0.0, centre - half)), (1.0 if rate == 1 else min(1.0, centre + half))


def bootstrap(clusters: Sequence[Drawn]) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of the pooled rate when tasks are drawn again with replacement."""
    draw = random.Random(SEED)
    counts, totals = [0.0] * REPLICATES, [0] * REPLICATES
    for cluster in sorted(clusters, key=lambda each: (each.count, each.n)):
        weights = _poisson(draw, cluster.tasks)
        totals = [total + weight * cluster.n for total, weight in zip(totals, weights, strict=True)]
        if cluster.count:
            counts = [total + weight * cluster.count for total, weight in zip(counts, weights, strict=True)]
    rates = sorted(count / total for count, total in zip(counts, totals, strict=True) if total)
    return rates[round(0.025 * (len(rates) - 1))], rates[round(0.975 * (len(rates) - 1))]


def _poisson(draw: random.Random, mean: int) -> list[int]:
    """``REPLICATES`` draws from Poisson(``mean``)."""
    first, below = _table(mean)
    chance, total, last = draw.random, below[-1], len(below) - 1
    return [first + bisect(below, chance() * total, 0, last) for _ in range(REPLICATES)]


@lru_cache(maxsize=1024)
def _table(mean: int) -> tuple[int, list[float]]:
    """The smallest value drawn and the summed weights from it on; cut where less than 1e-12 is left."""
    reach = 8 * math.sqrt(mean) + 12
    first = max(0, math.floor(mean - reach))
    weights = (math.exp(value * math.log(mean) - mean - math.lgamma(value + 1)) for value in range(first, math.ceil(mean + reach)))
    return first, list(accumulate(weights))
