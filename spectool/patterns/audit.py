"""A published score taken apart: how much is the harness's fault, the gold's, mere format, and the rest by pattern.

The attribution is ours, not the benchmark's: its order, its decisions (``decisions.py``) and its verdict on each slip. Every failure has
exactly one cause. The score is the share of attempts that pass, each counted once; a benchmark's own overall score may weigh its
categories otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from spectool.classify.taxonomy import load
from spectool.patterns.audit_parts import Audit, CausePart, Flip, ModelAudit, PatternPart
from spectool.patterns.audit_rows import lay_out_attempts, lay_out_verdicts, profiles, systemic_subtypes
from spectool.patterns.audit_scores import changed, lay_out_tallies, rankings, scores, ways
from spectool.patterns.decisions import CAUSES, Cause, Decision, forgives, mask_of, put_down_to
from spectool.patterns.gold_suspects import GoldSuspect, gold_suspects, highly_suspect, unanimous
from spectool.results.interval import Rate
from spectool.results.store import open_folder
from spectool.results.tables import connect, rows

# Published labels named for failures without a finding of ours; the commonest say what another checker saw.
LABELS = 5


class Audited(msgspec.Struct, frozen=True, kw_only=True):
    """The audit and every task whose gold is suspect, highly or not, best first."""

    audit: Audit
    suspects: tuple[GoldSuspect, ...]


def audit_folders(folders: Iterable[str | Path]) -> Audited:
    """Takes apart the score of every model in these result folders, together: gold is suspect where several models miss a task alike.

    Raises:
        ResultFolderError: one of them is no result folder.
    """
    with closing(connect(*(open_folder(folder).path.resolve() for folder in folders))) as connection:
        lay_out_verdicts(connection)
        suspects = gold_suspects(connection)
        audit = audit_models(connection, highly_suspect(suspects), unanimous(suspects))
        return Audited(audit=audit, suspects=tuple(suspects))


def audit_models(cursor: Any, suspects: Collection[str] = (), unanimous: Collection[str] = ()) -> Audit:
    """Takes apart the score of every model that ``cursor`` sees (``results.tables.connect``).

    Args:
        cursor: a connection of its own, since tables are made in it.
        suspects: tasks whose gold is highly suspect (``gold_suspects.highly_suspect``).
        unanimous: tasks where all models give one answer against the gold (``gold_suspects.unanimous``).
    """
    lay_out_verdicts(cursor)
    lay_out_attempts(cursor, suspects, unanimous)
    parts = _Parts(cursor)
    models = tuple(_model(total, parts) for total in rows(cursor, _TOTALS))
    return Audit(models=models, rankings=rankings(cursor, parts.ways), suspects=tuple(suspects))


_TOTALS = """
SELECT model, count(*) AS attempts, count(DISTINCT task) AS tasks, count(*) FILTER (passed IS NULL) AS undecided,
    count(*) FILTER (NOT passed) AS failures, count(*) FILTER (passed AND core) AS doubtful_passes,
    count(*) FILTER (NOT passed AND profile = 0) AS no_finding
FROM audit_attempts GROUP BY model ORDER BY min(row)"""
_BASES = "SELECT model, basis, count(*) AS n FROM audit_attempts WHERE basis IS NOT NULL GROUP BY ALL ORDER BY n DESC, basis"
_FAILURES = """
SELECT model, profile, pattern, certain, count(*) AS n FROM audit_attempts WHERE NOT passed AND profile <> 0
GROUP BY ALL ORDER BY profile, pattern, certain"""
_LABELS = """
SELECT model, label, count(*) AS n FROM audit_attempts WHERE NOT passed AND profile = 0 AND label IS NOT NULL
GROUP BY ALL ORDER BY n DESC, label"""


class _Parts:
    """What is counted for all models at once."""

    def __init__(self, cursor: Any) -> None:
        self.covers = profiles(cursor)
        self.ways = ways(self.covers)
        lay_out_tallies(cursor, self.ways)
        self.scores = [scores(cursor, place) for place, _ in enumerate(self.ways)]
        self.changed = changed(cursor, self.ways)
        self.bases = _by_model(rows(cursor, _BASES))
        self.failures = _by_model(rows(cursor, _FAILURES))
        self.labels = _by_model(rows(cursor, _LABELS))
        self.systemic = _by_model(systemic_subtypes(cursor))


def _by_model(found: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in found:
        grouped[each["model"]].append(each)
    return grouped


def _model(total: Mapping[str, Any], parts: _Parts) -> ModelAudit:
    model = total["model"]
    rates = [each.get(model, Rate(count=0, n=0)) for each in parts.scores]
    forgiven, rest = _split(parts.failures[model], parts.covers)
    return ModelAudit(
        **total,
        bases={each["basis"]: each["n"] for each in parts.bases[model]},
        score=rates[0],
        causes=tuple(_cause(cause, forgiven, score) for cause, score in zip(CAUSES, rates[1:], strict=False)),
        patterns=_patterns(rest),
        unexplained={each["label"]: each["n"] for each in parts.labels[model][:LABELS]},
        flips=tuple(
            Flip(decision=way.name, says=way.says, by_default=way.by_default, changed=parts.changed[model][place], score=rates[place])
            for place, way in enumerate(parts.ways)
            if way.turned and model in parts.changed
        ),
        systemic=tuple(f"{each['name']} is in {each['hit']:,} of {each['failing']:,} failures" for each in parts.systemic[model]),
    )


def _split(
    failures: Sequence[Mapping[str, Any]], covers: Mapping[int, Sequence[int]]
) -> tuple[list[tuple[tuple[Decision, ...], int]], list[Mapping[str, Any]]]:
    """Failures that the decisions made by default forgive, with what they are put down to; and the others."""
    by_default = mask_of(*CAUSES)
    forgiven = [(put_down_to(covers[row["profile"]]), row["n"]) for row in failures if forgives(by_default, covers[row["profile"]])]
    return forgiven, [row for row in failures if not forgives(by_default, covers[row["profile"]])]


def _cause(cause: Cause, forgiven: Sequence[tuple[tuple[Decision, ...], int]], score: Rate) -> CausePart:
    """The failures whose last decision is of this cause."""
    decisions: Counter[str] = Counter()
    for behind, count in forgiven:
        if behind[-1].cause == cause:
            decisions[" + ".join(decision.name for decision in behind)] += count
    return CausePart(cause=cause, failures=decisions.total(), decisions=dict(decisions.most_common()), score=score)


def _patterns(rest: Sequence[Mapping[str, Any]]) -> tuple[PatternPart, ...]:
    order = load().positions
    failures: Counter[str] = Counter()
    certain: Counter[str] = Counter()
    for row in rest:
        failures[row["pattern"]] += row["n"]
        certain[row["pattern"]] += row["n"] if row["certain"] else 0
    parts = (PatternPart(error=error, failures=count, certain=certain[error]) for error, count in failures.items())
    return tuple(sorted(parts, key=lambda part: (-part.failures, order.get(part.error, len(order)), part.error)))
