"""From scores to probabilities (Platt's scaling), and from probabilities to tiers by the precision they reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from spectool.results.interval import wilson
from spectool.tagger.examples import Example
from spectool.tagger.forest import Forest
from spectool.tagger.scoring import scores
from spectool.tagger.tagger_model import EDGE, Scale, Sight
from spectool.tagger.truth import Pattern

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# The precision that each tier reaches, at the lower end of its 95 % interval, on questions that were neither fitted nor calibrated on; that
# of candidates is of them alone.
PRECISION: Mapping[str, float] = {"likely": 0.8, "candidate": 0.4}
# Flagged trajectories from which a precision is read.
MIN_FLAGGED = 20
# Trajectories of either kind from which a calibration is read.
MIN_EITHER = 3


def scale_of(forest: Forest, pattern: Pattern, sight: Sight, calibrated: Sequence[Example], tiered: Sequence[Example]) -> Scale | None:
    """How the scores of a forest are to be read; ``None`` where there is too little to tell by.

    Source: Platt (1999), "Probabilistic outputs for support vector machines".
    """
    from sklearn.linear_model import LogisticRegression

    said, wrong = _judged(forest, pattern, sight, calibrated)
    if min(wrong.sum(), (~wrong).sum()) < MIN_EITHER:
        return None
    line = LogisticRegression(C=1e3, max_iter=1_000).fit(_log_odds(said).reshape(-1, 1), wrong)
    plain = Scale(
        slope=max(float(line.coef_[0, 0]), 1e-3),
        intercept=float(line.intercept_[0]),
        likely=None,
        candidate=None,
        calibrated_on=(len(wrong), int(wrong.sum())),
        thresholded_on=(0, 0),
    )
    held, right = _judged(forest, pattern, sight, tiered)
    chances = [plain.calibrated(float(each)) for each in held]
    ranked = sorted(zip(chances, map(bool, right), strict=True), reverse=True)
    likely = threshold(ranked, PRECISION["likely"])
    candidate = threshold([each for each in ranked if likely is None or each[0] < likely], PRECISION["candidate"])
    return msgspec.structs.replace(plain, likely=likely, candidate=candidate, thresholded_on=(len(right), int(right.sum())))


def threshold(ranked: Sequence[tuple[float, bool]], precision: float) -> float | None:
    """The least probability from which so many of those flagged are wrong; ``None`` where none reaches it with ``MIN_FLAGGED``.

    The lower end of Wilson's interval must reach it: of many thresholds the luckiest would otherwise be taken.

    Args:
        ranked: probability, and whether it is wrong, the most probable first.
        precision: the share of wrong ones asked for.
    """
    best, hits = None, 0
    for place, (chance, is_wrong) in enumerate(ranked, 1):
        hits += is_wrong
        is_last = place == len(ranked) or ranked[place][0] < chance  # a tie is flagged whole
        if is_last and place >= MIN_FLAGGED and wilson(hits / place, place)[0] >= precision:
            best = chance
    return best


def _judged(forest: Forest, pattern: Pattern, sight: Sight, examples: Sequence[Example]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    import numpy as np

    judged = [each for each in examples if pattern in each.labels]
    return scores(forest, pattern, sight, judged), np.asarray([each.labels[pattern] for each in judged], dtype=bool)


def _log_odds(said: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    held = np.clip(said, EDGE, 1 - EDGE)
    odds: NDArray[np.float64] = np.log(held / (1 - held))
    return odds
