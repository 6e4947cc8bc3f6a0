"""Who follows whom; following, muting and blocking."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.environment import TODAY
from spectool.environments.core.errors import conflict, invalid
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.narrowing import equal
from spectool.environments.parts.paging import paged
from spectool.environments.social.fields import ME
from spectool.environments.social.people import member

Order = Literal["newest", "oldest"]


def list_followers(state: State, *, user_id: str, sort_by: Order = "newest", page: Page = 1, page_size: PageSize = 10) -> Mapping[str, Any]:
    """The members who follow a member, with the day since when.

    Args:
        user_id: Id of the member who is followed, such as U1042.
        sort_by: Whether the latest follow or the earliest comes first.
        page: Page of results, from 1.
        page_size: Members a page.
    """
    member(state, user_id)
    rows = equal(state["follows"].rows(), user_id=user_id, status="active")
    return _listed(state, rows, "follower_id", sort_by, page, page_size)


def list_following(state: State, *, user_id: str, sort_by: Order = "newest", page: Page = 1, page_size: PageSize = 10) -> Mapping[str, Any]:
    """The members whom a member follows, with the day since when.

    Args:
        user_id: Id of the member who follows them, such as U1042.
        sort_by: Whether the latest follow or the earliest comes first.
        page: Page of results, from 1.
        page_size: Members a page.
    """
    member(state, user_id)
    rows = equal(state["follows"].rows(), follower_id=user_id, status="active")
    return _listed(state, rows, "user_id", sort_by, page, page_size)


def follow_user(state: State, *, user_id: str, notify: Literal["all", "highlights", "none"] = "highlights") -> Row:
    """Follow a member from your account. A member with a private account is sent a request first.

    Args:
        user_id: Id of the member to follow, such as U1042.
        notify: Which of their posts to be notified of.
    """
    row = _other(state, user_id)
    if state["blocks"].get(user_id) is not None:
        raise conflict(f"you have blocked member '{user_id}'")
    if (held := state["follows"].get(f"{ME}>{user_id}")) is not None:
        done = "follow" if held["status"] == "active" else "have asked to follow"
        raise conflict(f"you {done} member '{user_id}' already")
    status = "requested" if row["private"] else "active"
    follow = {"follower_id": ME, "user_id": user_id, "since": TODAY, "status": status, "notify": notify}
    state["follows"].put(f"{ME}>{user_id}", follow)
    if status == "active":
        _count(state, ME, "following_count", 1)
        _count(state, user_id, "follower_count", 1)
    return {"user_id": user_id, "status": status, "notify": notify}


def mute_user(state: State, *, user_id: str, days: Annotated[int, Meta(ge=1, le=365)] | Literal["forever"] = 30) -> Row:
    """Hide the posts of a member from your feed for a while; they do not notice, and you go on following them.

    Args:
        user_id: Id of the member to mute, such as U1042.
        days: For how many days, or forever.
    """
    _other(state, user_id)
    if state["mutes"].get(user_id) is not None:
        raise conflict(f"you have muted member '{user_id}' already")
    return state["mutes"].put(user_id, {"user_id": user_id, "days": days})


def block_user(state: State, *, user_id: str) -> Row:
    """Block a member: neither of you follows the other any longer, and they cannot reach you.

    Args:
        user_id: Id of the member to block, such as U1042.
    """
    _other(state, user_id)
    if state["blocks"].get(user_id) is not None:
        raise conflict(f"you have blocked member '{user_id}' already")
    state["blocks"].put(user_id, {"user_id": user_id})
    for follower, followed in ((ME, user_id), (user_id, ME)):
        held = state["follows"].get(f"{follower}>{followed}")
        if held is None:
            continue
        state["follows"].drop(f"{follower}>{followed}")
        if held["status"] == "active":
            _count(state, follower, "following_count", -1)
            _count(state, followed, "follower_count", -1)
    return {"user_id": user_id, "blocked": True}


def _other(state: State, user_id: str) -> Row:
    row = member(state, user_id)
    if user_id == ME:
        raise invalid(f"expected another member than yourself, got '{user_id}'")
    return row


def _count(state: State, user_id: str, field: str, by: int) -> None:
    row = member(state, user_id)
    state["users"].put(user_id, {**row, field: row[field] + by})


def _listed(state: State, rows: list[Row], key: str, sort_by: Order, page: int, page_size: int) -> Mapping[str, Any]:
    rows.sort(key=itemgetter("since"), reverse=sort_by == "newest")
    listed = paged(rows, page, page_size, name="users")
    people = [(member(state, row[key]), row["since"]) for row in listed["users"]]
    return {
        **listed,
        "users": [{**{name: person[name] for name in ("user_id", "username", "name")}, "since": since} for person, since in people],
    }
