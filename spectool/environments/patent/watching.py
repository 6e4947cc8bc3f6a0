"""The user's watch list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from spectool.environments.core.errors import conflict, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.paging import paged
from spectool.environments.patent.search import brief, get_patent

Notify = Literal["daily", "weekly", "never"]


def list_watched_patents(state: State, *, notify: Notify | None = None, page: Page = 1, page_size: PageSize = 20) -> Mapping[str, Any]:
    """The patents on your watch list, by patent number.

    Args:
        notify: Only those whose changes are reported this often.
        page: Page of results, from 1.
        page_size: Patents a page.
    """
    rows = sorted((row for row in state["watchlist"].rows() if notify is None or row["notify"] == notify), key=lambda row: row["patent_id"])
    listed = paged(rows, page, page_size, name="patents")
    return {**listed, "patents": [{**brief(get_patent(state, patent_id=row["patent_id"])), **row} for row in listed["patents"]]}


def watch_patent(state: State, *, patent_id: str, notify: Notify = "weekly") -> Row:
    """Put a patent on your watch list.

    Args:
        patent_id: Publication number with its country code, such as US9013710.
        notify: How often to report changes.
    """
    get_patent(state, patent_id=patent_id)
    if state["watchlist"].get(patent_id) is not None:
        raise conflict(f"patent '{patent_id}' is on your watch list already")
    return state["watchlist"].put(patent_id, {"patent_id": patent_id, "notify": notify})


def unwatch_patent(state: State, *, patent_id: str) -> Row:
    """Take a patent off your watch list.

    Args:
        patent_id: Publication number with its country code, such as US9013710.
    """
    row = state["watchlist"].get(patent_id)
    if row is None:
        raise not_found("patent on your watch list", patent_id)
    state["watchlist"].drop(patent_id)
    return {"patent_id": patent_id, "removed": True}
