"""Finding patents, reading them, and counting them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import not_found
from spectool.environments.core.signature import Fields
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.dates import Date, in_order
from spectool.environments.parts.narrowing import between, equal, worded
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged

Status = Literal["granted", "pending", "expired"]
ClassCode = Literal["A61B", "B25J", "C08J", "F03D", "G02B", "H01M", "H04R", "H05K"]
Office = Literal["US", "EP", "JP", "GB", "DE", "KR", "CA"]
BRIEF = ("patent_id", "title", "assignee", "office", "filed", "status")


class PatentFilter(Fields, frozen=True, kw_only=True):
    """Conditions on patents, all of which must hold."""

    assignee: Annotated[str, Meta(description="Name of the owning company, in full.")] | None = None
    class_code: Annotated[ClassCode, Meta(description="Patent class.")] | None = None
    office: Annotated[Office, Meta(description="Patent office that the application went to.")] | None = None
    status: Annotated[Status, Meta(description="Legal status.")] | None = None
    filed_from: Annotated[Date, Meta(description="Earliest filing date, YYYY-MM-DD.")] | None = None
    filed_to: Annotated[Date, Meta(description="Latest filing date, YYYY-MM-DD.")] | None = None


def search_patents(
    state: State,
    *,
    words: str | None = None,
    assignee: str | None = None,
    inventor_id: str | None = None,
    class_code: ClassCode | None = None,
    office: Office | None = None,
    filed_from: Date | None = None,
    filed_to: Date | None = None,
    status: Status | None = None,
    sort_by: Literal["filed", "claims", "cited_by_count", "title"] = "filed",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search single patents. All conditions given must hold; without any, all patents are listed.

    For inventions with all their patents at several offices see find_patent_families.

    Args:
        words: Words that the title must hold, in any order, such as lens array.
        assignee: Name of the owning company, in full.
        inventor_id: Id of one of the inventors, as search_inventors gives it.
        class_code: Patent class.
        office: Patent office that the application went to.
        filed_from: Earliest filing date, YYYY-MM-DD.
        filed_to: Latest filing date, YYYY-MM-DD.
        status: Legal status.
        sort_by: Field to sort by: filing date, number of claims, number of later patents that cite it, or title.
        descending: Largest or latest first.
        page: Page of results, from 1.
        page_size: Patents a page.
    """
    found = matching(
        state,
        PatentFilter(assignee=assignee, class_code=class_code, office=office, status=status, filed_from=filed_from, filed_to=filed_to),
    )
    if inventor_id is not None:
        found = [row for row in found if any(inventor["inventor_id"] == inventor_id for inventor in row["inventors"])]
    found = ordered(worded(found, "title", words), sort_by, descending=descending)
    return paged_patents(found, page, page_size)


def get_patent(state: State, *, patent_id: str) -> Row:
    """One patent in full: title, owner, inventors, family, class, office, dates, status, number of claims, number of patents that cite it.

    Args:
        patent_id: Publication number with its country code, such as US9013710.
    """
    row = state["patents"].get(patent_id)
    if row is None:
        raise not_found("patent", patent_id)
    return row


def count_patents(
    state: State,
    *,
    group_by: Literal["assignee", "class_code", "office", "status", "filed_year"],
    conditions: PatentFilter | None = None,
    top: Annotated[int, Meta(ge=1, le=100)] = 10,
) -> Mapping[str, Any]:
    """Count patents by a field, the most frequent value first, those of equal number in alphabetical order.

    Args:
        group_by: Field to count by; filed_year is the year of filing.
        conditions: Count only patents of which all this holds. Without it, all patents are counted.
        top: How many groups to list.
    """
    found = matching(state, conditions or PatentFilter())
    if group_by == "filed_year":
        counts = Counter(row["filed"][:4] for row in found)
    else:
        counts = Counter(row[group_by] for row in found)
    groups = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:top]
    return {"groups": [{group_by: value, "patents": number} for value, number in groups], "group_count": len(counts), "total": len(found)}


def matching(state: State, wanted: PatentFilter) -> list[Row]:
    """The patents that a filter lets through, in the order of the records."""
    in_order(wanted.filed_from, wanted.filed_to)
    owner = None if wanted.assignee is None else _company_id(state, wanted.assignee)
    some = equal(state["patents"].rows(), company_id=owner, class_code=wanted.class_code, office=wanted.office, status=wanted.status)
    return between(some, "filed", wanted.filed_from, wanted.filed_to)


def brief(row: Row, *more: str) -> dict[str, Any]:
    """What lists show of a patent, and ``more`` of its fields."""
    return {name: row[name] for name in (*BRIEF, *more)}


def paged_patents(found: list[Row], page: int, page_size: int, *more: str) -> dict[str, Any]:
    """One page of patents, each in brief with ``more`` of its fields."""
    listed = paged(found, page, page_size, name="patents")
    return {**listed, "patents": [brief(row, *more) for row in listed["patents"]]}


def _company_id(state: State, name: str) -> str:
    """The id of the company of that name, else one that nobody has: a search for an unknown owner finds nothing."""
    folded = name.casefold().strip()
    return next((row["company_id"] for row in state["companies"].rows() if row["name"].casefold() == folded), "")
