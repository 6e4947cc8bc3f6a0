"""How people say what patent tools take as codes, and which arguments never change an answer."""

from __future__ import annotations

from collections.abc import Mapping

from spectool.benchmark.template import Draws, Said, either, said
from spectool.benchmark.templates.phrasing import ROOMY

CLASSES = ("A61B", "B25J", "C08J", "F03D", "G02B", "H01M", "H04R", "H05K")
GROUPINGS = either("status", "assignee", "class_code", "filed_year", "office")
"""A total is the same however the patents are counted."""
STATUSES = ("granted", "pending", "expired")
OFFICES: Mapping[str, tuple[str, ...]] = {
    "US": ("United States", "US"),
    "EP": ("European",),
    "JP": ("Japanese",),
    "GB": ("British", "UK"),
    "DE": ("German",),
    "KR": ("Korean",),
    "CA": ("Canadian",),
}
OFTEN: Mapping[str, tuple[str, ...]] = {
    "daily": ("every day", "daily"),
    "weekly": ("once a week", "weekly"),
    "never": ("never",),
}
PATENT_ASKED = ("patent", "number", "which", "publication")
"""Words of a question for a patent's number."""
ORDER = ("sort_by", "descending")
WHOLE = {"page_size": ROOMY}
FEW = 5
SHORT = {"page_size": either(10, 5, 8, 12, 15, 20, 25, 30, 40, 50)}
"""Pages that hold all where there are no more than ``FEW``."""
PAGE = 10
"""How many results a page has unless asked for otherwise: with no more, their order is nobody's business."""


def an_office(draws: Draws, *but: str) -> Said:
    """A patent office by its adjective."""
    code = draws.pick(*(office for office in OFFICES if office not in but))
    return said(code, *OFFICES[code])


def a_year_on(draws: Draws, first: int, last: int) -> Said:
    """The first day of a year, said as the year."""
    year = draws.number(first, last)
    return said(f"{year}-01-01", f"since the start of {year}", f"from 1 January {year} on", f"in {year} or later")
