"""Requests to the social network that only look."""

from __future__ import annotations

from functools import partial

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, said

LISTED = ("sort_by", "descending", "page_size")
COUNTED = (*LISTED, "page")
"""A total is the same however the list is asked for."""
WHAT = (
    said("town", "the town", "the place of residence"),
    said("name", "the real name", "the first and last name"),
    said("follower_count", "the number of followers", "the follower count"),
)
QUARTERS = {
    "first": ("01-01", "03-31", "January to March"),
    "second": ("04-01", "06-30", "April to June"),
    "third": ("07-01", "09-30", "July to September"),
    "last": ("10-01", "12-31", "October to December"),
}
PLURALS = {"text": "text posts", "photo": "photos", "poll": "polls", "event": "events"}
WHOLE = either(*range(10, 51))
"""Sizes of a page that holds ten results or more."""


def one_user_id(act: Act, username: str) -> str:
    """Looks a member up by username."""
    return str(act("lookup_username", {"username": username})["user_id"])


def named(act: Act, name: str) -> str:
    """Finds a member by first and last name."""
    return str(act("search_users", {"name": name}, free=LISTED)["users"][0]["user_id"])


def _profile(draws: Draws) -> Slots:
    return {"username": draws.row("users")["username"], "what": draws.pick(*WHAT)}


def _looked_up(act: Act, slots: Slots) -> Claims:
    return [str(act("lookup_username", {"username": slots["username"]})[slots["what"]])]


def _circle(draws: Draws) -> Slots | None:
    user = draws.row("users", lambda row: row["follower_count"] > 1)
    number = draws.number(2, user["follower_count"])
    return {"town": user["town"], "topic": draws.pick(*user["interests"]), "number": number}


def _members(act: Act, slots: Slots) -> Claims | None:
    query = {"town": slots["town"], "interests": [slots["topic"]], "followers": {"at_least": slots["number"]}}
    total = act("search_users", query, free=COUNTED)["total"]
    return [str(total)] if total != slots["number"] else None


def _quarter(draws: Draws) -> Slots:
    post = draws.row("posts")
    year, ends = post["posted"][:4], post["posted"][5:]
    name, (start, end, months) = next((name, told) for name, told in QUARTERS.items() if told[0] <= ends <= told[1])
    span = {"start": f"{year}-{start}", "end": f"{year}-{end}"}
    kind = said(post["kind"], PLURALS[post["kind"]])
    return {"topic": post["topic"], "kind": kind, "span": said(span, f"in the {name} quarter of {year}", f"from {months} {year}")}


def _posts(act: Act, slots: Slots) -> Claims:
    query = {"topic": slots["topic"], "kind": slots["kind"], "posted": slots["span"]}
    return [str(act("search_posts", query, free=COUNTED)["total"])]


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


READING = (
    Template(
        name="social-profile-by-username",
        kind="one_constraint",
        split="test",
        asks=(
            "What is {what} of @{username}?",
            "@{username} keeps writing to me. Tell me {what}, please.",
            "I need {what} that belongs to the account {username}.",
        ),
        paraphrases=(
            "Somebody who calls themself {username} on here left a nice comment. I'd love to learn {what}, if you can see it.",
            "For the newsletter we mention @{username}, only I forgot {what}. Help me out?",
        ),
        draw=_profile,
        solve=(_looked_up,),
        irrelevant=(
            "And e-mail it to me, too.",
            "It has to be from before their haircut.",
            "But only if their profile picture shows a dog.",
        ),
        hidden={
            "username": Hidden(
                asks=("Tell me {what} of that person I was chatting with.", "I've forgotten the account, but I need {what}."),
                asked=("username", "account", "who", "person", "name", "whose"),
                says=("The account is {username}.", "@{username}."),
            )
        },
        together=("Tell me {what} of @{username} and {what_2} of @{username_2}.", "{username}: {what}? And {username_2}: {what_2}?"),
    ),
    Template(
        name="social-members-of-town",
        kind="several_constraints",
        split="test",
        asks=(
            "How many members from {town} are interested in {topic} and have at least {number} followers?",
            "Count the people living in {town} with {number} followers or more who list {topic} among their interests.",
        ),
        paraphrases=(
            "I'd like to start something around {topic} here in {town}. How many people would I find on the network, counting only "
            "those with no fewer than {number} followers?",
        ),
        draw=_circle,
        solve=(_members,),
        irrelevant=("Leave out everybody who snores.", "Only people under thirty, please."),
    ),
    Template(
        name="social-posts-of-quarter",
        kind="several_constraints",
        split="test",
        asks=(
            "How many {kind} about {topic} were posted {span}?",
            "Give me the number of {kind} on the topic {topic}, posted {span}.",
            "{topic}, {kind}, posted {span}: how many are there?",
        ),
        paraphrases=("Was {topic} a big thing {span}? Count the {kind} for me, then I'll know.",),
        draw=_quarter,
        solve=(_posts,),
    ),
    Template(
        name="social-latest-follower",
        kind="multi_step",
        split="test",
        asks=(
            "Who started following {name} most recently, and on which day? The username will do.",
            "{name} has a newest follower. I want that person's username and the date since when.",
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
            "Of all the accounts that {name} follows, which one has it been for the longest, and on which day did that member join? "
            "First and last name, please.",
            "Whom does {name} follow since the earliest date of all? Name that member in full and the day when they joined.",
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
        draw=_group,
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
