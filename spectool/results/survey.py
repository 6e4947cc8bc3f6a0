"""What a run would read: each file's format, records, trajectories, calls and slips of syntax, without classifying."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from spectool.model import Rejected, Step, Trajectory
from spectool.results.stream import Reading, read_batches

# Reasons shown of one file; the number of rejected records is exact.
SHOWN_REASONS = 3


class FileSurvey(msgspec.Struct, frozen=True, kw_only=True):
    """One file; ``problems`` counts calls that did not parse as asked, by kind; ``reasons`` are of the first rejected records."""

    file: str
    format: str | None
    records: int
    trajectories: int
    steps: int
    calls: int
    without_tools: int
    without_gold: int
    models: Mapping[str, int]
    problems: Mapping[str, int]
    rejected: int
    reasons: tuple[Rejected, ...]


def survey(paths: Sequence[str | Path], reading: Reading) -> Iterator[FileSurvey]:
    """A survey of each file below ``paths``, in order.

    Raises:
        FormatError: A path does not exist or holds no data file.
    """
    current: _Count | None = None
    for batch in read_batches(paths, reading):
        if batch.first:
            if current is not None:
                yield current.done()
            current = _Count(batch.source, batch.format)
        assert current is not None
        for trajectory in batch.trajectories:
            current.add(trajectory)
        current.reject(batch.rejected)
    if current is not None:
        yield current.done()


class _Count:
    def __init__(self, file: str, form: str | None) -> None:
        self.file, self.form = file, form
        self.totals: Counter[str] = Counter()
        self.models: Counter[str] = Counter()
        self.problems: Counter[str] = Counter()
        self.rejected = 0
        self.reasons: list[Rejected] = []

    def reject(self, rejected: Sequence[Rejected]) -> None:
        self.rejected += len(rejected)
        self.reasons.extend(rejected[: SHOWN_REASONS - len(self.reasons)])

    def add(self, trajectory: Trajectory) -> None:
        steps = [turn for turn in trajectory.turns if isinstance(turn, Step)]
        calls = [call for step in steps for call in step.calls]
        counted = {"trajectories": 1, "steps": len(steps), "calls": len(calls)}
        counted |= {"without_tools": not trajectory.tool_sets, "without_gold": trajectory.gold is None}
        self.totals.update(counted)
        self.models[trajectory.model] += 1
        self.problems.update(call.problem.kind for call in calls if call.problem is not None)

    def done(self) -> FileSurvey:
        totals = {name: self.totals[name] for name in ("trajectories", "steps", "calls", "without_tools", "without_gold")}
        return FileSurvey(
            file=self.file,
            format=self.form,
            records=totals["trajectories"] + self.rejected,
            models=dict(self.models),
            problems=dict(self.problems.most_common()),
            rejected=self.rejected,
            reasons=tuple(self.reasons),
            **totals,
        )
