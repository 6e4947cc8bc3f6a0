"""Requests about articles and outlets."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, maybe, said
from spectool.benchmark.templates.phrasing import COUNTING, ROOMY, period
from spectool.benchmark.templates.searching import ORDER


def _author(draws: Draws) -> Slots:
    return {"author": draws.row("articles")["author"]}


def _found_by_author(act: Act, slots: Slots) -> Claims:
    return [str(act("search_articles", {"author": slots["author"]}, free=COUNTING)["total"])]


def _counted_by_author(act: Act, slots: Slots) -> Claims:
    groups = act("count_articles", {"group_by": "author"})["groups"]
    return [str(next(each["articles"] for each in groups if each["author"] == slots["author"]))]


def _short_reads(draws: Draws) -> Slots:
    row = draws.row("articles", lambda row: row["published"] < "2027")
    access = (
        said(True, "for subscribers only", "behind the paywall") if row["premium"] else said(False, "free to read", "open to everybody")
    )
    year, half = int(row["published"][:4]), "first" if row["published"][5:7] < "07" else "second"
    minutes = max(3, row["reading_minutes"] + draws.number(0, 2))
    return {"topic": row["topic"], "access": access, "when": period(year, draws.pick("year", half)), "minutes": minutes}


def _short_titles(act: Act, slots: Slots) -> Claims | None:
    # Who pays and how long it takes stand in the results, which fit on one page without these conditions too.
    narrow = {"premium": maybe(slots["access"]), "max_reading_minutes": maybe(slots["minutes"]), "page_size": ROOMY}
    found = act("search_articles", {"topics": [slots["topic"]], "published": slots["when"], **narrow}, free=ORDER)
    return [row["title"] for row in found["articles"]] if 1 <= found["total"] <= 3 else None


def _topic_and_period(draws: Draws) -> Slots:
    row = draws.row("articles", lambda row: row["published"] < "2027")
    return {"topic": row["topic"], "when": period(int(row["published"][:4]), draws.pick("year", "first", "second"))}


def _keenest_counted(act: Act, slots: Slots) -> Claims | None:
    groups = act("count_articles", {"group_by": "outlet_id", "topic": slots["topic"], "published": slots["when"]})["groups"]
    if len(groups) < 2 or groups[0]["articles"] == groups[1]["articles"]:
        return None
    return _price_at(act, groups[0]["outlet_id"])


def _keenest_listed(act: Act, slots: Slots) -> Claims | None:
    found = act("search_articles", {"topics": [slots["topic"]], "published": slots["when"], "page_size": ROOMY}, free=ORDER)
    outlets = [row["outlet_id"] for row in found["articles"]]
    if found["total"] > len(outlets):
        return None
    return _price_at(act, max(outlets, key=outlets.count))


def _price_at(act: Act, outlet_id: str) -> Claims | None:
    outlet = act("get_outlet", {"outlet_id": outlet_id})
    prices = [each["price_eur_per_month"] for each in outlet["plans"] if each["plan"] == "digital"]
    return [outlet["name"], str(prices[0])] if prices else None


def _something(draws: Draws) -> Slots:
    station = draws.row("stations")
    return {"outlet": draws.row("outlets")["name"], "podcast": draws.row("podcasts")["title"], "station": station["name"]}


TEMPLATES = (
    Template(
        name="media-articles-of-author",
        kind="one_constraint",
        split="test",
        asks=(
            "How many articles has {author} written?",
            "Count the articles by {author}, please.",
            "I keep running into the name {author}. How many articles with that byline are there?",
        ),
        paraphrases=(
            "An award committee wants to know how productive {author} has been. What do I put down as the number of articles?",
            "My neighbour swears that {author} hardly ever publishes anything. What does the byline count say?",
        ),
        draw=_author,
        solve=(_found_by_author, _counted_by_author),
        hidden={
            "author": Hidden(
                asks=(
                    "How many articles has that journalist written, the one I told my sister about?",
                    "Count the articles by my old schoolmate, please.",
                    "There is a byline I keep running into. How many articles carry it?",
                ),
                asked=("author", "journalist", "name", "who", "which", "whom"),
                says=("{author}.", "The name is {author}."),
            )
        },
        irrelevant=(
            "Leave out any that were corrected after they had appeared.",
            "Only those illustrated with the author's own photographs, if you can.",
            "Those that were later read out on air shall not count.",
        ),
    ),
    Template(
        name="media-short-reads",
        kind="several_constraints",
        split="test",
        asks=(
            "Which articles about {topic} are {access}, take {minutes} minutes at most to read and came out {when}? Their titles.",
            "Titles wanted: {topic}, published {when}, {access}, no more than {minutes} minutes of reading.",
            "I can spare up to {minutes} minutes and feel like reading about {topic}: something {access} that appeared {when}. What are "
            "the titles to choose from?",
        ),
        paraphrases=(
            "For my train ride I want {topic} pieces that fit into {minutes} minutes of reading. They should be {access} and have been "
            "published {when}. What are they called?",
        ),
        draw=_short_reads,
        solve=(_short_titles,),
        irrelevant=(
            "Nothing with a picture of a politician in it.",
            "I would rather not have pieces that quote anonymous sources.",
            "They should also have been printed in colour.",
        ),
    ),
    Template(
        name="media-keenest-outlet",
        kind="multi_step",
        split="test",
        asks=(
            "Which outlet published the most {topic} articles {when}, and what does its digital plan cost a month?",
            "A digital subscription is what I'm after, at whichever outlet brought out the most pieces on {topic} {when}. Which one is "
            "that and what is the price per month?",
            "Find the outlet with the largest number of articles on {topic} {when}. I need its name and the monthly price of a digital "
            "subscription there.",
        ),
        draw=_topic_and_period,
        solve=(_keenest_counted, _keenest_listed),
    ),
    Template(
        name="media-unrelated",
        kind="unrelated_request",
        split="test",
        asks=(
            "Book me a thirty-second advert on {station} for next Friday.",
            "Get me invited to {podcast} as a guest and settle the fee.",
            "Design a new front page for {outlet} and send me the file.",
            "Write a letter to the editor of {outlet} about cycle lanes and hand it in for me.",
            "Get somebody to climb on my roof and turn the aerial until {station} comes in clearly.",
            "Edit the noise out of the recording on my phone so that it sounds like {podcast}.",
        ),
        draw=_something,
    ),
)
