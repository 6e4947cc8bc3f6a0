"""Means of fractions with a 95 % interval: tasks are what is drawn, since the attempts at one task resemble each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from spectool.results.interval import FEWEST_OF_A_KIND, bootstrap, wilson


class Mean(msgspec.Struct, frozen=True, kw_only=True):
    """The mean of ``n`` fractions 0-1 that belong to ``tasks`` tasks, made as ``method`` says; ``None`` when there is none."""

    n: int
    tasks: int = 0
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    method: str = "none"


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """``tasks`` tasks that look alike: ``n`` fractions each, which sum to ``count``."""

    count: float
    n: int
    tasks: int = 1


def mean_of(tasks: Iterable[Sequence[float]]) -> Mean:
    """The mean over all fractions of all tasks.

    The interval draws tasks again (a bootstrap with a fixed seed). With fewer than ten tasks above 0, or below 1, percentiles mislead;
    there it is Wilson's with tasks as trials: no fractions of that mean vary more than those that are 0 or 1, so it is wide enough.
    """
    alike = Counter((round(sum(values), 12), len(values)) for values in tasks if values)
    totals = [Total(count=count, n=n, tasks=times) for (count, n), times in alike.items()]
    n, drawn = sum(each.n * each.tasks for each in totals), sum(each.tasks for each in totals)
    if not n:
        return Mean(n=0)
    mean = min(1.0, sum(each.count * each.tasks for each in totals) / n)
    above = sum(each.tasks for each in totals if each.count > 0)
    below = sum(each.tasks for each in totals if each.count < each.n)
    if min(above, below) < FEWEST_OF_A_KIND:
        low, high = wilson(mean, drawn)
        return Mean(n=n, tasks=drawn, mean=mean, low=low, high=high, method="wilson over tasks")
    low, high = bootstrap(totals)
    return Mean(n=n, tasks=drawn, mean=mean, low=low, high=high, method="bootstrap by task")
