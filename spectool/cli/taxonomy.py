"""``spectool taxonomy``: every pattern with its subtypes, or how another system's labels translate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.text import Text

_LEVELS = {
    "core": "The seven",
    "extended": "Beyond the seven",
    "event": "Events: nobody's slip by themselves",
    "artefact": "Artefacts of the harness",
}


@click.command(
    "taxonomy",
    short_help="List the patterns, or another system's labels in ours.",
    epilog="\b\nExample:\n  spectool taxonomy --crosswalk bfcl",
)
@click.option("--crosswalk", "system", metavar="NAME", help="Show this system's labels in ours; a wrong name lists those there are.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(system: str | None, as_json: bool) -> int:
    """List the error patterns and their subtypes, or the labels of another system in ours."""
    from spectool.classify.crosswalk import load_crosswalk
    from spectool.classify.taxonomy import load
    from spectool.cli.screen import show, show_json

    if as_json:
        show_json(load_crosswalk(system) if system else load())
    else:
        show(_crosswalk(system) if system else _tree())
    return 0


def _tree() -> Iterator[Text]:
    from rich.text import Text

    from spectool.classify.taxonomy import load
    from spectool.cli.prose import indented

    for level, title in _LEVELS.items():
        yield Text(title, style="bold")
        for error in load().errors:
            if error.level != level:
                continue
            candidate = "" if error.decided_by == "rule" else "  (decided by judge, tagger or person)"
            wide = 5 if level == "core" else 22
            yield Text.assemble("  ", (f"{error.code:<{wide}}", f"bold {error.colour}"), error.name, (candidate, "dim"))
            yield from indented(" · ".join(subtype.code for subtype in error.subtypes), 7, "dim")
        yield Text()
    yield Text.assemble("One in full: ", ("spectool explain IAV", "bold"), ", one subtype: ", ("spectool explain IAV.omitted", "bold"))


def _crosswalk(system: str) -> Iterator[Text]:
    from rich.text import Text

    from spectool.classify.crosswalk import load_crosswalk
    from spectool.cli.prose import indented

    walk = load_crosswalk(system)
    yield Text.assemble((walk.system, "bold"))
    yield from indented(f"{walk.source}. {walk.note}", 0, "dim")
    yield Text()
    wide = max(len(label.label) for label in walk.labels)
    for label in walk.labels:
        ours = ", ".join(label.ours) or (f"fault: {label.fault}" if label.fault else "no counterpart")
        yield Text.assemble(f"  {label.label:<{wide}}  → ", (ours, "bold" if label.ours else "dim"))
        yield from indented(label.note, 6, "dim")
