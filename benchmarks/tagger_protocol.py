"""The tagger and its rivals on outputs of a model, and on questions, that they were not trained on."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from benchmarks.tagger_data import Kept, without
from spectool.tagger.examples import Example
from spectool.tagger.features.attempts import UNKNOWN
from spectool.tagger.fit import fit
from spectool.tagger.scoring import scores
from spectool.tagger.tagger_model import Head, Sight, TaggerModel
from spectool.tagger.truth import UNIT_OF, Pattern

FOLDS = 2
SIGHTS: tuple[Sight, ...] = ("alone", "beside")
ANY = "any"
PATTERNS: tuple[str, ...] = (*UNIT_OF, ANY)
Scores = dict[tuple[str, str], list[float]]


class Held(NamedTuple):
    """What was said of every output when it was held out, by (way, pattern): probabilities of ours, scores of the rivals.

    ``tiers`` holds ours: (sight, pattern) to one tier an output, ``None`` where nothing is said.
    """

    said: Scores
    tiers: dict[tuple[str, str], list[str | None]]


def held_out(every: Sequence[Kept], tell: Callable[[str], None]) -> Held:
    """Trains without one model and without one half of the questions, and scores that model's outputs to that half; for all of them."""
    said: Scores = defaultdict(lambda: [float("nan")] * len(every))
    tiers: dict[tuple[str, str], list[str | None]] = defaultdict(lambda: [None] * len(every))
    for model in sorted({each.example.model for each in every}):
        seen = [(each, without(each, model)) for each in every if each.example.model != model]
        for fold in range(FOLDS):
            tell(f"held out: {model}, questions {fold + 1} of {FOLDS}")
            train = [(each, example) for each, example in seen if fold_of(example) != fold]
            test = [at for at, each in enumerate(every) if each.example.model == model and fold_of(each.example) == fold]
            ours = fit([example for _, example in train], name="held out", data="")
            for key, values in (*_ours(ours, [every[at].example for at in test], tiers, test), *_rivals(train, [every[at] for at in test])):
                for at, value in zip(test, values, strict=True):
                    said[key][at] = value
    return Held(dict(said), dict(tiers))


def fold_of(example: Example) -> int:
    """The fold of a question: by its hash, so that all its runs and versions share it."""
    return int(hashlib.sha256(f"fold:{example.group}".encode()).hexdigest(), 16) % FOLDS


def is_wrong(example: Example, pattern: str) -> bool | None:
    """Whether an output has the pattern (``any``: one of the five); ``None`` where gold can not say."""
    if pattern == ANY:
        return any(example.labels.values()) if example.labels else None
    return example.labels.get(pattern)


def chances(model: TaggerModel, examples: Sequence[Example], sight: Sight) -> dict[str, list[float]]:
    """Each pattern's calibrated probability by output, and that of any, were they independent."""
    found = {pattern: _chances(head, pattern, examples, sight) for pattern in UNIT_OF if (head := model.heads.get(pattern)) is not None}
    none = [1.0] * len(examples)
    for values in found.values():
        none = [left * (1 - value) for left, value in zip(none, values, strict=True)]
    return found | {ANY: [1 - left for left in none]}


def _chances(head: Head, pattern: Pattern, examples: Sequence[Example], sight: Sight) -> list[float]:
    raw = scores(head.forest, pattern, sight, examples)
    has_unit = [bool(each.rows[UNIT_OF[pattern]]) for each in examples]
    scales = [head.scales[seen(each, sight)] for each in examples]
    return [scale.calibrated(float(score)) if there else 0.0 for scale, score, there in zip(scales, raw, has_unit, strict=True)]


def seen(example: Example, sight: Sight) -> Sight:
    """How the tagger sees an output: what has no other attempts is seen alone, whatever was meant."""
    return "alone" if example.rows["trajectory"][0].features[-1] == UNKNOWN else sight


def tier_of(model: TaggerModel, pattern: str, sight: Sight, example: Example, chance: float) -> str | None:
    """The tier that the tagger gives a probability; none of ``any``."""
    head = model.heads.get(pattern)
    return head.scales[seen(example, sight)].tier(chance) if head is not None and chance > 0 else None


def _ours(
    model: TaggerModel, examples: Sequence[Example], tiers: dict[tuple[str, str], list[str | None]], places: Sequence[int]
) -> Iterator[tuple[tuple[str, str], list[float]]]:
    for sight in SIGHTS:
        for pattern, values in chances(model, examples, sight).items():
            yield (sight, pattern), values
            for at, example, value in zip(places, examples, values, strict=True):
                tiers[sight, pattern][at] = tier_of(model, pattern, sight, example, value)


def _rivals(train: Sequence[tuple[Kept, Example]], test: Sequence[Kept]) -> Iterator[tuple[tuple[str, str], list[float]]]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(max_features=10_000, sublinear_tf=True)
    written, read = words.fit_transform([each.output for each, _ in train]), words.transform([each.output for each in test])
    for pattern in PATTERNS:
        known = [(at, wrong) for at, (_, example) in enumerate(train) if (wrong := is_wrong(example, pattern)) is not None]
        places, labels = [at for at, _ in known], [wrong for _, wrong in known]
        categories = [train[at][1].category for at in places]
        rates = Counter(categories), Counter(each for each, wrong in zip(categories, labels, strict=True) if wrong)
        yield ("majority", pattern), [0.0] * len(test)
        yield ("category", pattern), [rates[1][each.example.category] / max(rates[0][each.example.category], 1) for each in test]
        yield ("tfidf", pattern), _told_by_words(written[places], labels, read)
        yield ("disagreement", pattern), [each.disagreement for each in test]


def _told_by_words(written: Any, labels: Sequence[bool], read: Any) -> list[float]:
    from sklearn.linear_model import LogisticRegression

    if len(set(labels)) < 2:
        return [0.0] * read.shape[0]
    learner = LogisticRegression(C=3.0, class_weight="balanced", solver="liblinear").fit(written, labels)
    return [float(value) for value in learner.predict_proba(read)[:, 1]]
