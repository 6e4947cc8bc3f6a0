"""Finding patents and reading them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.errors import not_found
from spectool.environments.paging import paged
from spectool.environments.tables import Row, State

Date = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Status = Literal["granted", "pending", "expired"]


def search_patents(
    state: State,
    *,
    words: str | None = None,
    assignee: str | None = None,
    class_code: str | None = None,
    filed_from: Date | None = None,
    filed_to: Date | None = None,
    status: Status | None = None,
    sort_by: Literal["filed", "claims", "title"] = "filed",
    descending: bool = False,
    page: Annotated[int, Meta(ge=1)] = 1,
    page_size: Annotated[int, Meta(ge=1, le=50)] = 10,
) -> Mapping[str, Any]:
    """Search patents. All conditions given must hold; without any, all patents are listed.

    Args:
        words: Words that the title must hold, in any order.
        assignee: Name of the owning company, in full.
        class_code: Four-character patent class, such as G02B.
        filed_from: Earliest filing date, YYYY-MM-DD.
        filed_to: Latest filing date, YYYY-MM-DD.
        status: Legal status.
        sort_by: Field to sort by.
        descending: Largest or latest first.
        page: Page of results, from 1.
        page_size: Patents a page.
    """
    wanted = [word.casefold() for word in words.split()] if words else []
    found = [
        row
        for row in state["patents"].rows()
        if (assignee is None or row["assignee"].casefold() == assignee.casefold())
        and (class_code is None or row["class_code"] == class_code)
        and (filed_from is None or row["filed"] >= filed_from)
        and (filed_to is None or row["filed"] <= filed_to)
        and (status is None or row["status"] == status)
        and all(word in row["title"].casefold() for word in wanted)
    ]
    found.sort(key=lambda row: (row[sort_by], row["patent_id"]), reverse=descending)
    return paged([_brief(row) for row in found], page, page_size, name="patents")


def get_patent(state: State, *, patent_id: str) -> Row:
    """Everything on record about one patent.

    Args:
        patent_id: Publication number with its country code, such as US9013710.
    """
    row = state["patents"].get(patent_id)
    if row is None:
        raise not_found("patent", patent_id)
    return row


def _brief(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("patent_id", "title", "assignee", "filed", "status")}
