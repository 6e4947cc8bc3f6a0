"""What only the run itself knows of a result folder: which path gave what, which tasks were met, which detectors crashed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from spectool.model import Rejected, Task
from spectool.read.source import FormatError
from spectool.results.classified import Done
from spectool.results.summary import Crash, Input

# Rejected records that the summary quotes.
SHOWN_REASONS = 3


class NothingRead(FormatError):
    """No record of any input could be read; the message names the first reasons."""


def place(rejected: Rejected) -> str:
    """A rejected record in one line: its place, unless the reason names it already, and the reason."""
    where = rejected.source if rejected.line is None else f"{rejected.source}:{rejected.line}"
    return rejected.reason if rejected.reason.startswith(rejected.source) else f"{where}: {rejected.reason}"


class Tally:
    """What only the run knows: which path gave what, which tasks were met, which detectors crashed."""

    def __init__(self, paths: Sequence[str | Path], tasks: Mapping[str, Task], tasks_rejected: int = 0) -> None:
        self.paths, self.tasks = paths, {name for name in tasks if name}
        self.records, self.tasks_rejected = 0, tasks_rejected
        self.used: set[str] = set()
        self._files: list[Counter[str]] = [Counter() for _ in paths]
        self._trajectories: Counter[int] = Counter()
        self._rejected: Counter[int] = Counter()
        self._crashes: dict[str, tuple[int, str, str]] = {}
        self.reasons: list[str] = []
        self.remarks: Counter[str] = Counter()

    def add(self, done: Done) -> None:
        """Counts one batch."""
        self.records += done.records
        self._files[done.given][done.format or "unknown"] += done.first
        self._trajectories[done.given] += done.trajectories
        self._rejected[done.given] += len(done.rejected)
        self.reasons.extend(place(each) for each in done.rejected[: SHOWN_REASONS - len(self.reasons)])
        self.remarks.update(done.remarks)
        self.used.update(done.tasks & self.tasks)
        for kind, (more, reason, key) in done.crashes.items():
            count, first, example = self._crashes.get(kind, (0, reason, key))
            self._crashes[kind] = (count + more, first, example)

    def ensure_read(self) -> None:
        """Raises NothingRead when there is not one trajectory."""
        if self._trajectories.total():
            return
        reasons = "\n  ".join(self.reasons) or "the input holds no records"
        raise NothingRead(f"no readable record\n  {reasons}")

    def inputs(self) -> Iterator[Input]:
        """One entry a path, as given."""
        for index, path in enumerate(self.paths):
            formats = dict(sorted(self._files[index].items()))
            numbers = {"trajectories": self._trajectories[index], "rejected": self._rejected[index]}
            yield Input(path=str(path), files=sum(formats.values()), formats=formats, **numbers)

    def crashed(self) -> tuple[Crash, ...]:
        """Detectors that failed, most often first."""
        crashes = [Crash(reason=reason, trajectories=count, example=key) for count, reason, key in self._crashes.values()]
        return tuple(sorted(crashes, key=lambda each: (-each.trajectories, each.reason)))
