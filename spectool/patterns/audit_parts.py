"""The parts of a score: what an audit answers, typed."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from spectool.patterns.audit_scores import Ranking
from spectool.patterns.decisions import Cause
from spectool.results.interval import Rate


class CausePart(msgspec.Struct, frozen=True, kw_only=True):
    """Failures of one cause, by the decisions that forgive them together, and the score once they are added back to those before."""

    cause: Cause
    failures: int
    decisions: Mapping[str, int]
    score: Rate


class PatternPart(msgspec.Struct, frozen=True, kw_only=True):
    """Failures left to one pattern; of ``certain`` a slip that no decision covers is proven by a rule."""

    error: str
    failures: int
    certain: int


class Flip(msgspec.Struct, frozen=True, kw_only=True):
    """The score with one decision of ours turned and no other: ``changed`` verdicts differ."""

    decision: str
    says: str
    by_default: bool
    changed: int
    score: Rate


class ModelAudit(msgspec.Struct, frozen=True, kw_only=True):
    """One model's score and its parts: ``causes``, ``patterns`` and ``no_finding`` add up to the failures.

    ``bases`` maps whose verdict it is to attempts; ``undecided`` attempts have none and count nowhere. ``no_finding`` failures show no slip
    of ours, ``unexplained`` maps the published labels of the commonest of them to their number. ``doubtful_passes`` are passes with a
    proven slip of the seven: what a score may hold too much. ``systemic`` names subtypes that point at the harness.
    """

    model: str
    attempts: int
    tasks: int
    undecided: int
    bases: Mapping[str, int]
    score: Rate
    failures: int
    causes: tuple[CausePart, ...]
    patterns: tuple[PatternPart, ...]
    no_finding: int
    unexplained: Mapping[str, int]
    doubtful_passes: int
    flips: tuple[Flip, ...]
    systemic: tuple[str, ...]


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """Every model's audit in the order of the input, and the order of the models before and after each decision.

    ``suspects``: tasks whose gold was taken for highly suspect.
    """

    models: tuple[ModelAudit, ...]
    rankings: tuple[Ranking, ...]
    suspects: tuple[str, ...]
