"""Invented members of a network, who follows whom, their groups, posts and comments. The signed-in member is U1000."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from scripts.environment_records.social_texts import COMMENTS, FIRST, GROUPS, LAST, OPENINGS, THINGS, TOWNS
from spectool.environments.core.tables import Records

SEED = "social/1"
ME = "U1000"
MEMBERS = 52
POSTS = 132
COMMENTED = 118
LATEST = "2027-02-26"
Rows = dict[str, dict[str, Any]]


def records() -> Records:
    """Tables ``users``, ``follows``, ``groups``, ``posts``, ``comments``; what the member does themself is empty at the start."""
    rng = Random(SEED)
    users = _users(rng)
    follows = _follows(rng, users)
    groups = _groups(rng, users)
    posts = _posts(rng, users, groups)
    comments = _comments(rng, users, posts)
    for user_id, user in users.items():
        user["follower_count"] = sum(row["user_id"] == user_id for row in follows.values())
        user["following_count"] = sum(row["follower_id"] == user_id for row in follows.values())
        user["post_count"] = sum(row["user_id"] == user_id for row in posts.values())
    for post_id, post in posts.items():
        post["like_count"] = len(post["liked_by"])
        post["comment_count"] = sum(row["post_id"] == post_id for row in comments.values())
    for group in groups.values():
        group["member_count"] = len(group["members"])
    tables = {"users": users, "follows": follows, "groups": groups, "posts": posts, "comments": comments}
    return {**tables, "memberships": {}, "blocks": {}, "mutes": {}, "messages": {}}


def _between(rng: Random, first: str, last: str) -> str:
    start, end = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    return date.fromordinal(rng.randint(start, max(start, end))).isoformat()


def _users(rng: Random) -> Rows:
    names = rng.sample([(first, last) for first in FIRST for last in LAST], MEMBERS)
    users: Rows = {}
    for number, (first, last) in enumerate(names):
        id = f"U{1000 + number}"
        users[id] = {
            "user_id": id,
            "username": _username(number, first.lower(), last.lower()),
            "name": f"{first} {last}",
            "town": rng.choice(TOWNS),
            "interests": sorted(rng.sample(list(THINGS), rng.randint(2, 4))),
            "verified": rng.random() < 0.3,
            "private": number > 0 and rng.random() < 0.2,
            "joined": _between(rng, "2019-02-01", "2025-11-30"),
        }
    return users


def _username(number: int, first: str, last: str) -> str:
    """Not to be guessed from the name: three habits of forming one."""
    return (f"{last}{10 + number}", f"{first}_{last[0]}{number}", f"{first[0]}{last}_{2 * number + 11}")[number % 3]


def _follows(rng: Random, users: Rows) -> Rows:
    follows: Rows = {}
    for follower, row in users.items():
        others = [id for id in users if id != follower]
        weights = [1 + 3 * len(set(row["interests"]) & set(users[id]["interests"])) for id in others]
        wanted = 9 if follower == ME else rng.randint(2, 5)
        for followed in sorted(set(rng.choices(others, weights, k=wanted))):
            since = _between(rng, max(row["joined"], users[followed]["joined"]), LATEST)
            follows[f"{follower}>{followed}"] = {"follower_id": follower, "user_id": followed, "since": since, "status": "active"}
    return follows


def _groups(rng: Random, users: Rows) -> Rows:
    groups: Rows = {}
    for number, (name, topic) in enumerate(GROUPS):
        id = f"G{300 + number}"
        keen = [user for user, row in users.items() if topic in row["interests"] and user != ME]
        others = [user for user in users if user not in keen and user != ME]
        members = sorted(rng.sample(keen, min(len(keen), rng.randint(4, 9))) + rng.sample(others, rng.randint(1, 5)))
        owner = min(members, key=lambda user: users[user]["joined"])
        if number % 6 == 2:
            members = [ME, *members]
        groups[id] = {
            "group_id": id,
            "name": name,
            "topic": topic,
            "town": rng.choice(TOWNS),
            "access": rng.choice(["open", "open", "open", "approval", "invite_only"]),
            "owner_id": owner,
            "founded": _between(rng, users[owner]["joined"], "2026-06-30"),
            "capacity": len(members) if number % 5 == 3 else len(members) + rng.choice([5, 10, 20, 40]),
            "members": members,
        }
    return groups


def _posts(rng: Random, users: Rows, groups: Rows) -> Rows:
    posts: Rows = {}
    for number in range(POSTS):
        id = f"P{5000 + 7 * number}"
        group = rng.choice(list(groups.values())) if rng.random() < 0.4 else None
        author = ME if number % 22 == 9 and not group else rng.choice(group["members"] if group else list(users))
        topic = group["topic"] if group else rng.choice(users[author]["interests"])
        kind = rng.choice(["text", "text", "photo", "photo", "poll", "event"])
        thing, other = rng.sample(THINGS[topic], 2)
        liking = [user for user in users if user != author]
        posts[id] = {
            "post_id": id,
            "user_id": author,
            **({"group_id": group["group_id"]} if group else {}),
            "kind": kind,
            "topic": topic,
            "text": rng.choice(OPENINGS[kind]).format(thing=thing, other=other, town=users[author]["town"]),
            "posted": _between(rng, max("2025-09-01", group["founded"] if group else "", users[author]["joined"]), "2027-02-20"),
            "liked_by": sorted(rng.sample(liking, min(int(rng.expovariate(0.14)), 24))),
        }
    return dict(sorted(posts.items(), key=lambda item: item[0]))


def _comments(rng: Random, users: Rows, posts: Rows) -> Rows:
    comments: Rows = {}
    for number in range(COMMENTED):
        id = f"K{7000 + 3 * number}"
        post = rng.choice(list(posts.values()))
        writer = rng.choice([user for user in users if user != post["user_id"]])
        thing = rng.choice(THINGS[post["topic"]])
        comments[id] = {
            "comment_id": id,
            "post_id": post["post_id"],
            "user_id": writer,
            "text": rng.choice(COMMENTS).format(thing=thing),
            "commented": _between(rng, max(post["posted"], users[writer]["joined"]), LATEST),
            "like_count": rng.randint(0, 12),
        }
    return comments
