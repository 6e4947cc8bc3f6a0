"""One model in the Markdown report: its rates and its largest shapes, each with an example."""

from __future__ import annotations

from collections.abc import Iterator

from spectool.report.contents import ModelPart, Slip
from spectool.report.examples import Example
from spectool.report.markdown_text import fence, prose, span, table
from spectool.report.words import SLIPS, code_of, found_patterns, name_of, share, unjudged
from spectool.results.summary import PatternSummary
from spectool.results.told import interval, many, percent


def model_part(model: ModelPart) -> Iterator[str]:
    """All about it, line by line."""
    yield from (f"## {span(name_of(model))}", "")
    columns = ["pattern", "rate", "95 % interval", "trajectories", "of", "findings", "not judged in"]
    yield from table(columns, map(_pattern, found_patterns(model.summary)))
    if model.slips:
        yield from (f"### The {len(model.slips)} largest of {many(model.distinct, 'shape')}", "", SLIPS, "")
    for place, slip in enumerate(model.slips, 1):
        yield from _slip(place, slip)


def _pattern(pattern: PatternSummary) -> list[str]:
    rate = pattern.per_trajectory
    counts = (rate.count, rate.n, pattern.findings, unjudged(pattern.skipped))
    return [prose(pattern.error), percent(rate.rate), interval(rate), *(f"{each:,}" for each in counts)]


def _slip(place: int, slip: Slip) -> Iterator[str]:
    shape = slip.shape
    yield from (f"#### {place}. {many(shape.trajectories, 'trajectory', 'trajectories')}: {prose(code_of(shape))}", "")
    yield from (span(shape.text), "")
    rate = f"{share(shape.rate)} of all trajectories" if shape.rate is not None else ""
    harm = f"{shape.failed:,} of {shape.decided:,} with a verdict failed" if shape.decided else ""
    if rate or harm:
        yield from ("; ".join(each for each in (rate, harm) if each) + ".", "")
    yield from (f"**Do:** {prose(shape.todo)}", "")
    if slip.example is not None:
        yield from _example(slip.example)


def _example(example: Example) -> Iterator[str]:
    yield from (f"Task {span(example.task)}, trajectory {span(example.key)} of {span(example.folder)}.", "")
    if example.asked:
        yield from ("The user said:", "", *fence(example.asked))
    yield from ("The model wrote:", "")
    yield from fence(example.written)
    if example.mark is not None:
        yield from (f"Offending part: {span(example.written[slice(*example.mark)])}", "")
    yield from (f"Expected {span(example.expected)}, got {span(example.got)}.", "")
