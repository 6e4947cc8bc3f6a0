"""What to label next: the trajectories of a filter that a person has not finished, all in order or drawn in one of three ways.

``random`` draws blindly, and is the only one from which rates of the whole can be told; ``failure`` draws from runs that failed;
``uncertain`` puts first where a tagger or judge and the rules differ, then candidates, then what is only likely. Draws are the same for the
same ``seed``.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from spectool.results.filters import EVERYTHING, Condition, Filter, on_findings, on_trajectories
from spectool.results.labels import Labels
from spectool.results.labels_entry import Drawn
from spectool.results.tables import FAILED, rows

# Rules and a tagger or judge, where both looked, and one of them sees the pattern.
_APART = """SELECT o.key, 0 AS weight, '{side} and rules differ on ' || o.error AS reason
  FROM outcomes o JOIN {table} p USING (key, error)
  WHERE o.skipped IS NULL AND p.skipped IS NULL AND (o.found > 0) <> (p.tier IS NOT NULL)"""
_UNSURE = """SELECT DISTINCT key, CASE tier WHEN 'candidate' THEN 1 ELSE 2 END AS weight, tier || ' ' || error AS reason
  FROM findings WHERE tier IN ('candidate', 'likely')"""
_SHUFFLED = "md5(t.key || '/' || ?::VARCHAR), t.row"


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A trajectory to label; ``reasons``: what is uncertain about it, the weightiest first."""

    key: str
    id: str
    model: str
    reasons: tuple[str, ...] = ()


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """The first trajectories of ``left`` that a person has not finished, of ``total`` that filter and draw leave."""

    waiting: tuple[Waiting, ...]
    left: int
    total: int


def queue(
    connection: Any,
    labels: Labels,
    annotator: str,
    *,
    choices: Filter = EVERYTHING,
    drawn: Drawn = "all",
    seed: int = 0,
    limit: int = 50,
    without: Collection[str] = (),
) -> Queue:
    """What waits for ``annotator``.

    Args:
        connection: of the folder, as ``tables.connect`` makes it.
        labels: of the same folder.
        annotator: whose finished trajectories are left out.
        choices: what to label at all.
        drawn: in which order; ``failure`` and ``uncertain`` leave out what is neither.
        seed: another one draws others.
        limit: how many to name.
        without: keys to pass over, such as what was skipped just now.
    """
    uncertain = drawn == "uncertain"
    joined = f"JOIN ({_reasons(connection)}) u USING (key)" if uncertain else ""
    where = _where(choices, drawn)
    done = sorted({*labels.finished(annotator), *without})
    parts = f"FROM trajectories t {joined} WHERE {where.sql}"
    (counts,) = rows(
        connection,
        f"SELECT count(*) AS total, count(*) FILTER (WHERE t.key NOT IN (SELECT unnest(?::VARCHAR[]))) AS left_over {parts}",
        [done, *where.values],
    )
    columns = f"t.key, t.id, coalesce(t.model, '') AS model{', u.reasons' if uncertain else ''}"
    order = "t.row" if drawn in ("all", "") else f"{'u.weights DESC, ' if uncertain else ''}{_SHUFFLED}"
    values = [*where.values, done, *([str(seed)] if drawn not in ("all", "") else []), limit]
    found = rows(connection, f"SELECT {columns} {parts} AND t.key NOT IN (SELECT unnest(?::VARCHAR[])) ORDER BY {order} LIMIT ?", values)
    waiting = tuple(Waiting(**row | ({"reasons": tuple(row["reasons"])} if uncertain else {})) for row in found)
    return Queue(waiting=waiting, left=counts["left_over"], total=counts["total"])


def _where(choices: Filter, drawn: Drawn) -> Condition:
    of_trajectory = on_trajectories(choices)
    sql, values = of_trajectory.sql, of_trajectory.values
    if choices.chooses_findings:
        of_finding = on_findings(choices)
        sql, values = f"{sql} AND t.key IN (SELECT f.key FROM findings f WHERE {of_finding.sql})", values + of_finding.values
    if drawn == "failure":
        sql = f"{sql} AND {FAILED}"
    return Condition(sql=sql, values=values)


def _reasons(connection: Any) -> str:
    """Each uncertain trajectory with its reasons and how many there are of each weight, to be put in order by."""
    views = {row["view_name"] for row in rows(connection, "SELECT view_name FROM duckdb_views() WHERE NOT internal")}
    sides = [(side, table) for side, table in (("tagger", "tagged"), ("judge", "judged")) if table in views]
    parts = " UNION ".join([_UNSURE, *(_APART.format(side=side, table=table) for side, table in sides)])
    weights = ", ".join(f"count_if(weight = {weight})" for weight in range(3))
    return f"SELECT key, [{weights}] AS weights, list(reason ORDER BY weight, reason) AS reasons FROM ({parts}) GROUP BY key"
