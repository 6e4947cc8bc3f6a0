"""Tasks that broke, with what went wrong in them: what a team looks at first."""

from __future__ import annotations

from typing import Any

from spectool.patterns.compare_result import BrokenTask
from spectool.patterns.compare_sides import Side
from spectool.results.tables import rows

SHOWN = 5

# The attempt shown is the first of B's that fails, with its first finding that counts and is a slip, a proven and primary one if there is
# one. Different patterns come first, then the tasks that lost most, then the order of the input.
_BROKEN = """
WITH broken AS (
    SELECT task, min(row) AS row, count(*) FILTER (before) AS before, count(*) FILTER (after) AS after, count(*) AS pairs,
        arg_min(key_after, turn) FILTER (NOT after) AS key
    FROM pairs WHERE before IS NOT NULL GROUP BY task HAVING count(*) FILTER (after) < count(*) FILTER (before)),
first AS (
    SELECT DISTINCT ON (f.key) f.key, f.error, f.subtype, f.path, f.message
    FROM findings f JOIN broken USING (key) JOIN codes c USING (error) WHERE f.counted AND c.bit & $slips <> 0
    ORDER BY f.key, f.tier <> 'certain', NOT f.primary, f.row),
ranked AS (
    SELECT task, key, before, after, pairs, coalesce(error, '') AS error, coalesce(subtype, '') AS subtype, coalesce(path, '') AS path,
        coalesce(message, '') AS message, (after - before) / pairs AS change, row
    FROM broken LEFT JOIN first USING (key))
SELECT task, key, before, after, pairs, error, subtype, path, message FROM ranked
ORDER BY row_number() OVER (PARTITION BY error ORDER BY change, row), error = '', change, row LIMIT $shown"""


def broken_tasks(cursor: Any, slips: int, side: Side, shown: int = SHOWN) -> tuple[BrokenTask, ...]:
    """At most ``shown`` broken tasks of the ``pairs`` laid out, ``side`` being B; ``slips``: bits of the patterns that blame a model."""
    found = rows(cursor, _BROKEN, {"slips": slips, "shown": shown})
    # Of several folders the keys begin with the folder's place; people look them up in the folder itself.
    return tuple(BrokenTask(**{**each, "key": each["key"].removeprefix(f"{side.result}:")}) for each in found)
