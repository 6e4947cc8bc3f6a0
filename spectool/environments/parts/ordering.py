"""The order of results."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from spectool.environments.core.tables import Row


def ordered(rows: Iterable[Row], by: str, *, descending: bool = False) -> list[Row]:
    """Rows by field ``by``; those of the same value stay in the order given, those that hold ``None`` there come last either way."""
    known: list[Row] = []
    missing: list[Row] = []
    for row in rows:
        (known if row[by] is not None else missing).append(row)
    known.sort(key=itemgetter(by), reverse=descending)
    return known + missing
