"""The user's watch list."""

from __future__ import annotations

from typing import Literal

from spectool.environments.errors import conflict, not_found
from spectool.environments.patent.search import get_patent
from spectool.environments.tables import Row, State


def watch_patent(state: State, *, patent_id: str, notify: Literal["daily", "weekly", "never"] = "weekly") -> Row:
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
