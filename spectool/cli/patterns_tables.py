"""Patterns, rates and slices in the terminal, 100 columns wide."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.text import Text

from spectool.cli.prose import indented
from spectool.cli.table import LABEL, label
from spectool.patterns.rates import Rates
from spectool.patterns.rates_row import RateRow
from spectool.patterns.slices import Slice, Slices
from spectool.plain_text import cut, safe
from spectool.results.interval import Rate
from spectool.results.told import UNKNOWN, interval, many, percent

# Of one model and pattern: what is not shown stands in the JSON.
VALUES = 8
_HEAD = f"{'findings':>9}{'trajectories':>16}{'rate':>9}{'95 % interval':>17}{'a place':>10}"


def pattern_lines(found: Rates) -> Iterator[Text]:
    """Each model's patterns, those in the most trajectories first, then those that could not be judged."""
    for model, rows in groupby(found.rows, key=lambda row: row.model):
        every = list(rows)
        yield Text(safe(model) or "(no model named)", style="bold")
        yield Text(f"{'  pattern':<{LABEL}}{_HEAD}", style="dim")
        for row in sorted((row for row in every if row.findings), key=lambda row: -row.trajectories):
            yield _figures(label(row.error), row)
        unjudged = [f"{row.error} in {row.unchecked:,} of {row.unchecked + row.per_trajectory.n:,}" for row in every if row.unchecked]
        if unjudged:
            yield from indented(f"could not be checked, and is not clean: {' · '.join(unjudged)} trajectories", 2, "dim", hanging=4)
        yield Text()


def rate_lines(found: Rates) -> Iterator[Text]:
    """Each model's and pattern's rates by the values of the dimension."""
    yield Text(f"Rates by {found.title}", style="bold")
    yield from indented(f"of: {found.of}", 2, "dim", hanging=6)
    if not found.rows:
        yield Text("  no findings", style="dim")
    for (model, error), rows in groupby(found.rows, key=lambda row: (row.model, row.error)):
        every = list(rows)
        yield Text.assemble((f"  {error}", "bold"), (f"  {safe(model) or '(no model named)'}", "dim"))
        for row in every[:VALUES]:
            yield _figures(Text(f"    {cut(safe(row.value), LABEL - 5):<{LABEL - 4}}"), row)
        if len(every) > VALUES:
            yield Text(f"    and {len(every) - VALUES:,} more (--json has them)", style="dim")
    if found.left_out:
        yield Text(f"  {many(found.left_out, 'row')} with fewer trajectories left out", style="dim")
    yield Text()


def _figures(line: Text, row: RateRow) -> Text:
    rate, place = row.per_trajectory, row.per_opportunity
    line.append(f"{row.findings:>9,}", style="bold" if row.findings else "dim")
    line.append(f"{f'{rate.count:,} of {rate.n:,}':>16}{percent(rate.rate):>9}")
    return line.append(f"{interval(rate):>17}{percent(place.rate) if place else UNKNOWN:>10}", style="dim")


def slice_lines(found: Slices) -> Iterator[Text]:
    """The slices by model, with their rates inside and outside, and keys of examples."""
    yield Text.assemble(
        ("Slices", "bold"),
        (f"  where a pattern is more frequent than elsewhere; {many(found.tested, 'condition')} tested, q < {found.level:g}", "dim"),
    )
    if not found.slices:
        yield Text("  none holds in tasks that it was not found on", style="dim")
    for model, every in groupby(found.slices, key=lambda each: each.model):
        yield Text(f"  {safe(model) or '(no model named)'}", style="bold")
        for each in every:
            yield from _slice(each)
    yield Text()


def _slice(each: Slice) -> Iterator[Text]:
    lift = f"{each.lift:.1f} times" if each.lift is not None else "only there"
    terms = " and ".join(safe(str(term)) for term in each.terms)
    yield Text.assemble((f"  {each.error}", "bold"), f"  {cut(terms, 80)}")
    size = f"{many(each.tasks, 'task')}, {many(each.trajectories, 'trajectory', 'trajectories')}"
    yield Text(f"    {lift}: {_share(each.inside)} places inside, {_share(each.outside)} outside; q = {each.q:.2g}; {size}")
    yield Text(f"    e.g. {', '.join(map(safe, each.examples))}", style="dim")


def _share(rate: Rate) -> str:
    return f"{rate.count:,} of {rate.n:,} ({percent(rate.rate)})"
