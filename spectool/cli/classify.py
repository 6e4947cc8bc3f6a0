"""``spectool classify``: outputs in, a table of error patterns and a result folder out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from spectool.cli.judging import checked_judge, judge_classified
from spectool.model import GoldMode

if TYPE_CHECKING:
    from spectool.results.summary import Summary


@click.command(
    "classify",
    short_help="Find the error patterns in model outputs.",
    epilog="\b\nExample:\n  spectool classify outputs.jsonl --tasks tasks.jsonl -o results/mine --fail-on IFE=2%",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--tasks", metavar="PATH", multiple=True, help="Join tools, gold and requests by id from this file or folder. Repeatable.")
@click.option("--tools", metavar="FILE", help="Tools for trajectories that carry none (OpenAI, Anthropic or MCP list).")
@click.option("--infer-tools", is_flag=True, help="Where a record has no tools, infer them from the input's calls that succeeded.")
@click.option("--format", "format_", metavar="NAME", help="Read every file in this format instead of looking at it.")
@click.option("--gold-mode", type=click.Choice(get_args(GoldMode)), help="How strictly gold binds; default: each gold's own mode.")
@click.option("--compat", type=click.Choice(("bfcl", "toolscan")), multiple=True, help="Add this system's verdict or scores. Repeatable.")
@click.option("-o", "--out", metavar="DIR", help="The result folder; default: results/NAME of the one input. Replaced whole if it is one.")
@click.option("--workers", metavar="N", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that read and classify.")
@click.option("--strict", is_flag=True, help="Stop at the first unreadable record.")
@click.option("--fail-on", metavar="PATTERN[=RATE]", multiple=True, help="Exit 1 if more than RATE (0.05, 5%) of a model's runs show it.")
@click.option("--judge", metavar="[ENGINE:]MODEL", callback=checked_judge, help="Then judge what no rule decides, as spectool judge does.")
@click.option("--json", "as_json", is_flag=True, help="Print summary.json instead of the table.")
def command(paths: tuple[str, ...], out: str | None, fail_on: tuple[str, ...], judge: str | None, as_json: bool, **options: Any) -> int:
    """Find the error patterns in model outputs.

    PATH is a file (plain, .gz or .zst), a folder, or - for standard input; the format is found by its looks. The findings go to a
    result folder, which `spectool app` and any Parquet reader open.

    With --infer-tools the input is read twice: the first pass learns what each tool takes from the calls of it that succeeded, and
    writes that to tools.inferred.json in the folder, for you to check, edit and pass with --tools. What rests on it is likely at most.
    """
    from spectool.cli.inferred import inferred_lines
    from spectool.cli.limits import limit_from, violations
    from spectool.cli.screen import progress, show, show_json, width
    from spectool.cli.table import summary_lines
    from spectool.results.pipeline import classify_paths

    folder = Path(out) if out else default_folder(paths)
    limits = [limit_from(text) for text in fail_on]
    with progress("classifying", paths) as advance:
        summary = classify_paths(paths, out=folder, format=options.pop("format_"), progress=advance, **options)
    if as_json:
        show_json(summary)
    else:
        show((*inferred_lines(summary), *summary_lines(summary, folder, width())))
    if judge is not None:
        judge_classified(folder, judge, quiet=as_json)
    return _exit_code(summary, violations(summary, limits))


def default_folder(paths: tuple[str, ...]) -> Path:
    """``results/`` and the one input's file or folder name."""
    if len(paths) > 1:
        raise click.UsageError("several inputs need -o DIR to say where the results go")
    return Path("results") / ("stdin" if paths[0] == "-" else Path(paths[0]).resolve().name)


def _exit_code(summary: Summary, failures: list[str]) -> int:
    from spectool.plain_text import safe

    for crash in summary.crashed:
        where = f"{crash.trajectories:,} trajectories (first: {crash.example})"
        click.echo(f"error: a detector crashed on {where}: {safe(crash.reason)}", err=True)
    for failure in failures:
        click.echo(f"failed: {safe(failure)}", err=True)
    return 2 if summary.crashed else int(bool(failures))
