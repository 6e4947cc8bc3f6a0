"""Requests that change what the user has: subscriptions, saved articles, playlists."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, maybe, said
from spectool.benchmark.templates.phrasing import ROOMY, parts_of
from spectool.benchmark.templates.searching import ORDER
from spectool.environments.core.tables import Row

MONTHS = {
    1: ("one month",),
    3: ("three months", "a quarter of a year"),
    6: ("six months", "half a year"),
    12: ("twelve months", "a year"),
    24: ("two years",),
}
STARTS = {"today": ("from today on", "starting today"), "next_month": ("from the first of next month on", "starting next month")}
SHELVES = {"read_later": ("on my shelf for reading later", "with the things I want to read later"), "favourites": ("among my favourites",)}


def _plan_of_outlet(draws: Draws) -> Slots:
    outlet = draws.row("outlets", lambda row: len(row["plans"]) > 1)
    months, starts = draws.pick(*MONTHS), draws.pick(*STARTS)
    plan = draws.pick(*(each["plan"] for each in outlet["plans"]))
    return {"outlet": outlet["name"], "plan": plan, "months": said(months, *MONTHS[months]), "starts": said(starts, *STARTS[starts])}


def outlet_of(act: Act, name: str) -> str:
    """The id of the outlet of that name; there are few enough to list them all."""
    found = act("find_outlets", {"name": maybe(*parts_of(name).values)})["outlets"]
    return next(str(row["outlet_id"]) for row in found if row["name"] == name)


def _subscribe(act: Act, slots: Slots) -> Claims:
    order = {"plan": slots["plan"], "months": slots["months"], "starts": slots["starts"]}
    return [str(act("subscribe_to_outlet", {"outlet_id": outlet_of(act, slots["outlet"]), **order})["total_eur"])]


def _episode_and_playlist(draws: Draws) -> Slots:
    which = draws.pick(said("latest", "latest", "newest"), said("first", "very first", "first ever"))
    place = draws.pick(said("end", "at the end of", "as the last thing on"), said(1, "at the very top of", "as the first thing on"))
    playlist = draws.row("playlists")["name"]
    return {"podcast": draws.row("podcasts")["title"], "playlist": playlist, "which": which, "place": place}


def _add_by_place(act: Act, slots: Slots) -> Claims:
    podcast = podcast_of(act, slots["podcast"])
    number = podcast["episode_count"] if slots["which"] == "latest" else 1
    episode = act("get_podcast_episode", {"podcast_id": podcast["podcast_id"], "episode": either(slots["which"], number)})
    return _add(act, slots, episode["episode_id"])


def _add_by_order(act: Act, slots: Slots) -> Claims:
    query = {"podcast_id": podcast_of(act, slots["podcast"])["podcast_id"], "descending": slots["which"] == "latest"}
    episodes = act("search_episodes", {**query, "sort_by": either("published", "number")}, free=("page_size",))["episodes"]
    return _add(act, slots, episodes[0]["episode_id"])


def _add_by_search(act: Act, slots: Slots) -> Claims:
    query = {"podcast_id": podcast_of(act, slots["podcast"])["podcast_id"], "page_size": ROOMY}
    episodes = act("search_episodes", query, free=ORDER)["episodes"]
    pick = max if slots["which"] == "latest" else min
    return _add(act, slots, pick(episodes, key=lambda row: row["number"])["episode_id"])


def podcast_of(act: Act, title: str) -> Row:
    """The podcast of that title; there are few enough to list them all."""
    found: list[Row] = act("search_podcasts", {"words": maybe(*parts_of(title).values)}, free=ORDER)["podcasts"]
    return next(row for row in found if row["title"] == title)


def _add(act: Act, slots: Slots, episode_id: str) -> Claims:
    playlists = act("get_media_library", {})["playlists"]
    playlist = next(row for row in playlists if row["name"] == slots["playlist"])
    place = slots["place"] if slots["place"] != "end" else either("end", len(playlist["episode_ids"]) + 1)
    act("add_to_playlist", {"playlist_id": playlist["playlist_id"], "episode_ids": [episode_id], "position": place})
    return ()


def _article_and_shelf(draws: Draws) -> Slots:
    shelf = draws.pick(*SHELVES)
    return {"article": draws.row("articles", lambda row: row["related_article_ids"])["article_id"], "shelf": said(shelf, *SHELVES[shelf])}


def _save_related(act: Act, slots: Slots) -> Claims:
    for article_id in act("get_article", {"article_id": slots["article"]})["related_article_ids"]:
        act("save_article", {"article_id": article_id, "shelf": slots["shelf"]})
    return ()


TEMPLATES = (
    Template(
        name="media-subscribe",
        kind="state_changing",
        split="test",
        asks=(
            "Subscribe me to {outlet}, the {plan} plan, for {months}, {starts}. What does it come to in all?",
            "I want {outlet} for {months} {starts}. Take the {plan} plan and tell me the total price.",
            "Please set up a {plan} subscription to {outlet} {starts}; it is to run for {months}. I need the sum for my accounts.",
        ),
        paraphrases=(
            "It's time I paid for my news. Could you get me the {plan} plan of {outlet} for {months}, {starts}, and say what that costs me "
            "altogether?",
        ),
        draw=_plan_of_outlet,
        solve=(_subscribe,),
        hidden={
            "outlet": Hidden(
                asks=(
                    "Subscribe me to the one my neighbour reads, the {plan} plan, for {months}, {starts}, and tell me the total.",
                    "I'd like a {plan} subscription {starts}, to run for {months}, to what we read at the dentist's. What does it come to?",
                ),
                asked=("outlet", "which", "name", "paper", "newspaper", "magazine", "what", "called"),
                says=("It is {outlet}.", "{outlet}."),
            )
        },
        irrelevant=("Have the receipts made out to my workshop, not to me.", "I do not want their newsletter on top of it."),
    ),
    Template(
        name="media-episode-to-playlist",
        kind="state_changing",
        split="test",
        asks=(
            'Put the {which} episode of {podcast} {place} my playlist "{playlist}".',
            'My playlist "{playlist}" needs company: the {which} episode of the podcast {podcast}, {place} the list.',
        ),
        draw=_episode_and_playlist,
        solve=(_add_by_place, _add_by_search, _add_by_order),
    ),
    Template(
        name="media-save-related",
        kind="state_changing",
        split="test",
        asks=(
            "Take every article related to {article} and put it {shelf}.",
            "Whatever is listed as related to article {article}: put all of it {shelf}, please.",
        ),
        draw=_article_and_shelf,
        solve=(_save_related,),
    ),
)
