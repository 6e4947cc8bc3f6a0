"""What rules, tagger, judge and people say of each unit: one pattern in one trajectory.

A side that did not look at a unit says nothing of it: a pattern that could not be judged, an opinion that was skipped, what a person did
not finish. All in DuckDB: tables ``said`` (side, key, error, present) and ``places`` (side, key, error, step, call), and sums over tasks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from spectool.model import Tier
from spectool.results.agreement_measures import Answers, Square
from spectool.results.labels_answers import Answered
from spectool.results.labels_entry import NOBODY, POSITIVE, Entry
from spectool.results.tables import TASK, rows

# Findings that would count against the model but for their tier.
_BLAMED = "tier IN (SELECT unnest($tiers)) AND (level IN ('event', 'artefact') OR fault IN ('agent', 'unknown'))"
_OF_RULES = f"""WITH found AS (SELECT DISTINCT key, error FROM findings WHERE {_BLAMED})
  SELECT 'rules' AS side, o.key, o.error, found.key IS NOT NULL AS present
  FROM outcomes o LEFT JOIN found USING (key, error)
  WHERE o.skipped IS NULL AND o.error IN (SELECT unnest($patterns)) AND o.key IN ({{others}})"""
_OF_OPINIONS = """SELECT '{side}' AS side, key, error, bool_or(coalesce(tier IN (SELECT unnest($tiers)), false)) AS present
  FROM {table} WHERE skipped IS NULL AND error IN (SELECT unnest($patterns)) GROUP BY ALL"""
_PLACES_OF_RULES = f"SELECT DISTINCT 'rules' AS side, key, error, step, call FROM findings WHERE step IS NOT NULL AND {_BLAMED}"
_PLACES_OF_OPINIONS = """SELECT DISTINCT '{side}' AS side, key, error, step, call
  FROM {table} WHERE step IS NOT NULL AND skipped IS NULL AND tier IN (SELECT unnest($tiers))"""
_TABLES = {"tagger": "tagged", "judge": "judged"}
BOTH = """SELECT l.key, l.error, l.task, l.present AS l, r.present AS r
  FROM said l JOIN said r USING (key, error) WHERE l.side = $left AND r.side = $right"""
# Sums of each task, by pattern and (under '') over all; then how many tasks have the same.
_SQUARES = f"""WITH per_task AS (
    SELECT coalesce(error, '') AS error, count_if(l AND r) AS b, count_if(l AND NOT r) AS lo, count_if(r AND NOT l) AS ro,
      count_if(NOT l AND NOT r) AS n FROM ({BOTH}) GROUP BY GROUPING SETS ((error, task), (task)))
  SELECT error, b AS both, lo AS left, ro AS right, n AS neither, count(*) AS tasks FROM per_task GROUP BY ALL ORDER BY ALL"""
_ANSWERS = """WITH units AS (
    SELECT error, task, count_if(present) AS yes, count_if(NOT present) AS no FROM said GROUP BY key, error, task HAVING count(*) > 1),
  per_task AS (
    SELECT coalesce(error, '') AS error, count(*) AS units, sum(yes)::BIGINT AS yes, sum(no)::BIGINT AS no,
      sum(2 * yes * no / (yes + no - 1)) AS apart FROM units GROUP BY GROUPING SETS ((error, task), (task)))
  SELECT *, count(*) AS tasks FROM per_task GROUP BY ALL ORDER BY ALL"""
_SPOKEN = """SELECT side, count(DISTINCT key) AS trajectories, count(*) AS units, count_if(present) AS present FROM said GROUP BY side"""


def sides_of(connection: Any, people: Iterable[str]) -> tuple[str, ...]:
    """Who says something of this folder: rules, tagger and judge where they are there, people by name."""
    views = {row["view_name"] for row in rows(connection, "SELECT view_name FROM duckdb_views() WHERE NOT internal")}
    return (*(side for side in NOBODY if side == "rules" or _TABLES[side] in views), *sorted(set(people)))


def prepare(
    connection: Any,
    sides: Sequence[str],
    answers: Iterable[Answered],
    entries: Iterable[Entry],
    tiers: Sequence[Tier],
    patterns: Sequence[str],
) -> None:
    """Makes ``said`` and ``places`` of the chosen sides and patterns.

    Args:
        connection: of the folder.
        sides: as ``sides_of`` names them.
        answers: of people.
        entries: of people, for the places.
        tiers: which findings and opinions are a yes.
        patterns: which units are looked at.
    """
    import pyarrow as pa

    asked = set(patterns)
    said = [(each.annotator, each.key, code, yes) for each in answers for code, yes in each.answers.items() if code in asked]
    placed = {(e.annotator, e.key, e.pattern, e.step, e.call) for e in entries if e.verdict in POSITIVE and e.step is not None}
    connection.register("people_said", pa.table(_columns(said), schema=_schema(pa, present=pa.bool_())))
    connection.register(
        "people_placed", pa.table(_columns(sorted(placed, key=repr), 5), schema=_schema(pa, step=pa.int32(), call=pa.int32()))
    )
    units, places = ["SELECT * FROM people_said"], ["SELECT * FROM people_placed"]
    for side in sides:
        if side in _TABLES:
            units.append(_OF_OPINIONS.format(side=side, table=_TABLES[side]))
            places.append(_PLACES_OF_OPINIONS.format(side=side, table=_TABLES[side]))
        elif side == "rules":
            # They looked at everything; only where somebody else did, too, is there anything to compare.
            others = ("people_said", *(table for name, table in _TABLES.items() if name in sides))
            units.append(_OF_RULES.format(others=" UNION ".join(f"SELECT key FROM {each}" for each in others)))
            places.append(_PLACES_OF_RULES)
    chosen = {"tiers": list(tiers), "patterns": list(patterns), "sides": list(sides)}
    for name, parts in (("said", units), ("places", places)):
        text = " UNION ALL ".join(f"({part})" for part in parts)
        needed = {each: value for each, value in chosen.items() if f"${each}" in text or each == "sides"}
        statement = f"SELECT u.*, {TASK} AS task FROM ({text}) u JOIN trajectories t USING (key) WHERE u.side IN (SELECT unnest($sides))"
        connection.execute(f"CREATE TEMP TABLE {name} AS {statement}", needed)


def _columns(found: Sequence[tuple[Any, ...]], width: int = 4) -> list[list[Any]]:
    return [[row[place] for row in found] for place in range(width)]


def _schema(pa: Any, **more: Any) -> Any:
    return pa.schema([("side", pa.string()), ("key", pa.string()), ("error", pa.string()), *more.items()])


def squares(connection: Any, left: str, right: str) -> dict[str, list[Square]]:
    """Of the units that both sides looked at, by pattern and (under '') over all: tasks that look alike."""
    found: dict[str, list[Square]] = {}
    for row in rows(connection, _SQUARES, {"left": left, "right": right}):
        found.setdefault(row.pop("error"), []).append(Square(**row))
    return found


def answers_of_all(connection: Any) -> dict[str, list[Answers]]:
    """Of the units that two sides or more looked at, by pattern and (under '') over all: tasks that look alike."""
    found: dict[str, list[Answers]] = {}
    for row in rows(connection, _ANSWERS):
        found.setdefault(row.pop("error"), []).append(Answers(**row))
    return found


def spoken(connection: Any) -> dict[str, dict[str, int]]:
    """Of each side: the trajectories and units it looked at, and in how many units it sees the pattern."""
    return {row.pop("side"): row for row in rows(connection, _SPOKEN)}
