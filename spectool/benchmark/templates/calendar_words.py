"""How requests say dates and months."""

from __future__ import annotations

from datetime import date

from spectool.benchmark.template import Said, said

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def ordinal(number: int) -> str:
    """Such as 1st, 22nd, 13th."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def day_said(iso: str) -> Said:
    """A date in words, with its year."""
    day = date.fromisoformat(iso)
    month = MONTHS[day.month - 1]
    return said(iso, f"{day.day} {month} {day.year}", f"the {ordinal(day.day)} of {month} {day.year}", f"{month} {day.day}, {day.year}")


def month_said(iso: str) -> Said:
    """The month of a date as YYYY-MM, said with its year."""
    return said(iso[:7], f"{MONTHS[int(iso[5:7]) - 1]} {iso[:4]}")
