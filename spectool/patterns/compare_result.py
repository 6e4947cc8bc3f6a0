"""What a comparison says. A is the baseline, B what is compared with it; differences are B - A, as fractions."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from spectool.model import Level
from spectool.patterns.compare_sides import Side
from spectool.patterns.flakiness import Flakiness
from spectool.patterns.paired import SIGNIFICANT, Change


class Pairing(msgspec.Struct, frozen=True, kw_only=True):
    """Which attempts met.

    ``tasks`` are in both, ``renamed`` of them under two ids but with the same question and tools, ``reworded`` under one id but with
    other first words of the user. ``pairs`` of attempts were made of them; ``left_out_*`` tasks are on one side only, ``spare_*`` attempts
    at shared tasks had no partner since the other side has fewer samples. Of the pairs, ``by_reward`` are decided by both harnesses'
    rewards, ``by_verdict`` by our verdicts, ``undecided`` by neither; ``half_rewarded`` have a reward on one side only, which is not used.
    ``repeats`` attempts carry the sample number of another.
    """

    tasks: int
    renamed: int
    reworded: int
    pairs: int
    left_out_before: int
    left_out_after: int
    spare_before: int
    spare_after: int
    by_reward: int
    by_verdict: int
    undecided: int
    half_rewarded: int
    repeats: int


class Fates(msgspec.Struct, frozen=True, kw_only=True):
    """Tasks by what became of them.

    ``fixed`` pass in a larger share of their pairs in B than in A, ``broken`` in a smaller one; ``mixed`` in the same share, neither none
    nor all. Of those that fail everywhere, ``same_pattern`` have a pattern in common, ``other_pattern`` have patterns on both sides but
    none in common, ``unexplained`` lack a finding on a side. ``undecided``: no pair of attempts with two verdicts.
    """

    fixed: int = 0
    broken: int = 0
    both_pass: int = 0
    mixed: int = 0
    same_pattern: int = 0
    other_pattern: int = 0
    unexplained: int = 0
    undecided: int = 0

    @property
    def both_fail(self) -> int:
        """Tasks that fail on both sides in every pair."""
        return self.same_pattern + self.other_pattern + self.unexplained


class PatternChange(msgspec.Struct, frozen=True, kw_only=True):
    """One pattern: trajectories with it among the pairs judged in both.

    ``q``: ``p`` corrected for the number of patterns that differ in some task (Benjamini-Hochberg); ``None`` where none differs.
    ``not_compared`` pairs lack a judgement on a side; ``reasons`` maps each to the number of attempts.
    """

    error: str
    level: Level
    change: Change
    q: float | None
    not_compared: int
    reasons: Mapping[str, int]

    @property
    def significant(self) -> bool:
        """Whether the change is more than chance allows (q < 0.05)."""
        return self.q is not None and self.q < SIGNIFICANT


class BrokenTask(msgspec.Struct, frozen=True, kw_only=True):
    """A task that B fails more often than A, with a failing attempt of B and its first finding; ``error`` is empty without one.

    ``before`` and ``after`` of ``pairs`` attempts passed.
    """

    task: str
    key: str
    before: int
    after: int
    pairs: int
    error: str = ""
    subtype: str = ""
    path: str = ""
    message: str = ""


class Against(msgspec.Struct, frozen=True, kw_only=True):
    """One side compared with the baseline; ``patterns`` by size of the change, those that could not be compared last."""

    side: Side
    pairing: Pairing
    success: Change
    fates: Fates
    patterns: tuple[PatternChange, ...]
    broken: tuple[BrokenTask, ...]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Every side against the first; ``flakiness`` has one entry a side that tried tasks several times."""

    baseline: Side
    against: tuple[Against, ...]
    flakiness: tuple[Flakiness, ...]
