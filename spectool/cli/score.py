"""``spectool score``: results or outputs in, a leaderboard out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from spectool.benchmark.score import Slice

# As benchmark.score.Slice, which would load the classifier to show a help text; a test holds them together.
SLICES = ("model", "environment", "kind", "split", "prompt")


@click.command(
    "score",
    short_help="Score models: success, progress, reliability, cost.",
    epilog="\b\nExample:\n  spectool score results/a results/b --by environment -o scores.md",
)
@click.argument("paths", metavar="RESULT...", nargs=-1, required=True)
@click.option("--by", type=click.Choice(SLICES), help="Score the parts of each model, too.")
@click.option("--tasks", metavar="PATH", multiple=True, help="Join tools, gold and requests by id, for outputs without. Repeatable.")
@click.option("-o", "--out", metavar="FILE.md", help="Write the tables as Markdown, too.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(paths: tuple[str, ...], by: Slice | None, tasks: tuple[str, ...], out: str | None, as_json: bool) -> int:
    """Score models by what they achieved: success, progress, reliability over samples, error patterns, and at which size and latency.

    RESULT is a result folder, or outputs in any format, which are classified on the way. Attempts at tasks of SpecTool's environments
    succeed when the answer tells every claim and the end state, found by executing the calls again, is the right one; others by their
    reward, else by the verdict of their gold.

    Exit code 1 if a record could not be read.
    """
    from spectool.benchmark.scoring import score_paths
    from spectool.cli.score_table import score_lines
    from spectool.cli.screen import progress, show, show_json
    from spectool.report.score_page import score_page
    from spectool.results.convert import new_file

    if out is not None and Path(out).is_dir():
        raise click.UsageError(f"-o '{out[:80]}' is a folder; name a file")
    with progress("scoring") as advance:
        board = score_paths(paths, by=by, tasks=tasks, progress=advance)
    if out is not None:
        with new_file(Path(out)) as file:
            file.write(score_page(board).encode())
    if as_json:
        show_json(board)
    else:
        show(score_lines(board))
    return int(bool(board.rejected))
