"""Requests that no tool of the environment serves, not even partly."""

from __future__ import annotations

from spectool.benchmark.template import Draws, Slots, Template


def _title(draws: Draws) -> Slots:
    return {"title": draws.row("movies")["title"], "name": draws.row("people")["name"]}


DEV = Template(
    name="movies-unrelated-dev",
    kind="unrelated_request",
    split="dev",
    asks=(
        "Send {name} a text message saying that I adored {title}.",
        "Translate the back cover of the {title} novel into Finnish for me.",
        "Order the poster of {title} in A2 and have it framed.",
        "Draw me a birthday card in the style of {title}, to be signed by {name}.",
    ),
    paraphrases=(
        "It would mean the world to my son to get mail from {name}. Could you write to the agency and ask for an autograph on his behalf?",
        "My costume for the office party is going to be from {title}. Find a tailor in town who can sew it by Friday and make an "
        "appointment.",
    ),
    draw=_title,
)
VAL = Template(
    name="movies-unrelated-val",
    kind="unrelated_request",
    split="val",
    asks=(
        "Turn the lights in my living room down, we're about to start {title}.",
        "Play the theme tune of {title} on the kitchen speaker.",
        "Remind me at noon to ring {name} about {title}.",
        "Ring my brother and ask him to bring his copy of {title} tonight.",
        "Bake a cake that looks like the poster of {title} and have it delivered.",
    ),
    draw=_title,
)
TEST = Template(
    name="movies-unrelated-test",
    kind="unrelated_request",
    split="test",
    asks=(
        "Book me a train to the coast: the film {title} has left me longing for the sea.",
        "Transfer 20 euros to {name}'s charity from my account.",
        "Which streaming subscription could I cancel and still be able to stream {title} at home?",
        "Print the script of {title} on yellow paper and have it bound.",
        "Enrol me in the acting course that {name} teaches.",
    ),
    paraphrases=(
        "A fan asked me for {name}'s home address so as to deliver flowers. Look it up, would you?",
        "We've been humming the tune from {title} all week, and the piano is out of tune. Send somebody round to see to it.",
    ),
    draw=_title,
)
