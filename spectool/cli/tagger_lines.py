"""What a tagger said of a result folder, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from spectool.plain_text import cut, safe
from spectool.results.told import many

if TYPE_CHECKING:
    from spectool.tagger.tagged import Example, PatternTagged, Tagged

LABEL = 18


def tagged_lines(tagged: Tagged) -> Iterator[Text]:
    """The table, the most probable examples with their reasons, and how to read them."""
    yield Text.assemble(("Tagged by ", "bold"), (safe(tagged.by), "bold"), f"  {many(tagged.trajectories, 'trajectory', 'trajectories')}")
    yield Text()
    yield Text(f"{'  pattern':<{LABEL}}{'looked at':>11}{'likely':>9}{'candidate':>11}   not looked at", style="dim")
    for pattern in tagged.patterns:
        why = "; ".join(f"{count:,} {safe(reason)}" for reason, count in pattern.skipped.items())
        yield Text(f"  {pattern.error:<{LABEL - 2}}{pattern.looked_at:>11,}{pattern.likely:>9,}{pattern.candidate:>11,}   {why}")
    for pattern in tagged.patterns:
        yield from _examples(pattern)
    yield Text()
    yield Text("These are opinions, in tagged.parquet; they change no rate. How often they are right: docs/tagger.md", style="dim")


def _examples(pattern: PatternTagged) -> Iterator[Text]:
    if pattern.examples:
        yield Text()
        yield Text(f"  {pattern.error}, most probable", style="bold")
    for example in pattern.examples:
        yield from _example(example)


def _example(example: Example) -> Iterator[Text]:
    opinion = example.opinion
    chance = "" if opinion.score is None else f"{100 * opinion.score:.0f} %"
    yield Text(f"    {chance:>5}  {opinion.tier}: {cut(safe(opinion.message), 110)}")
    yield Text(f"           {cut(safe(example.id), 40)}  {cut(safe(opinion.path), 60)}  {cut(safe(example.model), 30)}", style="dim")
    for reason in opinion.evidence:
        if "feature" in reason:
            yield Text(f"           {reason['contribution']:+.2f}  {safe(reason['means'])}: {reason['value']:g}", style="dim")
        else:
            for what, named in reason.items():
                yield Text(f"           {safe(what)}: {cut(safe(', '.join(map(str, named))), 90)}", style="dim")
