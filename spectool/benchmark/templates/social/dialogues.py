"""Conversations with the social network."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Solve, Stage, said
from spectool.benchmark.templates.searching import LISTED
from spectool.benchmark.templates.social.acting import SHOWN
from spectool.benchmark.templates.social.places import PLURALS, WHOLE, named
from spectool.environments.social.fields import ME

TEXTS = (
    "Are you in on Saturday?",
    "Thank you for the lift home.",
    "I found your blue scarf.",
    "The meeting starts at seven sharp.",
    "Happy birthday from all of us!",
    "Please call me back tonight.",
    "The key is under the mat.",
)


def _two_people(draws: Draws) -> Slots:
    one, other = draws.rows("users", 2, lambda row: row["user_id"] != ME)
    return {"name": one["name"], "other": other["name"], "text": draws.pick(*TEXTS)}


def _sent(place: str) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims:
        act("send_message", {"user_ids": [named(act, slots[place])], "text": slots["text"]})
        return ()

    return solve


def _two_topics(draws: Draws) -> Slots | None:
    liked = draws.row("posts", lambda row: row["like_count"] > 7 and row["user_id"] != ME)
    first = draws.row("posts", lambda row: row["kind"] == liked["kind"] and row["topic"] != liked["topic"])
    kind = said(liked["kind"], PLURALS[liked["kind"]])
    return {"topic": first["topic"], "other": liked["topic"], "kind": kind, "post": liked["post_id"]}


def _most_liked(place: str, is_sorted: bool) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims | None:
        query = {"topic": slots[place], "kind": slots["kind"]}
        if is_sorted:
            found = act("search_posts", {**query, "sort_by": "like_count"}, free=("page_size",))
        else:
            found = act("search_posts", {**query, "page_size": WHOLE}, free=("sort_by", "descending"))
        posts = sorted(found["posts"], key=lambda row: -row["like_count"])
        if not 2 <= found["total"] <= 10 or posts[0]["like_count"] == posts[1]["like_count"]:
            return None
        return [str(posts[0]["like_count"])] if place == "topic" or posts[0]["post_id"] == slots["post"] else None

    return solve


def _like(act: Act, slots: Slots) -> Claims:
    act("like_post", {"post_id": slots["post"]})
    return ()


def _two_towns(draws: Draws) -> Slots | None:
    first, joined = draws.rows("groups", 2)
    if first["town"] == joined["town"]:
        return None
    told = {"town": first["town"], "other": joined["town"], "topic": joined["topic"]}
    return {**told, "group": joined["group_id"], "shown": draws.pick(*SHOWN)}


def _groups(place: str) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims | None:
        found = act("search_groups", {"topic": slots["topic"], "town": slots[place]}, free=LISTED)["groups"]
        if place == "town":
            return ["0"] if not found else None
        return [found[0]["name"]] if [row["group_id"] for row in found] == [slots["group"]] else None

    return solve


def _join(act: Act, slots: Slots) -> Claims:
    act("join_group", {"group_id": slots["group"], "show_on_profile": slots["shown"]})
    return ()


DIALOGUES = (
    Dialogue(
        name="social-talk-message",
        split="test",
        traits=("reveals", "irrelevant_detail"),
        draw=_two_people,
        stages=(
            Stage(
                asks=('Write to {name}: "{text}"',),
                solve=(_sent("name"),),
                hidden={
                    "text": Hidden(
                        asks=(
                            "Send {name} a message from me.",
                            "I have to write to {name}.",
                            "{name} is waiting for a line from me, so send one.",
                        ),
                        asked=("say", "text", "message", "what", "write", "content"),
                        says=('Word for word: "{text}"', 'Just this: "{text}" I would do it myself, only my thumb is in plaster.'),
                    )
                },
            ),
            Stage(
                asks=("{other} should get the very same words, in a message of their own.", "Now send exactly that to {other} as well."),
                solve=(_sent("other"),),
            ),
        ),
    ),
    Dialogue(
        name="social-talk-like",
        split="test",
        traits=("reveals", "changes_mind"),
        draw=_two_topics,
        stages=(
            Stage(
                asks=("Among the {kind} about {topic}, how many likes does the favourite have?",),
                solve=(_most_liked("topic", True), _most_liked("topic", False)),
                hidden={
                    "topic": Hidden(
                        asks=(
                            "Among the {kind} on the topic we spoke of at dinner, how many likes does the most popular have?",
                            "I'm looking for the most liked of all {kind} on a certain topic. What's its number of likes?",
                            "How popular is the most liked of the {kind} on my sister's hobby? A number of likes is all I want.",
                        ),
                        asked=("topic", "interest", "which", "what", "subject", "about"),
                        says=("The topic is {topic}.", "{topic}, what else."),
                    )
                },
            ),
            Stage(
                asks=(
                    "Hm, {other} is closer to my heart these days. The same for that topic, please.",
                    "Or no, take {other} in place of it.",
                ),
                solve=(_most_liked("other", True), _most_liked("other", False)),
            ),
            Stage(asks=("Like that one for me.", "That deserves one more: like it from my account."), solve=(_like,)),
        ),
    ),
    Dialogue(
        name="social-talk-join",
        split="test",
        traits=("reveals", "changes_mind", "irrelevant_detail"),
        draw=_two_towns,
        stages=(
            Stage(
                asks=("How many groups about {topic} meet in {town}?",),
                solve=(_groups("town"),),
                hidden={
                    "town": Hidden(
                        asks=(
                            "I have just moved. How many groups about {topic} meet in my new town?",
                            "Are there any {topic} groups in the town where my office is? How many?",
                        ),
                        asked=("town", "where", "which", "place", "city", "live"),
                        says=("In {town}. The removal men broke my favourite lamp.", "The town is {town}."),
                    )
                },
            ),
            Stage(
                asks=(
                    "None? Then look in {other} instead; what is the group there called?",
                    "Let's try {other} rather. How is the group called?",
                ),
                solve=(_groups("other"),),
            ),
            Stage(asks=("Make me a member of that one. {shown}",), solve=(_join,)),
        ),
    ),
)
