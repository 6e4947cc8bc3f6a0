"""The ways to how many patents of a status a company has."""

from __future__ import annotations

from collections.abc import Callable

from spectool.benchmark.template import Act, either
from spectool.benchmark.templates.patent.phrases import GROUPINGS
from spectool.benchmark.templates.phrasing import COUNTING, parts_of
from spectool.benchmark.templates.searching import ORDER, WHOLE

Total = Callable[[Act, str, str], int]
"""From the name of a company and a status."""


def searched(act: Act, owner: str, status: str) -> int:
    """As a search for them says."""
    total: int = act("search_patents", {"assignee": owner, "status": status}, free=COUNTING)["total"]
    return total


def counted(act: Act, owner: str, status: str) -> int:
    """As counting just them says."""
    conditions = {"assignee": owner, "status": status}
    total: int = act("count_patents", {"group_by": GROUPINGS, "conditions": conditions}, free=("top",))["total"]
    return total


def grouped(act: Act, owner: str, status: str) -> int:
    """As counting all of the company by status says."""
    groups = act("count_patents", {"group_by": "status", "conditions": {"assignee": owner}, "top": either(10, 3, 5, 20, 50, 100)})["groups"]
    return sum(group["patents"] for group in groups if group["status"] == status)


def listed(act: Act, company_id: str, status: str) -> int:
    """As the list of a company's patents says, from its id."""
    total: int = act("list_company_patents", {"company_id": company_id, "status": status}, free=("page", "page_size"))["total"]
    return total


def found_and_listed(act: Act, owner: str, status: str) -> int:
    """As the list of a company's patents says, once its id is found."""
    companies = act("search_companies", {"name": parts_of(owner), **WHOLE}, free=ORDER)["companies"]
    return listed(act, next(row["company_id"] for row in companies if row["name"] == owner), status)
