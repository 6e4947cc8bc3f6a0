"""The order of results."""

from __future__ import annotations

from collections.abc import Iterable

from spectool.environments.tables import Row


def ordered(rows: Iterable[Row], by: str, *, descending: bool, id: str) -> list[Row]:
    """Rows by field ``by``, those of the same value by field ``id`` upwards; rows that hold ``None`` there come last either way."""
    told = sorted(rows, key=lambda row: row[id])
    missing = [row for row in told if row[by] is None]
    if missing:
        told = [row for row in told if row[by] is not None]
    told.sort(key=lambda row: row[by], reverse=descending)
    return told + missing
