"""How far a judge agrees with people: to be measured on labelled trajectories before anything it says is taken for likely."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from spectool.model import Opinion, Tier
from spectool.results.agreement import Pair, agree
from spectool.results.agreement_measures import Figure, Square, kappa, precision, recall
from spectool.results.interval import Rate
from spectool.results.labels import Labels
from spectool.results.labels_file import LabelsError
from spectool.run.judge_prompt import PATTERNS

# What is a yes of a judge, whose findings are candidates all.
SEEN: tuple[Tier, ...] = ("certain", "likely", "candidate")


class JudgeAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """One pattern over the ``n`` trajectories that people labelled and the judge gave a usable answer to.

    ``both`` and ``neither`` say whether they see the error, ``judge_only`` and ``label_only`` who does alone; ``unanswered`` labelled
    trajectories have no usable answer and stand in no other figure. ``precision`` is of what the judge found, ``recall`` of what people
    saw; ``kappa`` is Cohen's. Each trajectory counts as a task of its own.
    """

    error: str
    n: int
    both: int
    judge_only: int
    label_only: int
    neither: int
    unanswered: int
    precision: Rate
    recall: Rate
    kappa: Figure


def judge_agreement(opinions: Iterable[Opinion], labels: Mapping[tuple[str, str], bool]) -> tuple[JudgeAgreement, ...]:
    """The agreement by pattern, in the order of the taxonomy; patterns without a label are left out.

    Args:
        opinions: of the judge; those about what nobody labelled are not used.
        labels: by trajectory key and pattern, whether people see the error there.
    """
    answers = {(each.key, each.error): each.tier is not None for each in opinions if each.skipped is None}
    counts: defaultdict[str, Counter[tuple[bool | None, bool]]] = defaultdict(Counter)
    for (key, code), seen in labels.items():
        counts[code][answers.get((key, code)), seen] += 1
    return tuple(_agreement(code, counts[code]) for code in PATTERNS if code in counts)


def _agreement(code: str, counts: Mapping[tuple[bool | None, bool], int]) -> JudgeAgreement:
    both, judge_only, label_only, neither = (counts[pair] for pair in ((True, True), (True, False), (False, True), (False, False)))
    squares = [
        Square(both=1, tasks=both),
        Square(left=1, tasks=judge_only),
        Square(right=1, tasks=label_only),
        Square(neither=1, tasks=neither),
    ]
    squares = [each for each in squares if each.tasks]
    return JudgeAgreement(
        error=code,
        n=both + judge_only + label_only + neither,
        both=both,
        judge_only=judge_only,
        label_only=label_only,
        neither=neither,
        unanswered=counts[None, True] + counts[None, False],
        precision=precision(squares),
        recall=recall(squares),
        kappa=kappa(squares),
    )


def held_against_people(folder: Path) -> tuple[Pair, ...]:
    """The judge of a result folder against each person who labelled in it, by pattern; empty where nobody did, or not what it judged."""
    try:
        found = agree(folder, tiers=SEEN, patterns=PATTERNS) if Labels(folder).annotators() else None
    except LabelsError:
        return ()
    return tuple(pair for pair in found.pairs if pair.left == "judge" and pair.error and pair.n) if found else ()
