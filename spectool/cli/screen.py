"""Writing to the terminal: results on stdout, talk and progress on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.text import Text

T = TypeVar("T")
# The width the tables are made for; a narrower terminal wraps, a wider one gains longer examples.
WIDTH = 100
WIDEST = 140


def width() -> int:
    """Columns to fill: fixed when not a terminal, so that the text is the same everywhere."""
    if not sys.stdout.isatty():
        return WIDTH
    from shutil import get_terminal_size

    return max(WIDTH, min(WIDEST, get_terminal_size((WIDTH, 24)).columns))


def show(lines: Iterable[Text]) -> None:
    """Prints styled lines on stdout, without styles when it is not a terminal."""
    from rich.console import Console

    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH, highlight=False, soft_wrap=True)
    for line in lines:
        line.rstrip()
        console.print(line)


def show_json(value: Any) -> None:
    """Prints a value or struct as indented JSON on stdout."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def tracked(items: Iterable[T], verb: str, total: int) -> Iterator[T]:
    """The items as they come, with a bar on stderr that says rate and time left; without a terminal nothing is shown."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, verb, total=total, console=Console(file=sys.stderr), transient=True)


@contextmanager
def doing(verb: str) -> Iterator[Callable[[str], None]]:
    """A line on stderr that says what is being done, to be called with each part; nothing without a terminal."""
    if not sys.stderr.isatty():
        yield lambda part: None
        return
    from rich.console import Console

    with Console(file=sys.stderr).status(verb) as status:
        yield lambda part: status.update(f"{verb}: {part}")


@contextmanager
def progress(verb: str, paths: Sequence[str] = ()) -> Iterator[Callable[[str, int], None] | None]:
    """A bar on stderr with rate and time left, to be called with a source's name and the records so far; ``None`` without a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from spectool.plain_text import safe

    columns = (TextColumn("{task.description}", markup=False), BarColumn(30), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    # Refreshed by each advance: a refreshing thread would keep the worker processes from being forked.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(verb, total=_lines_of(paths), rate="")

        def advance(source: str, records: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0
            rate = f"{records:,} records" + (f", {records / elapsed:,.0f}/s" if elapsed > 1 else "")
            bar.update(task, description=f"{verb} {safe(source)[:60]}", completed=records, rate=rate, refresh=True)

        yield advance


def _lines_of(paths: Sequence[str]) -> int | None:
    """Lines of plain JSON-lines files, which are as many records; ``None`` where that can not be known quickly."""
    if not paths or not all(path.endswith((".jsonl", ".ndjson")) and os.path.isfile(path) for path in paths):
        return None
    lines = 0
    for path in paths:
        with open(path, "rb") as file:
            while block := file.read(1 << 20):
                lines += block.count(b"\n")
    return lines
