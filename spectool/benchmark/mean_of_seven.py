"""The paper's mean of its seven accuracies, as people read of it: the paper calls it success, which is another figure here."""

from __future__ import annotations

from spectool.benchmark.scoreboard import ScoreRow
from spectool.classify.compat.toolscan import SUCCESS
from spectool.results.told import many

MEAN_OF_THE_SEVEN = "mean of the seven"
"""What the paper calls success, where it is shown beside ours; JSON keeps the paper's key."""


def accuracy_name(metric: str) -> str:
    """One of the paper's metrics as people read it."""
    return MEAN_OF_THE_SEVEN if metric == SUCCESS else metric


def lacking_mean(row: ScoreRow, most: int) -> str:
    """How many attempts have no mean of the seven, and the ``most`` frequent reasons, in a sentence; empty where all have one."""
    reasons = [f"{reason} in {count:,}" for reason, count in row.unjudged.items()]
    more = sum(list(row.unjudged.values())[most:])
    told = ", ".join([*reasons[:most], *((f"others could not in {more:,}",) if more else ())])
    have = "has" if (without := sum(row.unjudged.values())) == 1 else "have"
    return f"{without:,} of {many(row.attempts, 'attempt')} {have} no {MEAN_OF_THE_SEVEN}: {told}" if told else ""
