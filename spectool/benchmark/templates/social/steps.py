"""Requests to the social network that take several steps to look up."""

from __future__ import annotations

from functools import partial

from spectool.benchmark.template import Act, Claims, Draws, Slots, Template, either
from spectool.benchmark.templates.searching import LISTED
from spectool.benchmark.templates.social.places import WHOLE, named, one_user_id


def _latest_follower(is_newest: bool, act: Act, slots: Slots) -> Claims | None:
    user_id = named(act, slots["name"])
    if is_newest:
        told = act("list_followers", {"user_id": user_id, "sort_by": "newest"}, free=("page_size",))["users"]
        first, second = told[0], told[1]
    else:
        told = act("list_followers", {"user_id": user_id, "sort_by": "oldest", "page_size": WHOLE})["users"]
        first, second = told[-1], told[-2]
    return [first["username"], first["since"]] if len(told) < 10 and first["since"] != second["since"] else None


def _group(draws: Draws) -> Slots:
    return {"group": draws.row("groups")["name"]}


def _top_author(is_sorted: bool, tool: str, act: Act, slots: Slots) -> Claims | None:
    group_id = act("search_groups", {"name": slots["group"]}, free=LISTED)["groups"][0]["group_id"]
    if is_sorted:
        found = act("search_posts", {"group_id": group_id, "sort_by": "like_count"}, free=("page_size",))
    else:
        found = act("search_posts", {"group_id": group_id, "page_size": WHOLE}, free=("sort_by", "descending"))
    posts = sorted(found["posts"], key=lambda row: -row["like_count"])
    if found["total"] > 10 or len(posts) < 2 or posts[0]["like_count"] == posts[1]["like_count"]:
        return None
    if tool == "get_post":
        return [act("get_post", {"post_id": posts[0]["post_id"]})["author"], str(posts[0]["like_count"])]
    if tool == "get_user":
        return [act("get_user", {"user_id": posts[0]["user_id"]})["name"], str(posts[0]["like_count"])]
    summed = act("summarize_activity", {"user_ids": [posts[0]["user_id"]]}, free=("posted",))["activity"]
    return [summed[0]["name"], str(posts[0]["like_count"])]


def _longest_followed(is_oldest: bool, act: Act, slots: Slots) -> Claims | None:
    user_id = named(act, slots["name"])
    if is_oldest:
        told = act("list_following", {"user_id": user_id, "sort_by": "oldest"}, free=("page_size",))["users"]
        first, second = told[0], told[1]
    else:
        told = act("list_following", {"user_id": user_id, "sort_by": "newest", "page_size": WHOLE})["users"]
        first, second = told[-1], told[-2]
    if len(told) > 9 or first["since"] == second["since"]:
        return None
    return [first["name"], str(act("get_user", {"user_id": first["user_id"]})["joined"])]


def _two(draws: Draws) -> Slots:
    one, other = draws.rows("users", 2, lambda row: row["post_count"] > 0)
    return {"one": one["username"], "other": other["username"]}


def _more_liked(way: str, act: Act, slots: Slots) -> Claims | None:
    ids = [one_user_id(act, slots[place]) for place in ("one", "other")]
    if way == "at once":
        likes = [row["like_count"] for row in act("summarize_activity", {"user_ids": either(ids, ids[::-1])})["activity"]]
    else:
        likes = [act("summarize_activity", {"user_ids": [id]})["activity"][0]["like_count"] for id in ids]
    if likes[0] == likes[1]:
        return None
    return [slots["one" if likes[0] > likes[1] else "other"], *map(str, likes)]


STEPS = (
    Template(
        name="social-latest-follower",
        kind="multi_step",
        split="test",
        asks=(
            "Who started following {name} most recently, and on which day? The username will do.",
            "{name} has a newest follower. I want that person's username, and since which date it is so.",
        ),
        paraphrases=(
            "My friend {name} got all excited about a new follower. It must be the one who has followed for the shortest time. Which "
            "username, and since when?",
        ),
        draw=lambda draws: {"name": draws.row("users", lambda row: row["follower_count"] > 1)["name"]},
        solve=(partial(_latest_follower, True), partial(_latest_follower, False)),
        irrelevant=("Don't tell me anything that would make {name} blush.", "I only care for followers who have met {name} in person."),
    ),
    Template(
        name="social-longest-followed",
        kind="multi_step",
        split="test",
        asks=(
            "Which member has {name} been following for the longest time, and on which day did that member join the network? First and "
            "last name, please.",
            "Of all whom {name} follows, who was followed first? Name that member in full and the day when they joined the network.",
        ),
        draw=lambda draws: {"name": draws.row("users", lambda row: row["following_count"] > 1)["name"]},
        solve=(partial(_longest_followed, True), partial(_longest_followed, False)),
    ),
    Template(
        name="social-top-author-of-group",
        kind="multi_step",
        split="test",
        asks=(
            'Whose post in the group "{group}" has the most likes, and how many are they? I need the first and last name.',
            "In {group}, which member wrote the best-liked post? First and last name, plus the number of likes.",
        ),
        paraphrases=(
            "We're awarding a small prize in {group}: it goes to the author of the group's post with the most likes. Who gets it (first "
            "and last name), and with how many likes?",
        ),
        draw=_group,
        irrelevant=("Posts written in rhyme don't count.", "Print the name in gold letters."),
        solve=tuple(
            partial(_top_author, is_sorted, tool) for is_sorted in (True, False) for tool in ("get_post", "get_user", "summarize_activity")
        ),
    ),
    Template(
        name="social-more-likes",
        kind="multi_step",
        split="test",
        asks=(
            "Over all their posts, who has collected more likes, @{one} or @{other}? Tell me both totals.",
            "Settle a bet: {one} or {other}, whose posts have more likes taken together? I want the two sums as well.",
        ),
        draw=_two,
        solve=tuple(partial(_more_liked, way) for way in ("at once", "apart")),
    ),
)
