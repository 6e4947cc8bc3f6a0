"""Requests to the social network that one call answers."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, said
from spectool.benchmark.templates.social.places import COUNTED, PLURALS, WHOLE

WHAT = (
    said("town", "the town of residence", "the place of residence"),
    said("name", "the real name", "the first and last name"),
    said("follower_count", "the number of followers", "the follower count"),
)
QUARTERS = {
    "first": ("01-01", "03-31", "January to March"),
    "second": ("04-01", "06-30", "April to June"),
    "third": ("07-01", "09-30", "July to September"),
    "last": ("10-01", "12-31", "October to December"),
}


def _profile(draws: Draws) -> Slots:
    return {"username": draws.row("users")["username"], "what": draws.pick(*WHAT)}


def _looked_up(act: Act, slots: Slots) -> Claims:
    return [str(act("lookup_username", {"username": slots["username"]})[slots["what"]])]


def _groups_of(act: Act, slots: Slots) -> Claims | None:
    found = act("search_groups", {"user_id": slots["user"], "page_size": WHOLE}, free=("sort_by", "descending"))
    return [row["name"] for row in found["groups"]] if 1 <= found["total"] <= 5 else None


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


READING = (
    Template(
        name="social-profile-by-username",
        kind="one_constraint",
        split="test",
        asks=(
            "What is {what} of @{username}?",
            "@{username} keeps writing to me. Tell me {what}, please.",
            "I need {what} of whoever is behind the account {username}.",
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
                asks=("Tell me {what} of that person I was chatting with.", "I've forgotten which account it was, but I need {what}."),
                asked=("username", "account", "who", "person", "name", "whose"),
                says=("The account is {username}.", "@{username}."),
            )
        },
        together=("Tell me {what} of @{username} and {what_2} of @{username_2}.", "{username}: {what}? And {username_2}: {what_2}?"),
    ),
    Template(
        name="social-groups-of-member",
        kind="one_constraint",
        split="test",
        asks=(
            "Which groups does the member with the id {user} belong to? Their names, please.",
            "List by name every group that has {user} (a member's id) in it.",
            "What are the groups called that member {user} is in?",
        ),
        paraphrases=("I want to know {user} a little better, which is an id, not a robot. In what groups would I meet that member?",),
        draw=lambda draws: {"user": draws.row("users")["user_id"]},
        solve=(_groups_of,),
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
            "I'd like to start something around {topic} here in {town}. How many people with that interest would I find on the network, "
            "counting only those with no fewer than {number} followers?",
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
)
