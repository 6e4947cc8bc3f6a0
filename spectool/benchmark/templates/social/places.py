"""What several requests to the social network share: how lists may be asked for, and the first steps of many solutions."""

from __future__ import annotations

from spectool.benchmark.template import Act, either
from spectool.benchmark.templates.searching import LISTED

COUNTED = (*LISTED, "page")
"""A total is the same however the list is asked for."""
PLURALS = {"text": "text posts", "photo": "photos", "poll": "polls", "event": "events"}
WHOLE = either(*range(10, 51))
"""Sizes of a page that holds ten results or more."""


def one_user_id(act: Act, username: str) -> str:
    """Looks a member up by username."""
    return str(act("lookup_username", {"username": username})["user_id"])


def named(act: Act, name: str) -> str:
    """Finds a member by first and last name."""
    return str(act("search_users", {"name": name}, free=LISTED)["users"][0]["user_id"])
