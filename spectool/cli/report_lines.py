"""A report in the terminal, 100 columns wide: the tables of the other verbs, in the order in which a team lead reads them."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from spectool.cli.compare_table import compared_lines
from spectool.cli.patterns_causes import shape_lines, systemic_lines
from spectool.cli.patterns_tables import slice_lines
from spectool.cli.prose import indented
from spectool.cli.table import matrix_lines, model_lines
from spectool.patterns.graphs_parts import Confused
from spectool.patterns.shapes import Shapes
from spectool.plain_text import cut, safe
from spectool.report.contents import ModelPart, Report
from spectool.report.words import is_spent, kept_back, name_of, opening, share
from spectool.results.told import figure, interval, percent

CONFUSED = 8
_NAME = 34


def report_lines(report: Report, width: int) -> Iterator[Text]:
    """Everything, line by line."""
    yield from indented(" ".join(opening(report)), 0)
    yield Text()
    yield from _success(report)
    yield from systemic_lines(report.systemic)
    if len(report.models) > 1:
        yield from matrix_lines([each.summary for each in report.models])
    for model in report.models:
        yield from model_lines(model.summary, width)
    yield from shape_lines({each.name: _shapes(each) for each in report.models})
    yield from slice_lines(report.slices)
    yield from _confused(report)
    if report.comparison is not None:
        yield from compared_lines(report.comparison)
    elif len(report.models) > 1:
        yield from indented(f"Not compared: {safe(report.uncompared)}", 0, "dim", hanging=2)
    yield from _next(report)


def _success(report: Report) -> Iterator[Text]:
    known = is_spent(report)
    more = f"{'size':>8}{'s/attempt':>11}{'tokens out':>12}" if known else ""
    yield Text(f"{'Passed (reward, else our verdict)':<{_NAME}}{'rate':>8}{'of':>9}{'95 % interval':>18}{more}", style="bold")
    for model in report.models:
        took = model.outlay
        line = Text(f"  {cut(safe(name_of(model)), _NAME - 3):<{_NAME - 2}}{percent(took.success.rate):>8}{took.success.n:>9,}")
        line.append(f"{interval(took.success):>18}")
        if known:
            line.append(
                f"{cut(safe(model.size), 7):>8}{figure(took.median_seconds, 1):>11}{figure(took.completion_tokens, 0):>12}", style="dim"
            )
        yield line
    yield Text()


def _shapes(model: ModelPart) -> Shapes:
    findings = sum(each.findings for each in model.summary.patterns)
    shapes = tuple(each.shape for each in model.slips)
    total = model.summary.trajectories
    return Shapes(grain="slip", trajectories=total, affected=0, findings=findings, distinct=model.distinct, shapes=shapes)


def _confused(report: Report) -> Iterator[Text]:
    for graph in report.confused:
        what = "tools" if graph.kind == "tool_confusion" else "arguments"
        yield Text.assemble((f"Confused {what}", "bold"), ("  written → meant, in the trajectories that ask for it", "dim"))
        for edge in [each for each in graph.edges if isinstance(each, Confused)][:CONFUSED]:
            yield Text(f"  {cut(f'{safe(edge.source)} → {safe(edge.target)}', 56):<58}{share(edge.rate)}")
        yield Text()


def _next(report: Report) -> Iterator[Text]:
    yield Text("What to do next", style="bold")
    for step in report.next_steps:
        yield from indented(step.why, 2, hanging=4)
        yield Text(f"    {safe(step.command)}", style="bold")
    yield Text()
    yield from indented(kept_back(report), 0, "dim")
