"""One row an attempt: whether it failed, by whose verdict, and which decisions would forgive it. DuckDB holds the rows, Python the sums."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from spectool.classify.classify import PASSING_REWARD, WEAK_MODES
from spectool.patterns.decisions import CAUSES, DECISIONS, bit, mask_of
from spectool.results.summarise import SYSTEMIC, SYSTEMIC_MINIMUM, SYSTEMIC_SHARE
from spectool.results.tables import TASK, rows

# Whose verdict a row has, by what was published first; what each is called on screen.
BASES = {
    "published": "the benchmark's published verdict",
    "bfcl": "BFCL's rules, computed here (compat)",
    "reward": "the harness's own reward",
    "own": "our own verdict: nothing was published",
}

_VERDICTS = """
CREATE OR REPLACE TEMP TABLE audit_verdicts AS
SELECT t.key, t.row, t.model, {task} AS task, t.compat_label AS label, t.passed AS own_passed, false AS suspect, false AS unanimous,
    t.steps = 0 AS silent, t.gold_path IS NOT NULL AND NOT list_contains({weak}, t.gold_mode) AS compared,
    CASE WHEN nullif(t.compat_label, '') IS NOT NULL THEN t.compat_label = 'ok' WHEN c.passed IS NOT NULL THEN c.passed
        WHEN t.reward IS NOT NULL THEN t.reward >= {passing} ELSE t.passed END AS passed,
    CASE WHEN nullif(t.compat_label, '') IS NOT NULL THEN 'published' WHEN c.passed IS NOT NULL THEN 'bfcl'
        WHEN t.reward IS NOT NULL THEN 'reward' WHEN t.passed IS NOT NULL THEN 'own' END AS basis
FROM trajectories t LEFT JOIN ({compat}) c USING (key)"""
_BFCL = "SELECT key, any_value(passed) AS passed FROM compat WHERE system = 'bfcl' GROUP BY key"
_NO_COMPAT = "SELECT NULL AS key, NULL::BOOLEAN AS passed"

_SYSTEMIC = f"""
CREATE OR REPLACE TEMP TABLE audit_systemic AS
WITH totals AS (SELECT model, count(*) AS failing FROM audit_verdicts WHERE NOT passed GROUP BY model)
SELECT v.model, f.error || '.' || f.subtype AS name, count(DISTINCT f.key) AS hit, any_value(totals.failing) AS failing
FROM findings f JOIN audit_verdicts v USING (key) JOIN totals USING (model)
WHERE NOT v.passed AND f.tier <> 'candidate' AND (list_contains($kinds, f.error || '.' || f.subtype) OR list_contains($kinds, f.error))
GROUP BY ALL HAVING hit >= {SYSTEMIC_MINIMUM} AND hit > {SYSTEMIC_SHARE} * any_value(totals.failing)"""

# A finding's place in its attempt as one number: what no decision covers before what one does, then the primary, then the order of rows.
_PLACE = f"(2 * (cover <> 0)::BIGINT + (NOT first)::BIGINT) * {10**15} + row"
_JUDGED = """
CREATE OR REPLACE TEMP TABLE audit_judged AS
WITH slips AS (
    SELECT f.key, f.row, f.error, f.tier, f.primary AS first, f.level = 'core' AND f.tier = 'certain' AND f.fault = 'agent' AS core,
        ({covers})::BIGINT AS cover
    FROM findings f JOIN audit_verdicts v USING (key)
        LEFT JOIN audit_systemic s ON s.model = v.model AND s.name = f.error || '.' || f.subtype
    WHERE f.tier <> 'candidate' AND f.level <> 'event')
SELECT key, list_sort(list(DISTINCT cover)) AS covers, bool_or((cover & {by_default}) = 0 AND tier = 'certain') AS certain,
    min_by(error, {place}) FILTER ((cover & {by_default}) = 0) AS pattern, bool_or(core) AS core
FROM slips GROUP BY key"""
_PROFILES = """
CREATE OR REPLACE TEMP TABLE audit_profiles AS
SELECT covers, row_number() OVER (ORDER BY covers) AS profile FROM (SELECT DISTINCT covers FROM audit_judged)"""
_ATTEMPTS = """
CREATE OR REPLACE TEMP TABLE audit_attempts AS
SELECT v.row, v.model, v.task, v.label, v.basis, v.passed, v.own_passed, coalesce(p.profile, 0) AS profile,
    coalesce(j.certain, false) AS certain, coalesce(j.core, false) AS core, j.pattern
FROM audit_verdicts v LEFT JOIN audit_judged j USING (key) LEFT JOIN audit_profiles p USING (covers)"""


def lay_out_verdicts(cursor: Any) -> None:
    """Makes the table ``audit_verdicts``, one row an attempt; ``passed`` is null where nothing decides."""
    compat = _BFCL if _has_compat(cursor) else _NO_COMPAT
    cursor.execute(_VERDICTS.format(weak=sorted(WEAK_MODES), task=TASK, passing=PASSING_REWARD, compat=compat))


def lay_out_attempts(cursor: Any, suspects: Collection[str], unanimous: Collection[str] = ()) -> None:
    """Makes the table ``audit_attempts``: the verdicts, and which decisions their slips need.

    ``profile`` tells attempts alike whose slips are covered by the same decisions (``audit_profiles``; 0: no slip); ``pattern`` is that of
    the first slip that no decision covers by default, ``certain`` whether one of those is proven; ``core`` whether one of the seven is.

    Args:
        cursor: a connection that holds ``audit_verdicts``.
        suspects: tasks whose gold is highly suspect.
        unanimous: tasks where all models give one answer against the gold.
    """
    cursor.execute(_SYSTEMIC, {"kinds": sorted(SYSTEMIC)})
    for column, tasks in (("suspect", suspects), ("unanimous", unanimous)):
        if tasks:
            cursor.execute(f"UPDATE audit_verdicts SET {column} = true WHERE task IN (SELECT unnest($tasks))", {"tasks": sorted(tasks)})
    covers = " + ".join(f"CASE WHEN {decision.covers} THEN {bit(decision)} ELSE 0 END" for decision in DECISIONS)
    cursor.execute(_JUDGED.format(covers=covers, by_default=mask_of(*CAUSES), place=_PLACE))
    cursor.execute(_PROFILES)
    cursor.execute(_ATTEMPTS)


def profiles(cursor: Any) -> Mapping[int, tuple[int, ...]]:
    """Of each profile, but that of no slip, the masks of decisions that cover its kinds of slip; 0: none covers one."""
    return {row["profile"]: tuple(row["covers"]) for row in rows(cursor, "SELECT * FROM audit_profiles ORDER BY profile")}


def systemic_subtypes(cursor: Any) -> Sequence[dict[str, Any]]:
    """Model, subtype, failures hit, failures in all, of each subtype that points at a harness."""
    return rows(cursor, "SELECT * FROM audit_systemic ORDER BY model, hit DESC, name")


def _has_compat(cursor: Any) -> bool:
    return bool(rows(cursor, "SELECT 1 FROM information_schema.tables WHERE table_name = 'compat'"))
