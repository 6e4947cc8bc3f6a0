"""``spectool tasks generate``: fresh tasks over the benchmark's environments, as many as wanted."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from spectool.cli.rephrasing import rephrased, say_outcomes
from spectool.cli.target import check_target, opened

if TYPE_CHECKING:
    from spectool.benchmark.splits import Split
    from spectool.benchmark.template import Book
    from spectool.model import Task

SPLITS = ("dev", "val", "test")
SHOWN = 12


@click.command("generate", epilog="Example: spectool tasks generate -o fresh.jsonl --number 1000 --environment travel --kind multi_step")
@click.option("-o", "--out", metavar="FILE", required=True, help="The JSON-lines file of tasks to write, or - for standard output.")
@click.option("--number", metavar="N", type=click.IntRange(min=1), default=100, show_default=True, help="How many tasks.")
@click.option("--split", type=click.Choice(SPLITS), default="dev", show_default=True, help="Whose templates and records to draw from.")
@click.option("--environment", "environments", metavar="NAME", multiple=True, help="Only this environment. Repeatable.")
@click.option("--kind", "kinds", metavar="KIND", multiple=True, help="Only this kind of task, such as multi_step. Repeatable.")
@click.option("--seed", metavar="S", default=0, help="What else to draw; the same seed gives the same bytes.")
@click.option("--protect", "protected", metavar="TASKS", multiple=True, help="Make nothing near these requests either. Repeatable.")
@click.option("--allow-near", is_flag=True, help="Make requests that are nearly like others of the same file, too.")
@click.option("--rephrase", "model", metavar="MODEL", help="Let a model reword the requests; kept is only what passes the check.")
@click.option(
    "--rephrase-check",
    type=click.Choice(["solve", "rules"]),
    default="solve",
    show_default=True,
    help="solve: the model must also solve the reworded task as its gold says; rules: every place and figure must stand.",
)
@click.option("--device", metavar="D", default="auto", show_default=True, help="Of the model that rewords: auto, cpu, cuda, cuda:1, ...")
@click.option("--overwrite", is_flag=True, help="Replace FILE.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON on stdout (on stderr with -o -).")
def generate(out: str, number: int, overwrite: bool, as_json: bool, **options: Any) -> int:
    """Draw tasks from templates: places filled from records, truth found by executing the reference solution, tools to choose from.

    Nothing is made that comes near a request of the benchmark's own val and test tasks, or near another request of the file (word
    5-grams, Jaccard index 0.7), and no request that gives away its own answer. Where a source, a template in one of its variants, has no
    more to give, others take its place; where all have, fewer tasks are written than asked for, and the exit code is 1.
    """
    import msgspec

    from spectool.plain_text import safe
    from spectool.run.errors import RunError

    check_target(out, overwrite=overwrite)
    begun = time.perf_counter()
    used_up: dict[str, int] = {}
    outcomes: Counter[str] = Counter()
    try:
        counts = _written(_made(number, used_up, outcomes, **options), out, number)
    except (RunError, ValueError) as error:
        raise click.ClickException(safe(str(error))) from None
    seconds = time.perf_counter() - begun
    told = {"written": sum(counts.values()), "used_up": used_up, "rephrased": dict(outcomes), "seconds": round(seconds, 3), "kinds": counts}
    if as_json:
        click.echo(msgspec.json.encode({**told, "out": out}).decode(), err=out == "-")
    else:
        _say(counts, seconds, out, used_up)
        if outcomes:
            say_outcomes(outcomes)
    if told["written"] != number:
        click.echo(f"all sources are used up: {told['written']:,} of {number:,} tasks; --allow-near allows for more", err=True)
    return int(told["written"] != number)


def _made(
    number: int,
    used_up: dict[str, int],
    outcomes: Counter[str],
    *,
    split: Split,
    environments: Sequence[str],
    kinds: Sequence[str],
    protected: Sequence[str],
    allow_near: bool,
    model: str | None,
    rephrase_check: str,
    device: str,
    **drawing: Any,
) -> Iterator[Task]:
    """The tasks; ``used_up`` is told of sources, ``outcomes`` what became of rewordings."""
    from spectool.benchmark.generate import generate as generated

    _check_kinds(kinds)
    books = _books(environments, split)
    forbidden = _forbidden(split, protected)
    made = generated(
        books,
        split,
        number,
        kinds=kinds,
        forbidden=forbidden,
        allow_near=allow_near,
        keep_places=model is not None,
        on_used_up=lambda source, count: used_up.update({source.name: count}),
        **drawing,
    )
    if model is None:
        return made
    return rephrased(made, model, forbidden, outcomes, solved=rephrase_check == "solve", device=device, allow_near=allow_near)


def _say(counts: Mapping[str, int], seconds: float, out: str, used_up: Mapping[str, int]) -> None:
    """What was written, and which sources had no more to give, the poorest first, each with the number of tasks made from it."""
    from spectool.plain_text import safe
    from spectool.results.told import many

    written = sum(counts.values())
    click.echo(f"{many(written, 'task')} written to {safe(out)}; {written / seconds:,.0f} tasks/s", err=True)
    click.echo("  " + ", ".join(f"{count:,} {kind}" for kind, count in counts.items()), err=True)
    if used_up:
        shown = sorted(used_up.items(), key=lambda item: item[1])[:SHOWN]
        more = f", and {len(used_up) - SHOWN:,} more" if len(used_up) > SHOWN else ""
        told = ", ".join(f"{name} ({count:,})" for name, count in shown)
        click.echo(f"{len(used_up):,} sources were used up, with so many tasks each: {told}{more}", err=True)


def _check_kinds(kinds: Sequence[str]) -> None:
    from spectool.benchmark.template import Kind
    from spectool.names import nearest_first
    from spectool.read.record import quoted

    for kind in kinds:
        if kind not in get_args(Kind):
            raise click.UsageError(f"--kind: expected one of {', '.join(nearest_first(kind[:80], get_args(Kind)))}, got {quoted(kind)}")


def _books(environments: Sequence[str], split: Split) -> list[Book]:
    from spectool.benchmark.splits import splits_of
    from spectool.benchmark.templates.registry import BOOKS, book

    try:
        books = [book(name) for name in environments] or list(BOOKS)
    except KeyError as error:
        raise click.UsageError(f"--environment: {error.args[0]}") from None
    for name in environments:
        if split not in (there := splits_of(name)):
            raise click.UsageError(f"--environment: {name} has {' and '.join(there)} templates only; pass --split {there[0]}")
    return books


def _forbidden(split: str, protected: Sequence[str]) -> Callable[[str], bool]:
    """Whether a request is near one of the benchmark's val and test tasks (but those of the split itself) or of ``protected``."""
    from spectool.benchmark.generate import asked
    from spectool.benchmark.near import NearDuplicates
    from spectool.read.tasks import load_tasks
    from spectool.resources import folder

    own = [folder("data") / "tasks" / f"{name}.jsonl" for name in ("val", "test") if name != split]
    near = NearDuplicates()
    for task in load_tasks([*own, *map(Path, protected)])[0].values():
        near.add(task.id, asked(task))
    return lambda text: near.nearest(text) is not None


def _written(made: Iterable[Task], out: str, number: int) -> dict[str, int]:
    """Writes the tasks; returns how many of each kind there are."""
    from contextlib import ExitStack

    from spectool.benchmark.task_lines import task_line
    from spectool.cli.screen import tracked
    from spectool.results.stream import uncollected

    kinds: Counter[str] = Counter()
    with ExitStack() as stack:
        file = opened(stack, out)
        stack.enter_context(uncollected())
        for task in tracked(made, "generating", number):
            file.write(task_line(task))
            kinds[task.meta["category"]] += 1
    return dict(sorted(kinds.items()))
