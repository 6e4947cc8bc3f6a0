"""Figures as people read them: percentages, intervals, how many of what."""

from __future__ import annotations

import re

from spectool.results.interval import Rate
from spectool.results.mean import Mean

UNKNOWN = "–"
_REMEDY = re.compile(r"pass --[a-z]+( or --[a-z]+)?")


def percent(fraction: float | None) -> str:
    """A fraction 0-1 in percent with one decimal; a dash for ``None``."""
    return UNKNOWN if fraction is None else f"{100 * fraction:.1f} %"


def figure(value: float | None, places: int) -> str:
    """A figure with so many decimals; a dash for ``None``."""
    return UNKNOWN if value is None else f"{value:,.{places}f}"


def interval(rate: Rate | Mean) -> str:
    """The 95 % interval in percent."""
    return UNKNOWN if rate.low is None or rate.high is None else f"{100 * rate.low:.1f} – {100 * rate.high:.1f} %"


def many(count: int, one: str, several: str = "") -> str:
    """``1 task``, ``2 tasks``; ``several`` where an s does not do."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def brief(reason: str) -> str:
    """The reason with what mends it but without what explains it, so that one lack is named once."""
    remedy = _REMEDY.search(reason)
    return reason.partition(": ")[0].partition(" (")[0] + (f", {remedy[0]}" if remedy else "")
