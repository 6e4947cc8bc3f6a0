"""``spectool run``: tasks and a model in, an outputs file out."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from spectool.cli.run_options import Sectioned, options

if TYPE_CHECKING:
    from spectool.model import Task
    from spectool.run.engines.options import EngineOptions
    from spectool.run.models import ModelFiles
    from spectool.run.run import RunSummary


class Ended(BaseException):
    """Someone asked the process to end (SIGTERM), as cluster schedulers do before they kill."""


@click.command(
    "run",
    cls=Sectioned,
    params=options(),
    short_help="Run a model on tasks.",
    epilog="Example: spectool run demo --model smollm2-135m --prompt worked_example -o outputs.jsonl",
)
@click.argument("tasks", metavar="TASKS")
def command(tasks: str, out: str, as_json: bool, **chosen: Any) -> int:
    """Run a model on tasks and write its outputs.

    TASKS is a tasks.jsonl, a data set in a format SpecTool reads, or one that it brings: demo, benchmark:dev, benchmark:val,
    benchmark:test. Each finished attempt is written at once, so an interrupted run goes on with --resume. FILE.run.json says how the
    outputs were made.
    """
    from spectool.cli.run_summary import summary_lines
    from spectool.cli.screen import show_json
    from spectool.cli.text import safe
    from spectool.run.errors import RunError

    try:
        with _ending_softly():
            summary, in_world = _run(tasks, Path(out), chosen)
    except RunError as error:
        raise click.ClickException(safe(str(error))) from None
    except (KeyboardInterrupt, Ended) as stop:
        click.echo(f"interrupted; what was finished is in {safe(out)}, go on with --resume", err=True)
        return 130 if isinstance(stop, KeyboardInterrupt) else 128 + signal.SIGTERM
    if as_json:
        show_json(summary)
    else:
        click.echo("\n".join(summary_lines(summary, in_world=in_world)))
    return 2 if summary.totals.failed and summary.totals.failed == summary.totals.episodes else 0


def _run(path: str, out: Path, chosen: dict[str, Any]) -> tuple[RunSummary, bool]:
    """What the run did, and whether a task names environments, so that its success can be scored."""
    from spectool.cli.run_progress import progress
    from spectool.run.engines.registry import load
    from spectool.run.run import RunSettings, run_tasks

    files, choices = _model(chosen), _choices(chosen)
    flags = {name: chosen.pop(name) for name in ("resume", "overwrite")}
    limit = chosen.pop("max_steps")
    steps = {} if limit is None else {"max_steps": limit, "world_steps": limit}
    kept = {name: value for name, value in chosen.items() if name in RunSettings.__struct_fields__}
    settings = RunSettings(**{**kept, **steps, **_of_model(files, chosen["engine"])})
    tasks = _tasks(path)
    with progress(files.name) as advance:
        summary = run_tasks(tasks, settings, lambda: load(settings.engine, files, choices), out, on_progress=advance, **flags)
    return summary, any("world" in task.meta for task in tasks.values())


def _model(chosen: dict[str, Any]) -> ModelFiles:
    """The model's files; on a server, only its name.

    Raises:
        RunError: there is no such engine or model, or the engine takes no such choice.
    """
    from spectool.run.engines.facts import check_takes, is_served
    from spectool.run.engines.registry import check_known
    from spectool.run.models import ModelFiles, resolve

    engine, name = chosen["engine"], chosen["model"]
    check_known(engine)
    check_takes(engine, [each for each, value in chosen.items() if value not in (None, False, "auto")])
    if not is_served(engine):
        return resolve(name)
    return ModelFiles(name=name, location=name)


def _of_model(files: ModelFiles, engine: str) -> dict[str, str]:
    """What tells this model and what generates with it from others of the same names."""
    from spectool.run.engines.facts import engine_version, is_served
    from spectool.run.models import fingerprint

    known = "" if is_served(engine) else fingerprint(files)
    return {"model": files.name, "model_files": known, "engine_version": engine_version(engine)}


def _choices(chosen: dict[str, Any]) -> EngineOptions:
    from spectool.run.engines.options import EngineOptions

    names = EngineOptions.__struct_fields__
    return EngineOptions(**{name: value for name, value in chosen.items() if name in names and value is not None})


def _tasks(path: str) -> dict[str, Task]:
    """The tasks that can be run, in the order of the file; what can not be is said on stderr."""
    from spectool.cli.text import safe
    from spectool.read.tasks import load_tasks
    from spectool.run.runnable import runnable

    tasks, rejected = load_tasks([path])
    for each in rejected[:3]:
        click.echo(f"not a task: {safe(f'{each.source}:{each.line}: {each.reason}')}", err=True)
    if len(rejected) > 3:
        click.echo(f"and {len(rejected) - 3:,} more records that are no tasks", err=True)
    chosen, left_out = runnable(tasks)
    for sentence in left_out:
        click.echo(safe(sentence), err=True)
    return chosen


@contextmanager
def _ending_softly() -> Iterator[None]:
    """SIGTERM ends what runs inside as Ctrl-C does: the engine is closed, with its processes and its hold on a GPU."""

    def end(number: int, frame: object) -> None:
        raise Ended

    try:
        before = signal.signal(signal.SIGTERM, end)
    except ValueError:  # only a process's main thread has signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
