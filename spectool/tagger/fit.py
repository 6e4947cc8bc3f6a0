"""Training: three disjoint groups of questions, one to fit the trees, one to calibrate their scores, one to set the tiers."""

from __future__ import annotations

import hashlib
import platform
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from spectool import __version__
from spectool.tagger.examples import Example
from spectool.tagger.features.registry import Unit, names
from spectool.tagger.forest import Forest, Tree
from spectool.tagger.scale import PRECISION, scale_of
from spectool.tagger.scoring import alone
from spectool.tagger.tagger_model import VERSION, Head, Sight, TaggerError, TaggerModel, Training
from spectool.tagger.truth import UNIT_OF, Pattern

SEED = 0
# Fewer wrong units than these teach nothing that holds elsewhere.
MIN_WRONG = 15
# Right units are many and alike: of more than these, and more than a few for each wrong one, a sample is taken and weighted up.
MAX_RIGHT, RIGHT_FOR_WRONG = 6_000, 2
# A model's category of so many trajectories, of which more than this share are wrong, is not learnt from.
MIN_CELL, MAX_WRONG = 20, 0.9
# Small trees, strongly held back: what they learn of one benchmark must carry to another.
SETTINGS: Mapping[str, Any] = {
    "max_iter": 60,
    "learning_rate": 0.1,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 30,
    "l2_regularization": 5.0,
    "max_bins": 32,
    "early_stopping": False,
}
# Of twenty parts of the questions, those below the first number fit, those below the second calibrate, the others set the tiers.
FIT, CALIBRATE, PARTS = 14, 17, 20

Tell = Callable[[str], None]


def fit(examples: Sequence[Example], *, name: str, data: str, seed: int = SEED, tell: Tell = lambda _: None) -> TaggerModel:
    """A tagger trained on ``examples``; a pattern with too few positive ones is left out.

    Raises:
        TaggerError: no pattern has enough.
    """
    parts = [part_of(each.group, seed) for each in examples]
    told = telling(examples)
    fitted, calibrated, tiered = (
        [each for each, part, tells in zip(examples, parts, told, strict=True) if tells and part == wanted] for wanted in range(3)
    )
    heads: dict[str, Head] = {}
    for pattern, unit in UNIT_OF.items():
        rows, wrong = _labelled(fitted, pattern, unit)
        if sum(wrong) < MIN_WRONG:
            tell(f"{pattern}: left out, {sum(wrong)} wrong of {len(wrong)}; expected at least {MIN_WRONG} to fit it on")
            continue
        forest = _forest(rows, wrong, unit, seed)
        scales = {sight: scale_of(forest, pattern, sight, calibrated, tiered) for sight in ("alone", "beside")}
        if any(scale is None for scale in scales.values()):
            tell(f"{pattern}: left out, nothing to calibrate it on")
            continue
        kept: dict[Sight, Any] = {"alone": scales["alone"], "beside": scales["beside"]}
        heads[pattern] = Head(forest=forest, scales=kept, rows=len(wrong), wrong=sum(wrong))
        tell(f"{pattern}: fitted on {len(wrong):,} places, {sum(wrong):,} of them wrong")
    if not heads:
        raise TaggerError(
            "expected outputs with gold of which the rules leave some wrong ones clean, got too few; give more result folders"
        )
    units: tuple[Unit, ...] = ("argument", "call", "trajectory")
    return TaggerModel(
        version=VERSION,
        name=name,
        features={unit: names(unit) for unit in units},
        heads=heads,
        training=_training(examples, data, seed),
    )


def telling(examples: Sequence[Example]) -> list[bool]:
    """For each example, whether its model does something right in its category: where all is wrong, being wrong looks like the category."""
    slips: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for each in examples:
        slips[each.model, each.category].append(any(each.labels.values()))
    mute = {cell for cell, wrong in slips.items() if len(wrong) >= MIN_CELL and sum(wrong) > MAX_WRONG * len(wrong)}
    return [(each.model, each.category) not in mute for each in examples]


def part_of(group: str, seed: int) -> int:
    """The part of a question: 0 fits, 1 calibrates, 2 sets the tiers."""
    drawn = int(hashlib.sha256(f"{seed}:{group}".encode()).hexdigest(), 16) % PARTS
    return 0 if drawn < FIT else 1 if drawn < CALIBRATE else 2


def _labelled(examples: Iterable[Example], pattern: Pattern, unit: Unit) -> tuple[list[tuple[float, ...]], list[bool]]:
    rows = [row for each in examples for row in each.rows[unit] if pattern in row.labels]
    return [row.features for row in rows], [row.labels[pattern] for row in rows]


def _forest(rows: list[tuple[float, ...]], wrong: list[bool], unit: Unit, seed: int) -> Forest:
    import numpy as np
    from sklearn.ensemble import HistGradientBoostingClassifier

    labels = np.asarray(wrong)
    draw = np.random.default_rng(seed)
    right = np.flatnonzero(~labels)
    kept = min(len(right), max(MAX_RIGHT, RIGHT_FOR_WRONG * int(labels.sum())))
    chosen = np.sort(np.concatenate([np.flatnonzero(labels), draw.choice(right, kept, replace=False)]))
    weights = np.where(labels[chosen], 1.0, len(right) / max(kept, 1))
    given = np.asarray([rows[place] for place in chosen], dtype=np.float64)
    hidden = draw.random(len(chosen)) < 0.5  # so that the trees learn to do without other attempts
    given[hidden] = alone(unit, given[hidden])
    learner = HistGradientBoostingClassifier(**SETTINGS, random_state=seed).fit(given, labels[chosen], sample_weight=weights)
    return exported(learner)


def exported(learner: Any) -> Forest:
    """The trees of a fitted ``HistGradientBoostingClassifier`` of two classes as plain lists."""
    return Forest(base=float(learner._baseline_prediction.ravel()[0]), trees=tuple(_tree(each[0].nodes) for each in learner._predictors))


def _tree(nodes: Any) -> Tree:
    values = [float(value) for value in nodes["value"]]
    for node in reversed(range(len(nodes))):
        if not nodes["is_leaf"][node]:
            sides = (int(nodes["left"][node]), int(nodes["right"][node]))
            counts = [float(nodes["count"][side]) for side in sides]
            values[node] = sum(count * values[side] for count, side in zip(counts, sides, strict=True)) / sum(counts)
    inner = [not leaf for leaf in nodes["is_leaf"]]
    return Tree(
        feature=tuple(int(each) if is_inner else 0 for each, is_inner in zip(nodes["feature_idx"], inner, strict=True)),
        threshold=tuple(float(f"{each:.9g}") if is_inner else 0.0 for each, is_inner in zip(nodes["num_threshold"], inner, strict=True)),
        left=tuple(int(each) if is_inner else 0 for each, is_inner in zip(nodes["left"], inner, strict=True)),
        right=tuple(int(each) if is_inner else 0 for each, is_inner in zip(nodes["right"], inner, strict=True)),
        value=tuple(float(f"{each:.6g}") for each in values),
    )


def _training(examples: Sequence[Example], data: str, seed: int) -> Training:
    import sklearn

    return Training(
        data=data,
        models=tuple(sorted({each.model for each in examples})),
        trajectories=len(examples),
        questions=len({each.group for each in examples}),
        seed=seed,
        precision=dict(PRECISION),
        versions={"spectool": __version__, "scikit-learn": sklearn.__version__, "python": platform.python_version()},
    )
