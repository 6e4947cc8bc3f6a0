"""What a report says, gathered once: every format shows this and computes nothing of its own.

All figures are the library's (``spectool.patterns``, ``spectool.results``). Secrets are taken out here, before any format sees a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from spectool import __version__
from spectool.benchmark.model_size import size_of
from spectool.patterns.compare import compare
from spectool.patterns.compare_result import Comparison
from spectool.patterns.graphs_confusion import argument_confusion, tool_confusion
from spectool.patterns.graphs_parts import Graph
from spectool.patterns.graphs_tables import prepare
from spectool.patterns.outlay import Outlay, outlays
from spectool.patterns.shapes import Shape, find_shapes
from spectool.patterns.slices import Slices, slices
from spectool.patterns.systemic import find_systemic
from spectool.patterns.systemic_measure import SystemicCause
from spectool.redact import Mode, Redactor
from spectool.report.examples import Example, example_of, shortened
from spectool.report.folders import Folder, read_folders
from spectool.report.next_steps import NextStep, next_steps
from spectool.report.redaction import redacted
from spectool.report.sides import name_apart, own_keys
from spectool.results.folder import ResultFolderError
from spectool.results.notes import unchecked
from spectool.results.summarise import summarise_models
from spectool.results.summary import ModelSummary
from spectool.results.tables import connect

# Shapes of a model: further ones are in ``spectool patterns --json``.
SHAPES = 10


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """One shape with an example of it."""

    shape: Shape
    example: Example | None


class ModelPart(msgspec.Struct, frozen=True, kw_only=True):
    """One model. ``size`` is its number of parameters as its run or its name tells, a dash where neither does.

    ``slips`` are its largest shapes; ``distinct`` counts all of them.
    """

    name: str
    size: str
    outlay: Outlay
    summary: ModelSummary
    distinct: int
    slips: tuple[Slip, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report, in the order of reading.

    ``unchecked`` maps each reason to the trajectories that each pattern could not be judged in. ``comparison`` is ``None`` where there is
    one model only or no task in common, which ``uncompared`` says. ``confused``: tools, then arguments.
    ``redacted`` counts different secrets taken out, by kind.
    """

    spectool: str
    folders: tuple[Folder, ...]
    unchecked: Mapping[str, Mapping[str, int]]
    systemic: tuple[SystemicCause, ...]
    models: tuple[ModelPart, ...]
    slices: Slices
    comparison: Comparison | None
    uncompared: str
    confused: tuple[Graph, ...]
    next_steps: tuple[NextStep, ...]
    redaction: Mode
    redacted: Mapping[str, int]

    @property
    def trajectories(self) -> int:
        """Of all folders."""
        return sum(each.summary.trajectories for each in self.models)


def gather(paths: Sequence[str | Path], redaction: Mode = "secrets", told: Callable[[str], None] = lambda part: None) -> Report:
    """Everything about these result folders, secrets taken out.

    Args:
        paths: result folders.
        redaction: ``secrets``, ``pii`` (personal data, too) or ``none``.
        told: is called with what is being done, for a progress line.

    Raises:
        ResultFolderError: one is no result folder, or is given twice.
    """
    folders = [Path(path) for path in paths]
    read = read_folders(folders)
    with closing(connect(*(folder.resolve() for folder in folders))) as cursor:
        called = name_apart(cursor, folders)
        told("patterns")
        summaries, spent = summarise_models(cursor), outlays(cursor)
        told("systemic causes")
        systemic = find_systemic(cursor)
        told("shapes")
        models = tuple(_model(cursor, folders, *each, called) for each in zip(summaries, spent, strict=True))
        told("confused names")
        confused = _confused(cursor)
        told("slices")
        found = slices(cursor)
    told("comparison")
    comparison, uncompared = _compared(folders, summaries)
    made = Report(
        spectool=__version__,
        folders=read,
        unchecked=unchecked(summaries),
        systemic=systemic,
        models=models,
        slices=found,
        comparison=comparison,
        uncompared=uncompared,
        confused=confused,
        next_steps=next_steps(folders, summaries, systemic, found, comparison),
        redaction=redaction,
        redacted={},
    )
    return _shown(own_keys(made) if len(folders) > 1 else made, Redactor(redaction))


def _shown(made: Report, redactor: Redactor) -> Report:
    """Without secrets, then cut to what is shown."""
    clean: Report = redacted(made, redactor)
    models = tuple(msgspec.structs.replace(each, slips=tuple(map(_cut, each.slips))) for each in clean.models)
    return msgspec.structs.replace(clean, models=models, redacted=redactor.counts)


def _cut(slip: Slip) -> Slip:
    return slip if slip.example is None else msgspec.structs.replace(slip, example=shortened(slip.example))


def _model(cursor: Any, folders: Sequence[Path], summary: ModelSummary, outlay: Outlay, called: Mapping[str, str]) -> ModelPart:
    """``called``: the model's own name, where its folder stands behind it."""
    found = find_shapes(cursor, where="t.model = ?", parameters=[summary.model], limit=SHAPES)
    return ModelPart(
        name=summary.model,
        size=size_of(called.get(summary.model, summary.model), outlay.parameters),
        outlay=outlay,
        summary=summary,
        distinct=found.distinct,
        slips=tuple(Slip(shape=shape, example=example_of(cursor, folders, shape)) for shape in found.shapes),
    )


def _confused(cursor: Any) -> tuple[Graph, ...]:
    prepare(cursor)
    return tuple(graph for graph in (tool_confusion(cursor), argument_confusion(cursor)) if graph.edges)


def _compared(folders: Sequence[Path], models: Sequence[ModelSummary]) -> tuple[Comparison | None, str]:
    if len(models) < 2:
        return None, "there is one model only"
    try:
        return compare(folders, by="model"), ""
    except ResultFolderError as strangers:
        return None, str(strangers)
