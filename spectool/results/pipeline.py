"""Read, join, classify, store: what the command line, the app and the tests call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from spectool import __version__
from spectool.model import GoldMode, Rejected, Task, Tool
from spectool.read.source import FormatError
from spectool.read.tasks import load_tasks, load_tools
from spectool.results.classified import Work, classified
from spectool.results.folder import SCHEMA_VERSION, FolderWriter, ensure_replaceable, new_folder, write_summary
from spectool.results.inferring import infer, split, write_inferred
from spectool.results.notes import notes_of
from spectool.results.stream import Reading, uncollected
from spectool.results.summarise import summarise_models
from spectool.results.summarise_compat import summarise_compat
from spectool.results.summary import Counts, Input, ModelSummary, Settings, Summary
from spectool.results.tables import connect, rows
from spectool.results.tally import Tally, place

Progress = Callable[[str, int], None]


def classify_paths(
    paths: Sequence[str | Path],
    *,
    out: str | Path,
    tasks: Sequence[str | Path] = (),
    tools: str | Path | None = None,
    format: str | None = None,
    gold_mode: GoldMode | None = None,
    compat: Sequence[str] = (),
    infer_tools: bool = False,
    strict: bool = False,
    workers: int = 1,
    progress: Progress | None = None,
) -> Summary:
    """Classifies every trajectory below ``paths`` into the result folder ``out`` and returns its summary.

    Args:
        paths: Files, folders or ``-`` (standard input).
        out: The result folder; an existing one is replaced whole once everything is written.
        tasks: Files or folders whose tools, gold and requests are joined by id.
        tools: A tool list for trajectories that carry none.
        format: A format's name; ``None`` looks at each file.
        gold_mode: How strictly gold binds; ``None`` takes each gold's own mode.
        compat: Other systems (``classify.compat.registry.SYSTEMS``) whose rulings are computed beside ours.
        infer_tools: Whether the tools of records without tools are first inferred from their calls that succeeded, in a pass of its own.
        strict: Whether the first unreadable record ends the run.
        workers: Processes that read and classify; the results do not depend on it.
        progress: Called with a source's name and the number of records read from all sources so far.

    Raises:
        FormatError: An input does not exist, can not be read twice (``infer_tools``) or, with ``strict``, a record is unreadable.
        NothingRead: Not one record was readable.
        ResultFolderError: ``out`` is not a result folder or could not be written.
    """
    out = Path(out)
    ensure_replaceable(out)
    given = tuple(map(str, tasks)), None if tools is None else str(tools)
    settings = Settings(format=format, gold_mode=gold_mode, tasks=given[0], tools=given[1], compat=tuple(compat), infer_tools=infer_tools)
    with uncollected():
        reading, refused = reading_of(tasks, tools, format)
        settings = msgspec.structs.replace(settings, tools_inferred=bool(reading.inferred))
        learned, about = infer(paths, reading, progress) if infer_tools else ((), None)
        reading = msgspec.structs.replace(reading, inferred=(*learned, *reading.inferred))
        tally = Tally(paths, reading.tasks, tasks_rejected=len(refused))
        work = Work(reading=reading, gold_mode=gold_mode, compat=settings.compat)
        with classified(paths, work, workers) as results, new_folder(out) as folder:
            with FolderWriter(folder) as writer:
                for rejected in refused:
                    _reject(rejected, writer, strict)
                for done in results:
                    writer.append(done.columns)
                    for rejected in done.rejected:
                        _reject(rejected, writer, strict)
                    tally.add(done)
                    if progress:
                        progress(done.source, tally.records)
            tally.ensure_read()
            if learned:
                write_inferred(folder, learned)
            summary = msgspec.structs.replace(_summary(folder, tally, settings), inferred=about)
            write_summary(folder, summary)
    return summary


def reading_of(tasks: Sequence[str | Path], tools: str | Path | None, format: str | None) -> tuple[Reading, list[Rejected]]:
    """How to read with these tasks, tools and format, and the tasks that could not be read.

    Raises:
        FormatError: ``tasks`` or ``tools`` do not exist or hold none.
    """
    known, refused = load_tasks(tasks) if tasks else ({}, [])
    offered = load_tools(tools) if tools is not None else ()
    offered, inferred = split(offered)
    return Reading(format=format, tasks=with_default_tools(known, offered), tools=offered, inferred=inferred), refused


def with_default_tools(tasks: Mapping[str, Task], tools: tuple[Tool, ...]) -> Mapping[str, Task]:
    """``tasks`` with ``tools`` where one has none; the task of the empty id serves every record that matches none."""
    if not tools:
        return tasks
    filled = {name: task if task.tool_sets else msgspec.structs.replace(task, tool_sets=(tools,)) for name, task in tasks.items()}
    return {**filled, "": Task(id="", tool_sets=(tools,))}


def _reject(rejected: Rejected, writer: FolderWriter, strict: bool) -> None:
    if strict:
        raise FormatError(f"{place(rejected)} (--strict)")
    writer.reject(rejected)


def _summary(folder: Path, tally: Tally, settings: Settings) -> Summary:
    with connect(folder) as connection:
        models = summarise_models(connection)
        others = summarise_compat(connection, settings.compat)
        duplicates = rows(connection, "SELECT count(*) - count(DISTINCT (source, model, run, sample, id)) AS n FROM trajectories")[0]["n"]
    inputs = tuple(tally.inputs())
    counts = _counts(models, inputs, tally, duplicates)
    return Summary(
        schema_version=SCHEMA_VERSION,
        spectool=__version__,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        inputs=inputs,
        settings=settings,
        counts=counts,
        models=models,
        compat=others,
        rejected=tuple(tally.reasons),
        crashed=tally.crashed(),
        notes=notes_of(counts, models),
    )


def _counts(models: Sequence[ModelSummary], inputs: Sequence[Input], tally: Tally, duplicates: int) -> Counts:
    summed = ("trajectories", "steps", "calls", "passed", "failed", "undecided", "without_tools", "without_gold")
    patterns = [pattern for model in models for pattern in model.patterns]
    rejected = sum(each.rejected for each in inputs)
    totals = {name: sum(getattr(model, name) for model in models) for name in summed}
    return Counts(
        **totals,
        **{name: sum(getattr(pattern, name) for pattern in patterns) for name in ("findings", "candidates", "excused")},
        records=totals["trajectories"] + rejected,
        rejected=rejected,
        duplicate_ids=duplicates,
        tasks_given=len(tally.tasks),
        tasks_used=len(tally.used),
        tasks_rejected=tally.tasks_rejected,
        remarks=dict(tally.remarks.most_common()),
    )
