"""A result folder read back whole, trajectory by trajectory with its verdict, as it was classified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from spectool.model import Trajectory, Verdict
from spectool.results.restore import finding_from, outcomes_from, trajectory_from
from spectool.results.tables import connect, rows

# Trajectories held at once.
BATCH = 256
_WITHIN = "key IN (SELECT key FROM trajectories WHERE row >= ? AND row < ?)"

Rows = list[dict[str, Any]]


def reread(folder: Path) -> Iterator[tuple[Trajectory, Verdict]]:
    """Every trajectory of a result folder in the order of the input, with its verdict; which detectors crashed is not kept there."""
    with connect(folder.resolve()) as connection:
        total = rows(connection, "SELECT count(*) AS n FROM trajectories")[0]["n"]
        tools = {row["hash"]: row["tools"] for row in rows(connection, "SELECT hash, tools FROM tools")}
        for start in range(0, total, BATCH):
            yield from _batch(connection, start, tools)


def _batch(connection: Any, start: int, tools: Mapping[str, str]) -> Iterator[tuple[Trajectory, Verdict]]:
    bounds = [start, start + BATCH]
    found = rows(connection, "SELECT * FROM trajectories WHERE row >= ? AND row < ? ORDER BY row", list(bounds))
    findings = _by_key(rows(connection, f"SELECT * FROM findings WHERE {_WITHIN} ORDER BY row", list(bounds)))
    outcomes = _by_key(rows(connection, f"SELECT key, error, assessed, skipped FROM outcomes WHERE {_WITHIN} ORDER BY row", list(bounds)))
    for row in found:
        of_it = tuple(map(finding_from, findings[row["key"]]))
        verdict = Verdict(
            key=row["key"],
            passed=row["passed"],
            outcomes=outcomes_from(outcomes[row["key"]], of_it),
            gold_path=row["gold_path"],
            compat_label=row["compat_label"],
        )
        yield trajectory_from(row, tools.get(row["tools_hash"], "[]")), verdict


def _by_key(found: Rows) -> defaultdict[str, Rows]:
    grouped: defaultdict[str, Rows] = defaultdict(list)
    for row in found:
        grouped[row["key"]].append(row)
    return grouped
