"""Examples for the tagger's figures: every rule-clean output of the kept BFCL models, and what it looks like with one model hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from benchmarks.loading import calls_of, trajectories
from spectool.model import Step, Trajectory
from spectool.read.record import as_json
from spectool.tagger.examples import Example, Row, example_of, group_of, peers_of
from spectool.tagger.features import attempts
from spectool.tagger.features.registry import Unit, names
from spectool.tagger.truth import is_clean, truth_of
from spectool.tagger.view import View
from spectool.tagger.view import calls_of as peer_calls

UNITS: tuple[Unit, ...] = ("argument", "call", "trajectory")
# Characters of an output that TF-IDF sees.
MAX_OUTPUT = 4_000


class Kept(NamedTuple):
    """An example, its output as text, the share of other attempts that call otherwise (none: -1), and its look with a model hidden.

    ``hidden`` maps a model to the columns of other attempts without that model's, row by row and unit by unit.
    """

    example: Example
    output: str
    disagreement: float
    calls: int
    reward: float | None
    hidden: dict[str, dict[str, list[tuple[float, ...]]]]


def bfcl(data: Path) -> Iterator[Trajectory]:
    """Every kept model's outputs that have gold, joined to the questions of their own generation."""
    root = data / "bfcl"
    folders = [("v3", path) for path in sorted((root / "results/v3/result").iterdir())]
    folders += [("v4", path) for path in sorted((root / "results/v4").iterdir())]
    for version, folder in folders:
        yield from (run for run in trajectories(folder, tasks=[root / "datasets" / version]) if run.gold is not None)


def kept(runs: Sequence[Trajectory], groups: Sequence[str] | None = None) -> Iterator[Kept]:
    """What the rules leave clean without gold, with its features; ``groups`` says which attempts are of one task."""
    groups = groups if groups is not None else [group_of(run) for run in runs]
    for run, peers in zip(runs, peers_of(runs, groups), strict=True):
        if run.gold is not None and is_clean(run):
            view = View(run, peers)
            example = example_of(view, truth_of(run))
            yield Kept(example, output_of(run), disagreement(run, peers), len(view.attempts), run.reward, dict(_hidden(view, peers)))


def output_of(run: Trajectory) -> str:
    """What the model wrote: its calls and its last text."""
    said = [turn.text for turn in run.turns if isinstance(turn, Step)]
    calls = [f"{call.name} {as_json(call.arguments)}" for _, call in calls_of(run)]
    return " ".join((*calls, *said[-1:]))[:MAX_OUTPUT]


def disagreement(run: Trajectory, peers: Sequence[Trajectory]) -> float:
    """The share of other attempts whose calls are not the same; -1 without any."""
    mine = _signature(run)
    return sum(_signature(peer) != mine for peer in peers) / len(peers) if peers else -1.0


def _signature(run: Trajectory) -> list[str]:
    return sorted(f"{call.name} {as_json(dict(sorted((call.arguments or {}).items())))}" for _, call in calls_of(run))


def _hidden(view: View, peers: Sequence[Trajectory]) -> Iterator[tuple[str, dict[str, list[tuple[float, ...]]]]]:
    for model in sorted({peer.model for peer in peers}):
        view.peers = tuple(peer_calls(peer) for peer in peers if peer.model != model)
        yield (
            model,
            {
                "argument": [tuple(attempts.of_argument(view, slot)) for each in view.attempts for slot in view.slots(each)],
                "call": [tuple(attempts.of_call(view, each)) for each in view.attempts],
                "trajectory": [tuple(attempts.of_trajectory(view))],
            },
        )


def without(each: Kept, model: str) -> Example:
    """The example as it looks where ``model`` was never run."""
    columns = each.hidden.get(model)
    if columns is None:
        return each.example
    return replace(each.example, rows={unit: _replaced(unit, each.example.rows[unit], columns[unit]) for unit in UNITS})


def _replaced(unit: Unit, rows: Iterable[Row], columns: Sequence[tuple[float, ...]]) -> tuple[Row, ...]:
    own: Any = {"argument": attempts.ARGUMENT, "call": attempts.CALL, "trajectory": attempts.TRAJECTORY}[unit]
    start = len(names(unit)) - len(own)  # the family stands last
    return tuple(replace(row, features=row.features[:start] + tuple(map(float, others))) for row, others in zip(rows, columns, strict=True))
