"""``spectool tasks``: making tasks, checking them, and breaking answers to them in ways that are known (``inject``)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from spectool.cli.target import opened
from spectool.cli.tasks_check import check
from spectool.cli.tasks_generate import generate

if TYPE_CHECKING:
    from spectool.benchmark.inject import Injection
    from spectool.environments.episode.feedback import Feedback
    from spectool.model import Task


FEEDBACK = "In tasks that name a world: how much it tells of a call that it refuses."
RATE = "In tasks that name a world: one output a task, in which each pattern befalls each call (or run) with this probability."


@click.group("tasks", short_help="Generate or check tasks, or break answers to them.")
def command() -> None:
    """Make tasks, check them, or make something of them."""


command.add_command(check)
command.add_command(generate)


@command.command("inject", epilog="Example: spectool tasks inject tasks.jsonl -o broken.jsonl --error IAV --answers planted.jsonl")
@click.argument("paths", metavar="TASKS...", nargs=-1, required=True)
@click.option("-o", "--out", metavar="FILE", required=True, help="The JSON-lines file of outputs to write, or - for standard output.")
@click.option("--error", "errors", metavar="NAME", multiple=True, help="Plant only this pattern (IAV) or subtype (IAV.scale). Repeatable.")
@click.option("--per-task", metavar="N", type=click.IntRange(min=1), help="At most so many outputs a task, drawn at random.")
@click.option("--double", is_flag=True, help="Plant two slips in each output, on different calls or arguments.")
@click.option("--feedback", type=click.Choice(["off", "error", "options"]), default="off", show_default=True, help=FEEDBACK)
@click.option("--rate", metavar="P", type=click.FloatRange(0, 1), help=RATE)
@click.option("--seed", metavar="S", default=0, help="What else to draw from.")
@click.option("--answers", metavar="FILE", help="Write what was planted, one JSON row an output: id, slips, planted findings.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON on stdout (on stderr with -o -).")
def inject(
    paths: tuple[str, ...],
    out: str,
    errors: tuple[str, ...],
    per_task: int | None,
    double: bool,
    feedback: Feedback,
    rate: float | None,
    seed: int,
    answers: str | None,
    as_json: bool,
) -> int:
    """Answer tasks perfectly by their gold, break each answer in one known way, and write the outputs.

    Classified, each output must show what was planted in it, and nothing else. A task that names a world is solved in it, with all its
    calls executed; what the agent does after a refused call is planted as well. A task whose own tools refuse its gold is named and left
    out; one without a world whose gold names no calls is left out.
    """
    import msgspec

    from spectool.benchmark.breaking import Break, broken_anywhere, has_world
    from spectool.benchmark.slips.registry import slips_named
    from spectool.environments.episode.world import StaleWorld
    from spectool.plain_text import safe
    from spectool.read.tasks import load_tasks

    try:
        slips_named(errors)
    except ValueError as error:
        raise click.UsageError(f"--error: {error}") from None
    if rate is not None and (double or per_task):
        raise click.UsageError("--rate makes one output a task: leave out --double and --per-task")
    tasks, rejected = load_tasks(paths)
    if double and any(map(has_world, tasks.values())):
        raise click.UsageError("--double: tasks that name a world hold several slips by --rate")
    faults = _told(task for task in tasks.values() if not has_world(task))
    how = Break(names=errors, seed=seed, double=double, most=per_task, feedback=feedback, rate=rate)
    try:
        written = _written(broken_anywhere(tasks.values(), how), out, answers)
    except StaleWorld as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        counts = {"written": written, "tasks": len(tasks), "gold_faults": faults, "rejected": len(rejected), "out": out}
        click.echo(msgspec.json.encode(counts).decode(), err=out == "-")
    else:
        click.echo(f"{written:,} broken outputs of {len(tasks):,} tasks written to {safe(out)}", err=True)
    return 2 if not written else int(bool(rejected))


def _told(tasks: Iterable[Task]) -> int:
    """Names the tasks whose gold their own tools refuse; returns how many there are."""
    from spectool.benchmark.inject import GoldFault, replay
    from spectool.plain_text import safe

    faults = [found for found in map(replay, tasks) if isinstance(found, GoldFault)]
    for fault in faults:
        click.echo(f"gold fault: {safe(fault.task)}: {safe('; '.join(fault.refused))}", err=True)
    return len(faults)


def _written(made: Iterable[Injection], out: str, answers: str | None) -> int:
    """Writes outputs, and what was planted in them; returns how many there are."""
    import msgspec

    from spectool.read.formats.spectool_rows import write
    from spectool.results.rows import to_json

    count = 0
    with ExitStack() as files:
        outputs = opened(files, out)
        planted = opened(files, answers, "--answers") if answers else None
        for injection in made:
            count += 1
            outputs.write(to_json(write(injection.trajectory)).encode() + b"\n")
            if planted is not None:
                row = {"id": injection.trajectory.id, "slips": injection.slips, "planted": injection.planted}
                planted.write(msgspec.json.encode(row) + b"\n")
    return count
