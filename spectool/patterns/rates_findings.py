"""Counting by what only a finding has: subtype, tool, argument, step. The denominator is where the same value could have occurred.

First the cells are ranked by their findings; only for those kept is it counted in how many judged trajectories they could have occurred.
Trajectories fall into few parts (tool lists, numbers of turns), and what could occur is known of a part.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from spectool.patterns.rates_dimensions import JUDGED, OFFERED, REACHED, Dimension
from spectool.patterns.rates_row import Cell, total
from spectool.patterns.rates_trajectories import attempts
from spectool.results.tables import rows

# The part of a trajectory. Where the tools are not known, the names called stand for them.
_PARTS = {
    JUDGED: "''",
    OFFERED: "coalesce(t.tools_hash, CAST(list_sort(list_distinct(json_extract_string(t.turns, '$[*].calls[*].name'))) AS JSON)::VARCHAR)",
    REACHED: "CAST(t.steps AS VARCHAR)",
}
# Pairs of a part and a value that could occur there, of ``rates_parts`` and ``rates_cells AS c``.
_POSSIBLE = {
    JUDGED: "SELECT part, value FROM rates_parts, rates_cells c",
    OFFERED: """
        WITH lists AS (SELECT hash AS part, any_value(tools) AS tools FROM tools GROUP BY hash),
        names AS (
            SELECT part, unnest(CASE WHEN tools IS NULL THEN json_extract_string(part, '$[*]')
                ELSE json_extract_string(tools, '$[*][*].name') END) AS tool
            FROM rates_parts LEFT JOIN lists USING (part))
        SELECT part, value FROM names JOIN rates_cells c USING (tool)""",
    REACHED: "SELECT part, value FROM rates_parts, rates_cells c WHERE CAST(part AS INTEGER) >= c.least",
}
_FIGURES = """count(*) FILTER (NOT o.skipped) AS judged, count(*) FILTER (o.skipped) AS skipped,
    coalesce(sum(o.assessed) FILTER (NOT o.skipped), 0)::BIGINT AS assessed"""
# The outcomes of the patterns kept, small enough to be gone through once a pattern.
_OUTCOMES = """
    CREATE OR REPLACE TEMP TABLE rates_outcomes AS
    SELECT a.row, o.error, o.assessed, o.skipped IS NOT NULL AS skipped FROM outcomes o JOIN rates_attempts a USING (key)
    WHERE o.error IN (SELECT error FROM rates_cells)"""
_SEEN = f"""
    CREATE OR REPLACE TEMP TABLE rates_seen AS
    SELECT a.model, a.task, a.part, {_FIGURES} FROM rates_outcomes o JOIN rates_attempts a USING (row)
    WHERE o.error = $error GROUP BY ALL"""
# A task whose attempts are all of one part is counted with the part; one whose attempts are of several, value by value.
_POSSIBLE_TASKS = """
    WITH wanted AS (SELECT model, value, part FROM rates_cells c JOIN rates_possible USING (value) WHERE c.error = $error),
    alike AS (
        SELECT model, part, judged, skipped, assessed, count(*) AS tasks
        FROM rates_seen ANTI JOIN rates_spread USING (model, task) GROUP BY ALL),
    spread AS (
        SELECT model, value, task, sum(judged)::BIGINT AS judged, sum(skipped)::BIGINT AS skipped, sum(assessed)::BIGINT AS assessed
        FROM rates_seen SEMI JOIN rates_spread USING (model, task) JOIN wanted USING (model, part) GROUP BY ALL)
    SELECT model, value, judged, skipped, assessed, sum(tasks)::BIGINT AS tasks FROM alike JOIN wanted USING (model, part) GROUP BY ALL
    UNION ALL SELECT model, value, judged, skipped, assessed, count(*) AS tasks FROM spread GROUP BY ALL"""
_TASKS_WITH_FINDINGS = f"""
    WITH hits AS (
        SELECT model, value, task, count(*) AS found, count(DISTINCT row) AS failed
        FROM rates_hits SEMI JOIN rates_cells USING (model, error, value) WHERE error = $error GROUP BY ALL),
    possible AS (
        SELECT h.model, h.value, h.task, sum(s.judged)::BIGINT AS judged, sum(s.skipped)::BIGINT AS skipped,
            sum(s.assessed)::BIGINT AS assessed
        FROM hits h JOIN rates_seen s USING (model, task) JOIN rates_possible p ON p.part = s.part AND p.value = h.value GROUP BY ALL),
    strays AS (
        SELECT s.model, s.value, s.task, {_FIGURES} FROM rates_outcomes o JOIN rates_strays s USING (row, error)
        WHERE o.error = $error GROUP BY ALL)
    SELECT model, value, found, failed, p.judged, p.skipped, p.assessed, coalesce(p.judged, 0) + coalesce(s.judged, 0) AS all_judged,
        coalesce(p.skipped, 0) + coalesce(s.skipped, 0) AS all_skipped, coalesce(p.assessed, 0) + coalesce(s.assessed, 0) AS all_assessed,
        count(*) AS tasks
    FROM hits LEFT JOIN possible p USING (model, value, task) LEFT JOIN strays s USING (model, value, task) GROUP BY ALL"""


def finding_cells(cursor: Any, by: Dimension, errors: Sequence[str], limit: int) -> tuple[list[Cell], int]:
    """The ``limit`` largest cells of every model, pattern and value that a finding has; and how many were left out."""
    attempts(cursor, _PARTS[by.of])
    _hits(cursor, by, errors)
    left_out = _kept(cursor, by, limit)
    _possible(cursor, by)
    cursor.execute(_OUTCOMES)
    kept = [each["error"] for each in rows(cursor, "SELECT DISTINCT error FROM rates_cells ORDER BY error")]
    return [cell for error in kept for cell in _cells(cursor, error)], left_out


def _hits(cursor: Any, by: Dimension, errors: Sequence[str]) -> None:
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE rates_hits AS
        SELECT a.model, f.error, {by.sql} AS value, f.tool, a.task, a.part, a.row
        FROM findings f JOIN rates_attempts a USING (key) JOIN trajectories t USING (key) WHERE f.counted AND list_contains(?, f.error)""",
        [list(errors)],
    )


