"""Finding groups, joining them, and writing to members."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import conflict, invalid, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.narrowing import called, equal
from spectool.environments.parts.paging import paged
from spectool.environments.social.fields import ME, CountRange, Topic, counted
from spectool.environments.social.people import member

Access = Literal["open", "approval", "invite_only"]


def search_groups(
    state: State,
    *,
    name: str | None = None,
    topic: Topic | None = None,
    town: str | None = None,
    access: Access | None = None,
    user_id: str | None = None,
    members: CountRange | None = None,
    has_room: bool | None = None,
    sort_by: Literal["name", "founded", "member_count"] = "name",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search groups. All conditions given must hold; without any, all groups are listed.

    Args:
        name: Name of the group, in full; upper and lower case make no difference.
        topic: What the group is about.
        town: Name of the town where the group meets, in full.
        access: How one gets in: open to all, after approval by the owner, or by invitation only.
        user_id: Only groups that the member of this id belongs to.
        members: How many members the group has.
        has_room: true: only groups that are not full; false: only full ones. Not given: both.
        sort_by: Field to sort by.
        descending: Largest, latest or last in the alphabet first.
        page: Page of results, from 1.
        page_size: Groups a page.
    """
    found = called(equal(state["groups"].rows(), topic=topic, access=access), town=town, name=name)
    found = counted(found, "member_count", members)
    if user_id is not None:
        member(state, user_id)
        found = [row for row in found if user_id in row["members"]]
    if has_room is not None:
        found = [row for row in found if has_room is (row["member_count"] < row["capacity"])]
    found.sort(key=itemgetter(sort_by), reverse=descending)
    listed = paged(found, page, page_size, name="groups")
    return {**listed, "groups": [_shown(row) for row in listed["groups"]]}


def join_group(state: State, *, group_id: str, show_on_profile: bool = True) -> Row:
    """Become a member of a group. Where the owner approves members, a request is sent; groups by invitation cannot be joined.

    Args:
        group_id: Id of the group, such as G307.
        show_on_profile: Whether others see on your profile that you are in it.
    """
    row = state["groups"].get(group_id)
    if row is None:
        raise not_found("group", group_id)
    if ME in row["members"]:
        raise conflict(f"you are in group '{group_id}' already")
    if row["access"] == "invite_only":
        raise conflict(f"group '{group_id}' takes members by invitation only")
    if row["member_count"] >= row["capacity"]:
        raise conflict(f"group '{group_id}' is full")
    if state["memberships"].get(group_id) is not None:
        raise conflict(f"you have asked to join group '{group_id}' already")
    status = "requested" if row["access"] == "approval" else "member"
    if status == "member":
        members = sorted([*row["members"], ME])
        state["groups"].put(group_id, {**row, "members": members, "member_count": len(members)})
    return state["memberships"].put(group_id, {"group_id": group_id, "status": status, "show_on_profile": show_on_profile})


def send_message(
    state: State,
    *,
    user_ids: Annotated[list[str], Meta(min_length=1, max_length=5)],
    text: Annotated[str, Meta(min_length=1, max_length=500)],
) -> Mapping[str, Any]:
    """Send a message from your account, the same to each member named. A private account can be written to only if you follow it.

    Args:
        user_ids: Ids of the members to write to, one to five.
        text: The message, word for word.
    """
    for user_id in user_ids:
        row = member(state, user_id)
        if user_id == ME:
            raise invalid(f"expected other members than yourself, got '{user_id}'")
        if state["blocks"].get(user_id) is not None:
            raise conflict(f"you have blocked member '{user_id}'")
        held = state["follows"].get(f"{ME}>{user_id}")
        if row["private"] and (held is None or held["status"] != "active"):
            raise conflict(f"member '{user_id}' is private and can be written to only by members whom they let follow them")
    receivers = sorted(set(user_ids))
    if any(row["user_ids"] == receivers and row["text"] == text for row in state["messages"].rows()):
        raise conflict("you have sent them this message already")
    message_id = state.new_id("messages", "M", receivers, text)
    return state["messages"].put(message_id, {"message_id": message_id, "user_ids": receivers, "text": text})


def _shown(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "members"}
