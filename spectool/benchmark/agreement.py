"""Holds the classifier's findings against what was planted: exactly those, at those paths, with that tier, and no others."""

from __future__ import annotations

from collections import Counter

import msgspec

from spectool.benchmark.draft import Planted
from spectool.benchmark.inject import Injection
from spectool.classify.classify import classify
from spectool.model import Trajectory


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """What the classifier made of a broken answer: ``missed`` was planted and not found, ``extra`` found and not planted."""

    missed: tuple[Planted, ...] = ()
    extra: tuple[Planted, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether all that was planted was found, and nothing else."""
        return not self.missed and not self.extra


def findings(trajectory: Trajectory) -> tuple[Planted, ...]:
    """All that the classifier finds in a trajectory, events and artefacts included, sorted.

    Raises:
        RuntimeError: A detector crashed.
    """
    verdict = classify(trajectory)
    if verdict.crashed:
        raise RuntimeError(f"{trajectory.id}: {'; '.join(verdict.crashed)}")
    found = (each for outcome in verdict.outcomes for each in outcome.findings)
    return tuple(sorted(Planted(error=f.error, subtype=f.subtype, path=f.path, tier=f.tier) for f in found))


def agreement(injection: Injection) -> Agreement:
    """What the classifier misses in a broken answer, and what it finds too much; a finding given twice is one too much."""
    planted, found = Counter(injection.planted), Counter(findings(injection.trajectory))
    return Agreement(missed=tuple(sorted((planted - found).elements())), extra=tuple(sorted((found - planted).elements())))
