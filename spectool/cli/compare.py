"""``spectool compare``: what changed between two models, and whether the change is real."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from spectool.patterns.compare_sides import By

# As patterns.compare_sides.By, which would load the classifier to show a help text; a test holds them together.
SIDES = ("folder", "model")


@click.command(
    "compare",
    short_help="Compare models: fixed, broken, and whether it is chance.",
    epilog="\b\nExample:\n  spectool compare results/before results/after --fail-on success --fail-on IAV=2",
)
@click.argument("paths", metavar="RESULT...", nargs=-1, required=True)
@click.option("--by", type=click.Choice(SIDES), help="What is compared; default: folders, or the models of the one folder given.")
@click.option("--baseline", metavar="NAME", help="The folder or model that is A; default: the first.")
@click.option("--fail-on", metavar="WHAT[=N]", multiple=True, help="Exit 1 if WHAT became worse: PATTERN, success or broken. Repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole comparison as JSON.")
def command(paths: tuple[str, ...], by: By | None, baseline: str | None, fail_on: tuple[str, ...], as_json: bool) -> int:
    """Compare models on the tasks they share: which tasks were fixed and which broke, how each pattern changed, and whether it is chance.

    RESULT is a result folder; the first is A, the baseline, and every other is held against it. Tasks are paired by their id, or by
    question and tools where ids differ, and attempts at a task one to one. Differences are B - A in percentage points, with a 95 %
    interval over tasks and McNemar's exact test; over many patterns, q is p corrected for their number.

    --fail-on IAV ends with exit code 1 if IAV rose significantly (q < 0.05), IAV=2 if it rose by more than 2 points, significant or not;
    success likewise if it fell (p < 0.05); broken if a task broke, broken=10 if more than 10 did. What could not be compared fails, too.
    """
    from spectool.cli.compare_limits import regression_from, regressions
    from spectool.cli.compare_table import comparison_lines
    from spectool.cli.screen import show, show_json
    from spectool.patterns.compare import compare
    from spectool.plain_text import safe

    limits = [regression_from(text) for text in fail_on]
    comparison = compare(paths, by=by, baseline=baseline)
    if as_json:
        show_json(comparison)
    else:
        show(comparison_lines(comparison))
    failures = regressions(comparison, limits)
    for failure in failures:
        click.echo(f"failed: {safe(failure)}", err=True)
    return int(bool(failures))
