"""McNemar's exact test for models tried on the same tasks, with one sample a task or several.

Under the null both models do equally well on each task, so whatever differs could as well differ the other way round: every task's
difference may change its sign. With one sample a task that is McNemar's test, a fair coin for each discordant task. With several it is
the same test over the counts of samples (Fisher and Pitman's): the sum of the differences, which is the difference of the two rates, is
held against all changes of sign. It is exact, so the rejection rate under the null stays at or below the nominal level, tasks alone are
what it counts as independent, and it never contradicts the sign of the difference that is shown.

Both sides must have the same number of samples of a task: 1 of 1 against 3 of 4 is no difference that may change its sign. Comparing
majorities is as exact but throws away most of what the samples tell; taking pairs of samples for tasks rejects too often where the models
differ task by task. `python -m benchmarks.compare` prints them, and two more, beside this one.

Source: McNemar 1947, "Note on the sampling error of the difference between correlated proportions"; Fisher 1935, "The Design of
Experiments", section 21.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

# A further term changes nothing a double can hold.
_NEGLIGIBLE = 1e-17
# Up to here whole numbers are as quick, and right to the last digit.
_SMALL = 200
# Of tasks whose differences are of several sizes: beyond it the sum is normal to three digits of p, and all changes of sign are many.
_ENUMERATED = 500


def paired_p(differences: Iterable[tuple[int, int]]) -> float:
    """The two-sided p-value; 1 where no task differs.

    Args:
        differences: ``(difference, tasks)``: so many tasks have so many samples more on one side than on the other (fewer: negative).
    """
    sizes: dict[int, list[int]] = {}
    for difference, tasks in differences:
        if difference:
            sizes.setdefault(abs(difference), [0, 0])[difference < 0] += tasks
    if len(sizes) <= 1:
        return exact(*next(iter(sizes.values()), (0, 0)))
    total = sum(size * (up - down) for size, (up, down) in sizes.items())
    return _sign_changes(abs(total), tuple(sorted((size, up + down) for size, (up, down) in sizes.items())))


@lru_cache(maxsize=65536)
def exact(up: int, down: int) -> float:
    """McNemar's two-sided p-value for ``up`` discordant tasks of one kind and ``down`` of the other; 1 where there is none.

    Raises:
        ValueError: a count is negative.
    """
    if up < 0 or down < 0:
        raise ValueError(f"expected counts of tasks, got {up} and {down}")
    tasks, fewer = up + down, min(up, down)
    if up == down:
        return 1.0
    if tasks <= _SMALL:
        ways: int = sum(math.comb(tasks, each) for each in range(fewer + 1))
        return min(1.0, float(2 * ways / 2**tasks))
    # C(n, k) / 2^n by logarithms, which hold any n; each further term down to k = 0 follows from the one before.
    term = math.exp(math.lgamma(tasks + 1) - math.lgamma(fewer + 1) - math.lgamma(tasks - fewer + 1) - tasks * math.log(2))
    total, place = 0.0, fewer
    while place >= 0 and term > _NEGLIGIBLE * total:
        total += term
        term *= place / (tasks - place + 1)
        place -= 1
    return min(1.0, 2 * total)


@lru_cache(maxsize=4096)
def _sign_changes(total: int, sizes: tuple[tuple[int, int], ...]) -> float:
    """How likely a sum at least as far from 0 as ``total`` is when each of ``(size, tasks)`` has a sign by chance."""
    if not total:
        return 1.0
    if sum(tasks for _, tasks in sizes) > _ENUMERATED:
        # Half a step nearer to 0, as sums are whole numbers two of the greatest common size apart.
        nearer = total - math.gcd(*(size for size, _ in sizes))
        return math.erfc(nearer / math.sqrt(2 * sum(size * size * tasks for size, tasks in sizes)))
    chances = [1.0]
    for size, tasks in sizes:
        gap = [0.0] * size
        for _ in range(tasks):
            chances = [(negative + positive) / 2 for negative, positive in zip(chances + gap, gap + chances, strict=True)]
    return min(1.0, 2 * sum(chances[(len(chances) - 1 + total) // 2 :]))
