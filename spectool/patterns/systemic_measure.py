"""What a rule of ``systemic`` hands over, and how it is measured: over which runs, with which interval, on which evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

import msgspec

from spectool.results.interval import Cluster, Rate, rate_of
from spectool.results.tables import FAILED, TASK, rows

Kind = Literal[
    "artefact",
    "no_turn",
    "one_subtype",
    "one_format",
    "first_call_only",
    "renamed_alike",
    "cut_at_one_length",
    "stand_in_value",
    "other_schema",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
EXAMPLES = 3


class SystemicCause(msgspec.Struct, frozen=True, kw_only=True):
    """One suspicion about one model.

    ``rate`` is the trajectories it holds for, of all those that ``of`` describes; ``failed`` of them failed. ``evidence`` are keys in the
    order of the input, ``fix`` the first thing to do.
    """

    kind: Kind
    model: str
    what: str
    of: str
    rate: Rate
    failed: int
    evidence: tuple[str, ...]
    fix: str


class Suspicion(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule hands over: ``hits`` are keys; ``base`` is a condition on ``systemic_runs AS r`` that says what they are counted over."""

    kind: Kind
    model: str
    what: str
    of: str
    fix: str
    hits: tuple[str, ...]
    base: str = "true"
    values: tuple[Any, ...] = ()


def prepare(cursor: Any, where: str = "true", parameters: list[Any] | None = None) -> None:
    """Makes the temporary tables that the rules read: ``systemic_runs`` and, of proven and likely findings, ``systemic_findings``."""
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE systemic_runs AS
        SELECT t.row, t.key, t.model, {TASK} AS task, {FAILED} AS failed, t.passed, t.steps, t.calls, coalesce(t.n_gold, 0) AS n_gold
        FROM trajectories t WHERE {where}""",
        parameters or [],
    )
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE systemic_findings AS
        SELECT f.row, f.key, r.model, r.failed, f.error, f.subtype, f.level, coalesce(f.tool, '') AS tool, f.path, f.message, f.expected,
            f.got, f.repair FROM findings f JOIN systemic_runs r USING (key)
        WHERE f.tier <> 'candidate' AND (f.level = 'artefact' OR f.error IN ('IFE', 'IFN', 'IAN', 'IAT', 'IAV', 'IAC'))"""
    )


def measured(cursor: Any, found: Suspicion) -> SystemicCause:
    """The suspicion with its rate over tasks, its harm and its evidence."""
    values = {"model": found.model, "hits": list(found.hits), **{f"v{place}": value for place, value in enumerate(found.values)}}
    base = f"""SELECT r.*, h.key IS NOT NULL AS hit FROM systemic_runs r
        LEFT JOIN (SELECT DISTINCT unnest($hits::VARCHAR[]) AS key) h USING (key) WHERE r.model = $model AND ({found.base})"""
    groups = rows(
        cursor,
        f"""SELECT count, n, count(*) AS tasks FROM (SELECT count(*) FILTER (hit) AS count, count(*) AS n FROM ({base}) GROUP BY task)
        GROUP BY ALL ORDER BY ALL""",
        values,
    )
    hit = rows(cursor, f"SELECT key, failed FROM ({base}) WHERE hit ORDER BY row", values)
    return SystemicCause(
        kind=found.kind,
        model=found.model,
        what=found.what,
        of=found.of,
        fix=found.fix,
        rate=rate_of([Cluster(**each) for each in groups]),
        failed=sum(bool(each["failed"]) for each in hit),
        evidence=tuple(each["key"] for each in hit[:EXAMPLES]),
    )


def grouped(found: Iterable[Mapping[str, Any]], *names: str) -> dict[tuple[Any, ...], list[Mapping[str, Any]]]:
    """Rows by the values of ``names``, in the order of their first."""
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for each in found:
        groups.setdefault(tuple(each[name] for name in names), []).append(each)
    return groups


def keys_of(hits: list[Mapping[str, Any]]) -> tuple[str, ...]:
    """The trajectories of some rows, each once, in their order."""
    return tuple(dict.fromkeys(hit["key"] for hit in hits))
