"""Rows narrowed down, one condition after the other; a condition that is ``None`` was not given and leaves all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spectool.environments.core.tables import Row
from spectool.environments.parts.wording import fold, wanted_words


def equal(rows: Iterable[Row], **wanted: Any) -> list[Row]:
    """Rows that hold just these values; a row without the field does not."""
    found = list(rows)
    for name, value in wanted.items():
        if value is not None:
            found = [row for row in found if row.get(name) == value]
    return found


def called(rows: list[Row], **wanted: str | None) -> list[Row]:
    """Rows that hold just these texts, upper and lower case making no difference."""
    for name, text in wanted.items():
        if text is not None:
            folded = fold(text)
            rows = [row for row in rows if fold(row[name]) == folded]
    return rows


def between(rows: list[Row], name: str, first: Any = None, last: Any = None) -> list[Row]:
    """Rows with a value from ``first`` to ``last``, both included, either open if ``None``."""
    if first is not None:
        rows = [row for row in rows if row[name] >= first]
    if last is not None:
        rows = [row for row in rows if row[name] <= last]
    return rows


def worded(rows: list[Row], name: str, words: str | None) -> list[Row]:
    """Rows whose text holds all of ``words``, in any order, as words or parts of one."""
    for word in wanted_words(words):
        rows = [row for row in rows if word in fold(row[name])]
    return rows
