"""``spectool labels``: people's labels of a result folder, in and out."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from spectool.cli.target import check_target, opened

if TYPE_CHECKING:
    from spectool.results.labels_exchange import Format

# As results.labels_exchange.Format, which would load the classifier to show a help text; a test holds them together.
FORMATS = ("jsonl", "scout")
SHOWN = 20


@click.group("labels", short_help="Import or export people's labels.")
def command() -> None:
    """Bring people's labels of a result folder in or out; they are kept in its labels.sqlite and survive a new classification."""


@command.command("import", epilog="Example: spectool labels import results/demo validation.csv --annotator alice")
@click.argument("folder", metavar="RESULT")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--annotator", metavar="NAME", default="", help="Whose labels they are, where a row does not say.")
@click.option("--pattern", metavar="CODE", default="", help="What the column 'target' of a Scout file is about.")
@click.option("--json", "as_json", is_flag=True, help="Print what became of each file as JSON.")
def bring(folder: str, files: tuple[str, ...], annotator: str, pattern: str, as_json: bool) -> int:
    """Keep the labels of files: Inspect Scout's validation CSV, or JSON lines as 'labels export' writes them.

    A Scout row says of each label_<pattern> column true or false; what its annotator said before becomes that. A file read twice changes
    nothing. A bad row is named and costs no other.

    Exit code 1 if a row was bad.
    """
    from spectool.cli.screen import show_json
    from spectool.results.labels_exchange import import_labels

    found = {name: import_labels(Path(folder), Path(name), annotator=annotator, pattern=_code(pattern)) for name in files}
    if as_json:
        show_json(found)
    for name, done in found.items():
        _tell(f"{name}: {done.added:,} entries added, {done.known:,} known already", as_json)
        if done.elsewhere:
            _tell(f"  kept, but of trajectories that this folder does not hold: {done.elsewhere:,}", as_json)
        if done.unknown:
            _tell(f"  no pattern of ours, not imported: {', '.join(done.unknown)}", as_json)
        _name([each.reason for each in done.rejected], "bad row")
    return int(any(done.rejected for done in found.values()))


@command.command("export", epilog="Example: spectool labels export results/demo --annotator alice -o validation.csv")
@click.argument("folder", metavar="RESULT")
@click.option("-o", "--out", metavar="FILE", required=True, help="The file to write, or - for standard output.")
@click.option("--to", type=click.Choice(FORMATS), help="Default: scout for a file that ends in .csv, else jsonl.")
@click.option("--annotator", metavar="NAME", default="", help="Only this person's labels; scout needs it where several labelled.")
@click.option("--pattern", "patterns", metavar="CODE", multiple=True, help="Scout's columns; default: core and extended. Repeatable.")
@click.option("--history", is_flag=True, help="With jsonl: what was replaced or taken back, too.")
@click.option("--overwrite", is_flag=True, help="Replace FILE where it is there already.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON on stdout (on stderr with -o -).")
def take(
    folder: str, out: str, to: Format | None, annotator: str, patterns: tuple[str, ...], history: bool, overwrite: bool, as_json: bool
) -> int:
    """Write the labels of a result folder as JSON lines, which hold everything, or as Inspect Scout's validation CSV.

    Scout's file holds one row a trajectory that its annotator finished, with true or false for each pattern; what was not finished is
    named and left out, for Scout would read it as an answer.
    """
    import msgspec

    from spectool.results.labels_exchange import export_labels, format_of

    check_target(out, overwrite=overwrite)
    kind = to or format_of(Path(out))
    codes = [_code(code) for code in patterns]
    data, done = export_labels(Path(folder), to=kind, annotator=annotator, history=history, patterns=codes)
    with ExitStack() as files:
        opened(files, out).write(data)
    if as_json:
        click.echo(msgspec.json.encode(done).decode(), err=out == "-")
        return 0
    by = f", ids are each trajectory's {done.named_by}" if kind == "scout" else ""
    _tell(f"{done.written:,} {'rows' if kind == 'scout' else 'entries'} written to {out}{by}", True)
    _name(done.left_out, "left out")
    return 0


def _code(name: str) -> str:
    """A pattern's own name for what a user wrote; empty stays empty."""
    from spectool.classify.taxonomy import load

    return load().find(name)[0].code if name else ""


def _tell(text: str, aside: bool) -> None:
    from spectool.plain_text import safe

    click.echo(safe(text), err=aside)


def _name(reasons: Sequence[str], what: str) -> None:
    """Names what was not taken; of many the first, and how many more."""
    for reason in reasons[:SHOWN]:
        _tell(f"  {what}: {reason}", True)
    if len(reasons) > SHOWN:
        _tell(f"  {what}: {len(reasons) - SHOWN:,} more; --json names all", True)
