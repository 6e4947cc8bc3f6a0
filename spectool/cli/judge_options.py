"""The options of ``spectool judge``, and what a user writes behind ``--filter`` and ``classify --judge``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from spectool.cli.run_options import SECTIONS

if TYPE_CHECKING:
    from spectool.results.filters import Filter

# As the fields of results.filters.Filter, which would load more than a help text needs; a test holds them together.
CHOICES = ("model", "category", "environment", "passed", "error", "subtype", "tier", "fault", "tool", "text", "key")
ENGINE = tuple(option for option in SECTIONS["Model and engine"] if option.name != "raw_text")
_WHAT = (
    click.Option(["--patterns"], metavar="P,...", multiple=True, help="Only these patterns; default: all five. Repeatable."),
    click.Option(
        ["--filter", "filters"],
        metavar="NAME=VALUE",
        multiple=True,
        help=f"Only trajectories of this {', '.join(CHOICES[:-2])} (of a finding), text or key; passed is passed, failed or undecided. "
        "Repeatable: values of one name are alternatives.",
    ),
    click.Option(["--limit"], metavar="N", type=click.IntRange(min=1), help="Only the first N of them."),
    click.Option(["--budget"], metavar="N", type=click.IntRange(min=1000), help="Characters shown of a trajectory; default: 24000."),
    click.Option(["--max-new-tokens"], metavar="N", type=click.IntRange(min=1), help="Most tokens of an answer; default: 400."),
    click.Option(["--no-constrain"], is_flag=True, help="Ask for JSON in words only, where a server takes no JSON Schema."),
    click.Option(["--resume"], is_flag=True, help="Go on: ask what has no answer yet, and what failed."),
    click.Option(["--overwrite"], is_flag=True, help="Drop the answers that are there."),
    click.Option(["--json", "as_json"], is_flag=True, help="Print the summary as JSON."),
)


def options() -> list[click.Parameter]:
    """All of them."""
    return [*ENGINE, *_WHAT]


def filter_from(texts: Sequence[str]) -> Filter:
    """The choices that ``--filter`` names.

    Raises:
        click.UsageError: one has no ``=`` or names nothing that can be chosen.
    """
    from spectool.results.filters import Filter

    chosen: dict[str, list[str]] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or name not in CHOICES:
            raise click.UsageError(f"--filter '{text[:80]}' is no NAME=VALUE; names: {', '.join(CHOICES)}")
        chosen.setdefault(name, []).append(value)
    for name in ("text", "key"):
        if len(chosen.get(name, ())) > 1:
            raise click.UsageError(f"--filter {name}=... can be given once")
    fields: dict[str, Any] = {name: values[0] if name in ("text", "key") else tuple(values) for name, values in chosen.items()}
    return Filter(**fields)


def engine_and_model(text: str) -> tuple[str, str]:
    """``ENGINE:MODEL`` taken apart; a model alone is for the default engine.

    A model's own name may hold a colon: only the name of an engine before the first one counts.
    """
    from spectool.run.engines.facts import FACTS

    engine, colon, model = text.partition(":")
    return (engine, model) if colon and engine in FACTS else ("transformers", text)
