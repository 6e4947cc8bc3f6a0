"""The report as Markdown, to be pasted into an issue, a pull request or a model card."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from spectool.patterns.compare_result import Against, PatternChange
from spectool.patterns.compare_told import chance, points, told_pairing, verdict
from spectool.patterns.compare_told import span as between
from spectool.patterns.graphs_parts import Confused
from spectool.patterns.slices import Slice
from spectool.report.contents import ModelPart, Report
from spectool.report.markdown_model import model_part
from spectool.report.markdown_text import fence, prose, span, table
from spectool.report.words import (
    CAUSES,
    CONFUSED,
    NO_CAUSE,
    NO_SLICE,
    PASSED,
    RATES,
    SLICES,
    SPENT,
    UNNAMED,
    codes_of,
    is_spent,
    kept_back,
    name_of,
    opening,
    pattern_of,
    share,
    title,
)
from spectool.results.place import placed
from spectool.results.told import UNKNOWN, figure, interval, many, percent

LISTED = 12


def markdown_page(report: Report) -> str:
    """The whole page."""
    parts = [_holds(report), _harness(report), _heat(report), *map(model_part, report.models), _slices(report)]
    if len(report.models) > 1:
        parts.append(_compared(report))
    if report.confused:
        parts.append(_confused(report))
    if is_spent(report):
        parts.append(_spent(report))
    parts += [_next(report), iter([f"*{prose(kept_back(report))}*"])]
    return "\n".join(chain(*parts)).rstrip() + "\n"


def _holds(report: Report) -> Iterator[str]:
    yield from ("# SpecTool report", "", prose(" ".join(opening(report))), "")
    rows = (
        [span(name_of(each)), f"{each.summary.trajectories:,}", f"{each.summary.tasks:,}", _of(each), interval(each.outlay.success)]
        for each in report.models
    )
    yield from table(["model", "trajectories", "tasks", "passed", "95 % interval"], rows)
    yield from (PASSED, "")
    for folder in report.folders:
        yield f"- {span(folder.path)}: {many(folder.trajectories, 'trajectory', 'trajectories')}, {folder.rejected:,} records not read"
        yield from (f"  - {prose(note)}" for note in folder.notes)
    for reason, costs in report.unchecked.items():
        told = ", ".join(f"{error} ({count:,})" for error, count in costs.items())
        yield f"- could not be checked, {prose(reason)}: {prose(told)}"
    yield ""


def _of(model: ModelPart) -> str:
    return f"{percent(model.outlay.success.rate)} of {model.outlay.success.n:,}"


def _harness(report: Report) -> Iterator[str]:
    yield from ("## The harness first", "", CAUSES if report.systemic else NO_CAUSE, "")
    for cause in report.systemic:
        yield f"- {span(name_of(cause))}: {span(cause.what, 400)} in {share(cause.rate)} of {prose(cause.of)}; {cause.failed:,} failed"
        yield f"  - do: {prose(cause.fix)}"
        yield f"  - look at {', '.join(map(span, cause.evidence))}"
    if report.systemic:
        yield ""


def _heat(report: Report) -> Iterator[str]:
    summaries = [each.summary for each in report.models]
    yield from ("## Patterns by model", "", RATES, "")

    def cells(code: str) -> Iterator[str]:
        yield f"**{prose(code)}** {prose(title(code))}"
        for summary in summaries:
            pattern = pattern_of(summary, code)
            rate = pattern.per_trajectory if pattern and pattern.judged else None
            yield f"{percent(rate.rate)} ({rate.count:,} of {rate.n:,})" if rate else "not judged"

    yield from table(["pattern", *(span(name_of(each)) for each in report.models)], (list(cells(code)) for code in codes_of(summaries)))


def _slices(report: Report) -> Iterator[str]:
    yield from ("## Where it concentrates", "", SLICES if report.slices.slices else NO_SLICE, "")
    if report.slices.slices:
        columns = ["model", "pattern", "where", "inside", "outside", "times", "q", "tasks"]
        yield from table(columns, map(_slice, report.slices.slices), left=3)


def _slice(each: Slice) -> list[str]:
    names = [span(each.model or UNNAMED), prose(each.error), span(" and ".join(map(str, each.terms)))]
    lift = f"{each.lift:.1f}" if each.lift is not None else "only there"
    return [*names, percent(each.inside.rate), percent(each.outside.rate), lift, chance(each.q), f"{each.tasks:,}"]


def _compared(report: Report) -> Iterator[str]:
    yield from ("## Compared", "")
    comparison = report.comparison
    if comparison is None:
        yield from (f"Not compared: {span(report.uncompared, 500)}", "")
        return
    for side in (comparison.baseline, *(each.side for each in comparison.against)):
        yield f"- **{side.name}** {span(side.model or UNNAMED)} of {span(side.folder)}"
    yield ""
    for against in comparison.against:
        yield from _against(comparison.baseline.name, against)


def _against(a: str, against: Against) -> Iterator[str]:
    b = against.side.name
    yield from (f"### {b} against {a}", "", prose(verdict(a, against)), "")
    yield from (f"- {prose(note)}" for note in told_pairing(a, b, against.pairing))
    yield ""
    seen = (each for each in against.patterns if each.change.before.count or each.change.after.count)
    yield from table(["pattern", f"in {a}", f"in {b}", "pairs", "points", "95 % interval", "q", ""], map(_change, seen))
    for task in against.broken:
        slip = f"{task.error}.{task.subtype}: {placed(task.path, task.message)}" if task.error else "failed without a finding"
        yield f"- broken: {span(task.task)} {span(slip)}"
    yield ""


def _change(pattern: PatternChange) -> list[str]:
    change = pattern.change
    rates = [percent(change.before.rate), percent(change.after.rate), f"{change.before.n:,}"]
    clear = ("more" if (change.difference or 0.0) > 0 else "less") if pattern.significant else ""
    return [prose(pattern.error), *rates, points(change), between(change), UNKNOWN if pattern.q is None else chance(pattern.q), clear]


def _confused(report: Report) -> Iterator[str]:
    yield from ("## What is mistaken for what", "", CONFUSED, "")
    for graph in report.confused:
        edges = [edge for edge in graph.edges if isinstance(edge, Confused)][:LISTED]
        rows = ([span(edge.source), span(edge.target), share(edge.rate)] for edge in edges)
        yield from table(["written", "meant", "trajectories of those that ask for it"], rows, left=2)


def _spent(report: Report) -> Iterator[str]:
    yield from ("## Size, time and tokens", "", SPENT, "")
    columns = ["model", "parameters", "passed", "seconds an attempt (median)", "a turn", "tokens read", "written"]
    yield from table(columns, map(_took, report.models))


def _took(model: ModelPart) -> list[str]:
    took = model.outlay
    times = [figure(each, 1) for each in (took.median_seconds, took.turn_seconds)]
    return [span(name_of(model)), prose(model.size), _of(model), *times, figure(took.prompt_tokens, 0), figure(took.completion_tokens, 0)]


def _next(report: Report) -> Iterator[str]:
    yield from ("## What to do next", "")
    for step in report.next_steps:
        yield from (f"{prose(step.why[:1].upper() + step.why[1:])}:", "")
        yield from fence(step.command, "sh")
