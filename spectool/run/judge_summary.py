"""What a judge said of a folder, by pattern: how often it found the error, of how many usable answers, and what was not answered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from spectool.results.agreement import Pair
from spectool.results.interval import Cluster, Rate, rate_of
from spectool.run.journal import Totals
from spectool.run.judge_agreement import held_against_people
from spectool.run.judge_journal import JudgeConfig, Judgement
from spectool.run.judge_prompt import PATTERNS
from spectool.run.outputs import Kept


class PatternJudged(msgspec.Struct, frozen=True, kw_only=True):
    """One pattern in one ``judged_model``: ``found`` of the trajectories with a usable answer, with an interval clustered by task.

    ``unusable``, ``skipped`` (nothing to judge) and ``failed`` (the engine gave no answer) are neither found nor clean; each by reason.
    """

    judged_model: str
    error: str
    found: Rate
    unusable: Mapping[str, int]
    skipped: Mapping[str, int]
    failed: Mapping[str, int]


class JudgeSummary(msgspec.Struct, frozen=True, kw_only=True):
    """All answers in the folder; ``kept`` were there before, ``damaged`` ones were asked again, ``totals`` are of this sitting.

    ``shortened`` counts the usable answers about a record that was cut to the budget. ``agreement`` is that with each person's
    labels, by pattern; empty: it is not measured.
    """

    folder: str
    model: str
    engine: str
    budget: int
    kept: int
    damaged: int
    totals: Totals
    trajectories: int
    patterns: tuple[PatternJudged, ...]
    shortened: int = 0
    agreement: tuple[Pair, ...] = ()


def summarise(folder: Path, config: JudgeConfig, kept: Kept, totals: Totals, judgements: Iterable[Judgement]) -> JudgeSummary:
    """Counts the answers."""
    by_pattern: defaultdict[tuple[str, int], _Counts] = defaultdict(_Counts)
    keys: set[str] = set()
    shortened = 0
    for each in judgements:
        by_pattern[each.model, PATTERNS.index(each.error)].add(each)
        keys.add(each.key)
        shortened += each.outcome in ("found", "nothing") and each.left_out > 0
    return JudgeSummary(
        folder=str(folder),
        model=config.model,
        engine=config.engine,
        budget=config.budget,
        kept=len(kept.done),
        damaged=kept.damaged,
        totals=totals,
        trajectories=len(keys),
        patterns=tuple(counts.summary(model, PATTERNS[place]) for (model, place), counts in sorted(by_pattern.items())),
        shortened=shortened,
        agreement=held_against_people(folder) if keys else (),
    )


class _Counts:
    """What was said of one pattern; ``tasks`` holds found and usable answers by task."""

    def __init__(self) -> None:
        self.tasks: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.reasons: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, judgement: Judgement) -> None:
        if judgement.outcome in ("found", "nothing"):
            of_task = self.tasks[judgement.task]
            of_task[0] += judgement.outcome == "found"
            of_task[1] += 1
        else:
            self.reasons[judgement.outcome][judgement.reason] += 1

    def summary(self, model: str, code: str) -> PatternJudged:
        alike = Counter(map(tuple, self.tasks.values()))
        rate = rate_of([Cluster(count=count, n=n, tasks=tasks) for (count, n), tasks in sorted(alike.items())])
        reasons = {name: dict(self.reasons[name].most_common()) for name in ("unusable", "skipped", "failed")}
        return PatternJudged(judged_model=model, error=code, found=rate, **reasons)
