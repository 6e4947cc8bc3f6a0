"""Which patterns occur in the same trajectories, and more often than the tasks alone would make them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from spectool.patterns.graphs_lift import corrected, lift_of, most
from spectool.patterns.graphs_parts import Graph, Node, Together
from spectool.patterns.graphs_tables import models_of

SAYS = "both patterns in one trajectory, of those in which both could have been found"
# In a trajectory without a place for a pattern (no tool failed, so no error can be ignored) it could not have been found.
_MASKS = """
SELECT any_value(r.task) AS task, any_value(r.stratum) AS stratum, bit_or(1::BIGINT << c.code) AS judged,
    bit_or(CASE WHEN o.found > 0 THEN 1::BIGINT << c.code ELSE 0 END) AS found
FROM outcomes o JOIN graph_codes c USING (error) JOIN graph_runs r USING (key)
WHERE r.model = ? AND o.skipped IS NULL AND (o.assessed > 0 OR o.found > 0) GROUP BY r.run ORDER BY r.run"""
_FIRST = """
WITH firsts AS (SELECT run, code, min(step) AS step FROM graph_slips WHERE model = ? AND step IS NOT NULL GROUP BY run, code)
SELECT a.code, b.code, count(*) FILTER (a.step < b.step) AS source_first, count(*) FILTER (a.step > b.step) AS target_first
FROM firsts a JOIN firsts b ON a.run = b.run AND a.code < b.code GROUP BY ALL"""


def co_occurrence(cursor: Any, codes: Sequence[str]) -> tuple[Graph, ...]:
    """A graph a model, of what ``graphs_tables.prepare`` has made ready; ``codes`` is what it returned."""
    models = models_of(cursor)
    counted = [_Model(cursor, model, codes) for model in models]
    graphs = corrected([list(each.edges()) for each in counted])
    return tuple(
        Graph(
            kind="co_occurrence",
            of=model,
            directed=False,
            says=SAYS,
            nodes_are="trajectories with the pattern",
            nodes=of.nodes(),
            edges=most(edges, lambda each: each.lift.count)[0],
            left_out=most(edges, lambda each: each.lift.count)[1],
            read=models[model],
            n=models[model],
        )
        for model, of, edges in zip(models, counted, graphs, strict=True)
    )


class _Model:
    """One model's trajectories as arrays, in which pairs of patterns are counted."""

    def __init__(self, cursor: Any, model: str, codes: Sequence[str]) -> None:
        import numpy as np

        self.codes = codes
        masks = cursor.execute(_MASKS, [model]).fetchnumpy()
        bits = np.arange(len(codes), dtype=np.int64)
        self.judged, self.found = ((masks[name][None, :] >> bits[:, None]) & 1 == 1 for name in ("judged", "found"))
        self.task, self.stratum = (np.unique(masks[name], return_inverse=True)[1] for name in ("task", "stratum"))
        self.order = {(source, target): (one, other) for source, target, one, other in cursor.execute(_FIRST, [model]).fetchall()}

    def nodes(self) -> tuple[Node, ...]:
        counts = self.found.sum(axis=1).tolist()
        return tuple(Node(id=code, count=count) for code, count in zip(self.codes, counts, strict=True) if count)

    def edges(self) -> Iterator[Together]:
        seen = [code for code, found in enumerate(self.found) if found.any()]
        for source, target in combinations(seen, 2):
            both = self.judged[source] & self.judged[target]
            if both.any():
                yield self._edge(source, target, both)

    def _edge(self, source: int, target: int, both: Any) -> Together:
        import numpy as np

        one, other = self.found[source][both], self.found[target][both]
        stratum, task = self.stratum[both], self.task[both]
        n, a, b = (np.bincount(stratum, weights=each) for each in (np.ones(len(one)), one, other))
        together, size = one & other, np.maximum(n, 1)
        count, expected = int(together.sum()), float((a * b / size).sum())
        # What each trajectory adds to the number expected (they sum to it), and then each task to what was seen and what was expected.
        adds = (one * b[stratum] + other * a[stratum]) / size[stratum] - (a * b / size**2)[stratum]
        seen, chance = (np.bincount(task, weights=each) for each in (together, adds))
        shares = seen / max(1, count) - chance / (expected or 1.0)
        first, second = self.order.get((source, target), (0, 0))
        return Together(
            source=self.codes[source],
            target=self.codes[target],
            n=len(one),
            lift=lift_of(
                count, round(expected, 6), len(np.unique(task[together])), float(shares @ shares), float((seen - chance) @ (seen - chance))
            ),
            source_first=first,
            target_first=second,
        )
