"""Lays attempts side by side in DuckDB: tables ``attempts`` (every side's) and ``pairs`` (of two sides), small enough to hold millions.

A pattern is a bit: what of a trajectory was judged, and what was found, are two integers, so that the rows of all outcomes are read once
and two trajectories are compared by ``&``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spectool.classify.classify import PASSING_REWARD
from spectool.patterns.compare_sides import Side
from spectool.results.tables import TASK, rows

# One row an attempt, ``turn`` counts those at its task, ``place`` numbers the task; ``rewarded`` is null without a reward.
# ``judged`` and ``found`` hold a bit a pattern.
_ATTEMPTS = f"""
CREATE OR REPLACE TEMP TABLE attempts AS
WITH masks AS (
    SELECT o.key, bit_or(CASE WHEN o.skipped IS NULL THEN c.bit ELSE 0 END) AS judged,
        bit_or(CASE WHEN o.skipped IS NULL AND o.found > 0 THEN c.bit ELSE 0 END) AS found
    FROM outcomes o JOIN codes c USING (error) GROUP BY o.key)
SELECT s.side, t.key, {TASK} AS task, t.row, t.sample,
    row_number() OVER (PARTITION BY s.side, {TASK} ORDER BY t.sample, t.row) AS turn,
    min(t.row) OVER (PARTITION BY s.side, {TASK}) AS place,
    t.passed, t.reward >= {PASSING_REWARD} AS rewarded, t.prompt_hash, t.tools_hash,
    coalesce(m.judged, 0) AS judged, coalesce(m.found, 0) AS found
FROM trajectories t JOIN sides s ON t.result = s.result AND coalesce(t.model, '') = s.model LEFT JOIN masks m USING (key)"""

# One row a task and side. ``question`` names what was asked with which tools, where all attempts agree on it.
_TASKS = """
CREATE OR REPLACE TEMP TABLE tasks AS
SELECT side, task, count(*) AS attempts, min(row) AS row,
    CASE WHEN count(prompt_hash) = count(*) AND min(prompt_hash) = max(prompt_hash) THEN min(prompt_hash) END AS prompt,
    CASE WHEN count(tools_hash) = count(*) AND min(tools_hash) = max(tools_hash) THEN min(tools_hash) END AS tools
FROM attempts GROUP BY side, task"""

# Tasks of two sides that are one: by id; of those left, by question and tools where that leaves no choice.
_PARTNERS = """
CREATE OR REPLACE TEMP TABLE partners AS
WITH same AS (
    SELECT a.task AS before, b.task AS after, a.row, a.attempts AS tried_before, b.attempts AS tried_after, false AS renamed,
        coalesce(a.prompt <> b.prompt, false) AS reworded
    FROM tasks a JOIN tasks b ON a.task = b.task WHERE a.side = $a AND b.side = $b),
rest AS (
    SELECT side, task, attempts, row, prompt, tools, count(*) OVER (PARTITION BY side, prompt, tools) AS alike FROM tasks
    WHERE side IN ($a, $b) AND prompt IS NOT NULL AND tools IS NOT NULL AND task NOT IN (SELECT before FROM same))
SELECT * FROM same UNION ALL
SELECT a.task, b.task, a.row, a.attempts, b.attempts, true, false FROM rest a JOIN rest b USING (prompt, tools)
WHERE a.side = $a AND b.side = $b AND a.alike = 1 AND b.alike = 1"""

# One row a pair of attempts; passed by the rewards if both have one, else by our verdicts.
_PAIRS = """
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT p.before AS task, p.row, a.turn, a.key AS key_before, b.key AS key_after,
    a.rewarded IS NOT NULL AND b.rewarded IS NOT NULL AS by_reward,
    (a.rewarded IS NULL) <> (b.rewarded IS NULL) AS half_rewarded,
    CASE WHEN by_reward THEN a.rewarded WHEN b.passed IS NOT NULL THEN a.passed END AS before,
    CASE WHEN by_reward THEN b.rewarded WHEN a.passed IS NOT NULL THEN b.passed END AS after,
    a.judged & b.judged AS judged, a.found AS found_before, b.found AS found_after
FROM partners p JOIN attempts a ON a.task = p.before AND a.side = $a
JOIN attempts b ON b.task = p.after AND b.side = $b AND b.turn = a.turn"""


def lay_out(cursor: Any, sides: Sequence[Side]) -> tuple[str, ...]:
    """Makes ``attempts`` and ``tasks`` of all sides; a side is numbered by its place. Returns the patterns by bit, from bit 0."""
    codes = [each["error"] for each in rows(cursor, "SELECT DISTINCT error FROM outcomes ORDER BY error")]
    cursor.execute("CREATE OR REPLACE TEMP TABLE codes (error VARCHAR, bit HUGEINT)")
    if codes:
        cursor.executemany("INSERT INTO codes VALUES (?, ?)", [[code, 1 << place] for place, code in enumerate(codes)])
    cursor.execute("CREATE OR REPLACE TEMP TABLE sides (side INTEGER, result INTEGER, model VARCHAR)")
    cursor.executemany("INSERT INTO sides VALUES (?, ?, ?)", [[place, side.result, side.model] for place, side in enumerate(sides)])
    cursor.execute(_ATTEMPTS)
    cursor.execute(_TASKS)
    return tuple(codes)


def pair(cursor: Any, before: int, after: int) -> None:
    """Makes ``partners`` and ``pairs`` of two sides, given by their places."""
    cursor.execute(_PARTNERS, {"a": before, "b": after})
    cursor.execute(_PAIRS, {"a": before, "b": after})


def mask_of(codes: Sequence[str], chosen: set[str]) -> int:
    """The bits of ``chosen`` patterns."""
    return sum(1 << place for place, code in enumerate(codes) if code in chosen)
