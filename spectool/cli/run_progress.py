"""A run while it goes on, on stderr: a bar on a terminal, elsewhere a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as Bar
from rich.text import Text

from spectool.cli.run_summary import left, now_found, progress_line, speed
from spectool.plain_text import safe
from spectool.run.progress import Progress

# Seconds between two lines in a log, and between two updates of the bar.
EVERY = 60.0
REFRESH = 0.1


@contextmanager
def progress(model: str) -> Iterator[Callable[[Progress], None]]:
    """To be called with how far the run is, as often as that changes."""
    if not sys.stderr.isatty():
        yield _no_oftener_than(EVERY, lambda now: click.echo(progress_line(now), err=True))
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(20), MofNCompleteColumn())
    about = TextColumn("{task.fields[about]}", markup=False)
    with _Bar(*columns, about, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(f"loading {safe(model)}", total=None, about="")

        def advance(now: Progress) -> None:
            bar.found = now_found(now)
            told = "; ".join(part for part in (speed(now.totals), left(now)) if part)
            bar.update(task, description=safe(model), completed=now.totals.episodes, total=now.of, about=told)

        yield _no_oftener_than(REFRESH, advance, at_once=True)


class _Bar(Bar):
    """A bar with a line below it: what was found so far."""

    found = ""

    def get_renderables(self) -> Iterable[RenderableType]:
        """The bar, then the line."""
        yield from super().get_renderables()
        if self.found:
            yield Text(f"  {self.found}", style="dim")


def _no_oftener_than(seconds: float, tell: Callable[[Progress], None], *, at_once: bool = False) -> Callable[[Progress], None]:
    last = 0.0 if at_once else time.monotonic()

    def told(now: Progress) -> None:
        nonlocal last
        if time.monotonic() - last >= seconds:
            last = time.monotonic()
            tell(now)

    return told
