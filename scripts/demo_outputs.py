"""Bring a recording of the demo tasks to its place: ``python -m scripts.demo_outputs RECORDING MODEL`` in the repository's root.

Rows are written in the order of the tasks, and the calls of every step are read anew from its raw text: a recording holds what the
parser of its day read, and parsers get better. Replies stay with their calls; nothing that the model wrote is touched. RECORDING may be
the file in place itself.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from spectool.model import Call, Rejected, Step, Trajectory
from spectool.read.formats import spectool_rows
from spectool.read.source import FormatError, Source
from spectool.read.steps import step_from_text
from spectool.results.rows import to_json

FOLDER = Path(__file__).parents[1] / "data" / "demo"


def lines(recording: Path) -> str:
    """The whole file's text.

    Raises:
        FormatError: a row cannot be read, a task has no row or two, or a step now holds another number of calls than were answered.
    """
    rows = {row.id: row for row in map(_trajectory, spectool_rows.read(Source(recording), {}))}
    order = [task.id for task in spectool_rows.read_tasks(Source(FOLDER / "tasks.jsonl")) if not isinstance(task, Rejected)]
    if sorted(rows) != sorted(order):
        raise FormatError(f"expected one row for each task, got {len(rows)} for {len(order)}: {sorted(rows.keys() ^ set(order))}")
    return "".join(to_json(spectool_rows.write(reparsed(rows[name]))) + "\n" for name in order)


def reparsed(trajectory: Trajectory) -> Trajectory:
    """The trajectory with the calls that its steps' raw texts hold."""
    turns = (_reparsed(turn, trajectory) if isinstance(turn, Step) and turn.raw else turn for turn in trajectory.turns)
    return replace(trajectory, turns=tuple(turns))


def _reparsed(step: Step, trajectory: Trajectory) -> Step:
    names = [tool.name for tool in trajectory.tool_sets[step.tool_set]]
    asked, reason = trajectory.request.dialect, step.finish_reason
    new = step_from_text(step.raw or "", asked=asked, names=names, finish_reason=reason, tool_set=step.tool_set, time=step.time)
    return replace(new, calls=tuple(_answered(new.calls, step.calls, trajectory.id)))


def _answered(new: Sequence[Call], old: Sequence[Call], name: str) -> Iterable[Call]:
    if any(call.result for call in old) and len(new) != len(old):
        raise FormatError(f"{name}: expected {len(old)} calls, as were answered, got {len(new)}; record it again")
    results = [call.result for call in old] if len(new) == len(old) else [None] * len(new)
    return (replace(call, result=result) for call, result in zip(new, results, strict=True))


def _trajectory(row: Trajectory | Rejected) -> Trajectory:
    if isinstance(row, Rejected):
        raise FormatError(f"{row.source}:{row.line}: {row.reason}")
    return row


def main() -> int:
    """Write the file of the model and say how much it holds."""
    recording, model = sys.argv[1:]
    content, target = lines(Path(recording)), FOLDER / f"outputs.{model}.jsonl"
    target.write_text(content, encoding="utf-8")
    sys.stderr.write(f"{target}: {content.count(chr(10))} rows\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
