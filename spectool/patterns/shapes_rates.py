"""Which share of the trajectories has a shape, with an interval that does not pretend that samples of one task were independent."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from spectool.results.interval import Cluster, Rate, rate_of
from spectool.results.tables import rows


def rates_of(cursor: Any) -> dict[int, Rate]:
    """By the rank of a shape, for those in the temporary table ``shaped_hits``."""
    tasks = Counter(
        {each["n"]: each["tasks"] for each in rows(cursor, "SELECT n, count(*) AS tasks FROM shaped_tasks GROUP BY n ORDER BY n")}
    )
    hit: dict[int, list[Cluster]] = defaultdict(list)
    for each in rows(
        cursor,
        """SELECT rank, hits AS count, n, count(*) AS tasks
        FROM (SELECT rank, task, count(DISTINCT key) AS hits FROM shaped_hits GROUP BY ALL) JOIN shaped_tasks USING (task)
        GROUP BY ALL ORDER BY ALL""",
    ):
        hit[each.pop("rank")].append(Cluster(**each))
    return {rank: rate_of([*clusters, *_clean(clusters, tasks)]) for rank, clusters in hit.items()}


def _clean(clusters: list[Cluster], tasks: Counter[int]) -> list[Cluster]:
    """The tasks without the shape, by their number of trajectories."""
    rest = tasks.copy()
    for each in clusters:
        rest[each.n] -= each.tasks
    return [Cluster(count=0, n=n, tasks=left) for n, left in sorted(rest.items())]
