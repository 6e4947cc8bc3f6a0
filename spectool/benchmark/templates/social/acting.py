"""Requests to the social network that change something, and those that it cannot serve."""

from __future__ import annotations

from functools import partial

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, maybe, said
from spectool.benchmark.templates.searching import LISTED
from spectool.benchmark.templates.social.places import WHOLE, one_user_id
from spectool.environments.social.fields import ME

NOTICES = (
    said("all", "I want to be notified of everything they post", "notify me of each and every post"),
    said("highlights", "notifications for the highlights are enough", "notify me of highlights only"),
    said("none", "I want no notifications at all", "keep the notifications off"),
)
SPANS = (
    said(7, "for a week", "for seven days"),
    said(14, "for two weeks", "for 14 days"),
    said(3, "for three days", "for the next 3 days"),
    said(45, "for 45 days", "for forty-five days"),
    said(365, "for 365 days"),
    said("forever", "forever", "for good", "permanently"),
)
SHOWN = (
    said(False, "Nobody should see that on my profile.", "Keep it off my profile."),
    said(True, "My profile may show it.", "Let it be seen on my profile."),
)


def _to_follow(draws: Draws) -> Slots:
    return {"username": draws.row("users", lambda row: row["user_id"] != ME)["username"], "notify": draws.pick(*NOTICES)}


def _follow(act: Act, slots: Slots) -> Claims:
    act("follow_user", {"user_id": one_user_id(act, slots["username"]), "notify": slots["notify"]})
    return ()


def _to_join(draws: Draws) -> Slots:
    group = draws.row("groups", lambda row: row["access"] != "invite_only" and row["member_count"] < row["capacity"])
    return {"topic": group["topic"], "town": group["town"], "shown": draws.pick(*SHOWN)}


def _join(given: tuple[str, ...], act: Act, slots: Slots) -> Claims | None:
    query = {place: slots[place] for place in given} | {"has_room": maybe(True)}
    found = act("search_groups", query, free=LISTED if len(given) == 2 else ("sort_by", "descending"))
    fitting = [row for row in found["groups"] if (row["topic"], row["town"]) == (slots["topic"], slots["town"])]
    if len(fitting) != 1 or found["next_page"] is not None:
        return None
    act("join_group", {"group_id": fitting[0]["group_id"], "show_on_profile": slots["shown"]})
    return ()


def _to_mute(draws: Draws) -> Slots:
    return {"user": draws.row("users", lambda row: row["user_id"] != ME)["user_id"], "days": draws.pick(*SPANS)}


def _mute(act: Act, slots: Slots) -> Claims:
    act("mute_user", {"user_id": slots["user"], "days": slots["days"]})
    return ()


def _latest_comment(is_newest: bool, act: Act, slots: Slots) -> Claims | None:
    if is_newest:
        told = act("list_comments", {"post_id": slots["post"], "sort_by": "newest"}, free=("page_size",))["comments"]
    else:
        order = {"sort_by": either("oldest", "most_liked"), "page_size": WHOLE}
        told = act("list_comments", {"post_id": slots["post"], **order})["comments"]
    latest = max(told, key=lambda row: row["commented"])
    if len(told) > 9 or sum(row["commented"] == latest["commented"] for row in told) > 1:
        return None
    act("block_user", {"user_id": latest["user_id"]})
    return ()


def _elsewhere(draws: Draws) -> Slots:
    user = draws.row("users")
    return {"name": user["name"], "town": user["town"], "number": draws.number(2, 12)}


ACTING = (
    Template(
        name="social-follow",
        kind="state_changing",
        split="test",
        asks=(
            "Follow @{username} for me; {notify}.",
            "I'd like to follow the account {username}, and {notify}.",
            "Please start following {username} from my account. About notices: {notify}.",
        ),
        paraphrases=("My brother won't stop praising @{username}. Fine, add that account to those I follow, but {notify}.",),
        draw=_to_follow,
        solve=(_follow,),
        irrelevant=("Make the button purple when you press it.", "File it in my folder for neighbours."),
    ),
    Template(
        name="social-join-group",
        kind="state_changing",
        split="test",
        asks=(
            "There is a group about {topic} that meets in {town}. Join it for me. {shown}",
            "Sign me up for the {topic} group of {town}, please. {shown}",
        ),
        paraphrases=(
            "Since I moved to {town} my {topic} friends are far away. The network has a group for that here, so get me in. {shown}",
        ),
        draw=_to_join,
        irrelevant=("Their room should be on the ground floor.", "I'd like to be member number seven, if that is not taken."),
        solve=(partial(_join, ("topic", "town")), partial(_join, ("topic",)), partial(_join, ("town",))),
    ),
    Template(
        name="social-mute",
        kind="state_changing",
        split="test",
        asks=(
            "Mute the member with the id {user} {days}.",
            "I can't stand the posts of {user} (that's the id). Hide them from my feed {days}, without unfollowing.",
        ),
        paraphrases=("{user} is on holiday and posts every sandwich. Could I be spared those posts {days}, quietly?",),
        draw=_to_mute,
        solve=(_mute,),
        hidden={
            "user": Hidden(
                asks=("Mute that noisy member {days}.", "Hide somebody's posts from my feed {days}, without unfollowing."),
                asked=("who", "which", "member", "whose", "user", "id"),
                says=("The id is {user}.", "{user}."),
            )
        },
        together=("Mute {user} {days}, and {user_2} {days_2}.", "Two to mute, please: {user} {days} and {user_2} {days_2}."),
    ),
    Template(
        name="social-block-commenter",
        kind="state_changing",
        split="test",
        asks=(
            "Whoever left the latest comment under the post {post} was rude. Block that member.",
            "Block the author of the most recent comment on {post}, please; that is the id of the post.",
            "I've had enough of the comments below post {post}. The last one to write there shall be blocked by me.",
        ),
        draw=lambda draws: {"post": draws.row("posts", lambda row: row["comment_count"] > 1)["post_id"]},
        solve=(partial(_latest_comment, True), partial(_latest_comment, False)),
        irrelevant=("It should also be read out on the radio.", "The block should make a loud noise."),
    ),
    Template(
        name="social-unrelated-evening",
        kind="unrelated_request",
        split="test",
        asks=(
            "Order {number} pizzas to the home of {name} in {town}.",
            "When is the next train from {town} with {number} free seats?",
            "Convert {number} gallons to litres for {name}.",
            "Rent me {number} bicycles in {town} for Sunday.",
        ),
        draw=_elsewhere,
    ),
)
