"""A conversation about what is on nearby."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Stage
from spectool.benchmark.templates.looking_back import told_before
from spectool.benchmark.templates.movies.wording import day_soon
from spectool.benchmark.templates.phrasing import ROOMY
from spectool.environments.core.environment import TODAY


def _place_and_days(draws: Draws) -> Slots | None:
    row = draws.row("cinemas")
    one, other = draws.rows("showings", 2, lambda showing: showing["date"] > TODAY)
    if one["date"] == other["date"]:
        return None
    return {
        "latitude": round(row["latitude"] + draws.number(-60, 60) / 10_000, 4),
        "longitude": round(row["longitude"] + draws.number(-60, 60) / 10_000, 4),
        "radius": draws.pick(4, 5, 6, 8),
        "day": day_soon(one["date"]),
        "other": day_soon(other["date"]),
    }


def _around(slots: Slots) -> dict[str, object]:
    return {"near": {"latitude": slots["latitude"], "longitude": slots["longitude"], "radius_km": slots["radius"]}}


def _nearest(act: Act, slots: Slots) -> Claims | None:
    found = act("search_cinemas", _around(slots))["cinemas"]
    return [found[0]["name"]] if len(found) > 1 and found[0]["distance_km"] < found[1]["distance_km"] else None


def _showings_on(act: Act, slots: Slots, day: str) -> Claims | None:
    cinema_id = told_before(act, "search_cinemas", _around(slots))["cinemas"][0]["cinema_id"]
    asked = {"cinema_id": cinema_id, "date_from": day, "date_to": day, "page_size": ROOMY}
    shown = act("find_showings", asked, free=("sort_by",))["showings"]
    return list(dict.fromkeys(row["title"] for row in shown)) or None


NEARBY = Dialogue(
    name="movies-dialogue-what-is-on-nearby",
    split="test",
    dated=True,
    traits=("reveals", "changes_mind"),
    draw=_place_and_days,
    stages=(
        Stage(
            asks=("I'm going out {day}. What is the nearest cinema within {radius} km of latitude {latitude}, longitude {longitude}?",),
            hidden={
                "latitude": Hidden(
                    asks=(
                        "I want to go to the pictures {day}. Which cinema is nearest to me? No more than {radius} km, please.",
                        "I'm new in town and free {day}, so I'm looking for the closest cinema within {radius} km.",
                    ),
                    asked=("where", "location", "latitude", "longitude", "coordinates", "position", "place"),
                    says=(
                        "Latitude {latitude}, longitude {longitude}.",
                        "My phone says latitude {latitude} and longitude {longitude}.",
                    ),
                )
            },
            solve=(_nearest,),
        ),
        Stage(
            asks=(
                "And what do they show on that day? The titles are enough.",
                "Good. Which films are on there that day? Just the titles.",
            ),
            solve=(lambda act, slots: _showings_on(act, slots, slots["day"]),),
        ),
        Stage(
            asks=(
                "Ah, wait, I can't go then. Tell me what's on at the same cinema {other} instead.",
                "Oh dear, my boss has other plans for me. What are the titles if I go there {other} instead?",
            ),
            solve=(lambda act, slots: _showings_on(act, slots, slots["other"]),),
        ),
    ),
)
