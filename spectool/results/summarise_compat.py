"""Counts other systems' rulings in a result folder, per system and model, and how far they agree with what was published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spectool.classify.compat.ruling import METRICS, PASSED
from spectool.results.summary import CompatSummary
from spectool.results.tables import rows

# Systems whose published verdict a reader may lay over our rows as ``compat_label``, and the format that does so.
_PUBLISHED = {"bfcl": "bfcl"}


def summarise_compat(cursor: Any, systems: Sequence[str]) -> tuple[CompatSummary, ...]:
    """One entry a system and model, systems in the order asked for, models in that of the input."""
    return tuple(_summary(found, system) for system in systems for found in _counted(cursor, system))


def _counted(cursor: Any, system: str) -> list[dict[str, Any]]:
    metrics = ", ".join(f'avg("{metric}") AS "{metric}", count("{metric}") AS "n {metric}"' for metric in METRICS)
    return rows(
        cursor,
        f"""
        WITH joined AS (
            SELECT t.row, t.model, CASE WHEN t.format = $format AND c.passed IS NOT NULL THEN t.compat_label END AS published,
                c.* EXCLUDE (row)
            FROM compat c JOIN trajectories t USING (key) WHERE c.system = $system)
        SELECT model, count(*) AS trajectories, count(passed) AS judged, count(*) FILTER (passed) AS passed,
            count(published) AS published, count(*) FILTER (passed = (published = $ok)) AS agree,
            count(*) FILTER (published <> $ok) AS published_failures,
            count(*) FILTER (published <> $ok AND label = published) AS same_label, {metrics}
        FROM joined GROUP BY model ORDER BY min(row)""",
        {"system": system, "ok": PASSED, "format": _PUBLISHED.get(system)},
    )


def _summary(found: dict[str, Any], system: str) -> CompatSummary:
    scores = {metric: found.pop(metric) for metric in METRICS}
    scored = {metric: found.pop(f"n {metric}") for metric in METRICS}
    return CompatSummary(
        system=system,
        scores={metric: score for metric, score in scores.items() if score is not None},
        scored={metric: n for metric, n in scored.items() if n},
        **found,
    )
