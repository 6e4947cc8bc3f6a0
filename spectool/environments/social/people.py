"""Finding members and reading their profiles."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import DateRange, Page, PageSize
from spectool.environments.parts.narrowing import called, equal
from spectool.environments.parts.paging import paged
from spectool.environments.social.fields import ME, CountRange, Topic, counted, dated

BRIEF = ("user_id", "username", "name", "town", "verified", "follower_count")


def search_users(
    state: State,
    *,
    name: str | None = None,
    town: str | None = None,
    interests: Annotated[list[Topic], Meta(min_length=1, max_length=4)] | None = None,
    verified: bool | None = None,
    followers: CountRange | None = None,
    joined: DateRange | None = None,
    sort_by: Literal["name", "joined", "follower_count", "post_count"] = "name",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search the members of the network. All conditions given must hold; without any, all members are listed.

    Args:
        name: First and last name, in full; upper and lower case make no difference.
        town: Name of the town where the member lives, in full.
        interests: Topics that the member must all be interested in.
        verified: true: only members with a verified account; false: only those without one. Not given: both.
        followers: How many followers the member has.
        joined: When the member joined the network.
        sort_by: Field to sort by.
        descending: Largest, latest or last in the alphabet first.
        page: Page of results, from 1.
        page_size: Members a page.
    """
    found = called(equal(state["users"].rows(), verified=verified), town=town, name=name)
    found = dated(counted(found, "follower_count", followers), "joined", joined)
    if interests is not None:
        found = [row for row in found if all(topic in row["interests"] for topic in interests)]
    found.sort(key=itemgetter(sort_by), reverse=descending)
    listed = paged(found, page, page_size, name="users")
    return {**listed, "users": [brief(row) for row in listed["users"]]}


def lookup_username(state: State, *, username: Annotated[str, Meta(pattern=r"^[a-z0-9_]{3,30}$")]) -> Mapping[str, Any]:
    """The member who goes by a username, in brief.

    Args:
        username: The username, in lower case and without the @.
    """
    found = equal(state["users"].rows(), username=username)
    if not found:
        raise not_found("member with the username", username)
    return brief(found[0])


def get_user(state: State, *, user_id: str) -> Mapping[str, Any]:
    """The whole profile of one member: town, interests, counts, when they joined, their groups, and whether you follow them.

    Args:
        user_id: Id of the member, such as U1042.
    """
    row = member(state, user_id)
    followed = state["follows"].get(f"{ME}>{user_id}")
    group_ids = [group["group_id"] for group in state["groups"].rows() if user_id in group["members"]]
    return {**row, "group_ids": group_ids, "you_follow": followed["status"] if followed else "no"}


def member(state: State, user_id: str) -> Row:
    """The row of a member.

    Raises:
        ToolError: there is none of that id.
    """
    row = state["users"].get(user_id)
    if row is None:
        raise not_found("member", user_id)
    return row


def brief(row: Row) -> dict[str, Any]:
    """A member as lists show them."""
    return {name: row[name] for name in BRIEF}
