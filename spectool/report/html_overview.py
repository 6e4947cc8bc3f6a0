"""The first sections of the page: what the folders hold, what is suspicious about the harness, which model succeeds how often."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase

from spectool.benchmark.model_size import parameters
from spectool.report.contents import ModelPart, Report
from spectool.report.html_charts import Point, bar, plot
from spectool.report.html_element import Html, cell, code, head, joined, table, tag, unbroken
from spectool.report.words import CAUSES, NO_CAUSE, PASSED, SPENT, most_frequent, name_of, opening, share
from spectool.results.told import figure, interval, many, percent

TOP = 3
_SECONDS = ((1, "1 s"), (3, "3 s"), (10, "10 s"), (30, "30 s"), (100, "100 s"), (300, "300 s"), (1000, "1,000 s"))
_SIZES = ((1e8, "0.1b"), (3e8, "0.3b"), (1e9, "1b"), (3e9, "3b"), (1e10, "10b"), (3e10, "30b"), (1e11, "100b"), (1e12, "1t"))


def holds(report: Report) -> Iterator[Html]:
    """The paragraph, the models in a table, and what could not be read or checked."""
    yield tag("p", unbroken(" ".join(opening(report))), class_="lead")
    yield table(
        ["Model", "Trajectories", "Tasks", "Passed", "95 % interval", "Most frequent"],
        (_model(each) for each in report.models),
        caption="Models",
    )
    yield tag("p", PASSED, class_="quiet")
    inputs = (tag("li", code(each.path), f" of {each.created[:10] or 'unknown date'}", _notes(each.notes)) for each in report.folders)
    yield tag("details", tag("summary", many(len(report.folders), "result folder")), tag("ul", inputs))
    if report.unchecked:
        rows = ((head(reason), cell(_costs(costs))) for reason, costs in report.unchecked.items())
        told = table(["Why", "Pattern (trajectories)"], rows, caption="What could not be checked, and is not clean")
        yield tag("details", tag("summary", f"Could not be checked: {many(len(report.unchecked), 'reason')}"), told)


def _model(model: ModelPart) -> Iterator[Html]:
    rate, top = model.outlay.success, most_frequent(model.summary)[:TOP]
    yield head(tag("bdi", name_of(model)))
    yield cell(f"{model.summary.trajectories:,}", number=True)
    yield cell(f"{model.summary.tasks:,}", number=True)
    yield cell(bar(rate), " ", f"{percent(rate.rate)} of {rate.n:,}", number=True)
    yield cell(interval(rate), number=True)
    told = [f"{each.error} {percent(each.per_trajectory.rate)}" + (", " if each is not top[-1] else "") for each in top]
    yield cell(joined(*(joined(tag("span", each, class_="whole"), " ") for each in told)))


def _notes(notes: tuple[str, ...]) -> Html:
    return tag("ul", (tag("li", note) for note in notes)) if notes else Html("")


def _costs(costs: object) -> str:
    assert isinstance(costs, dict)
    return ", ".join(f"{error} ({count:,})" for error, count in costs.items())


def suspected(report: Report) -> Iterator[Html]:
    """Systemic causes, each with its share, what to do, and keys to look at."""
    if not report.systemic:
        yield tag("p", NO_CAUSE)
        return
    yield tag("p", CAUSES)
    for cause in report.systemic:
        of = f"{share(cause.rate)} of {cause.of}; {cause.failed:,} of these failed"
        yield tag(
            "article",
            tag("h3", tag("bdi", cause.what)),
            tag("p", tag("strong", tag("bdi", name_of(cause))), " · ", of, class_="quiet"),
            tag("p", tag("strong", "Do: "), cause.fix),
            tag("p", "Look at ", joined(*(joined(code(key), " ") for key in cause.evidence)), class_="quiet")
            if cause.evidence
            else Html(""),
            class_="cause",
        )


def spent(report: Report) -> Iterator[Html]:
    """Success beside size, time and tokens, where at least one is known; nothing else."""
    lettered = [(ascii_uppercase[place % 26], each) for place, each in enumerate(report.models)]
    yield tag("p", SPENT)
    yield table(
        ["", "Model", "Parameters", "Passed", "95 % interval", "Seconds an attempt (median)", "a turn", "Tokens read", "written"],
        (_spent(letter, each) for letter, each in lettered),
        caption="Success, size, time and tokens",
    )
    sized = [_point(letter, each, size) for letter, each in lettered if (size := parameters(each.size))]
    timed = [_point(letter, each, time) for letter, each in lettered if (time := each.outlay.median_seconds)]
    plots = []
    for points, axis, ticks in ((sized, "parameters", _SIZES), (timed, "median seconds an attempt", _SECONDS)):
        if len({each.x for each in points}) > 1:
            told = f"Success against {axis}: " + "; ".join(f"{each.letter} {percent(each.rate.rate)}" for each in points)
            chart = plot(points, axis, _ticks(ticks, points), told=told)
            plots.append(tag("figure", chart, tag("figcaption", f"Success against {axis}, with 95 % intervals; letters as in the table")))
    if plots:
        yield tag("div", plots, class_="plots")


def _point(letter: str, model: ModelPart, x: float) -> Point:
    return Point(letter=letter, name=name_of(model), x=x, rate=model.outlay.success)


def _ticks(ticks: tuple[tuple[float, str], ...], points: list[Point]) -> list[tuple[float, str]]:
    """Those that the points lie between."""
    low, high = min(each.x for each in points), max(each.x for each in points)
    below = [tick for tick in ticks if tick[0] <= low][-1:] or [ticks[0]]
    above = [tick for tick in ticks if tick[0] >= high][:1] or [ticks[-1]]
    return [*below, *(tick for tick in ticks if below[0][0] < tick[0] < above[0][0]), *above]


def _spent(letter: str, model: ModelPart) -> Iterator[Html]:
    took = model.outlay
    yield cell(tag("span", letter, class_="badge"))
    yield head(tag("bdi", name_of(model)))
    yield cell(model.size, number=True)
    yield cell(f"{percent(took.success.rate)} of {took.success.n:,}", number=True)
    yield cell(interval(took.success), number=True)
    yield from (cell(figure(each, 1), number=True) for each in (took.median_seconds, took.turn_seconds))
    yield from (cell(figure(each, 0), number=True) for each in (took.prompt_tokens, took.completion_tokens))
