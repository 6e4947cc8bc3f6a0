"""Patent families and citations: what belongs together, and what refers to what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.dates import Date, in_order
from spectool.environments.parts.narrowing import worded
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.patent.search import ClassCode, Office, brief, get_patent


def find_patent_families(
    state: State,
    *,
    words: str | None = None,
    company_id: str | None = None,
    class_code: ClassCode | None = None,
    offices: Annotated[list[Office], Meta(min_length=1, max_length=7)] | None = None,
    min_members: Annotated[int, Meta(ge=1, le=10)] = 1,
    priority_from: Date | None = None,
    priority_to: Date | None = None,
    sort_by: Literal["priority", "members"] = "priority",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Find patent families: inventions, each with all the patents applied for on it at different offices.

    For single patents see search_patents.

    Args:
        words: Words that the title must hold, in any order.
        company_id: Id of the owning company, as search_companies gives it.
        class_code: Patent class.
        offices: Offices at each of which the family must have a member.
        min_members: Fewest patents that the family has.
        priority_from: Earliest priority date (that of the first application), YYYY-MM-DD.
        priority_to: Latest priority date, YYYY-MM-DD.
        sort_by: Sort by priority date or by the number of members.
        descending: Largest or latest first.
        page: Page of results, from 1.
        page_size: Families a page.
    """
    in_order(priority_from, priority_to)
    places = set(offices or ())
    found: list[Row] = [
        {**row, "members": len(row["patent_ids"])}
        for row in state["families"].rows()
        if (company_id is None or row["company_id"] == company_id)
        and (class_code is None or row["class_code"] == class_code)
        and len(row["patent_ids"]) >= min_members
        and (priority_from is None or row["priority"] >= priority_from)
        and (priority_to is None or row["priority"] <= priority_to)
        and (not places or places <= {id[:2] for id in row["patent_ids"]})
    ]
    found = ordered(worded(found, "title", words), sort_by, descending=descending)
    return paged(found, page, page_size, name="families")


def get_patent_family(state: State, *, family_id: Annotated[int, Meta(ge=1, le=999_999)] | str) -> Mapping[str, Any]:
    """One patent family with all its members, the earliest filed first.

    Args:
        family_id: Family number as an integer, such as 41207, or the publication number of any member, such as US9013710.
    """
    number = get_patent(state, patent_id=family_id)["family_id"] if isinstance(family_id, str) else family_id
    row = state["families"].get(str(number))
    if row is None:
        raise not_found("patent family", family_id)
    members = sorted(
        (get_patent(state, patent_id=id) for id in row["patent_ids"]), key=lambda member: (member["filed"], member["patent_id"])
    )
    told = {name: value for name, value in row.items() if name != "patent_ids"}
    return {**told, "members": [brief(member, "granted", "claims") for member in members]}


def get_cited_patents(state: State, *, patent_id: str, exclude_own: bool = False) -> Mapping[str, Any]:
    """The earlier patents that a patent refers to (backward citations), the earliest filed first.

    Args:
        patent_id: Publication number of the later patent, which cites, such as US9013710.
        exclude_own: Leave out patents of the same owner.
    """
    return _cited(state, patent_id, "cites", exclude_own)


def get_citing_patents(state: State, *, patent_id: str, exclude_own: bool = False) -> Mapping[str, Any]:
    """The later patents that refer to a patent (forward citations), the earliest filed first.

    Args:
        patent_id: Publication number of the earlier patent, which is cited, such as US9013710.
        exclude_own: Leave out patents of the same owner.
    """
    return _cited(state, patent_id, "cited_by", exclude_own)


def _cited(state: State, patent_id: str, direction: Literal["cites", "cited_by"], exclude_own: bool) -> Mapping[str, Any]:
    owner = get_patent(state, patent_id=patent_id)["company_id"]
    linked = [get_patent(state, patent_id=id) for id in (state["citations"].get(patent_id) or {}).get(direction, ())]
    kept = [brief(row) for row in linked if not exclude_own or row["company_id"] != owner]
    return {"patents": kept, "total": len(kept)}
