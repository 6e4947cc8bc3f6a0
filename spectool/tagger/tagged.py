"""What a tagger said of a result folder, counted pattern by pattern."""

from __future__ import annotations

from collections import Counter

import msgspec

from spectool.model import Opinion, Trajectory
from spectool.tagger.truth import UNIT_OF

# Examples of a pattern that are kept, the most probable first.
EXAMPLES = 2


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """An opinion with the id and model of its trajectory."""

    id: str
    model: str
    opinion: Opinion


class PatternTagged(msgspec.Struct, frozen=True, kw_only=True):
    """One pattern: trajectories looked at, those in each tier, and why others were not looked at."""

    error: str
    looked_at: int
    likely: int
    candidate: int
    skipped: dict[str, int]
    examples: tuple[Example, ...]


class Tagged(msgspec.Struct, frozen=True, kw_only=True):
    """A folder: by which tagger, of how many trajectories, pattern by pattern."""

    by: str
    trajectories: int
    patterns: tuple[PatternTagged, ...]


class Count:
    """Counts opinions as they are written."""

    def __init__(self, by: str) -> None:
        self._by = by
        self._trajectories = 0
        self._tiers: Counter[tuple[str, str | None]] = Counter()
        self._skipped: dict[str, Counter[str]] = {pattern: Counter() for pattern in UNIT_OF}
        self._best: dict[str, list[Example]] = {pattern: [] for pattern in UNIT_OF}

    def trajectory(self) -> None:
        """One more trajectory."""
        self._trajectories += 1

    def add(self, trajectory: Trajectory, opinion: Opinion) -> None:
        """One more opinion."""
        if opinion.skipped is not None:
            self._skipped[opinion.error][opinion.skipped] += 1
            return
        self._tiers[opinion.error, opinion.tier] += 1
        if opinion.tier is not None:
            best = [*self._best[opinion.error], Example(id=trajectory.id, model=trajectory.model, opinion=opinion)]
            self._best[opinion.error] = sorted(best, key=lambda each: -(each.opinion.score or 0.0))[:EXAMPLES]

    def tagged(self) -> Tagged:
        """What was counted."""
        return Tagged(by=self._by, trajectories=self._trajectories, patterns=tuple(map(self._pattern, UNIT_OF)))

    def _pattern(self, error: str) -> PatternTagged:
        tiers = {tier: self._tiers[error, tier] for tier in ("likely", "candidate", None)}
        return PatternTagged(
            error=error,
            looked_at=sum(tiers.values()),
            likely=tiers["likely"],
            candidate=tiers["candidate"],
            skipped=dict(self._skipped[error].most_common()),
            examples=tuple(self._best[error]),
        )
