"""Is a rate higher inside a group of tasks than outside of it? A studentised permutation test over tasks, and many such tests at once.

Whole tasks change sides, so that however alike the calls of a trajectory and the samples of a task are, the test keeps its level. The
statistic is the difference of the two rates in units of its own standard error, clustered by task: where tasks inside have more
opportunities than those outside, the plain difference would reject too often.

Source: Chung & Romano 2013, "Exact and asymptotically robust permutation tests"; Besag & Clifford 1991, "Sequential Monte Carlo p-values";
Benjamini & Hochberg 1995.
"""

from __future__ import annotations

from typing import Any

SEED = 20241113
DRAWS = 9_999
BATCH = 500
# Seen so often, a p-value is known well enough (about a fifth of itself), and large.
ENOUGH = 20


def p_value(found: Any, places: Any, inside: Any) -> float:
    """How probable so large an excess inside would be if the tasks inside were drawn at random; one-sided.

    Args:
        found: findings of each task, an array.
        places: its opportunities, an array, each > 0.
        inside: whether it is inside, an array of bools.
    """
    import numpy as np

    shapes, which = np.unique(np.stack([found, places], axis=1).astype(np.int64), axis=0, return_inverse=True)
    everywhere = np.bincount(which.ravel(), minlength=len(shapes))
    observed = np.bincount(which.ravel()[inside], minlength=len(shapes))
    # Tasks that look alike are drawn together, the most frequent first: then a small slice is soon complete.
    frequent = np.argsort(-everywhere, kind="stable")
    shapes, everywhere, observed = shapes[frequent], everywhere[frequent], observed[frequent]
    threshold = _statistic(observed[None, :], everywhere, shapes)[0] - 1e-9
    draw, seen = np.random.default_rng(SEED), 0
    for start in range(0, DRAWS, BATCH):
        size = min(BATCH, DRAWS - start)
        drawn = draw.multivariate_hypergeometric(everywhere, int(observed.sum()), size=size, method="marginals")
        reached = seen + np.cumsum(_statistic(drawn, everywhere, shapes) >= threshold)
        if reached[-1] >= ENOUGH:
            return ENOUGH / (start + int(np.searchsorted(reached, ENOUGH)) + 1)
        seen = int(reached[-1])
    return (seen + 1) / (DRAWS + 1)


def _statistic(inside: Any, everywhere: Any, shapes: Any) -> Any:
    """Difference of the rates by its standard error, a row of ``inside`` (tasks of each shape) each."""
    import numpy as np

    found, places = shapes[:, 0].astype(float), shapes[:, 1].astype(float)
    moments = np.stack([found, places, found * found, found * places, places * places], axis=1)
    sums = inside @ moments
    here, spread_here = _rate(sums)
    there, spread_there = _rate(everywhere @ moments - sums)
    return (here - there) / np.sqrt(spread_here + spread_there + 1e-12)


def _rate(sums: Any) -> tuple[Any, Any]:
    """The pooled rate and its variance between tasks, from the sums of f, p, ff, fp, pp."""
    found, places, squares, products, sizes = sums.T
    rate = found / places
    return rate, (squares - 2 * rate * products + rate * rate * sizes).clip(0) / places**2
