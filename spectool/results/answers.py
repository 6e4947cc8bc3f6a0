"""What an open result folder answers with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from spectool.model import Finding, Outcome, Trajectory
from spectool.results.summary import PatternSummary


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One pattern of one model, flat: ``PatternSummary`` with its rate per trajectory spread out."""

    error: str
    model: str
    findings: int
    candidates: int
    excused: int
    trajectories: int
    n: int
    rate: float | None
    low: float | None
    high: float | None
    method: str
    assessed: int
    per_opportunity: float | None
    skipped: Mapping[str, int]


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a choice and how much there is of it under the other choices."""

    value: str
    findings: int
    trajectories: int


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Some rows of ``total``."""

    rows: list[dict[str, Any]]
    total: int


class Neighbours(msgspec.Struct, frozen=True, kw_only=True):
    """Where a trajectory stands among those of a filter; ``position`` counts from 1, 0 means that it is not among them."""

    previous: str | None
    following: str | None
    position: int
    total: int


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """One trajectory whole: its row as stored, itself, its findings by place, its outcomes by pattern."""

    row: Mapping[str, Any]
    trajectory: Trajectory
    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]


def cell(model: str, pattern: PatternSummary) -> Cell:
    """``pattern`` of ``model`` as one flat row."""
    rate = pattern.per_trajectory
    return Cell(
        error=pattern.error,
        model=model,
        findings=pattern.findings,
        candidates=pattern.candidates,
        excused=pattern.excused,
        trajectories=rate.count,
        n=rate.n,
        rate=rate.rate,
        low=rate.low,
        high=rate.high,
        method=rate.method,
        assessed=pattern.assessed,
        per_opportunity=pattern.per_opportunity.rate,
        skipped=pattern.skipped,
    )
