"""Counting by what holds for whole trajectories: each value has its own judged trajectories and assessed places.

One pass for a few patterns, so that memory grows with the number of trajectories and not with trajectories times patterns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from spectool.patterns.rates_dimensions import Dimension
from spectool.patterns.rates_row import Cell, Shape, total
from spectool.results.tables import TASK, rows

# In one pass: more would take memory, fewer time.
PATTERNS = 6


def attempts(cursor: Any, part: str) -> None:
    """Makes the temporary table ``rates_attempts``: one row a trajectory with its model, task and ``part``, an SQL value as text."""
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE rates_attempts AS
        WITH lists AS (SELECT hash AS tools_hash, any_value(tools) AS offered FROM tools GROUP BY hash)
        SELECT t.row, t.key, t.model, hash({TASK}) AS task, {part} AS part
        FROM trajectories t LEFT JOIN lists USING (tools_hash)""")


def trajectory_cells(cursor: Any, by: Dimension, errors: Sequence[str]) -> list[Cell]:
    """A cell for every model, pattern and value that a trajectory has."""
    attempts(cursor, by.sql)
    found: list[Cell] = []
    for start in range(0, len(errors), PATTERNS):
        found += _cells(cursor, by, errors[start : start + PATTERNS])
    return found


def _cells(cursor: Any, by: Dimension, errors: Sequence[str]) -> Iterator[Cell]:
    found = rows(
        cursor,
        """
        WITH tasks AS (
            SELECT o.error, a.model, a.part AS value, a.task, count(*) FILTER (o.skipped IS NOT NULL) AS skipped,
                coalesce(sum(o.found) FILTER (o.skipped IS NULL), 0)::BIGINT AS found,
                coalesce(sum(o.assessed) FILTER (o.skipped IS NULL), 0)::BIGINT AS assessed,
                count(*) FILTER (o.skipped IS NULL AND o.found > 0) AS failed, count(*) FILTER (o.skipped IS NULL) AS judged
            FROM outcomes o JOIN rates_attempts a USING (key) WHERE list_contains(?, o.error) GROUP BY ALL)
        SELECT error, model, value, found, assessed, failed, judged, skipped, count(*) AS tasks FROM tasks GROUP BY ALL""",
        [list(errors)],
    )
    shapes: dict[tuple[str, str, str], list[Shape]] = defaultdict(list)
    for each in found:
        shapes[each.pop("error"), each.pop("model"), each.pop("value")].append(each)
    for (error, model, value), like in sorted(shapes.items()):
        yield Cell(
            model=model,
            error=error,
            value=error if by.name == "pattern" else value,
            findings=total(like, "found"),
            trajectories=total(like, "failed"),
            unchecked=total(like, "skipped"),
            shapes=tuple(like),
        )
