"""The rarest of too many shapes, grouped by pattern and tool so that what follows stays small; how many, is said."""

from __future__ import annotations

from typing import Any

import msgspec

from spectool.patterns.shapes_tables import COLUMNS, Grain, rank
from spectool.results.tables import rows

RARE = "(several rare shapes)"


class Rare(msgspec.Struct, frozen=True, kw_only=True):
    """Of ``distinct`` shapes, ``grouped`` were put together into ``groups`` by what ``by`` names.

    None of them affects more than ``at_most`` trajectories; ``trajectories`` have at least one.
    """

    distinct: int
    grouped: int
    groups: int
    by: str
    at_most: int
    trajectories: int


def group_rare(cursor: Any, grain: Grain, most: int) -> Rare | None:
    """Makes the shapes of ``prepare`` at most ``most``; ``None`` where they are no more than that."""
    rank(cursor, grain)
    distinct = _one(cursor, "SELECT count(*) FROM shaped_ranks")
    if distinct <= most:
        return None
    tools = _one(cursor, "SELECT count(*) FROM (SELECT DISTINCT error, tool FROM shaped)")
    by_tool = tools <= most // 2
    groups = tools if by_tool else _one(cursor, "SELECT count(DISTINCT error) FROM shaped")
    keep = max(most - groups, 0)
    kept = f"CASE WHEN r.rank <= {keep:d} THEN s.{{}} ELSE {{}} END AS {{}}".format
    replaced = [kept(column, "''", column) for column in ("subtype", "argument")] + [
        kept(column, f"'{RARE}'", column) for column in ("text", "bare")
    ]
    if not by_tool:
        replaced.append(kept("tool", "''", "tool"))
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE shaped AS SELECT s.* REPLACE ({", ".join(replaced)})
        FROM shaped s JOIN shaped_ranks r USING ({", ".join(COLUMNS[grain])})"""
    )
    found = rows(cursor, f"SELECT count(*) AS grouped, max(trajectories) AS at_most FROM shaped_ranks WHERE rank > {keep:d}")[0]
    made = rows(
        cursor, f"SELECT count(DISTINCT (error, tool)) AS groups, count(DISTINCT key) AS trajectories FROM shaped WHERE text = '{RARE}'"
    )[0]
    return Rare(distinct=distinct, by="pattern and tool" if by_tool else "pattern", **found, **made)


def _one(cursor: Any, statement: str) -> int:
    cursor.execute(statement)
    return int(cursor.fetchone()[0])
