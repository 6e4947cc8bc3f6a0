"""``spectool explain CODE``: what a pattern means, what counts, what does not, and the hard cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.text import Text

    from spectool.classify.taxonomy import ErrorType, Subtype

# Suggestions within so many points (of 100) of the best are shown beside it.
_AS_GOOD = 8


@click.command("explain", short_help="Explain a pattern or a subtype.", epilog="\b\nExample:\n  spectool explain IAV.omitted")
@click.argument("code", metavar="CODE")
@click.option("--json", "as_json", is_flag=True, help="Print the taxonomy's entry as JSON.")
def command(code: str, as_json: bool) -> int:
    """Explain a pattern (IAV) or a subtype of it (IAV.omitted): definition, counting, what does not count, hard cases, source."""
    from spectool.classify.strict_yaml import TaxonomyError
    from spectool.classify.taxonomy import load
    from spectool.cli.screen import show, show_json

    try:
        error, subtype = load().find(code)
    except TaxonomyError as unknown:
        raise click.UsageError(f"{unknown}{_suggestion(code)}") from None
    if as_json:
        show_json({"error": error.code, "subtype": subtype} if subtype else {**_fields(error), "hard_cases": hard_cases(error.code)})
    else:
        show(_subtype_lines(error, subtype) if subtype else _error_lines(error))
    return 0


def _fields(error: ErrorType) -> dict[str, object]:
    return {name: getattr(error, name) for name in error.__struct_fields__}


def hard_cases(code: str) -> str:
    """The detector's docstring; empty where a judge, a tagger or a person decides."""
    from inspect import cleandoc

    from spectool.classify.detectors.registry import DETECTORS

    module = next((detector for detector in DETECTORS if code == detector.CODE), None)
    return cleandoc(module.__doc__ or "") if module else ""


def _suggestion(code: str) -> str:
    """The codes nearest to what was asked, by code, name or subtype."""
    from rapidfuzz import fuzz, process, utils

    from spectool.classify.taxonomy import load

    known: dict[str, str] = {}
    for error in load().errors:
        known |= {error.code: error.code, error.name: error.code}
        known |= {f"{error.code}.{each.code}": f"{error.code}.{each.code}" for each in error.subtypes}
        known |= {each.code: f"{error.code}.{each.code}" for each in error.subtypes}
    found = process.extract(code[:80], list(known), scorer=fuzz.token_sort_ratio, processor=utils.default_process, limit=5, score_cutoff=70)
    names = list(dict.fromkeys(known[name] for name, score, _ in found if score > found[0][1] - _AS_GOOD))[:3]
    return f". Did you mean {' or '.join(names)}?" if names else ""


def _error_lines(error: ErrorType) -> Iterator[Text]:
    from rich.text import Text

    from spectool.cli.prose import indented, paragraph

    facts = f"{error.level} · {error.axis.replace('_', ' ')} · fault: {error.fault}"
    yield Text.assemble((error.code, f"bold {error.colour}"), (f"  {error.name}", "bold"), (f"   {facts}", "dim"))
    yield Text(error.question, style="italic")
    yield Text()
    for label, text in (
        ("definition", error.definition),
        ("counts", error.counts),
        ("out of", error.assessed),
        ("not counted", error.excludes),
        ("example", error.example),
        ("needs", ", ".join(error.needs) or "the calls alone"),
        ("source", error.source),
    ):
        yield from paragraph(label, text)
    yield Text()
    yield Text("Subtypes (where two fit, the first)", style="bold")
    for subtype in error.subtypes:
        yield Text.assemble("  ", (subtype.code, "bold"), ("" if subtype.tier == "certain" else f"  {subtype.tier}", "dim"))
        yield from indented(subtype.definition, 6)
    if cases := hard_cases(error.code):
        yield Text()
        yield Text("Hard cases, as the detector settles them", style="bold")
        for part in cases.split("\n\n"):
            plain = not any(line.startswith((" ", "-", "*", "|")) for line in part.splitlines())
            yield from indented(part, 2) if plain else (Text(f"  {line}") for line in part.splitlines())
            yield Text()


def _subtype_lines(error: ErrorType, subtype: Subtype) -> Iterator[Text]:
    from rich.text import Text

    from spectool.cli.prose import paragraph

    yield Text.assemble(
        (f"{error.code}.{subtype.code}", f"bold {error.colour}"), (f"  {subtype.name}", "bold"), (f"   {subtype.tier}", "dim")
    )
    yield Text(f"a subtype of {error.code}, {error.name}", style="dim")
    yield Text()
    yield from paragraph("definition", subtype.definition)
    yield from paragraph("example", subtype.example)
    yield from paragraph("needs", "gold" if subtype.needs_gold else "no gold")
    yield Text()
    yield Text.assemble("The whole pattern: ", (f"spectool explain {error.code}", "bold"))
