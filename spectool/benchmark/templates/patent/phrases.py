"""How people say what patent tools take as codes, which arguments never change an answer, and how a patent is put on the watch list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from spectool.benchmark.template import Act, Claims, Draws, Said, Slots, either, said
from spectool.environments.patent.search import ClassCode, Status

CLASSES: tuple[str, ...] = get_args(ClassCode)
GROUPINGS = either("status", "assignee", "class_code", "filed_year", "office")
"""A total is the same however the patents are counted."""
STATUSES: tuple[str, ...] = get_args(Status)
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
FEW = 5
"""As many results as a page of any size in ``SHORT`` holds."""


def an_office(draws: Draws, *but: str) -> Said:
    """A patent office by its adjective."""
    code = draws.pick(*(office for office in OFFICES if office not in but))
    return said(code, *OFFICES[code])


def a_year_on(draws: Draws, first: int, last: int) -> Said:
    """The first day of a year, said as the year."""
    year = draws.number(first, last)
    return said(f"{year}-01-01", f"since the start of {year}", f"from 1 January {year} on", f"in {year} or later")


def watch(act: Act, slots: Slots) -> Claims:
    """Puts a patent on the watch list."""
    act("watch_patent", {"patent_id": slots["patent"], "notify": slots["often"]})
    return ()
