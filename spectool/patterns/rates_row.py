"""One row of rates, and how it is made of tasks that look alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from spectool.patterns.rates_interval import rate_of_many
from spectool.results.interval import Cluster, Rate

# Tasks that look alike, as counted by DuckDB: ``failed`` of ``judged`` trajectories, ``found`` at ``assessed`` places, ``tasks`` of these.
Shape = Mapping[str, int]


class RateRow(msgspec.Struct, frozen=True, kw_only=True):
    """One pattern of one model at one value of the dimension.

    ``findings`` count against the model. ``per_trajectory``: trajectories with a finding of those that the dimension's ``of`` names.
    ``per_opportunity``: findings of assessed places; ``None`` where places are not known by this dimension. ``unchecked``: trajectories of
    this value in which the pattern could not be judged; never clean.
    """

    model: str
    error: str
    value: str
    findings: int
    per_trajectory: Rate
    per_opportunity: Rate | None
    unchecked: int

    @property
    def trajectories(self) -> int:
        """Trajectories with a finding."""
        return self.per_trajectory.count


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A row before its intervals, which cost more than the counting."""

    model: str
    error: str
    value: str
    findings: int
    trajectories: int
    unchecked: int
    shapes: tuple[Shape, ...]

    def row(self, places: bool) -> RateRow:
        """With rates and intervals; ``places``: whether the assessed places of this value are known."""
        return RateRow(
            model=self.model,
            error=self.error,
            value=self.value,
            findings=self.findings,
            unchecked=self.unchecked,
            per_trajectory=rate_of_many(_clusters(self.shapes, "failed", "judged")),
            per_opportunity=rate_of_many(_clusters(self.shapes, "found", "assessed")) if places else None,
        )


def largest(cells: Iterable[Cell], limit: int) -> tuple[list[Cell], int]:
    """The ``limit`` cells with the most trajectories, ties by name; and how many were left out."""
    ranked = sorted(cells, key=lambda each: (-each.trajectories, -each.findings, each.model, each.error, each.value))
    return ranked[:limit], max(0, len(ranked) - limit)


def _clusters(shapes: Iterable[Shape], count: str, n: str) -> list[Cluster]:
    """Shapes that are alike in these two figures, together."""
    tasks: dict[tuple[int, int], int] = {}
    for shape in shapes:
        pair = (shape[count], shape[n])
        tasks[pair] = tasks.get(pair, 0) + shape["tasks"]
    return [Cluster(count=each[0], n=each[1], tasks=number) for each, number in sorted(tasks.items())]


def total(shapes: Iterable[Mapping[str, Any]], name: str) -> int:
    """The sum over all tasks."""
    return sum(shape[name] * shape["tasks"] for shape in shapes)
