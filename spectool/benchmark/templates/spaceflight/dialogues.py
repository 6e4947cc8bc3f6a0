"""Conversations about launches."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Stage, said
from spectool.benchmark.templates.phrasing import COUNTING
from spectool.benchmark.templates.searching import LISTED
from spectool.benchmark.templates.spaceflight.finding import (
    CHANNELS,
    FOLDERS,
    MINUTES,
    ORBITS,
    a_reminder,
    flown,
    launch_by_name,
    launch_by_payload,
    launch_upcoming,
    mission,
    one_of,
    open_to_reminders,
)
from spectool.environments.registry import environment


def _reminder(draws: Draws) -> Slots | None:
    before, later = draws.rng.sample(list(MINUTES), 2)
    return {
        "mission": mission(draws, open_to_reminders),
        "before": said(before, *MINUTES[before]),
        "later": said(later, *MINUTES[later]),
        "channel": one_of(draws, CHANNELS),
    }


def _set(act: Act, slots: Slots) -> Claims | None:
    launch = launch_by_name(act, slots["mission"])
    return _set_for(act, launch["launch_id"], slots["before"], slots["channel"]) if launch else None


def _set_by_payload(act: Act, slots: Slots) -> Claims | None:
    payload = launch_by_payload(act, slots["mission"])
    return _set_for(act, payload["launch_id"], slots["before"], slots["channel"]) if payload else None


def _set_by_list(act: Act, slots: Slots) -> Claims | None:
    launch = launch_upcoming(act, slots["mission"])
    return _set_for(act, launch["launch_id"], slots["before"], slots["channel"]) if launch else None


def _set_for(act: Act, launch_id: str, before: int, channel: str) -> Claims:
    act("set_launch_reminder", {"launch_id": launch_id, "minutes_before": before, "channel": channel})
    return ()


def _set_again(act: Act, slots: Slots) -> Claims:
    (launch_id,) = (id for id, row in act.state.changes()["reminders"].items() if row)
    act("cancel_launch_reminder", {"launch_id": launch_id})
    return _set_for(act, launch_id, slots["later"], slots["channel"])


def _reading(draws: Draws) -> Slots | None:
    records = environment("spaceflight").records
    article = draws.row("articles", lambda row: row["article_id"] not in records["saved_articles"])
    name = records["launches"][article["launch_id"]]["name"].partition(" | ")[2]
    return {"mission": name, "folder": one_of(draws, FOLDERS)}


def _titled(act: Act, slots: Slots) -> Claims | None:
    found = act("search_launch_articles", {"words": slots["mission"]}, free=("newest_first", "page_size"))["articles"]
    return [found[0]["title"], found[0]["news_site"]] if len(found) == 1 else None


def _titled_by_launch(act: Act, slots: Slots) -> Claims | None:
    launch = launch_by_name(act, slots["mission"])
    if launch is None:
        return None
    found = act("search_launch_articles", {"launch_ids": [launch["launch_id"]]}, free=("newest_first", "page_size"))["articles"]
    return [found[0]["title"], found[0]["news_site"]] if len(found) == 1 else None


def _keep(act: Act, slots: Slots) -> Claims:
    titles = act.state["articles"].rows()
    words = slots["mission"].casefold().split()
    (article,) = (row for row in titles if all(word in row["title"].casefold() for word in words))
    act("bookmark_launch_article", {"article_id": article["article_id"], "folder": slots["folder"]})
    return ()


def _orbits(draws: Draws) -> Slots:
    launch = draws.row("launches", flown)
    orbit = launch["orbit"]
    other = draws.pick(*(each for each in ORBITS if each != orbit))
    return {
        "orbit": said(orbit, *ORBITS[orbit]),
        "other": said(other, *ORBITS[other]),
        "year": launch["net"][:4],
        "crewed": said(launch["crewed"], "crewed" if launch["crewed"] else "uncrewed"),
    }


def _in_orbit(act: Act, slots: Slots, orbit: str) -> Claims | None:
    year = slots["year"]
    asked = {"orbit": orbit, "crewed": slots["crewed"], "from_date": f"{year}-01-01", "to_date": f"{year}-12-31"}
    total = act("search_launches", asked, free=COUNTING)["total"]
    return [str(total)] if total else None


def _two_astronauts(draws: Draws) -> Slots:
    one, other = draws.rows("astronauts", 2)
    return {"astronaut": one["name"], "other": other["name"]}


def _walks(act: Act, name: str) -> Claims | None:
    found = act("search_astronauts", {"name": name}, free=LISTED)["astronauts"][0]
    return [str(found["spacewalks"]), str(found["days_in_space"])] if found["spacewalks"] and found["days_in_space"] else None


def _pad(act: Act, slots: Slots) -> Claims | None:
    launch = launch_by_name(act, slots["mission"])
    return [act("get_launch", {"launch_id": launch["launch_id"]})["pad"]["name"]] if launch else None


def _pad_by_payload(act: Act, slots: Slots) -> Claims | None:
    payload = launch_by_payload(act, slots["mission"])
    return [act("get_launch", {"launch_id": payload["launch_id"]})["pad"]["name"]] if payload else None


def _pad_by_list(act: Act, slots: Slots) -> Claims | None:
    launch = launch_upcoming(act, slots["mission"])
    return [act("get_launch", {"launch_id": launch["launch_id"]})["pad"]["name"]] if launch else None


def _then_remind(act: Act, slots: Slots) -> Claims:
    (launch_id,) = (row["launch_id"] for row in act.state["launches"].rows() if row["name"].endswith(f"| {slots['mission']}"))
    return _set_for(act, launch_id, slots["before"], slots["channel"])


DIALOGUES = (
    Dialogue(
        name="spaceflight-reminder-then-earlier",
        split="dev",
        traits=("reveals", "changes_mind"),
        draw=_reminder,
        stages=(
            Stage(
                asks=("Set a reminder for {mission}, {before} ahead, with {channel}.",),
                hidden={
                    "mission": Hidden(
                        asks=(
                            "I'd like a launch reminder, {before} ahead, with {channel}.",
                            "Remind me {before} before liftoff, with {channel}.",
                        ),
                        asked=("mission", "launch", "which", "what", "name"),
                        says=("For {mission}.", "The launch of {mission}, that is."),
                    )
                },
                solve=(_set, _set_by_payload, _set_by_list),
            ),
            Stage(
                asks=(
                    "On second thoughts, make it {later} before the launch instead. Keep the rest.",
                    "Hm, that won't do: I need it {later} ahead, same way of telling me.",
                ),
                solve=(_set_again,),
            ),
        ),
    ),
    Dialogue(
        name="spaceflight-read-then-keep",
        split="dev",
        traits=("irrelevant_detail",),
        draw=_reading,
        stages=(
            Stage(
                asks=(
                    "My aunt worked on {mission}, she still talks about the canteen. What is the article on it called, and by which site?",
                    "Has the press covered {mission}? It rained all day here, so I have time to read. Title and news site, please.",
                ),
                solve=(_titled, _titled_by_launch),
            ),
            Stage(
                asks=("Lovely. Put it in the {folder} folder of my reading list.", "Bookmark that one under {folder}, please."),
                solve=(_keep,),
            ),
        ),
    ),
    Dialogue(
        name="spaceflight-count-then-other-orbit",
        split="val",
        traits=("reveals", "changes_mind"),
        draw=_orbits,
        stages=(
            Stage(
                asks=("How many {crewed} launches to {orbit} does {year} have on record, whatever their outcome?",),
                hidden={
                    "orbit": Hidden(
                        asks=(
                            "How many {crewed} launches to a certain orbit does {year} have on record, whatever their outcome?",
                            "I need the number of {crewed} launches in {year}, but only to one of the orbits; the outcome doesn't matter.",
                        ),
                        asked=("orbit", "destination", "which", "where"),
                        says=("To {orbit}.", "The orbit I mean is {orbit}."),
                    )
                },
                solve=(lambda act, slots: _in_orbit(act, slots, slots["orbit"]),),
            ),
            Stage(
                asks=("Sorry, wrong column in my sheet. It should have been {other}, same year, same kind.",),
                solve=(lambda act, slots: _in_orbit(act, slots, slots["other"]),),
            ),
        ),
    ),
    Dialogue(
        name="spaceflight-one-astronaut-then-another",
        split="test",
        traits=("reveals", "changes_mind"),
        draw=_two_astronauts,
        stages=(
            Stage(
                asks=("How many spacewalks and how many days in space does {astronaut} have?",),
                hidden={
                    "astronaut": Hidden(
                        asks=(
                            "How many spacewalks and how many days in space does the astronaut have who visits our school?",
                            "An astronaut is coming to dinner. How many spacewalks is that, and how many days in space?",
                        ),
                        asked=("astronaut", "who", "name", "which", "person"),
                        says=("{astronaut} is the name.", "It's {astronaut}."),
                    )
                },
                solve=(lambda act, slots: _walks(act, slots["astronaut"]),),
            ),
            Stage(
                asks=("Oh, I've just read the letter again: it's {other} who is coming. Same two figures, please.",),
                solve=(lambda act, slots: _walks(act, slots["other"]),),
            ),
        ),
    ),
    Dialogue(
        name="spaceflight-pad-then-reminder",
        split="test",
        traits=("reveals", "irrelevant_detail"),
        draw=a_reminder,
        stages=(
            Stage(
                asks=("Which pad does {mission} go from?",),
                hidden={
                    "mission": Hidden(
                        asks=(
                            "We're driving out to see a launch, with sandwiches and all. Which pad does it go from?",
                            "Our club has chartered a bus to a rocket launch, it seats forty. From which pad will that be?",
                        ),
                        asked=("launch", "mission", "which", "name"),
                        says=("{mission}. There will be cheese sandwiches, by the way.",),
                    )
                },
                solve=(_pad, _pad_by_payload, _pad_by_list),
            ),
            Stage(
                asks=("Great. Then remind me {before} before it, with {channel}.",),
                solve=(_then_remind,),
            ),
        ),
    ),
)