def _kept(cursor: Any, by: Dimension, limit: int) -> int:
    """Makes ``rates_cells``: the cells to count, with the tool and the least number of turns that they need; answers how many are left."""
    least = "CASE value " + " ".join(f"WHEN '{name}' THEN {low}" for name, low in zip(by.labels, by.edges, strict=True)) + " END"
    grouped = (
        "SELECT model, error, value, any_value(tool) AS tool, count(DISTINCT row) AS hit, count(*) AS found FROM rates_hits GROUP BY ALL"
    )
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE rates_cells AS
        SELECT model, error, value, CASE WHEN value <> ? THEN tool END AS tool, {least if by.edges else "0"} AS least
        FROM ({grouped}) ORDER BY hit DESC, found DESC, model, error, value LIMIT ?""",
        [by.missing, limit],
    )
    counted = "SELECT count(*) AS cells FROM (SELECT DISTINCT model, error, value FROM rates_hits)"
    return max(0, int(rows(cursor, counted)[0]["cells"]) - limit)


def _possible(cursor: Any, by: Dimension) -> None:
    """Makes ``rates_possible`` (part and value), and ``rates_strays``: findings where nobody could expect them, as of an invented tool."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE rates_parts AS SELECT DISTINCT part FROM rates_attempts")
    cursor.execute("""
        CREATE OR REPLACE TEMP TABLE rates_spread AS
        SELECT model, task FROM rates_attempts GROUP BY model, task HAVING min(part) <> max(part)""")
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE rates_possible AS SELECT DISTINCT part, value FROM ({_POSSIBLE[by.of]})
        UNION SELECT part, value FROM rates_parts, (SELECT DISTINCT value FROM rates_cells WHERE value = ?)""",
        [by.missing],
    )
    cursor.execute("""
        CREATE OR REPLACE TEMP TABLE rates_strays AS
        SELECT DISTINCT model, error, value, task, row FROM rates_hits h SEMI JOIN rates_cells c USING (model, error, value)
        ANTI JOIN rates_possible p USING (part, value)""")


def _cells(cursor: Any, error: str) -> Iterator[Cell]:
    """Tasks are counted by part, where only their number matters; those with a finding are taken out of it and counted one by one."""
    cursor.execute(_SEEN, {"error": error})
    shapes: dict[tuple[str, str], Counter[tuple[int, ...]]] = defaultdict(Counter)
    for each in rows(cursor, _POSSIBLE_TASKS, {"error": error}):
        shapes[each["model"], each["value"]][0, 0, each["judged"], each["skipped"], each["assessed"]] += each["tasks"]
    for each in rows(cursor, _TASKS_WITH_FINDINGS, {"error": error}):
        counted = shapes[each["model"], each["value"]]
        if each["judged"] is not None:
            counted[0, 0, each["judged"], each["skipped"], each["assessed"]] -= each["tasks"]
        counted[tuple(each[name] for name in ("found", "failed", "all_judged", "all_skipped", "all_assessed"))] += each["tasks"]
    for (model, value), counted in sorted(shapes.items()):
        names = ("found", "failed", "judged", "skipped", "assessed", "tasks")
        like = [dict(zip(names, (*shape, tasks), strict=True)) for shape, tasks in sorted(counted.items()) if tasks]
        yield Cell(
            model=model,
            error=error,
            value=value,
            findings=total(like, "found"),
            trajectories=total(like, "failed"),
            unchecked=total(like, "skipped"),
            shapes=tuple(like),
        )
