"""``spectool run``: tasks and a model in, an outputs file out."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from spectool.model import Task
    from spectool.run.progress import Progress
    from spectool.run.run import RunSummary

# Below so many tokens a second, a decimal tells more.
SLOW = 10


@click.command(
    "run",
    short_help="Run a model on tasks.",
    epilog="Example: spectool run tasks.jsonl --model smollm2-135m -o outputs.jsonl",
)
@click.argument("tasks", metavar="TASKS")
@click.option("--model", required=True, metavar="M", help="A name of `spectool models list`, a .gguf file, a model folder, or a hub id.")
@click.option("--engine", metavar="E", default="transformers", show_default=True, help="What generates: transformers.")
@click.option(
    "--prompt", metavar="P", default="chat_template", show_default=True, help="chat_template, worked_example, json_list or xlam1."
)
@click.option(
    "--max-new-tokens", metavar="N", type=click.IntRange(min=1), default=512, show_default=True, help="Most tokens of one assistant turn."
)
@click.option(
    "--max-steps",
    metavar="N",
    type=click.IntRange(min=1),
    default=None,
    show_default="6, in an environment 10",
    help="Most assistant turns to one user message.",
)
@click.option(
    "--feedback",
    type=click.Choice(["off", "error", "options"]),
    default="error",
    show_default=True,
    help="What the model is told of a call that an environment does not execute: only that, what is wrong, or also what would be right.",
)
@click.option("--finish/--no-finish", default=False, show_default=True, help="Offer a tool 'finish' that ends the task with an answer.")
@click.option("--samples", metavar="N", type=click.IntRange(min=1), default=1, show_default=True, help="Attempts at each task.")
@click.option("--temperature", metavar="T", type=click.FloatRange(min=0), default=0.0, show_default=True, help="0 is greedy.")
@click.option(
    "--top-p", metavar="P", type=click.FloatRange(min=0, max=1, min_open=True), default=1.0, show_default=True, help="Nucleus sampling."
)
@click.option("--seed", metavar="N", type=int, default=0, show_default=True, help="Of sampling.")
@click.option("--batch-size", metavar="N", type=click.IntRange(min=1), default=16, show_default=True, help="Requests generated at once.")
@click.option("--dtype", type=click.Choice(["auto", "float32", "bfloat16", "float16"]), default="auto", help="auto: float32 on a CPU.")
@click.option("--device", metavar="D", default="auto", show_default=True, help="auto, cpu, cuda, cuda:1, ...")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="Run only the first N tasks.")
@click.option("-o", "--out", required=True, metavar="FILE", help="The outputs, one JSON row an attempt.")
@click.option("--resume", is_flag=True, help="Go on with FILE: run what it does not hold, and what failed.")
@click.option("--overwrite", is_flag=True, help="Replace FILE.")
@click.option("--json", "as_json", is_flag=True, help="Print the totals as JSON.")
def command(tasks: str, model: str, device: str, out: str, as_json: bool, **options: Any) -> int:
    """Run a model on tasks and write its outputs.

    TASKS is a tasks.jsonl (or a data set in a format SpecTool reads). Each finished attempt is written at once, so an interrupted run
    goes on with --resume. FILE.run.json says how the outputs were made.
    """
    from spectool.cli.screen import show_json
    from spectool.cli.text import safe
    from spectool.run.errors import RunError

    try:
        summary, in_world = _run(tasks, model, device, Path(out), options)
    except RunError as error:
        raise click.ClickException(safe(str(error))) from None
    except KeyboardInterrupt:
        click.echo(f"interrupted; what was finished is in {out}, go on with --resume", err=True)
        return 130
    if as_json:
        show_json(summary)
    else:
        click.echo("\n".join(_lines(summary, in_world=in_world)))
    return 2 if summary.totals.failed and summary.totals.failed == summary.totals.episodes else 0


def _run(path: str, model: str, device: str, out: Path, options: dict[str, Any]) -> tuple[RunSummary, bool]:
    """What the run did, and whether a task names environments, so that its success can be scored."""
    from spectool.run.engines.options import EngineOptions
    from spectool.run.engines.registry import load
    from spectool.run.models import resolve
    from spectool.run.run import RunSettings, run_tasks

    files = resolve(model)
    flags = {name: options.pop(name) for name in ("resume", "overwrite")}
    limit = options.pop("max_steps")
    steps = {} if limit is None else {"max_steps": limit, "world_steps": limit}
    settings = RunSettings(model=files.name, **steps, **options)
    choices = EngineOptions(batch_size=settings.batch_size, dtype=settings.dtype, device=device)
    tasks = _tasks(path)
    with _progress(files.name) as advance:
        summary = run_tasks(tasks, settings, lambda: load(settings.engine, files, choices), out, on_progress=advance, **flags)
    return summary, any("world" in task.meta for task in tasks.values())


def _tasks(path: str) -> dict[str, Task]:
    """The tasks that can be run, in the order of the file; what can not be is said on stderr."""
    from spectool.cli.text import safe
    from spectool.read.tasks import load_tasks
    from spectool.results.told import many

    tasks, rejected = load_tasks([path])
    for each in rejected[:3]:
        click.echo(f"not a task: {safe(f'{each.source}:{each.line}: {each.reason}')}", err=True)
    if len(rejected) > 3:
        click.echo(f"and {len(rejected) - 3:,} more records that are no tasks", err=True)
    asked = {name: task for name, task in tasks.items() if any(message.role == "user" for message in task.messages)}
    if len(asked) < len(tasks):
        one, several = "task has no user message and is left out", "tasks have no user message and are left out"
        click.echo(many(len(tasks) - len(asked), one, several), err=True)
    return asked


@contextmanager
def _progress(model: str) -> Iterator[Callable[[Progress], None] | None]:
    """A bar with rates and time left on stderr; ``None`` when it is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    rates = (TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Bar(*columns, *rates, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(f"loading {model}", total=None, rate="")

        def advance(now: Progress) -> None:
            bar.update(
                task, description=model, completed=now.episodes, total=now.of, rate=_rate(now.episodes, now.completion_tokens, now.seconds)
            )

        yield advance


def _rate(episodes: int, tokens: int, seconds: float) -> str:
    if seconds <= 0:
        return ""
    speed = tokens / seconds
    return f"{episodes / seconds:.2f} tasks/s, {speed:,.{0 if speed >= SLOW else 1}f} tokens/s"


def _lines(summary: RunSummary, *, in_world: bool) -> Iterator[str]:
    from spectool.results.told import many

    totals = summary.totals
    if summary.kept:
        yield many(summary.kept, "attempt was there already", "attempts were there already")
    if totals.episodes:
        rate = _rate(totals.episodes, totals.completion_tokens, totals.seconds)
        yield f"{many(totals.episodes, 'attempt')}, {many(totals.turns, 'turn')} in {totals.seconds:,.0f} s: {rate}"
    if totals.failed:
        yield f"{totals.failed:,} failed (--resume tries them again): {_shown(summary.errors)}"
    yield f"wrote {summary.out}"
    out = shlex.quote(summary.out)
    yield f"next: spectool score {out}   or   spectool classify {out}" if in_world else f"next: spectool classify {out}"


def _shown(reasons: Sequence[str]) -> str:
    """The different reasons, safe to show."""
    from spectool.cli.text import safe

    return "; ".join(safe(reason) for reason in dict.fromkeys(reasons))
