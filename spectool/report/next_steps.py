"""What to do next: commands that lead from the report on, the most urgent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import quote

import msgspec

from spectool.patterns.compare_result import Comparison
from spectool.patterns.slices import Slices
from spectool.patterns.systemic_measure import SystemicCause
from spectool.results.summary import ModelSummary
from spectool.results.told import many


class NextStep(msgspec.Struct, frozen=True, kw_only=True):
    """A command and, in a sentence without its full stop, what for."""

    why: str
    command: str


def next_steps(
    folders: Sequence[Path],
    models: Sequence[ModelSummary],
    systemic: Sequence[SystemicCause],
    slices: Slices,
    comparison: Comparison | None,
) -> tuple[NextStep, ...]:
    """The steps for these results."""
    return tuple(_steps([quote(str(folder)) for folder in folders], models, systemic, slices, comparison))


def _steps(
    folders: Sequence[str],
    models: Sequence[ModelSummary],
    systemic: Sequence[SystemicCause],
    slices: Slices,
    comparison: Comparison | None,
) -> Iterator[NextStep]:
    every = " ".join(folders)
    if systemic:
        causes = many(len(systemic), "suspected cause")
        yield NextStep(
            why=f"look at the examples of the {causes} in the harness before blaming a model", command=f"spectool app {folders[0]}"
        )
    if worst := _worst(models):
        yield NextStep(why=f"read what {worst} counts, and whose it is", command=f"spectool explain {worst}")
        by = "argument" if worst in ("IAN", "IAT", "IAV") else "tool"
        yield NextStep(why=f"see which {by}s {worst} concentrates in", command=f"spectool patterns {every} --by {by} --pattern {worst}")
    if slices.slices:
        pattern = slices.slices[0].error
        yield NextStep(why=f"split {pattern} by the kind of task", command=f"spectool patterns {every} --by category --pattern {pattern}")
    if any(model.failed for model in models):
        yield NextStep(why="see how much of the failures is the harness's, the gold's or mere format", command=f"spectool audit {every}")
    if comparison is not None:
        by = " --by model" if len(folders) < len(models) else ""
        yield NextStep(why="hold the next run against this one, and fail the build if it is worse", command=_against(folders, by))
    if not systemic:
        yield NextStep(why="read the trajectories themselves", command=f"spectool app {folders[0]}")


def _against(folders: Sequence[str], by: str) -> str:
    return f"spectool compare {folders[0]} {folders[1] if len(folders) > 1 else 'NEXT'}{by} --fail-on success"


def _worst(models: Sequence[ModelSummary]) -> str:
    """The pattern in the most trajectories, over all models."""
    found: Counter[str] = Counter()
    for model in models:
        for pattern in model.patterns:
            if pattern.level in ("core", "extended") and pattern.findings:
                found[pattern.error] += pattern.trajectories_with
    return max(found, key=lambda code: (found[code], code), default="")
