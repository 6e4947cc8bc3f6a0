"""``spectool run``: tasks and a model in, an outputs file out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from spectool.cli.run_options import Sectioned, options

if TYPE_CHECKING:
    from spectool.model import Task
    from spectool.run.run import RunSummary


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
    from spectool.cli.engines import Ended, ending_softly, exit_code
    from spectool.cli.run_summary import summary_lines
    from spectool.cli.screen import show_json
    from spectool.plain_text import safe
    from spectool.run.errors import RunError

    try:
        with ending_softly():
            summary, in_world = _run(tasks, Path(out), chosen)
    except RunError as error:
        raise click.ClickException(safe(str(error))) from None
    except (KeyboardInterrupt, Ended) as stop:
        click.echo(f"interrupted; what was finished is in {safe(out)}, go on with --resume", err=True)
        return exit_code(stop)
    if as_json:
        show_json(summary)
    else:
        click.echo("\n".join(summary_lines(summary, in_world=in_world)))
    return 2 if summary.totals.failed and summary.totals.failed == summary.totals.episodes else 0


def _run(path: str, out: Path, chosen: dict[str, Any]) -> tuple[RunSummary, bool]:
    """What the run did, and whether a task names environments, so that its success can be scored."""
    from spectool.cli.engines import engine_options, facts_of, model_files
    from spectool.cli.run_progress import progress
    from spectool.run.engines.registry import load
    from spectool.run.run import RunSettings, run_tasks

    files, choices = model_files(chosen), engine_options(chosen)
    flags = {name: chosen.pop(name) for name in ("resume", "overwrite")}
    limit = chosen.pop("max_steps")
    steps = {} if limit is None else {"max_steps": limit, "world_steps": limit}
    kept = {name: value for name, value in chosen.items() if name in RunSettings.__struct_fields__}
    settings = RunSettings(**{**kept, **steps, **facts_of(files, chosen["engine"])})
    tasks = _tasks(path)
    with progress(files.name) as advance:
        summary = run_tasks(tasks, settings, lambda: load(settings.engine, files, choices), out, on_progress=advance, **flags)
    return summary, any("world" in task.meta for task in tasks.values())


def _tasks(path: str) -> dict[str, Task]:
    """The tasks that can be run, in the order of the file; what can not be is said on stderr."""
    from spectool.plain_text import safe
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
