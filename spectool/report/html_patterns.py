"""Patterns on the page: a heat map of pattern by model, then each model's rates and its largest shapes, each with an example."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spectool.report.contents import ModelPart, Report, Slip
from spectool.report.examples import Example
from spectool.report.html_charts import bar, end_of
from spectool.report.html_element import Html, cell, code, head, joined, table, tag
from spectool.report.words import RATES, SLIPS, code_of, codes_of, found_patterns, name_of, pattern_of, share, title, unjudged
from spectool.results.interval import Rate
from spectool.results.notes import clustered
from spectool.results.summary import PatternSummary
from spectool.results.told import interval, many, percent

# Lower ends of the heat map's steps; the number stands in the cell, the colour only leads the eye.
STEPS = (0.0, 0.01, 0.03, 0.07, 0.15, 0.3, 0.5)


def heat_map(report: Report) -> Iterator[Html]:
    """Pattern by model."""
    yield tag("p", RATES)
    summaries = [each.summary for each in report.models]
    rows = (
        (head(tag("b", error), " ", tag("span", title(error), class_="quiet")), *(_heat(pattern_of(each, error)) for each in summaries))
        for error in codes_of(summaries)
    )
    names = (tag("bdi", name_of(each)) for each in report.models)
    yield table(["Pattern", *names], rows, caption="Trajectories with the pattern, by model", class_="heat")


def _heat(pattern: PatternSummary | None) -> Html:
    if pattern is None or not pattern.judged:
        return tag("td", "not judged", class_="number unjudged")
    rate = pattern.per_trajectory
    step = max(place for place, least in enumerate(STEPS) if (rate.rate or 0.0) >= least) if rate.count else 0
    some = tag("small", f"{rate.count:,} of {rate.n:,}")
    return tag("td", tag("b", percent(rate.rate)), " ", some, class_=f"number heat-{step + 1 if rate.count else 0}")


def models(report: Report) -> Iterator[Html]:
    """A part for each model."""
    rates = [each.per_trajectory for model in report.models for each in found_patterns(model.summary)]
    end = end_of(rates)
    for place, model in enumerate(report.models):
        yield tag(
            "section",
            tag("h3", tag("bdi", name_of(model))),
            joined(*_rates(model, end)),
            joined(*_slips(model)),
            id=f"model-{place + 1}",
            class_="model",
        )


def _rates(model: ModelPart, end: float) -> Iterator[Html]:
    summary = model.summary
    verdicts = ((summary.passed, "passed"), (summary.failed, "failed"), (summary.undecided, "undecided"))
    told = [f"{count:,} {word}" for count, word in verdicts if count]
    yield tag("p", f"{many(summary.trajectories, 'trajectory', 'trajectories')} · {' · '.join(told)} by our verdict", class_="quiet")
    columns = ["Pattern", f"Rate (0 – {100 * end:.0f} %)", "", "95 % interval", "Trajectories", "Findings", "Not judged in"]
    yield table(columns, (_pattern(each, end) for each in found_patterns(summary)), caption="Patterns, the most frequent first")
    yield from (tag("p", note, class_="quiet") for note in clustered(summary))


def _pattern(pattern: PatternSummary, end: float) -> Iterator[Html]:
    rate: Rate = pattern.per_trajectory
    missing = unjudged(pattern.skipped)
    kind = f" ({pattern.level})" if pattern.level in ("event", "artefact") else ""
    yield head(tag("b", pattern.error), " ", tag("span", title(pattern.error) + kind, class_="quiet"))
    yield cell(bar(rate, end))
    yield cell(percent(rate.rate), number=True)
    yield cell(interval(rate), number=True)
    yield cell(f"{rate.count:,} of {rate.n:,}", number=True)
    yield cell(f"{pattern.findings:,}", number=True)
    yield cell(f"{missing:,}" if missing else "", number=True)


def _slips(model: ModelPart) -> Iterator[Html]:
    if not model.slips:
        return
    shown = f"The {len(model.slips)} largest of {many(model.distinct, 'shape')}" if model.distinct > 1 else "One shape"
    yield tag("h4", shown)
    yield tag("p", SLIPS, class_="quiet")
    yield joined(*(_slip(each, opened=place == 0) for place, each in enumerate(model.slips)))


def _slip(slip: Slip, *, opened: bool) -> Html:
    shape = slip.shape
    count = tag("span", f"{shape.trajectories:,}", class_="count")
    line = tag("summary", count, " ", tag("b", code_of(shape)), " ", tag("bdi", shape.text))
    rate = f"{share(shape.rate)} of all trajectories" if shape.rate is not None else ""
    harm = f"{shape.failed:,} of {shape.decided:,} with a verdict failed" if shape.decided else ""
    facts = tag("p", " · ".join(each for each in (rate, harm, many(shape.tasks, "task")) if each), class_="quiet")
    todo = tag("p", tag("strong", "Do: "), shape.todo)
    shown = example(slip.example) if slip.example is not None else Html("")
    return tag("details", line, facts, todo, _places(slip), shown, class_="slip", open=opened)


def _places(slip: Slip) -> Html:
    shape = slip.shape
    named = [f"{each.tool or '(no tool)'}{f'.{each.argument}' if each.argument else ''}" for each in shape.places if each.tool]
    if not named:
        return Html("")
    more = f" and {shape.tools - len(named):,} more tools" if shape.tools > len(named) else ""
    listed = (joined(", " if place else "", code(each)) for place, each in enumerate(named))
    return tag("p", "At ", joined(*listed), more, class_="quiet")


def example(shown: Example) -> Html:
    """The call as written, its offending part marked, beside what was expected and what it got."""
    parts: list[tuple[str, Html]] = [("The user said", tag("blockquote", tag("bdi", shown.asked)))] if shown.asked else []
    note = "" if shown.mark else "nothing written is marked: something is missing, or the whole is meant"
    parts += [
        ("The model wrote", joined(tag("pre", marked(shown.written, shown.mark)), tag("small", note) if note else Html(""))),
        ("Expected", tag("pre", shown.expected, class_="expected")),
        ("Got", tag("pre", shown.got, class_="got")),
    ]
    terms: Sequence[Html] = [joined(tag("dt", name), tag("dd", value)) for name, value in parts]
    where = tag("figcaption", "Task ", code(shown.task), ", trajectory ", code(shown.key), " of ", code(shown.folder))
    return tag("figure", where, tag("dl", terms), class_="example")


def marked(text: str, mark: tuple[int, int] | None) -> Html:
    """A text with its offending part marked."""
    if mark is None:
        return joined(text or "(nothing)")
    return joined(text[: mark[0]], tag("mark", text[mark[0] : mark[1]]), text[mark[1] :])
