"""Which pattern comes next: from a turn with a finding to the next later turn with one, beside what a random order would give.

A frequent pattern follows everything, and a long run has many of all kinds. So chance is taken within each trajectory: its turns with
findings in any order. Of ``m`` such turns, ``a`` of which show A, ``b`` B and ``c`` both, A is followed by B (ab - c) / m times.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spectool.patterns.graphs_lift import corrected, lift_of, most
from spectool.patterns.graphs_parts import FIRST, LAST, Followed, Graph, Node
from spectool.patterns.graphs_tables import models_of
from spectool.results.tables import rows

SAYS = "a turn with the one pattern, then the other at the next later turn with a finding, in runs with at least two such turns"
_PLACES = """
CREATE OR REPLACE TEMP TABLE graph_places AS
WITH placed AS (SELECT *, dense_rank() OVER (PARTITION BY run ORDER BY step) AS place FROM graph_slips WHERE step IS NOT NULL)
SELECT * FROM placed JOIN (SELECT run, max(place) AS turns FROM placed GROUP BY run HAVING turns > 1) USING (run)"""
_COUNTS = """
CREATE OR REPLACE TEMP TABLE graph_counts AS
SELECT run, model, task, code, any_value(turns) AS turns, count(*) AS n FROM graph_places GROUP BY ALL"""
# -1 is the beginning, -2 the end of a run's slips: each is one of its turns by chance.
_EDGES = """
WITH seen AS (
    SELECT a.model, a.task, a.code AS source, b.code AS target, count(*) AS n
    FROM graph_places a JOIN graph_places b ON a.run = b.run AND b.place = a.place + 1 GROUP BY ALL
    UNION ALL SELECT model, task, -1, code, count(*) FROM graph_places WHERE place = 1 GROUP BY ALL
    UNION ALL SELECT model, task, code, -2, count(*) FROM graph_places WHERE place = turns GROUP BY ALL),
chance AS (
    SELECT a.model, a.task, a.code AS source, b.code AS target, sum(a.n * b.n / a.turns) AS n
    FROM graph_counts a JOIN graph_counts b USING (run) GROUP BY ALL
    UNION ALL SELECT a.model, a.task, a.code, b.code, -sum(1 / a.turns)
    FROM graph_places a JOIN graph_places b USING (run, place) GROUP BY ALL
    UNION ALL SELECT model, task, -1, code, sum(n / turns) FROM graph_counts GROUP BY ALL
    UNION ALL SELECT model, task, code, -2, sum(n / turns) FROM graph_counts GROUP BY ALL),
tasks AS (
    SELECT model, source, target, task, sum(seen) AS seen, sum(chance) AS chance
    FROM (SELECT *, n AS seen, 0 AS chance FROM seen UNION ALL SELECT *, 0, n FROM chance) GROUP BY ALL)
SELECT model, source, target, sum(seen)::BIGINT AS count, sum(chance) AS expected, count(*) FILTER (seen > 0) AS tasks,
    sum(seen * seen) AS squares, sum(seen * chance) AS products, sum(chance * chance) AS chances
FROM tasks GROUP BY ALL HAVING sum(seen) > 0 ORDER BY ALL"""
_NODES = """
SELECT model, code, sum(n)::BIGINT AS n FROM (SELECT model, code, n FROM graph_counts
    UNION ALL SELECT model, unnest([-1, -2]), count(DISTINCT run) FROM graph_counts GROUP BY model) GROUP BY ALL ORDER BY ALL"""


def transitions(cursor: Any, codes: Sequence[str]) -> tuple[Graph, ...]:
    """A graph a model, of what ``graphs_tables.prepare`` has made ready; ``codes`` is what it returned."""
    cursor.execute(_PLACES)
    cursor.execute(_COUNTS)
    names = {**dict(enumerate(codes)), -1: FIRST, -2: LAST}
    turns = {(each["model"], each["code"]): each["n"] for each in rows(cursor, _NODES)}
    models, found = models_of(cursor), rows(cursor, _EDGES)
    edges = [[_edge(each, names, turns[model, each["source"]]) for each in found if each["model"] == model] for model in models]
    kept = [most(each, lambda edge: edge.lift.count) for each in corrected(edges)]
    return tuple(
        Graph(
            kind="transitions",
            of=model,
            directed=True,
            says=SAYS,
            nodes_are="turns with the pattern",
            nodes=tuple(Node(id=names[code], count=n) for (of, code), n in turns.items() if of == model),
            edges=shown,
            left_out=left_out,
            read=models[model],
            n=models[model],
        )
        for model, (shown, left_out) in zip(models, kept, strict=True)
    )


def _edge(found: dict[str, Any], names: dict[int, str], n: int) -> Followed:
    # Sums of fractions differ in their last digits from run to run, since several threads add them up.
    expected, squares, products, chances = (round(float(found[name]), 6) for name in ("expected", "squares", "products", "chances"))
    count = found["count"]
    spread = squares / count**2 - 2 * products / (count * expected) + chances / expected**2 if expected else 0.0
    return Followed(
        source=names[found["source"]],
        target=names[found["target"]],
        n=n,
        lift=lift_of(count, expected, found["tasks"], max(0.0, spread), max(0.0, squares - 2 * products + chances)),
    )
