"""How much more often than by chance, with an interval that knows about tasks.

The test asks whether tasks show more than each would by chance: the sum of their differences by the root of the sum of their squares. The
interval is that of the logarithm of the ratio, whose standard error comes from the share that each task has in it (the linearisation, or
delta method, that clustered standard errors rest on). Where all tasks are alike that error is 0, so the test's own bounds it from below.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from spectool.patterns.false_discovery import q_values
from spectool.patterns.graphs_parts import MAX_EDGES, Followed, Lift, Together
from spectool.results.interval import FEWEST_OF_A_KIND, Z_95

Lifted = TypeVar("Lifted", Together, Followed)


def lift_of(count: int, expected: float, tasks: int, variance: float, squares: float) -> Lift:
    """The lift of ``count`` over ``expected``.

    Args:
        count: how often it was seen.
        expected: how often by chance.
        tasks: that show it.
        variance: of the logarithm of the lift, linearised.
        squares: summed over tasks, of what a task shows less what it would by chance.
    """
    if not expected:
        return Lift(count=count, expected=expected, tasks=tasks)
    ratio = count / expected
    if tasks < FEWEST_OF_A_KIND:
        return Lift(count=count, expected=expected, tasks=tasks, lift=ratio)
    error = math.sqrt(max(variance, squares / count**2))
    low, high = (ratio * math.exp(sign * Z_95 * error) for sign in (-1, 1))
    p = math.erfc(abs(count - expected) / math.sqrt(2 * squares)) if squares else 1.0
    return Lift(count=count, expected=expected, tasks=tasks, lift=ratio, low=low, high=high, p=p)


def corrected(graphs: Sequence[Sequence[Lifted]]) -> list[list[Lifted]]:
    """The edges of all graphs of one kind, each with its ``q``: they were tested together."""
    q_of = iter(q_values([each.lift.p for edges in graphs for each in edges if each.lift.p is not None]))
    return [[_with(each, next(q_of)) if each.lift.p is not None else each for each in edges] for edges in graphs]


def _with(edge: Lifted, q: float) -> Lifted:
    return msgspec.structs.replace(edge, lift=msgspec.structs.replace(edge.lift, q=q))


def most(edges: Iterable[Any], count: Any) -> tuple[tuple[Any, ...], int]:
    """The edges of a graph, the largest ``count`` first, ties by name; and how many are left out."""
    ranked = sorted(edges, key=lambda each: (-count(each), each.source, each.target))
    return tuple(ranked[:MAX_EDGES]), max(0, len(ranked) - MAX_EDGES)
