"""The last sections of the page: slices, comparison, what is confused with what, what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from spectool.patterns.compare_result import Against, BrokenTask, PatternChange
from spectool.patterns.compare_told import chance, points, span, told_pairing, verdict
from spectool.patterns.graphs_parts import Confused, Graph
from spectool.patterns.slices import Slice
from spectool.report.contents import Report
from spectool.report.html_charts import difference, links, stack
from spectool.report.html_element import Html, cell, code, head, joined, table, tag, unbroken
from spectool.report.words import CONFUSED, NO_SLICE, SLICES, UNNAMED, share
from spectool.results.place import placed
from spectool.results.told import UNKNOWN, many, percent

EDGES, ROWS, LISTED = 12, 20, 12


def concentrated(report: Report) -> Iterator[Html]:
    """Slices that are worse than the rest."""
    if not report.slices.slices:
        yield tag("p", f"{NO_SLICE} {many(report.slices.tested, 'condition')} tested.")
        return
    yield tag("p", SLICES)
    for model, found in groupby(report.slices.slices, key=lambda each: each.model):
        every = list(found)
        columns = ["Pattern", "Where", "Inside", "Outside", "Times", "q", "Tasks"]
        yield table(columns, map(_slice, every[:LISTED]), caption=model or UNNAMED, class_="slices")
        if more := len(every) - LISTED if len(every) > LISTED else 0:
            yield tag("p", f"and {more:,} more in the JSON", class_="quiet")


def _slice(each: Slice) -> Iterator[Html]:
    yield head(each.error)
    yield tag("td", tag("bdi", " and ".join(map(str, each.terms))), class_="long")
    yield from (cell(f"{percent(rate.rate)} ", tag("small", f"of {rate.n:,}"), number=True) for rate in (each.inside, each.outside))
    yield cell(f"{each.lift:.1f}" if each.lift is not None else "only there", number=True)
    yield cell(chance(each.q), number=True)
    yield cell(f"{each.tasks:,}", number=True)


def compared(report: Report) -> Iterator[Html]:
    """Every model against the first."""
    comparison = report.comparison
    if comparison is None:
        yield tag("p", f"Not compared: {report.uncompared}")
        return
    sides = (comparison.baseline, *(each.side for each in comparison.against))
    named = (tag("li", tag("b", each.name), " ", tag("bdi", each.model or UNNAMED), " of ", code(each.folder)) for each in sides)
    yield tag("ul", named, class_="sides")
    for against in comparison.against:
        yield tag("article", joined(*_against(comparison.baseline.name, against)), class_="against")


def _against(a: str, against: Against) -> Iterator[Html]:
    b, fates = against.side.name, against.fates
    yield tag("h3", f"{b} against {a}")
    yield tag("p", unbroken(verdict(a, against)), class_="lead")
    parts = [("both pass", fates.both_pass), (f"fixed in {b}", fates.fixed), (f"broken in {b}", fates.broken), ("mixed", fates.mixed)]
    parts += [("both fail", fates.both_fail), ("undecided", fates.undecided)]
    legend = (tag("li", tag("span", class_=f"key key-{at}"), f"{name} {n:,}") for at, (name, n) in enumerate(parts) if n)
    yield tag("figure", stack(parts), tag("figcaption", tag("ul", legend, class_="legend")))
    seen = [each for each in against.patterns if each.change.before.count or each.change.after.count]
    end = max((abs(edge) for each in seen for edge in (each.change.low or 0.0, each.change.high or 0.0)), default=1.0) or 1.0
    columns = ["Pattern", f"in {a}", f"in {b}", "Pairs", "Points", "", "95 % interval", "q", ""]
    rows = (_change(each, end) for each in seen[:ROWS])
    yield table(columns, rows, caption=f"Trajectories with the pattern, {b} against {a}")
    if against.broken:
        broken = (_broken(each) for each in against.broken)
        heads = ["Task", "What went wrong"]
        told = table(heads, broken, caption=f"Tasks that {b} broke")
        yield tag("details", tag("summary", f"{len(against.broken)} of {many(fates.broken, 'broken task')}"), told)
    notes = (tag("li", note) for note in told_pairing(a, b, against.pairing))
    yield tag("details", tag("summary", "How tasks were paired"), tag("ul", notes))


def _change(pattern: PatternChange, end: float) -> Iterator[Html]:
    change = pattern.change
    yield head(pattern.error)
    yield from (cell(percent(rate.rate), number=True) for rate in (change.before, change.after))
    yield cell(f"{change.before.n:,}", number=True)
    yield cell(points(change), number=True)
    yield cell(difference(change, end, clear=pattern.significant))
    yield cell(span(change), number=True)
    yield cell(UNKNOWN if pattern.q is None else chance(pattern.q), number=True)
    clear = ("more" if (change.difference or 0.0) > 0 else "less") if pattern.significant else ""
    yield cell(tag("b", clear, class_=clear or None))


def _broken(task: BrokenTask) -> Iterator[Html]:
    yield head(code(task.task))
    slip = f"{task.error}.{task.subtype}: {placed(task.path, task.message)}" if task.error else "failed without a finding"
    yield tag("td", tag("bdi", slip[:400]), class_="long")


def confused(graph: Graph) -> Iterator[Html]:
    """Names that were written where others were meant: a drawing of the most frequent, then the table."""
    edges = [edge for edge in graph.edges if isinstance(edge, Confused)]
    yield tag("h3", "Tools" if graph.kind == "tool_confusion" else "Arguments")
    yield tag("p", CONFUSED)
    drawn = [(edge.source, edge.target, edge.trajectories) for edge in edges[:EDGES]]
    told = "; ".join(f"{source} for {target}: {count:,}" for source, target, count in drawn)
    yield tag("div", links(drawn, told=told), class_="scroll", tabindex=0, role="region", aria_label="Drawing")
    rows = ((head(code(edge.source)), cell(code(edge.target)), cell(share(edge.rate), number=True)) for edge in edges[:ROWS])
    yield table(["Written", "Meant", "Trajectories of those that ask for it"], rows, caption="Confused names")
    if more := len(edges) - ROWS + graph.left_out if len(edges) > ROWS else graph.left_out:
        yield tag("p", f"and {more:,} more in the JSON", class_="quiet")


def following(report: Report) -> Iterator[Html]:
    """Commands to go on with."""
    yield tag("ol", (tag("li", tag("p", each.why[:1].upper() + each.why[1:]), tag("pre", each.command)) for each in report.next_steps))
