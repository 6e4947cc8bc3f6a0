"""``spectool check``: what would be read, before anything is classified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.text import Text

    from spectool.results.survey import FileSurvey


@click.command(
    "check",
    short_help="Show what would be read, and what would not.",
    epilog="\b\nExample:\n  spectool check runs/ --tasks tasks.jsonl",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--tasks", metavar="PATH", multiple=True, help="Join tools, gold and requests by id from this file or folder. Repeatable.")
@click.option("--tools", metavar="FILE", help="Tools for trajectories that carry none.")
@click.option("--format", "format_", metavar="NAME", help="Read every file in this format instead of looking at it.")
@click.option("--json", "as_json", is_flag=True, help="Print a list with an object a file.")
def command(paths: tuple[str, ...], tasks: tuple[str, ...], tools: str | None, format_: str | None, as_json: bool) -> int:
    """Show what would be read: each file's format, records, trajectories, calls, slips of syntax and rejected records.

    Exit code 1 if a record is rejected.
    """
    from spectool.cli.screen import show, show_json
    from spectool.results.pipeline import reading_of
    from spectool.results.survey import survey

    reading, refused = reading_of(tasks, tools, format_)
    files = list(survey(paths, reading))
    if as_json:
        show_json(files)
    else:
        show(_lines(files))
    for each in refused:
        click.echo(f"tasks: {each.reason}", err=True)
    return int(any(each.rejected for each in files) or bool(refused))


def _lines(files: Sequence[FileSurvey]) -> Iterator[Text]:
    from rich.text import Text

    from spectool.plain_text import safe
    from spectool.results.tally import place

    yield Text(f"{'file':<40} {'format':<16}{'records':>9}{'runs':>9}{'calls':>9}{'rejected':>10}", style="bold")
    for each in files:
        name, form = safe(each.file), each.format or "unknown"
        name = name if len(name) <= 40 else "…" + name[-39:]
        numbers = f"{each.records:>9,}{each.trajectories:>9,}{each.calls:>9,}"
        yield Text.assemble(f"{name:<40} {form:<16}{numbers}", (f"{each.rejected:>10,}", "red bold" if each.rejected else "dim"))
        if notes := _notes(each):
            yield Text(f"  {notes}", style="dim")
        for rejected in each.reasons:
            yield Text(f"  {safe(place(rejected))}", style="red")
        if each.rejected > len(each.reasons):
            yield Text(
                f"  and {each.rejected - len(each.reasons):,} more rejected (--json shows no more; classify writes all to rejected.jsonl)"
            )
    if len(files) > 1:
        totals = (sum(getattr(each, name) for each in files) for name in ("records", "trajectories", "calls"))
        numbers = "".join(f"{total:>9,}" for total in totals)
        yield Text(f"{f'{len(files)} files':<40} {'':<16}{numbers}{sum(each.rejected for each in files):>10,}", style="bold")


def _notes(each: FileSurvey) -> str:
    if not each.records:
        return "no outputs in it; tasks and gold go to --tasks"
    parts = [f"{kind} {count:,}" for kind, count in each.problems.items()]
    notes = [f"syntax: {', '.join(parts)}"] if parts else []
    for count, what in ((each.without_tools, "tools"), (each.without_gold, "gold")):
        if count:
            notes.append(f"{'all' if count == each.trajectories else f'{count:,}'} without {what}")
    return " · ".join(notes)
