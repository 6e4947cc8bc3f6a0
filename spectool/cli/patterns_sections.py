"""The sections of ``spectool patterns``, in the order of reading: each has a name in the JSON, a value, and lines for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from rich.text import Text

from spectool.cli.patterns_causes import cluster_lines, shape_lines, systemic_lines
from spectool.cli.patterns_graphs import graph_lines
from spectool.cli.patterns_tables import pattern_lines, rate_lines, slice_lines
from spectool.patterns.clusters import find_clusters
from spectool.patterns.graphs import find_graphs, of_pattern
from spectool.patterns.rates import rates
from spectool.patterns.shapes import Shapes, find_shapes
from spectool.patterns.slices import slices
from spectool.patterns.systemic import find_systemic
from spectool.results.tables import rows

GRAPHS = "graphs"


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the output: ``name`` is its key in the JSON, ``value`` what stands there, ``lines`` draws it."""

    name: str
    value: Any
    lines: Callable[[], Iterator[Text]]


def sections(cursor: Any, by: str, pattern: str | None) -> Iterator[Section]:
    """Everything that the verb shows, computed as it is asked for; a further part of the analysis is one more ``yield`` here."""
    important = rates(cursor, "model", pattern)
    yield Section(name="patterns", value=important, lines=lambda: pattern_lines(important))
    systemic = find_systemic(cursor)
    yield Section(name="systemic", value=systemic, lines=lambda: systemic_lines(systemic))
    shapes = _shapes(cursor, pattern)
    yield Section(name="shapes", value=shapes, lines=lambda: shape_lines(shapes))
    if by != "model":
        split = rates(cursor, by, pattern)
        yield Section(name="rates", value=split, lines=lambda: rate_lines(split))
    concentrated = slices(cursor, pattern)
    yield Section(name="slices", value=concentrated, lines=lambda: slice_lines(concentrated))
    clusters = find_clusters(cursor)
    yield Section(name="clusters", value=clusters, lines=lambda: cluster_lines(clusters))
    graphs = of_pattern(find_graphs(cursor), pattern)
    yield Section(name=GRAPHS, value=graphs, lines=lambda: graph_lines(graphs))


def _shapes(cursor: Any, pattern: str | None) -> dict[str, Shapes]:
    """By model, in the order of the input; of one pattern those among the largest of all."""
    models = [each["model"] for each in rows(cursor, "SELECT model FROM trajectories GROUP BY model ORDER BY min(row)")]
    found = {model: find_shapes(cursor, where="t.model = ?", parameters=[model]) for model in models}
    if pattern is None:
        return found
    return {
        model: msgspec.structs.replace(each, shapes=tuple(shape for shape in each.shapes if shape.error == pattern))
        for model, each in found.items()
    }
