"""``spectool agree``: how far rules, tagger, judge and people say the same of a result folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from spectool.model import Tier

# As model.Tier and results.labels_entry.Drawn, which would load much to show a help text; a test holds them together.
TIERS = ("certain", "likely", "candidate")
DRAWN = ("all", "random", "failure", "uncertain")


@click.command(
    "agree",
    short_help="Agreement between rules, tagger, judge and people.",
    epilog="\b\nExample:\n  spectool agree results/demo --between rules --between alice --pattern IAV",
)
@click.argument("folder", metavar="RESULT")
@click.option("--between", "sides", metavar="SIDE", multiple=True, help="rules, tagger, judge or a person; default: all. Repeatable.")
@click.option(
    "--labels", "files", metavar="FILE", multiple=True, help="Labels beside those of the folder; a CSV's are its name's. Repeatable."
)
@click.option("--tier", "tiers", type=click.Choice(TIERS), multiple=True, help="What is a yes; default: certain and likely. Repeatable.")
@click.option("--pattern", "patterns", metavar="CODE", multiple=True, help="Only this pattern; default: core and extended. Repeatable.")
@click.option("--drawn", type=click.Choice(DRAWN), multiple=True, help="Only what people got to label so. Repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print everything, with the confusion matrices, as JSON.")
def command(
    folder: str,
    sides: tuple[str, ...],
    files: tuple[str, ...],
    tiers: tuple[Tier, ...],
    patterns: tuple[str, ...],
    drawn: tuple[str, ...],
    as_json: bool,
) -> int:
    """Hold rules, tagger, judge and people against each other: precision, recall, F1, Cohen's kappa, Krippendorff's alpha.

    A unit is one pattern in one trajectory; sides are compared on the units that both looked at. A person looked at what they finished:
    there, a pattern without a label is not there. Precision and recall are of the first side, with the second as the truth. Intervals are
    95 %, with tasks as what is drawn.

    Exit code 1 if a row of --labels was bad.
    """
    from spectool.classify.taxonomy import load
    from spectool.cli.agree_table import agreement_lines
    from spectool.cli.screen import show, show_json
    from spectool.plain_text import safe
    from spectool.results.agreement import COUNTED, agree
    from spectool.results.labels import Labels
    from spectool.results.labels_exchange import read_labels

    codes = [load().find(code)[0].code for code in patterns]
    held = Labels(folder).current() if files else ()
    read = [read_labels(Path(folder), Path(name), annotator=Path(name).stem, held=held) for name in files]
    more = [entry for each in read for entry in each.entries]
    agreement = agree(folder, sides=sides, more=more, tiers=tiers or COUNTED, patterns=codes, drawn=drawn)
    if as_json:
        show_json(agreement)
    else:
        show(agreement_lines(agreement))
    rejected = [bad for each in read for bad in each.rejected]
    for bad in rejected:
        click.echo(f"bad row: {safe(bad.reason)}", err=True)
    return int(bool(rejected))
