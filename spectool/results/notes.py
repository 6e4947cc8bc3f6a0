"""What a reader must know before trusting the counts, said loudly: what was missing and which patterns therefore stayed unjudged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from spectool.results.summary import Counts, ModelSummary
from spectool.results.told import brief


def notes_of(counts: Counts, models: Sequence[ModelSummary]) -> tuple[str, ...]:
    """The notes of a run, most important first; empty when nothing was missing."""
    return (*_missing(counts, models), *oddities(counts))


def _missing(counts: Counts, models: Sequence[ModelSummary]) -> Iterator[str]:
    total = counts.trajectories
    if counts.without_tools:
        yield f"{_of(counts.without_tools, total)} have no tools{_cost(models, 'tool')}; pass --tools or --tasks"
    if counts.without_gold:
        yield f"{_of(counts.without_gold, total)} have no gold{_cost(models, 'gold')}; pass --tasks"


def oddities(counts: Counts) -> Iterator[str]:
    """What is strange about the input, beside tools and gold that it lacks."""
    for remark, count in counts.remarks.items():
        yield f"{_of(count, counts.trajectories)}: {remark}"
    if counts.tasks_given and not counts.tasks_used:
        yield f"none of the {counts.tasks_given:,} tasks matches an output by id: nothing was joined"
    elif counts.tasks_given > counts.tasks_used:
        yield f"{counts.tasks_given - counts.tasks_used:,} of {counts.tasks_given:,} tasks match no output"
    if counts.tasks_rejected:
        yield f"{counts.tasks_rejected:,} tasks could not be read; rejected.jsonl names each with its reason"
    if counts.duplicate_ids:
        yield f"{counts.duplicate_ids:,} of {counts.trajectories:,} trajectories repeat an id (same model, run and sample); all are counted"


def clustered(model: ModelSummary) -> Iterator[str]:
    """How the intervals were made where attempts at one task are alike; nothing where each task was tried once."""
    if any(pattern.per_trajectory.method not in ("wilson", "none") for pattern in model.patterns):
        yield f"intervals are over {model.tasks:,} tasks, not {model.trajectories:,} trajectories: attempts at one task are alike"


def unchecked(models: Sequence[ModelSummary]) -> dict[str, Mapping[str, int]]:
    """Each reason why something could not be checked, with the patterns and the trajectories that it cost, the dearest first."""
    costs: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for model in models:
        for pattern in model.patterns:
            for reason, count in pattern.skipped.items():
                costs[brief(reason)][pattern.error] += count
    return {reason: dict(errors) for reason, errors in sorted(costs.items(), key=lambda cost: -max(cost[1].values()))}


def _of(count: int, total: int) -> str:
    return f"all {total:,} trajectories" if count == total else f"{count:,} of {total:,} trajectories"


def _cost(models: Sequence[ModelSummary], word: str) -> str:
    """Patterns of the seven and the extended block that were skipped for a reason that speaks of ``word``."""
    found = {
        pattern.error: None
        for model in models
        for pattern in model.patterns
        if pattern.level in ("core", "extended") and any(word in reason for reason in pattern.skipped)
    }
    return f", so {', '.join(found)} could not be judged there" if found else ""
