"""``spectool convert``: outputs of any format as rows of another."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from spectool.model import Rejected


@click.command(
    "convert",
    short_help="Write outputs in another format.",
    epilog="\b\nExample:\n  spectool convert runs/ --to spectool -o outputs.jsonl",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--to", metavar="FORMAT", required=True, help="The format to write; a wrong name lists those there are.")
@click.option(
    "-o", "--out", metavar="FILE", required=True, help="The JSON-lines file to write, or - for standard output; bfcl: the folder."
)
@click.option("--tasks", metavar="PATH", multiple=True, help="Join tools, gold and requests by id from this file or folder. Repeatable.")
@click.option("--tools", metavar="FILE", help="Tools for trajectories that carry none.")
@click.option("--format", "format_", metavar="NAME", help="Read every file in this format instead of looking at it.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON on stdout (on stderr with -o -).")
def command(
    paths: tuple[str, ...], to: str, out: str, tasks: tuple[str, ...], tools: str | None, format_: str | None, as_json: bool
) -> int:
    """Write outputs in another format, one JSON row a trajectory.

    What a format has no place for (gold in OpenAI chat rows) is left out; `spectool` rows keep everything. Exit code 1 if a record
    could not be read or, with `bfcl`, is no answer to one of BFCL's questions. `bfcl` writes a folder of result files as BFCL's own
    evaluator reads them (docs/bfcl.md).
    """
    import msgspec

    from spectool.plain_text import safe
    from spectool.results.convert import convert_into, convert_paths, makes_folder, new_file
    from spectool.results.pipeline import reading_of
    from spectool.results.tally import place

    def refuse(rejected: Rejected) -> None:
        click.echo(f"rejected: {safe(place(rejected))}", err=True)

    whole = makes_folder(to)
    _check_out(paths, out, folder=whole)
    reading, refused = reading_of(tasks, tools, format_)
    for each in refused:
        refuse(each)
    if reading.inferred:  # in records they would pass for the tools that were offered
        raise click.UsageError(f"the tools of {safe(str(tools))} were inferred from a log; check them and remove every 'x-inferred' first")
    if whole:
        done = convert_into(paths, to=to, folder=Path(out), reading=reading, refuse=refuse)
    else:
        with nullcontext(sys.stdout.buffer) if out == "-" else new_file(Path(out)) as file:
            done = convert_paths(paths, to=to, out=file, reading=reading, refuse=refuse)
            if not done.written and Path(out).exists():
                raise click.ClickException(f"no readable record; {safe(out)} is left as it was")
    rejected = done.rejected + len(refused)
    if as_json:
        click.echo(msgspec.json.encode({"written": done.written, "rejected": rejected, "out": out}).decode(), err=out == "-")
    else:
        click.echo(f"{done.written:,} row{'s' * (done.written != 1)} written to {'standard output' if out == '-' else safe(out)}", err=True)
    return 2 if not done.written else int(bool(rejected))


def _check_out(paths: tuple[str, ...], out: str, *, folder: bool) -> None:
    """Refuses an ``out`` that would replace an input or is not of the kind that is written."""
    if folder and (out == "-" or Path(out).is_file()):
        raise click.ClickException(f"-o {out} is no folder, and this format is written as a folder of files")
    if folder:
        return
    if out != "-" and any(_holds(Path(path), Path(out)) for path in paths if path != "-"):
        raise click.ClickException(f"-o {out} would replace an input; choose another file")
    if Path(out).is_dir():
        raise click.ClickException(f"-o {out} is a folder; name a file")


def _holds(path: Path, out: Path) -> bool:
    """Whether ``out`` is the input ``path``, or a file that exists inside it."""
    here, there = path.resolve(), out.resolve()
    return here == there or (here.is_dir() and there.exists() and there.is_relative_to(here))
