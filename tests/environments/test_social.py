"""The social environment: what its tools say, refuse and change."""

import json

import pytest

from spectool.environments.core.errors import ToolError
from spectool.environments.social.environment import SOCIAL

USERS = SOCIAL.records["users"]
POST = SOCIAL.records["posts"]["P5014"]
GROUP = SOCIAL.records["groups"]["G300"]
FOLLOW = {"follower_id": "U1000", "user_id": "U1002", "since": "2027-03-01", "status": "active", "notify": "all"}
ASKED = {"follower_id": "U1000", "user_id": "U1003", "since": "2027-03-01", "status": "requested", "notify": "highlights"}

CHANGED = [
    (
        "following an open account counts at both ends",
        [("follow_user", {"user_id": "U1002", "notify": "all"})],
        {
            "follows": {"U1000>U1002": FOLLOW},
            "users": {"U1000": {**USERS["U1000"], "following_count": 8}, "U1002": {**USERS["U1002"], "follower_count": 5}},
        },
    ),
    (
        "a private account is only asked",
        [("follow_user", {"user_id": "U1003"})],
        {"follows": {"U1000>U1003": ASKED}},
    ),
    (
        "blocking takes both follows away and counts them off",
        [("block_user", {"user_id": "U1009"})],
        {
            "blocks": {"U1009": {"user_id": "U1009"}},
            "follows": {"U1000>U1009": None, "U1009>U1000": None},
            "users": {
                "U1000": {**USERS["U1000"], "follower_count": 2, "following_count": 6},
                "U1009": {**USERS["U1009"], "follower_count": 6, "following_count": 3},
            },
        },
    ),
    (
        "a like is counted",
        [("like_post", {"post_id": "P5014"})],
        {"posts": {"P5014": {**POST, "liked_by": ["U1000", "U1004", "U1025"], "like_count": 3}}},
    ),
    (
        "joining an open group",
        [("join_group", {"group_id": "G300", "show_on_profile": False})],
        {
            "groups": {"G300": {**GROUP, "members": ["U1000", *GROUP["members"]], "member_count": 12}},
            "memberships": {"G300": {"group_id": "G300", "status": "member", "show_on_profile": False}},
        },
    ),
    (
        "joining a group with approval",
        [("join_group", {"group_id": "G305"})],
        {"memberships": {"G305": {"group_id": "G305", "status": "requested", "show_on_profile": True}}},
    ),
    (
        "a message goes to each member once",
        [("send_message", {"user_ids": ["U1009", "U1004", "U1009"], "text": "Hi"})],
        {"messages": {"MESSAGE": {"message_id": "MESSAGE", "user_ids": ["U1004", "U1009"], "text": "Hi"}}},
    ),
    (
        "muting for thirty days unless told otherwise",
        [("mute_user", {"user_id": "U1004"})],
        {"mutes": {"U1004": {"user_id": "U1004", "days": 30}}},
    ),
    (
        "muting forever",
        [("mute_user", {"user_id": "U1004", "days": "forever"})],
        {"mutes": {"U1004": {"user_id": "U1004", "days": "forever"}}},
    ),
]

TWICE = [
    ("follow_user", {"user_id": "U1002"}, "you follow member 'U1002' already"),
    ("follow_user", {"user_id": "U1003"}, "you have asked to follow member 'U1003' already"),
    ("block_user", {"user_id": "U1009"}, "you have blocked member 'U1009' already"),
    ("mute_user", {"user_id": "U1009"}, "you have muted member 'U1009' already"),
    ("like_post", {"post_id": "P5014"}, "you like post 'P5014' already"),
    ("join_group", {"group_id": "G300"}, "you are in group 'G300' already"),
    ("join_group", {"group_id": "G305"}, "you have asked to join group 'G305' already"),
    ("send_message", {"user_ids": ["U1009"], "text": "Hi"}, "you have sent them this message already"),
]

