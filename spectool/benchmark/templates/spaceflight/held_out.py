"""Requests to report on."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, said
from spectool.benchmark.templates.phrasing import COUNTING, ROOMY
from spectool.benchmark.templates.searching import PAGE
from spectool.benchmark.templates.spaceflight.finding import (
    FOLDERS,
    ORBITS,
    TOPICS,
    agency_by_name,
    launch_by_name,
    launch_by_payload,
    mission,
    one_of,
)
from spectool.environments.core.tables import Row
from spectool.environments.registry import environment

TYPES = {
    "satellite": ("satellites",),
    "probe": ("probes",),
    "cargo_ship": ("cargo ships",),
    "capsule": ("capsules",),
}
# A page that holds all astronauts there are.
EVERYBODY = either(50, 40, 36, 45)


def _position(draws: Draws) -> Slots:
    pad = draws.row("pads")
    latitude = round(min(80.0, max(-80.0, pad["latitude"] + draws.number(-90, 90) / 10)), 1)
    longitude = round(min(179.0, max(-179.0, pad["longitude"] + draws.number(-120, 120) / 10)), 1)
    north, east = "north" if latitude >= 0 else "south", "east" if longitude >= 0 else "west"
    value = {"latitude": latitude, "longitude": longitude}
    here = f"{abs(latitude)}° {north}, {abs(longitude)}° {east}"
    return {"position": said(value, here, f"{abs(latitude)} degrees {north} and {abs(longitude)} degrees {east}")}


def _nearest(act: Act, slots: Slots) -> Claims | None:
    pads = act("find_nearest_pads", {"position": slots["position"]}, free=("limit",))["pads"]
    return [pads[0]["name"], pads[0]["spaceport"]] if pads[0]["distance_km"] != pads[1]["distance_km"] else None


def _masses(draws: Draws) -> Slots | None:
    payload = draws.row("payloads")
    least, most = draws.number(0, payload["mass_kg"] // 100) * 100, (payload["mass_kg"] // 100 + draws.number(1, 20)) * 100
    # Nobody has to wonder whether "between" takes in the bounds.
    if any(row["mass_kg"] in (least, most) for row in environment("spaceflight").records["payloads"].values()):
        return None
    return {
        "type": said(payload["payload_type"], *TYPES[payload["payload_type"]]),
        "orbit": said(payload["orbit"], *ORBITS[payload["orbit"]]),
        "mass": said({"min_kg": least, "max_kg": most}, f"between {least} and {most} kg", f"of {least} to {most} kilograms"),
    }


def _summed(act: Act, slots: Slots) -> Claims:
    asked = {"payload_type": slots["type"], "orbit": slots["orbit"], "mass": slots["mass"]}
    found = act("search_payloads", asked, free=COUNTING)
    return [str(found["total"]), str(found["total_mass_kg"])]


def _manned(draws: Draws) -> Slots:
    missions = environment("spaceflight").records["missions"]
    return {"mission": mission(draws, lambda row: row["crewed"] and bool(missions[row["mission_id"]]["crew"]))}


def _mission_by_launch(act: Act, slots: Slots) -> str | None:
    launch = launch_by_name(act, slots["mission"])
    return str(launch["mission_id"]) if launch else None


def _mission_by_payload(act: Act, slots: Slots) -> str | None:
    payload = launch_by_payload(act, slots["mission"])
    return str(act("get_launch", {"launch_id": payload["launch_id"]})["mission_id"]) if payload else None


def _commander(act: Act, mission_id: str) -> str:
    crew = act("get_mission", {"mission_id": mission_id})["crew"]
    return str(next(each["astronaut_id"] for each in crew if each["role"] == "commander"))


def _look_up(act: Act, astronaut_id: str) -> Claims | None:
    return _told(act("get_astronaut", {"astronaut_id": astronaut_id}))


def _go_through(act: Act, astronaut_id: str) -> Claims | None:
    everybody = act("search_astronauts", {"page_size": EVERYBODY}, free=("sort_by", "descending"))["astronauts"]
    return _told(next(row for row in everybody if row["astronaut_id"] == astronaut_id))


def _told(astronaut: Row) -> Claims | None:
    return [astronaut["name"], str(astronaut["days_in_space"])] if astronaut["days_in_space"] else None


def _by_launch(act: Act, slots: Slots) -> Claims | None:
    mission_id = _mission_by_launch(act, slots)
    return _look_up(act, _commander(act, mission_id)) if mission_id else None


def _by_launch_and_list(act: Act, slots: Slots) -> Claims | None:
    mission_id = _mission_by_launch(act, slots)
    return _go_through(act, _commander(act, mission_id)) if mission_id else None


def _by_payload(act: Act, slots: Slots) -> Claims | None:
    mission_id = _mission_by_payload(act, slots)
    return _look_up(act, _commander(act, mission_id)) if mission_id else None


def _by_payload_and_list(act: Act, slots: Slots) -> Claims | None:
    mission_id = _mission_by_payload(act, slots)
    return _go_through(act, _commander(act, mission_id)) if mission_id else None


def _newest(draws: Draws) -> Slots:
    article = draws.row("articles")
    agency = environment("spaceflight").records["agencies"][article["agency_id"]]
    return {
        "agency": draws.pick(agency["name"], agency["abbreviation"]),
        "topic": said(article["topic"], *TOPICS[article["topic"]]),
        "year": article["published"][:4],
        "folder": one_of(draws, FOLDERS),
    }


def _newest_of_year(act: Act, slots: Slots) -> Claims | None:
    agency_id, year = agency_by_name(act, slots["agency"]), slots["year"]
    asked = {"agency_id": agency_id, "topic": slots["topic"], "published_from": f"{year}-01-01", "published_to": f"{year}-12-31"}
    return _keep_newest(act, slots, act("search_launch_articles", asked, free=("page_size",))["articles"])


def _newest_of_all(act: Act, slots: Slots) -> Claims | None:
    asked = {"agency_id": agency_by_name(act, slots["agency"]), "topic": slots["topic"], "page_size": ROOMY}
    found = act("search_launch_articles", asked, free=("newest_first",))
    return _keep_newest(act, slots, found["articles"]) if found["total"] <= PAGE else None


def _keep_newest(act: Act, slots: Slots, found: list[Row]) -> Claims | None:
    mine = [row for row in found if row["published"].startswith(slots["year"])]
    if len(mine) > 1 and mine[0]["published"] == mine[1]["published"]:
        return None
    act("bookmark_launch_article", {"article_id": mine[0]["article_id"], "folder": slots["folder"]})
    return [mine[0]["title"]]


TEST = (
    Template(
        name="spaceflight-nearest-pad",
        kind="one_constraint",
        split="test",
        asks=(
            "Which active launch pad is closest to {position}, and what spaceport does it belong to?",
            "My ship is at {position}. What is the nearest launch pad in use, and at which spaceport?",
            "Starting from {position}: name the closest pad that is in use, with its spaceport.",
        ),
        paraphrases=(
            "We're sailing, the plotter reads {position}, and the children want to see a rocket. "
            "Which working pad would be the shortest way, and which spaceport is that?",
        ),
        draw=_position,
        solve=(_nearest,),
        hidden={
            "position": Hidden(
                asks=(
                    "Which active launch pad is closest to where I am, and what spaceport does it belong to?",
                    "What's the nearest pad in use, measured from our weather station?",
                ),
                asked=("where", "position", "coordinates", "latitude", "longitude", "location"),
                says=("At {position}.", "The coordinates are {position}."),
            )
        },
        together=("Which pad in use is closest to {position}, and which to {position_2}? Spaceports too, please.",),
        irrelevant=(
            "There should be a car park with chargers next to it.",
            "It must be one that welcomes dogs.",
        ),
    ),
    Template(
        name="spaceflight-payloads-in-range",
        kind="several_constraints",
        split="test",
        asks=(
            "How many {type} {mass} are there for {orbit}, and what do they weigh together in kilograms?",
            "Take all {type} {mass} whose destination is {orbit}: their number and total mass in kg, please.",
        ),
        paraphrases=(
            "For {orbit} I want to know two things about {type} {mass}: the head count and the combined kilograms.",
            "A colleague claims hardly any {type} {mass} go to {orbit}. What are the number and the summed mass in kg?",
        ),
        draw=_masses,
        solve=(_summed,),
        irrelevant=(
            "Count only those wrapped in gold foil.",
            "Ignore any that were delivered to the pad by ship.",
        ),
    ),
    Template(
        name="spaceflight-commander",
        kind="multi_step",
        split="test",
        asks=(
            "Who is the commander of {mission}, and how many days in space has this person behind them?",
            "Name the commander of the {mission} crew and the days that he or she has spent in space.",
            "Look up who commands {mission}. How many days in space does that astronaut's record show?",
        ),
        paraphrases=(
            "I'll meet the person in charge aboard {mission}. What is the name, and how many days of space experience is it?",
            "The {mission} crew has a commander. I'd love to know the name and how much of a space veteran that is, counted in days.",
        ),
        draw=_manned,
        solve=(_by_launch, _by_launch_and_list, _by_payload, _by_payload_and_list),
        hidden={
            "mission": Hidden(
                asks=(
                    "Who is the commander of the mission, and how many days in space has this person behind them?",
                    "Who's in command up there, and with how many days in space?",
                ),
                asked=("mission", "flight", "which", "name"),
                says=("The mission is {mission}.", "{mission}."),
            )
        },
    ),
    Template(
        name="spaceflight-keep-newest-article",
        kind="state_changing",
        split="test",
        asks=(
            "Find the newest article published in {year} on {agency} about {topic}, put it in my {folder} folder, and tell me its title.",
            "Of the articles from {year} on {agency} about {topic}, bookmark the latest under {folder}. What is it called?",
        ),
        draw=_newest,
        solve=(_newest_of_year, _newest_of_all),
        irrelevant=("Print a copy for the notice board, too.",),
    ),
    Template(
        name="spaceflight-unrelated-hardware",
        kind="unrelated_request",
        split="test",
        asks=(
            "Sell me a spare engine of the {launcher}.",
            "Apply on my behalf for a job on the {launcher} assembly line.",
            "Fold me instructions for a paper {launcher} and e-mail them to the school.",
            "Which song was playing in the factory when the first {launcher} was rolled out?",
        ),
        draw=lambda draws: {"launcher": draws.row("launchers")["name"]},
    ),
)
