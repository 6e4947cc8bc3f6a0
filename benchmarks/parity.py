"""Holds our BFCL verdicts against the published ones, row by row: how many agree, by model and category, and every row that does not.

    python -m benchmarks.parity DATA [--against FILE]

DATA is the folder of shared data: ``bfcl/results/GENERATION`` with ``result`` and ``score`` folders, ``bfcl/datasets/GENERATION`` with the
questions of the same generation. A row counts where a score file of its model and category says what was published. ``--against`` takes
verdicts from a file instead, of lines ``{"id", "model", "valid", "error_type"}``, for results that come without scores. Exit code 1 when
the goals are missed: the verdict of 99.5 % of rows, the first label of 98 % of failures.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.loading import rate, shown, table
from spectool.classify.compat.bfcl import is_single_turn, rule
from spectool.classify.compat.ruling import PASSED, Ruling
from spectool.model import Trajectory
from spectool.read.tasks import load_tasks
from spectool.results.interval import Rate
from spectool.results.stream import Reading, read_batches

VERDICTS, LABELS = 0.995, 0.98
"""The goals: shares of rows and of published failures."""
Published = Mapping[tuple[str, str], str]


class Row(NamedTuple):
    """One output: what was published of it and what we say."""

    id: str
    model: str
    category: str
    published: str
    ours: Ruling

    @property
    def same_verdict(self) -> bool:
        """Whether both pass it or both fail it; no verdict of ours agrees with nothing."""
        return self.ours.passed is not None and self.ours.passed is (self.published == PASSED)

    @property
    def same_label(self) -> bool:
        """Whether the first label is the same, too."""
        return self.ours.label == self.published

    @property
    def kind(self) -> str:
        """What sort of disagreement this is."""
        if self.ours.passed is None:
            return "no verdict of ours"
        if self.same_verdict:
            return f"another label: {self.published} / {self.ours.label}"
        return f"we pass {self.published}" if self.ours.passed else f"we fail: {self.ours.label}"


def rows(data: Path, against: Published | None) -> Iterator[Row]:
    """Every single-turn output below ``data`` whose published verdict is known."""
    for results in sorted((data / "bfcl" / "results").iterdir()):
        tasks, _ = load_tasks([data / "bfcl" / "datasets" / results.name])
        for batch in read_batches([results], Reading(tasks=tasks)):
            for trajectory in batch.trajectories:
                label = _label(trajectory, against)
                category = str(trajectory.meta.get("category"))
                if label is not None and is_single_turn(category):
                    yield Row(trajectory.id, trajectory.model, category, label, rule(trajectory, tasks.get(trajectory.task)))


def _label(trajectory: Trajectory, against: Published | None) -> str | None:
    found = against.get((trajectory.model, trajectory.id)) if against is not None else trajectory.meta.get("compat_label")
    return None if found is None else str(found)


def verdicts_of(path: Path) -> Published:
    """Published labels by model and id, of a file of verdicts."""
    found = (msgspec.json.decode(line) for line in path.read_bytes().splitlines() if line.strip())
    return {(row["model"], row["id"]): PASSED if row["valid"] else row["error_type"] for row in found}


def _rates(found: Sequence[Row]) -> tuple[Rate, Rate]:
    """Of rows with the same verdict and of published failures with the same label; intervals by question, which several models answered."""
    failures = (row for row in found if row.published != PASSED)
    return rate((row.id, row.same_verdict) for row in found), rate((row.id, row.same_label) for row in failures)


def _summary(found: Sequence[Row], *keys: str) -> str:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in found:
        groups.setdefault(tuple(getattr(row, key) for key in keys), []).append(row)
    lines = [[*name, *(shown(each, 2) for each in _rates(group))] for name, group in groups.items()]
    return table([*keys, "same verdict", "same first label, of failures"], lines)


def report(found: Sequence[Row]) -> str:
    """The figures as Markdown."""
    differing = [row for row in found if not (row.same_verdict and (row.same_label or row.published == PASSED))]
    verdicts, labels = _rates(found)
    kinds = Counter(row.kind for row in differing)
    parts = [
        f"BFCL's published verdict and ours, {len(found):,} rows: the same verdict in {shown(verdicts, 2)}, "
        f"the same first label in {shown(labels, 2)} of the published failures.",
        _summary(found, "model"),
        _summary(found, "model", "category"),
        _labels(found),
        f"{len(differing)} disagreements, by kind: " + ("; ".join(f"{count} {kind}" for kind, count in kinds.most_common()) or "none"),
    ]
    if differing:
        cells = [(row.id, row.model, row.published, row.ours.label or "–", row.ours.reason, row.kind) for row in differing]
        parts.append(table(["id", "model", "published", "ours", "our reason", "kind"], cells))
    return "\n\n".join(parts)


def _labels(found: Sequence[Row]) -> str:
    """How often each label was published, and how often ours is the same."""
    published = Counter(row.published for row in found)
    same = Counter(row.published for row in found if row.same_label)
    return table(["published", "rows", "same"], [(label, n, same[label]) for label, n in published.most_common()], numbers=1)


def main() -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--against", type=Path)
    args = parser.parse_args()
    found = list(rows(args.data, verdicts_of(args.against) if args.against else None))
    print(report(found))
    verdicts, labels = _rates(found)
    return int((verdicts.rate or 0) < VERDICTS or (labels.rate or 0) < LABELS)


if __name__ == "__main__":
    sys.exit(main())
