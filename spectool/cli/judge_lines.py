"""What a judge did, in words, at its end and while it goes on."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

import click
from rich.text import Text

from spectool.cli.prose import indented
from spectool.plain_text import safe
from spectool.results.told import figure, interval, many, percent

if TYPE_CHECKING:
    from spectool.results.agreement import Pair
    from spectool.run.judge_progress import JudgeProgress
    from spectool.run.judge_summary import JudgeSummary, PatternJudged

LABEL = 26
# Seconds between two lines in a log.
EVERY = 60.0


def judge_lines(summary: JudgeSummary) -> Iterator[Text]:
    """The table of a judge's answers."""
    yield Text.assemble(("Judged by ", "bold"), (safe(summary.model), "bold"), f"  {safe(summary.folder)}  ({safe(summary.engine)})")
    yield Text(", ".join(_facts(summary)))
    yield Text()
    yield Text(f"{'  pattern':<{LABEL}}{'found':>8}{'of answers':>12}{'rate':>9}{'95 % interval':>19}{'unusable':>10}", style="dim")
    models = {pattern.judged_model for pattern in summary.patterns}
    for model, patterns in groupby(summary.patterns, key=lambda pattern: pattern.judged_model):
        if len(models) > 1:
            yield Text(f"{safe(model) or '(no model named)'}", style="bold")
        for pattern in patterns:
            yield from _pattern(pattern)
    yield Text()
    yield from _agreement(summary.agreement)
    yield from indented("Every finding of a judge is a candidate: it counts in no rate.", 0, "dim")


def _agreement(pairs: Sequence[Pair]) -> Iterator[Text]:
    """What people's labels of the same trajectories say of the judge."""
    if not pairs:
        yield from indented("Agreement not measured: label some of these trajectories (spectool labels, spectool agree).", 0, "yellow")
        return
    for person, of_person in groupby(pairs, key=lambda pair: pair.right):
        yield Text(f"Held against the labels of {safe(person)}")
        for pair in of_person:
            shares = [
                f"{word} {rate.count:,} of {rate.n:,} ({interval(rate)})"
                for word, rate in (("precision", pair.precision), ("recall", pair.recall))
            ]
            yield from indented(f"{pair.error}: {', '.join(shares)}, kappa {figure(pair.kappa.value, 2)}, n {pair.n:,}", 2, hanging=4)


def _facts(summary: JudgeSummary) -> Iterator[str]:
    totals = summary.totals
    yield many(summary.trajectories, "trajectory", "trajectories")
    if summary.kept:
        yield many(summary.kept, "answer was there already", "answers were there already")
    if summary.damaged:
        yield many(summary.damaged, "was damaged and is asked again", "were damaged and are asked again")
    if totals.episodes:
        speed = f" ({totals.episodes / totals.seconds:.2f}/s)" if totals.seconds else ""
        yield f"{many(totals.episodes, 'question')} in {totals.seconds:,.0f} s{speed}"
        yield f"{totals.prompt_tokens:,} tokens read, {totals.completion_tokens:,} written"
    if totals.failed:
        yield f"{totals.failed:,} failed (--resume asks them again)"
    if summary.shortened:
        yield f"{many(summary.shortened, 'answer')} about records cut to {summary.budget:,} characters"


def _pattern(pattern: PatternJudged) -> Iterator[Text]:
    rate, unusable = pattern.found, sum(pattern.unusable.values())
    figures = f"{rate.count:>8,}{rate.n:>12,}{percent(rate.rate):>9}{interval(rate):>19}{unusable:>10,}"
    yield Text(f"  {pattern.error:<{LABEL - 2}}{figures}")
    for word, reasons in (("unusable, and not clean", pattern.unusable), ("not judged", pattern.skipped), ("failed", pattern.failed)):
        if reasons:
            yield from indented(f"{word}: {_reasons(reasons)}", 4, "dim", hanging=6)


def _reasons(reasons: Mapping[str, int]) -> str:
    return "; ".join(f"{count:,} {safe(reason)}" for reason, count in reasons.items())


def progress_line(now: JudgeProgress) -> str:
    """A judge that goes on, in one line."""
    parts = [f"{now.done:,} of {many(now.of, 'question')}"]
    left = now.seconds_left
    if left is not None:
        parts.append(f"{left:.0f} s left" if left < 90 else f"{left / 60:.0f} min left")
    parts += [f"{code} {count:,}" for code, count in now.found.items()]
    parts += [f"{count:,} {word}" for count, word in ((now.unusable, "unusable"), (now.failed, "failed")) if count]
    return "; ".join(parts)


@contextmanager
def judging(model: str) -> Iterator[Callable[[JudgeProgress], None]]:
    """To be called after every answer: a bar on a terminal, elsewhere a line now and then."""
    if not sys.stderr.isatty():
        yield _now_and_then()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(20), TextColumn("{task.fields[about]}", markup=False))
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(f"loading {safe(model)}", total=None, about="")
        yield lambda now: bar.update(task, description=safe(model), completed=now.done, total=now.of, about=progress_line(now))


def _now_and_then() -> Callable[[JudgeProgress], None]:
    last = time.monotonic()

    def told(now: JudgeProgress) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            click.echo(progress_line(now), err=True)

    return told
