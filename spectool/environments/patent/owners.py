"""Who owns patents and who made the inventions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.errors import not_found
from spectool.environments.paging import paged
from spectool.environments.patent.search import ClassCode, Date, Page, PageSize, Status, brief, holds_words
from spectool.environments.tables import Row, State

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
    wanted = name.casefold().split() if name else []
    owned = Counter(row["company_id"] for row in state["patents"].rows())
    found = [
        {**row, "patent_count": owned[row["company_id"]]}
        for row in state["companies"].rows()
        if (country is None or row["country"] == country)
        and (industry is None or row["industry"] == industry)
        and owned[row["company_id"]] >= min_patents
        and (not wanted or holds_words(row["name"], wanted))
    ]
    found.sort(key=lambda row: (row[sort_by], row["company_id"]), reverse=descending)
    return paged(found, page, page_size, name="companies")


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
    found = [
        row
        for row in state["patents"].rows()
        if row["company_id"] == company_id
        and (status is None or row["status"] == status)
        and (granted_from is None or (row["granted"] is not None and row["granted"] >= granted_from))
        and (granted_to is None or (row["granted"] is not None and row["granted"] <= granted_to))
    ]
    found.sort(key=lambda row: (row["filed"], row["patent_id"]), reverse=True)
    listed = [{**brief(row), "granted": row["granted"], "claims": row["claims"]} for row in found]
    return paged(listed, page, page_size, name="patents")


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
    """Search inventors, those with the most patents first, each with the number of patents that meet class_code.

    Args:
        name: Name of the inventor, or words of it.
        company_id: Id of the company that the inventor works for, as search_companies gives it.
        class_code: Count only patents of this class.
        min_patents: Fewest patents counted.
        page: Page of results, from 1.
        page_size: Inventors a page.
    """
    wanted = name.casefold().split() if name else []
    counts: Counter[str] = Counter()
    for row in state["patents"].rows():
        if (company_id is None or row["company_id"] == company_id) and (class_code is None or row["class_code"] == class_code):
            counts.update([inventor["inventor_id"] for inventor in row["inventors"]])
    found = [
        {**row, "patent_count": counts[row["inventor_id"]]}
        for row in state["inventors"].rows()
        if (company_id is None or row["company_id"] == company_id)
        and counts[row["inventor_id"]] >= min_patents
        and (not wanted or holds_words(row["name"], wanted))
    ]
    found.sort(key=lambda row: (-row["patent_count"], row["inventor_id"]))
    return paged(found, page, page_size, name="inventors")


def require_company(state: State, company_id: str) -> Row:
    """The company of that id.

    Raises:
        ToolError: there is none.
    """
    row = state["companies"].get(company_id)
    if row is None:
        raise not_found("company", company_id)
    return row
