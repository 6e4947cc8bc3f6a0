"""``spectool report``: result folders in, a report for people out: on the screen, as Markdown, JSON or one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from spectool.redact import Mode

# As redact.Mode and report.formats.FORMATS, which would load the library to show a help text; a test holds them together.
MODES = ("secrets", "pii", "none")
ENDINGS = (".html", ".md", ".json")


@click.command(
    "report",
    short_help="One report for the team: terminal, Markdown, JSON, HTML.",
    epilog="\b\nExample:\n  spectool report results/a results/b -o report.html",
)
@click.argument("results", metavar="RESULT...", nargs=-1, required=True)
@click.option("-o", "outs", metavar="FILE", multiple=True, help="Write FILE: .html, .md or .json. Repeatable; without it: the terminal.")
@click.option("--redact", type=click.Choice(MODES), default="secrets", show_default=True, help="What is taken out of every text.")
@click.option("--overwrite", is_flag=True, help="Replace a FILE that is there already.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(results: tuple[str, ...], outs: tuple[str, ...], redact: Mode, overwrite: bool, as_json: bool) -> int:
    """Report what the models in these result folders do wrong, the harness first, and what to do about it.

    RESULT is a result folder, as spectool classify writes it. The HTML is one file without script or request; what models wrote is
    escaped everywhere. Keys, tokens and passwords are replaced by [redacted: kind #1]; --redact pii also takes out e-mail addresses,
    phone, card and account numbers and IP addresses. How to read it: docs/report.md.
    """
    from spectool.cli.report_lines import report_lines
    from spectool.cli.screen import doing, show, show_json, width
    from spectool.report.contents import gather

    for out in outs:
        _check(out, overwrite)
    with doing("report") as told:
        report = gather(results, redact, told)
    for out in outs:
        _write(out, report)
    if as_json:
        show_json(report)
    elif not outs:
        show(report_lines(report, width()))
    return 0


def _check(out: str, overwrite: bool) -> None:
    from spectool.cli.target import check_target

    if Path(out).suffix.lower() not in ENDINGS:
        raise click.UsageError(f"-o: expected a file that ends in {', '.join(ENDINGS)}, got '{out[:80]}'")
    check_target(out, overwrite=overwrite)


def _write(out: str, report: object) -> None:
    from contextlib import ExitStack

    from spectool.cli.target import opened
    from spectool.report.contents import Report
    from spectool.report.formats import FORMATS

    assert isinstance(report, Report)
    with ExitStack() as stack:
        opened(stack, out).write(FORMATS[Path(out).suffix.lower()](report).encode("utf-8", "replace"))
    click.echo(f"written to {out}", err=True)
