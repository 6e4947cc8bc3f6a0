"""What the models that miss a task have in common: the slip against gold that most of them share, counted in DuckDB."""

from __future__ import annotations

from typing import Any

import msgspec

from spectool.patterns.decisions import AGAINST_GOLD
from spectool.results.tables import rows


class SharedSlip(msgspec.Struct, frozen=True, kw_only=True):
    """One task with gold and the slip against it that most models share.

    ``judged`` attempts by ``models`` models have a verdict, ``failed`` of them failed; ``same_value`` models made the same slip with the
    same value, ``same_place`` models some slip of that pattern at the same place. ``key`` is an attempt with it, ``error`` to ``got`` are
    its finding (values as JSON, ``None`` where there is none); ``key`` is any attempt and ``error`` empty where nothing is shared.
    ``refused``: findings that say that the gold breaks its schema.
    """

    task: str
    judged: int
    failed: int
    models: int
    same_value: int
    same_place: int
    refused: int
    key: str
    error: str
    subtype: str
    tool: str | None
    path: str
    step: int | None
    expected: str | None
    got: str | None


_TASKS = """
CREATE OR REPLACE TEMP TABLE gold_tasks AS
SELECT v.task, count(*) AS judged, count(*) FILTER (NOT v.passed) AS failed, count(DISTINCT v.model) AS models, min(v.key) AS key
FROM audit_verdicts v JOIN trajectories t USING (key) WHERE v.passed IS NOT NULL AND t.gold IS NOT NULL GROUP BY v.task"""

# A slip's place without the numbers of turns and calls, its value without case and outer space: that is how slips are told alike. Hashes
# of 64 bits stand for the texts, which are far fewer than would make two of them meet.
_SLIPS = """
CREATE OR REPLACE TEMP TABLE gold_slips AS
SELECT hash(v.task) AS task_id, hash(v.model) AS model_id, v.task, f.key, f.row, f.error, f.subtype, f.tool, f.path, f.step,
    f.expected, f.got,
    regexp_replace(f.path, '\\[\\d+\\]', '[]', 'g') AS place, lower(trim(coalesce(f.got, f.expected, ''))) AS value,
    hash(f.error, f.tool, place) AS place_id, hash(f.subtype, value) AS value_id
FROM findings f JOIN audit_verdicts v USING (key)
WHERE NOT v.passed AND f.tier <> 'candidate' AND f.fault IN ('agent', 'unknown') AND ({against_gold})"""

# By value first: that many models made one slip at one place tells less than that they gave one answer there. Equals go by name, so that
# the order of the folders does not matter.
_BEST = """
CREATE OR REPLACE TEMP TABLE best_slips AS
WITH valued AS (
    SELECT task_id, place_id, value_id, count(DISTINCT model_id) AS same_value, min(row) AS row FROM gold_slips GROUP BY ALL),
placed AS (SELECT task_id, place_id, count(DISTINCT model_id) AS same_place FROM gold_slips GROUP BY ALL),
largest AS (
    SELECT v.*, p.same_place FROM valued v JOIN placed p USING (task_id, place_id)
    QUALIFY rank() OVER (PARTITION BY task_id ORDER BY same_value DESC, same_place DESC) = 1)
SELECT DISTINCT ON (s.task) s.task, l.same_value, l.same_place, l.row
FROM largest l JOIN gold_slips s USING (row) ORDER BY s.task, s.error, s.place, s.subtype, s.value, s.tool"""
_SHARED = """
WITH refused AS (
    SELECT v.task, count(*) AS refused FROM findings f JOIN audit_verdicts v USING (key) WHERE f.fault = 'task' GROUP BY v.task),
tasks AS (
    SELECT g.*, coalesce(b.same_value, 0) AS same_value, coalesce(b.same_place, 0) AS same_place, b.row,
        coalesce(r.refused, 0) AS refused
    FROM gold_tasks g LEFT JOIN best_slips b USING (task) LEFT JOIN refused r USING (task) WHERE g.failed > 0 OR r.refused > 0
    ORDER BY {order}, task LIMIT $most)
SELECT t.* EXCLUDE (row, key), coalesce(s.key, t.key) AS key, coalesce(s.error, '') AS error, coalesce(s.subtype, '') AS subtype,
    s.tool AS tool, coalesce(s.path, '$') AS path, s.step AS step, s.expected AS expected, s.got AS got
FROM tasks t LEFT JOIN gold_slips s USING (row) ORDER BY t.task"""


def shared_slips(cursor: Any, order: str, most: int) -> list[SharedSlip]:
    """Tasks with gold that some attempt misses, or whose gold an attempt found to break its schema, by task.

    Args:
        cursor: a connection that holds ``audit_verdicts``.
        order: SQL over the counts of ``SharedSlip``, by which the tasks are chosen; written here, never by a user.
        most: how many tasks to return.
    """
    cursor.execute(_TASKS)
    cursor.execute(_SLIPS.format(against_gold=AGAINST_GOLD))
    cursor.execute(_BEST)
    return [SharedSlip(**row) for row in rows(cursor, _SHARED.replace("{order}", order), {"most": most})]
