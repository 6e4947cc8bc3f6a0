"""Requests about podcasts and radio stations."""

from __future__ import annotations

from typing import get_args

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Said, Slots, Template, maybe, said
from spectool.benchmark.templates.phrasing import ROOMY
from spectool.benchmark.templates.searching import ORDER
from spectool.environments.core.tables import Row
from spectool.environments.media.radio import Weekday

# No programme starts at one of these times.
TIMES = {
    "07:30": ("half past seven in the morning", "7:30 am"),
    "10:00": ("ten in the morning", "10 am"),
    "13:15": ("a quarter past one in the afternoon", "1:15 pm"),
    "15:00": ("three in the afternoon", "3 pm"),
    "17:45": ("a quarter to six in the evening", "5:45 pm"),
    "19:30": ("half past seven in the evening", "7:30 pm"),
}
WEEKDAYS: tuple[str, ...] = get_args(Weekday)


def _degrees(value: float, sides: tuple[str, str], sign: str) -> Said:
    return said(value, f"{abs(value)}{sign}{sides[value < 0]}")


def _spot(draws: Draws) -> Slots:
    station, sign = draws.row("stations"), draws.pick(" degrees ", "° ")
    latitude = round(station["latitude"] + draws.number(-90, 90) / 100, 2)
    longitude = round(station["longitude"] + draws.number(-90, 90) / 100, 2)
    return {
        "latitude": _degrees(latitude, ("north", "south"), sign),
        "longitude": _degrees(longitude, ("east", "west"), sign),
        "radius": draws.pick(150, 200, 250, 300, 400, 500),
        "genre": station["genre"],
    }


def _nearest(act: Act, slots: Slots) -> Claims | None:
    near = {"latitude": slots["latitude"], "longitude": slots["longitude"], "radius_km": slots["radius"]}
    found = act("find_radio_stations", {"near": near, "genre": maybe(slots["genre"])})["stations"]
    return [found[0]["name"], str(found[0]["frequency_mhz"])] if found else None


def _city_and_time(draws: Draws) -> Slots:
    weekday, time = draws.pick(*WEEKDAYS), draws.pick(*TIMES)
    return {"city": draws.row("stations")["city"], "weekday": said(weekday, weekday.capitalize()), "time": said(time, *TIMES[time])}


def _next_from(act: Act, slots: Slots) -> Claims | None:
    return _next(act, slots, {"starts_from": slots["time"]})


def _next_of_day(act: Act, slots: Slots) -> Claims | None:
    return _next(act, slots, {})


def _next(act: Act, slots: Slots, narrowed: Slots) -> Claims | None:
    station = station_in(act, slots["city"])
    schedule = act("get_station_schedule", {"station_id": station["station_id"], "weekday": slots["weekday"], **narrowed})
    later = [row for row in schedule["programmes"] if row["starts"] >= slots["time"]]
    return [later[0]["title"], later[0]["host"]] if later else None


def station_in(act: Act, city: str) -> Row:
    """The radio station of a city, which has one; there are few enough to list them all."""
    found: list[Row] = act("find_radio_stations", {"city": maybe(city)})["stations"]
    return next(row for row in found if row["city"] == city)


def _host(draws: Draws) -> Slots:
    extreme = draws.pick("longest", "shortest")
    return {"host": draws.pick(*draws.row("podcasts")["hosts"]), "extreme": extreme}


def _extreme_sorted(act: Act, slots: Slots) -> Claims | None:
    query = {"podcast_id": _podcast_of(act, slots), "sort_by": "duration_minutes", "descending": slots["extreme"] == "longest"}
    first, second, *_ = act("search_episodes", query, free=("page_size",))["episodes"]
    return [first["title"], str(first["duration_minutes"])] if first["duration_minutes"] != second["duration_minutes"] else None


def _extreme_seen(act: Act, slots: Slots) -> Claims:
    episodes = act("search_episodes", {"podcast_id": _podcast_of(act, slots), "page_size": ROOMY}, free=ORDER)["episodes"]
    pick = max if slots["extreme"] == "longest" else min
    found = pick(episodes, key=lambda row: row["duration_minutes"])
    return [found["title"], str(found["duration_minutes"])]


def _podcast_of(act: Act, slots: Slots) -> str:
    found = act("search_podcasts", {"host": maybe(slots["host"])}, free=ORDER)["podcasts"]
    return next(str(row["podcast_id"]) for row in found if slots["host"] in row["hosts"])


TEMPLATES = (
    Template(
        name="media-nearest-station",
        kind="several_constraints",
        split="test",
        asks=(
            "I'm at {latitude}, {longitude}. Which {genre} station within {radius} km is nearest, and what is its frequency?",
            "Name and frequency of the closest {genre} station, at most {radius} kilometres from {latitude}, {longitude}.",
            "We are driving past {latitude} and {longitude}: find us the nearest {genre} station in a radius of {radius} km and tell me "
            "where on the dial it is.",
        ),
        paraphrases=(
            "My boat lies at {latitude}, {longitude}, and the radio takes in whatever is up to {radius} km off. What is the nearest "
            "{genre} station called, and what do I tune to?",
        ),
        draw=_spot,
        solve=(_nearest,),
        hidden={
            "latitude": Hidden(
                asks=(
                    "Which {genre} station within {radius} km of my caravan is nearest, and what is its frequency?",
                    "Find the {genre} station closest to me, at most {radius} kilometres away, and tell me its frequency.",
                ),
                asked=("where", "location", "coordinates", "position", "latitude", "longitude", "place", "city"),
                says=("I'm at {latitude}, {longitude}.",),
            )
        },
        irrelevant=(
            "It should have a woman's voice in its jingles.",
            "One that can also be had in stereo would be best.",
            "I do not want any that reads out horoscopes.",
        ),
        together=(
            "Two stations, each with name and frequency: the nearest {genre} station within {radius} km of {latitude}, {longitude}, and "
            "the nearest {genre_2} one within {radius_2} km of {latitude_2}, {longitude_2}.",
        ),
    ),
    Template(
        name="media-next-programme",
        kind="multi_step",
        split="test",
        asks=(
            "On the radio station in {city}, which programme is the first to start at or after {time} on a {weekday}? Who hosts it?",
            "It's {weekday}, {time}, and I tune in to the station in {city}. Which programme starts next, and with which host?",
            "Look at what the {city} radio station has on {weekday}s. I need title and host of the next programme from {time} on.",
        ),
        draw=_city_and_time,
        solve=(_next_from, _next_of_day),
    ),
    Template(
        name="media-extreme-episode",
        kind="multi_step",
        split="test",
        asks=(
            "What is the {extreme} episode of the podcast that {host} hosts, and how many minutes does it run?",
            "{host} has a podcast. Give me title and length in minutes of its {extreme} episode.",
        ),
        paraphrases=(
            "A friend hooked me on {host}, the podcast host. Of that show's episodes, I'd like to start with the {extreme} one: what is it "
            "called, and how many minutes do I have to plan for?",
        ),
        draw=_host,
        solve=(_extreme_sorted, _extreme_seen),
        irrelevant=(
            "Episodes with music by a live band do not interest me.",
            "It should be one that was recorded in front of an audience.",
        ),
    ),
)
