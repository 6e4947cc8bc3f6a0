"""How well scores tell wrong outputs from right ones: within a model's category, then averaged; reliability over all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Wrong and right outputs that a model's category must have to be measured.
MIN_EITHER = 5
FLAGGED = 0.1
BINS = 10
REPLICATES, SEED = 200, 0


class Measured(NamedTuple):
    """Means over cells: AUROC with its 95 % interval (questions drawn anew), AUPRC, precision at 10 % flagged, share of wrong ones."""

    cells: int
    outputs: int
    wrong: int
    auroc: float
    low: float
    high: float
    auprc: float
    precision: float
    base: float


class Bin(NamedTuple):
    """Outputs whose probability lies in one tenth: how many, the mean probability, the share that is wrong."""

    outputs: int
    said: float
    wrong: float


def measured(cells: Sequence[Any], groups: Sequence[str], wrong: Sequence[bool], scores: Sequence[float]) -> Measured | None:
    """The figures of one score; ``None`` where no cell has enough wrong and right outputs."""
    import numpy as np

    truth, said = np.asarray(wrong, dtype=bool), np.asarray(scores, dtype=float)
    chosen = [part for part in _parts(cells) if MIN_EITHER <= truth[part].sum() <= len(part) - MIN_EITHER]
    if not chosen:
        return None
    plain = np.ones(len(truth))
    each = [(auroc(truth[part], said[part], plain[part]), *_ranked(truth[part], said[part])) for part in chosen]
    low, high = _interval(chosen, groups, truth, said)
    means = [float(np.mean(column)) for column in zip(*each, strict=True)]
    outputs, hits = sum(map(len, chosen)), int(sum(truth[part].sum() for part in chosen))
    base = float(np.mean([truth[part].mean() for part in chosen]))
    return Measured(len(chosen), outputs, hits, means[0], low, high, means[1], means[2], base)


def _parts(cells: Sequence[Any]) -> list[Any]:
    import numpy as np

    found: defaultdict[Any, list[int]] = defaultdict(list)
    for place, cell in enumerate(cells):
        found[cell].append(place)
    return [np.asarray(places) for _, places in sorted(found.items())]


def auroc(wrong: NDArray[np.bool_], said: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """The chance that a wrong output scores above a right one; a tie counts half."""
    import numpy as np

    levels, place = np.unique(said, return_inverse=True)
    right = np.bincount(place, weights * ~wrong, len(levels))
    below = np.cumsum(right) - right / 2
    pairs = (weights * wrong).sum() * right.sum()
    return float((weights * wrong * below[place]).sum() / pairs) if pairs else float("nan")


def cell_auroc(wrong: Sequence[bool], said: Sequence[float]) -> float | None:
    """The AUROC of one cell; ``None`` where it has too few wrong or right outputs."""
    import numpy as np

    if not MIN_EITHER <= sum(wrong) <= len(wrong) - MIN_EITHER:
        return None
    return auroc(np.asarray(wrong, dtype=bool), np.asarray(said, dtype=float), np.ones(len(wrong)))


def _ranked(wrong: NDArray[np.bool_], said: NDArray[np.float64]) -> tuple[float, float]:
    """AUPRC, and precision among the tenth that scores highest (those that tie at its end count by their share)."""
    import numpy as np
    from sklearn.metrics import average_precision_score

    room = max(1, round(FLAGGED * len(said)))
    hits, taken = 0.0, 0
    for level in np.unique(said)[::-1]:
        tied = said == level
        used = min(room - taken, int(tied.sum()))
        hits, taken = hits + used * float(wrong[tied].mean()), taken + used
        if taken == room:
            break
    return float(average_precision_score(wrong, said)), hits / room


def _interval(parts: Sequence[Any], groups: Sequence[str], wrong: NDArray[np.bool_], said: NDArray[np.float64]) -> tuple[float, float]:
    import numpy as np

    _, place = np.unique(np.asarray(groups), return_inverse=True)
    draw = np.random.default_rng(SEED)
    means = []
    for _ in range(REPLICATES):
        counts = np.bincount(draw.integers(0, place.max() + 1, place.max() + 1), minlength=place.max() + 1)
        weights = counts[place].astype(float)
        means.append(np.nanmean([auroc(wrong[part], said[part], weights[part]) for part in parts]))
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def reliability(wrong: Sequence[bool], chances: Sequence[float]) -> tuple[list[Bin], float]:
    """The reliability diagram as rows, and the expected calibration error (mean distance of said and seen, weighted by outputs)."""
    held: Mapping[int, list[int]] = defaultdict(list)
    for place, chance in enumerate(chances):
        held[min(int(chance * BINS), BINS - 1)].append(place)
    bins = [
        Bin(len(places), sum(chances[i] for i in places) / len(places), sum(wrong[i] for i in places) / len(places))
        for _, places in sorted(held.items())
    ]
    return bins, sum(each.outputs * abs(each.said - each.wrong) for each in bins) / max(len(chances), 1)