BLOCKED = [
    ("follow_user", {"user_id": "U1009"}, "you have blocked member 'U1009'"),
    ("send_message", {"user_ids": ["U1009"], "text": "Hi"}, "you have blocked member 'U1009'"),
]


@pytest.mark.parametrize(("calls", "changes"), [row[1:] for row in CHANGED], ids=[row[0] for row in CHANGED])
def test_a_call_changes_the_state(calls, changes):
    state = SOCIAL.fresh()
    ids = [SOCIAL.call(state, name, arguments).get("message_id", "") for name, arguments in calls]
    assert state.changes() == json.loads(json.dumps(changes).replace("MESSAGE", ids[-1]))


@pytest.mark.parametrize(("name", "arguments", "message"), TWICE, ids=[f"{name} {arguments}" for name, arguments, _ in TWICE])
def test_what_is_done_cannot_be_done_again(name, arguments, message):
    state = SOCIAL.fresh()
    SOCIAL.call(state, name, arguments)
    once = state.changes()
    with pytest.raises(ToolError) as caught:
        SOCIAL.call(state, name, arguments)
    assert (caught.value.code, caught.value.message) == ("conflict", message)
    assert state.changes() == once


@pytest.mark.parametrize(("name", "arguments", "message"), BLOCKED, ids=[name for name, _, _ in BLOCKED])
def test_a_blocked_member_is_out_of_reach(name, arguments, message):
    state = SOCIAL.fresh()
    SOCIAL.call(state, "block_user", {"user_id": "U1009"})
    with pytest.raises(ToolError) as caught:
        SOCIAL.call(state, name, arguments)
    assert (caught.value.code, caught.value.message) == ("conflict", message)


def test_what_was_changed_is_read_back():
    state = SOCIAL.fresh()
    SOCIAL.call(state, "like_post", {"post_id": "P5014"})
    SOCIAL.call(state, "follow_user", {"user_id": "U1002"})
    SOCIAL.call(state, "join_group", {"group_id": "G300"})
    assert SOCIAL.call(state, "get_post", {"post_id": "P5014"})["you_like"] is True
    assert SOCIAL.call(state, "get_user", {"user_id": "U1002"})["you_follow"] == "active"
    assert "G300" in SOCIAL.call(state, "get_user", {"user_id": "U1000"})["group_ids"]
    assert SOCIAL.call(state, "list_followers", {"user_id": "U1002"})["users"][0]["user_id"] == "U1000"


def test_counts_in_the_records_add_up():
    records = SOCIAL.records
    follows, posts, comments = (list(records[name].values()) for name in ("follows", "posts", "comments"))
    for id, user in records["users"].items():
        told = (user["follower_count"], user["following_count"], user["post_count"])
        assert told == (
            sum(row["user_id"] == id for row in follows),
            sum(row["follower_id"] == id for row in follows),
            sum(row["user_id"] == id for row in posts),
        )
    for id, post in records["posts"].items():
        assert (post["like_count"], post["comment_count"]) == (len(set(post["liked_by"])), sum(row["post_id"] == id for row in comments))
    assert all(group["member_count"] == len(set(group["members"])) <= group["capacity"] for group in records["groups"].values())


def test_dates_in_the_records_are_in_order():
    records = SOCIAL.records
    joined = {id: user["joined"] for id, user in records["users"].items()}
    assert all(
        max(joined[row["user_id"]], joined[row["follower_id"]]) <= row["since"] < SOCIAL.today for row in records["follows"].values()
    )
    assert all(joined[row["user_id"]] <= row["posted"] < SOCIAL.today for row in records["posts"].values())
    assert all(records["posts"][row["post_id"]]["posted"] <= row["commented"] < SOCIAL.today for row in records["comments"].values())


def test_who_posts_in_a_group_is_a_member_of_it():
    posts = [row for row in SOCIAL.records["posts"].values() if "group_id" in row]
    assert posts
    assert all(row["user_id"] in SOCIAL.records["groups"][row["group_id"]]["members"] for row in posts)
