"""What people made of findings that they ruled on: accepted, changed, rejected, by who found them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec

from spectool.classify.taxonomy import load
from spectool.results.interval import Cluster, Rate, rate_of
from spectool.results.labels_entry import Entry
from spectool.results.tables import TASK, rows


class Rulings(msgspec.Struct, frozen=True, kw_only=True):
    """One person's rulings on one source's findings of one pattern (``''``: of all); ``accepted`` of those ruled on, by task.

    Needs nobody to finish a trajectory, and says nothing of what was overlooked.
    """

    source: str
    annotator: str
    error: str
    accepted: Rate
    changed: int
    rejected: int


def rulings(connection: Any, entries: Sequence[Entry]) -> tuple[Rulings, ...]:
    """By source, person and pattern in the order of the taxonomy, all patterns last."""
    ruled = [(entry, entry.finding) for entry in entries if entry.finding is not None]
    statement = f"SELECT key, {TASK} AS task FROM trajectories t WHERE key IN (SELECT unnest(?))"
    task = {row["key"]: row["task"] for row in rows(connection, statement, [sorted({entry.key for entry, _ in ruled})])}
    grouped: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for entry, finding in ruled:
        for error in (finding.error, ""):
            grouped[finding.source, entry.annotator, error].append(entry)
    order = load().positions
    places = sorted(grouped, key=lambda place: (place[0], place[1], order.get(place[2], len(order))))
    return tuple(_rulings(place, grouped[place], task) for place in places)


def _rulings(place: tuple[str, str, str], entries: Sequence[Entry], task: dict[str, str]) -> Rulings:
    verdicts = Counter(entry.verdict for entry in entries)
    seen, accepted = Counter(task[entry.key] for entry in entries), Counter(task[e.key] for e in entries if e.verdict == "accept")
    clusters = [Cluster(count=accepted[name], n=n) for name, n in sorted(seen.items())]
    source, annotator, error = place
    changed, rejected = verdicts["change"], verdicts["reject"]
    return Rulings(source=source, annotator=annotator, error=error, accepted=rate_of(clusters), changed=changed, rejected=rejected)
