"""Who owns patents and who made the inventions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.dates import Date, in_order
from spectool.environments.parts.narrowing import equal, worded
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.patent.search import ClassCode, Status, paged_patents

Industry = Literal["audio", "electronics", "energy", "materials", "medical", "optics", "robotics"]
Country = Literal["CA", "DE", "DK", "GB", "IT", "JP", "KR", "SE", "TW", "US"]


def search_companies(
    state: State,
    *,
    name: str | None = None,
    country: Country | None = None,
    industry: Industry | None = None,
    min_patents: Annotated[int, Meta(ge=0, le=1000)] = 0,
    sort_by: Literal["name", "founded", "patent_count"] = "name",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search companies that own patents, each with the number of its patents. All conditions given must hold.

    Args:
        name: Name of the company, or words of it.
        country: Country of its seat, as a two-letter code.
        industry: Industry that it works in.
        min_patents: Fewest patents that it owns.
        sort_by: Sort by name, year of foundation or number of patents.
        descending: Largest or latest first.
        page: Page of results, from 1.
        page_size: Companies a page.
    """
    some = equal(state["companies"].rows(), country=country, industry=industry)
    found = worded([row for row in some if row["patent_count"] >= min_patents], "name", name)
    return paged(ordered(found, sort_by, descending=descending), page, page_size, name="companies")


def list_company_patents(
    state: State,
    *,
    company_id: str,
    status: Status | None = None,
    granted_from: Date | None = None,
    granted_to: Date | None = None,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """The patents of one company, the latest filed first, with their grant dates.

    Args:
        company_id: Id of the company, as search_companies gives it.
        status: Legal status.
        granted_from: Earliest grant date, YYYY-MM-DD; patents not granted are left out.
        granted_to: Latest grant date, YYYY-MM-DD; patents not granted are left out.
        page: Page of results, from 1.
        page_size: Patents a page.
    """
    require_company(state, company_id)
    in_order(granted_from, granted_to)
    found = [
        row
        for row in equal(state["patents"].rows(), company_id=company_id, status=status)
        if (granted_from is None or (row["granted"] is not None and row["granted"] >= granted_from))
        and (granted_to is None or (row["granted"] is not None and row["granted"] <= granted_to))
    ]
    return paged_patents(ordered(found, "filed", descending=True), page, page_size, "granted", "claims")


def search_inventors(
    state: State,
    *,
    name: str | None = None,
    company_id: str | None = None,
    class_code: ClassCode | None = None,
    min_patents: Annotated[int, Meta(ge=0, le=1000)] = 0,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search inventors, those with the most patents first, each with company, patent classes and number of patents.

    Args:
        name: Name of the inventor, or words of it.
        company_id: Id of the company that the inventor works for, as search_companies gives it.
        class_code: Patent class in which the inventor has at least one patent.
        min_patents: Fewest patents that the inventor has.
        page: Page of results, from 1.
        page_size: Inventors a page.
    """
    some = worded(equal(state["inventors"].rows(), company_id=company_id), "name", name)
    found = [row for row in some if row["patent_count"] >= min_patents and (class_code is None or class_code in row["class_codes"])]
    return paged(ordered(found, "patent_count", descending=True), page, page_size, name="inventors")


def require_company(state: State, company_id: str) -> Row:
    """The company of that id.

    Raises:
        ToolError: there is none.
    """
    row = state["companies"].get(company_id)
    if row is None:
        raise not_found("company", company_id)
    return row
