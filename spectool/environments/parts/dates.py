"""Dates as arguments: their type, and the day that one names."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Annotated

from msgspec import Meta

from spectool.environments.core.errors import invalid

Date = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
"""An ISO date, YYYY-MM-DD, by its shape; ``day`` refuses 2027-02-30."""


@lru_cache(maxsize=4096)
def day(text: str) -> date:
    """The day that an ISO date names.

    Raises:
        ToolError: the calendar has no such day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise invalid(f"expected a date of the calendar, YYYY-MM-DD, got '{text[:80]}'") from None


def in_order(earliest: str | None, latest: str | None) -> None:
    """Refuses days that do not exist, and a span that ends before it begins.

    Raises:
        ToolError: one of the days is none, or ``latest`` lies before ``earliest``.
    """
    first = day(earliest) if earliest is not None else None
    last = day(latest) if latest is not None else None
    if first is not None and last is not None and last < first:
        raise invalid(f"expected a span that ends on or after '{earliest}', got '{latest}'")
