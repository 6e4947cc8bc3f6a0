"""How far two or more sides agree, beyond chance, with 95 % intervals: tasks are drawn again, since attempts at one resemble each other.

Every measure is a function of sums over tasks. Two sides: how many units both see, left only, right only, neither. Several sides: how many
answers are yes, how many no, and how far answers about one unit differ.

Source: Cohen 1960, "A coefficient of agreement for nominal scales"; Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from spectool.results.interval import FEWEST_OF_A_KIND, REPLICATES, SEED, Cluster, Rate, rate_of, wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sums = NDArray[np.float64]
    # Observed and expected disagreement, of sums in the last axis.
    Parts = Callable[[Sums], tuple[Sums, Sums]]


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A measure over ``n`` units with its 95 % interval, made as ``method`` says; no ``value`` where chance alone agrees always."""

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    method: str = "none"


class Square(msgspec.Struct, frozen=True, kw_only=True):
    """``tasks`` tasks that look alike: units of each that both sides see, one does, or none."""

    both: int = 0
    left: int = 0
    right: int = 0
    neither: int = 0
    tasks: int = 1


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """``tasks`` tasks that look alike: the ``units`` of each with two answers or more, which are ``yes`` or ``no``.

    ``apart``: over all units, pairs of different answers (each pair twice) by one less than the answers of that unit.
    """

    units: int = 0
    yes: int = 0
    no: int = 0
    apart: float = 0.0
    tasks: int = 1


def precision(squares: Sequence[Square]) -> Rate:
    """Of what the left side sees, how much the right side sees, too."""
    return rate_of([Cluster(count=each.both, n=each.both + each.left, tasks=each.tasks) for each in squares])


def recall(squares: Sequence[Square]) -> Rate:
    """Of what the right side sees, how much the left side sees, too."""
    return rate_of([Cluster(count=each.both, n=each.both + each.right, tasks=each.tasks) for each in squares])


def f1(squares: Sequence[Square]) -> Figure:
    """The harmonic mean of both. It rises with the share ``j`` of what both see in what any sees, as 2j / (1 + j), and so do its bounds."""
    share = rate_of([Cluster(count=each.both, n=each.both + each.left + each.right, tasks=each.tasks) for each in squares])
    value, low, high = (None if each is None else 2 * each / (1 + each) for each in (share.rate, share.low, share.high))
    return Figure(n=_units(squares), value=value, low=low, high=high, method=share.method)


def kappa(squares: Sequence[Square]) -> Figure:
    """Cohen's kappa of two sides' yes or no."""
    sums = [(each.both, each.left, each.right, each.neither) for each in squares]
    return _beyond_chance(_units(squares), sums, [each.tasks for each in squares], cohen)


def alpha(answers: Sequence[Answers]) -> Figure:
    """Krippendorff's alpha of any number of sides' yes or no, some of which may have said nothing of a unit."""
    sums = [(each.yes, each.no, each.apart) for each in answers]
    return _beyond_chance(sum(each.units * each.tasks for each in answers), sums, [each.tasks for each in answers], krippendorff)


def as_answers(squares: Sequence[Square]) -> list[Answers]:
    """Two sides' squares as alpha counts them."""
    return [
        Answers(
            units=each.both + each.left + each.right + each.neither,
            yes=2 * each.both + each.left + each.right,
            no=2 * each.neither + each.left + each.right,
            apart=2.0 * (each.left + each.right),
            tasks=each.tasks,
        )
        for each in squares
    ]


def cohen(sums: Sums) -> tuple[Sums, Sums]:
    """Observed and expected disagreement of both, left, right, neither."""
    both, left, right, neither = (sums[..., place] for place in range(4))
    n, first, second = both + left + right + neither, both + left, both + right
    return (left + right) / n, (first * (n - second) + (n - first) * second) / (n * n)


def krippendorff(sums: Sums) -> tuple[Sums, Sums]:
    """Observed and expected disagreement of yes, no, apart."""
    yes, no, apart = (sums[..., place] for place in range(3))
    n = yes + no
    return apart / n, 2 * yes * no / (n * (n - 1))


def _units(squares: Sequence[Square]) -> int:
    return sum((each.both + each.left + each.right + each.neither) * each.tasks for each in squares)


def _beyond_chance(n: int, sums: Sequence[Sequence[float]], tasks: Sequence[int], parts: Parts) -> Figure:
    """One less the disagreement as a share of what chance would give.

    With fewer than ten tasks that disagree somewhere, or that agree somewhere, percentiles mislead; there the bounds are those of Wilson's
    interval for the disagreement, with tasks as trials and chance's share as it was seen.
    """
    import numpy as np

    if not n:
        return Figure(n=0)
    table, weights = np.asarray(sums, float), np.asarray(tasks)
    with np.errstate(divide="ignore", invalid="ignore"):
        observed, expected = (float(part) for part in parts(weights @ table))
        if not expected > 0:
            return Figure(n=n)
        apart = parts(table)[0]
        value = 1 - observed / expected
        if min(weights[apart > 0].sum(), weights[apart < 1].sum()) < FEWEST_OF_A_KIND:
            low, high = wilson(observed, int(weights.sum()))
            bounds = max(-1.0, 1 - high / expected), 1 - low / expected
            return Figure(n=n, value=value, low=bounds[0], high=bounds[1], method="wilson over tasks")
        drawn = np.random.default_rng(SEED).multinomial(weights.sum(), weights / weights.sum(), size=REPLICATES)
        observed_again, expected_again = parts(drawn @ table)
        values = 1 - observed_again / expected_again
    low, high = np.percentile(values[np.isfinite(values)], [2.5, 97.5])
    return Figure(n=n, value=value, low=float(low), high=float(high), method="bootstrap by task")
