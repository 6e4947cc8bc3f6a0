"""What changed between two models on the same tasks: both rates, their difference with an interval, and McNemar's exact test.

Attempts are paired: the first of A at a task with the first of B at it, and so on, as many as both have; both must be judged. So every
figure is over the same tasks with the same number of samples, and none is moved by a task that only one side tried.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec

from spectool.patterns.mcnemar import paired_p
from spectool.results.interval import FEWEST_OF_A_KIND, Z_95, Cluster, Rate, bootstrap, rate_of
from spectool.results.mean import Total

SIGNIFICANT = 0.05


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """``tasks`` tasks that look alike: of ``pairs`` pairs of attempts each, ``before`` show it in A and ``after`` in B."""

    before: int
    after: int
    pairs: int
    tasks: int = 1


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """How often something is so in A (``before``) and in B (``after``), over the same pairs of attempts at ``tasks`` tasks.

    ``difference`` = B - A, a fraction between -1 and 1, with its 95 % interval, made as ``method`` says; ``None`` without a pair. ``up``
    tasks show it in a larger share of their pairs in B than in A, ``down`` in a smaller one; ``p`` is McNemar's (``paired_p``).
    """

    tasks: int
    before: Rate
    after: Rate
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    method: str = "none"
    up: int = 0
    down: int = 0
    p: float = 1.0


def change_of(tallies: Iterable[Tally]) -> Change:
    """The change over tasks.

    The interval draws tasks again with all their pairs (a bootstrap with a fixed seed). With fewer than ten tasks that differ, percentiles
    mislead (with none they would shrink to a point); there it is the adjusted Wald interval for paired differences, over tasks.
    """
    drawn = sorted((each for each in tallies if each.pairs and each.tasks), key=lambda each: (each.pairs, each.before, each.after))
    before = rate_of([Cluster(count=each.before, n=each.pairs, tasks=each.tasks) for each in drawn])
    after = rate_of([Cluster(count=each.after, n=each.pairs, tasks=each.tasks) for each in drawn])
    tasks = sum(each.tasks for each in drawn)
    if not tasks:
        return Change(tasks=0, before=before, after=after)
    up = sum(each.tasks for each in drawn if each.after > each.before)
    down = sum(each.tasks for each in drawn if each.after < each.before)
    rare = up + down < FEWEST_OF_A_KIND
    low, high = adjusted_wald(drawn) if rare else bootstrap(_differences(drawn))
    return Change(
        tasks=tasks,
        before=before,
        after=after,
        difference=(after.count - before.count) / before.n,
        low=low,
        high=high,
        method="adjusted Wald over tasks" if rare else "bootstrap by task",
        up=up,
        down=down,
        p=paired_p((each.after - each.before, each.tasks) for each in drawn),
    )


def _differences(tallies: Sequence[Tally]) -> list[Total]:
    return [Total(count=each.after - each.before, n=each.pairs, tasks=each.tasks) for each in tallies]


def adjusted_wald(tallies: Sequence[Tally]) -> tuple[float, float]:
    """The 95 % interval of the mean difference over tasks, with one task more on each side: wide enough where few tasks differ, or none.

    Source: Bonett and Price 2012, "Adjusted Wald confidence interval for a difference of binomial proportions based on paired data".
    """
    n = sum(each.tasks for each in tallies) + 2
    up = (1 + sum(max(0, each.after - each.before) / each.pairs * each.tasks for each in tallies)) / n
    down = (1 + sum(max(0, each.before - each.after) / each.pairs * each.tasks for each in tallies)) / n
    half = Z_95 * math.sqrt((up + down - (up - down) ** 2) / n)
    return max(-1.0, up - down - half), min(1.0, up - down + half)
