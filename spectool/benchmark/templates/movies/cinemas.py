"""Showings, cinemas, and seats in them."""

from __future__ import annotations

from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Slots, Template, either, maybe, said
from spectool.benchmark.templates.movies.showings import clock_said, coming
from spectool.benchmark.templates.movies.wording import day_soon, find_person
from spectool.benchmark.templates.phrasing import ROOMY, number_said
from spectool.environments.core.environment import TODAY

CITIES = ("Leeds", "Ghent", "Porto", "Graz", "Turin")
ANY_ORDER = either("date", "price_eur", "free_seats")
FORMATS = {"3d": "3D", "large_screen": "the large-screen format", "standard": "the standard format"}


def _evening(draws: Draws) -> Slots:
    row, _, _ = coming(draws, 0)
    return {
        "city": draws.pick(*CITIES),
        "day": day_soon(row["date"]),
        "from": clock_said(draws.pick("16:00", "18:00", "19:00", "20:00")),
        "price": draws.pick(10, 12, 13),
        "seats": number_said(draws.number(2, 8)),
    }


def _count_showings(act: Act, slots: Slots) -> Claims | None:
    asked = {"city": slots["city"], "date_from": slots["day"], "date_to": slots["day"], "earliest": slots["from"]}
    limits = {"max_price_eur": slots["price"], "min_free_seats": slots["seats"]}
    total = act("find_showings", {**asked, **limits}, free=("sort_by", "page", "page_size"))["total"]
    # A total that the request happens to say would be no answer.
    return [str(total)] if total not in (0, slots["seats"]) else None


def _somewhere(draws: Draws) -> Slots:
    row, format = draws.row("cinemas"), draws.pick("3d", "large_screen", "standard")
    return {
        "latitude": round(row["latitude"] + draws.number(-90, 90) / 10_000, 4),
        "longitude": round(row["longitude"] + draws.number(-90, 90) / 10_000, 4),
        "radius": draws.pick(3, 4, 5, 6, 8),
        "format": said(format, FORMATS[format]),
    }


def _nearest(act: Act, slots: Slots) -> Claims | None:
    near = {"latitude": slots["latitude"], "longitude": slots["longitude"], "radius_km": slots["radius"]}
    found = act("search_cinemas", {"near": near, "format": slots["format"], "wheelchair_access": True})["cinemas"]
    if not found or (len(found) > 1 and found[0]["distance_km"] == found[1]["distance_km"]):
        return None
    return [found[0]["name"], str(found[0]["distance_km"])]


def _role_on_screen(draws: Draws) -> Slots:
    _, film, cinema = coming(draws, 0)
    roles = {credit["person_id"]: credit["character"] for credit in film["cast"]}
    person = draws.row("people", lambda row: row["person_id"] in roles)
    return {"name": person["name"], "role": roles[person["person_id"]], "city": cinema["city"]}


def _next_showing(act: Act, slots: Slots, given: dict[str, Any]) -> Claims | None:
    person = find_person(act, slots["name"])
    if person is None:
        return None
    asked = {"person_id": person["person_id"], "job": maybe("actor")}
    played = act("get_filmography", asked, free=("sort_by", "descending"))["movies"]
    films = [row for row in played if any(credit["character"] == slots["role"] for credit in row["credits"])]
    if len(films) != 1:
        return None
    search = {"movie_id": films[0]["movie_id"], "date_from": maybe(TODAY), **given}
    shown = [row for row in act("find_showings", search)["showings"] if row["city"] == slots["city"]]
    first, *later = sorted(shown, key=lambda row: (row["date"], row["time"]))
    if first["date"] == TODAY or (later and later[0]["date"] == first["date"]):
        return None
    return [first["cinema"], first["date"], first["time"]]


def _next_in_city(act: Act, slots: Slots) -> Claims | None:
    sizes = either(10, *range(1, 10), 15, 20, 30, 50)
    return _next_showing(act, slots, {"city": slots["city"], "sort_by": "date", "page_size": sizes})


def _next_in_list(act: Act, slots: Slots) -> Claims | None:
    return _next_showing(act, slots, {"city": maybe(slots["city"]), "sort_by": ANY_ORDER, "page_size": ROOMY})


SHOWINGS = Template(
    name="movies-count-showings",
    kind="several_constraints",
    split="val",
    dated=True,
    asks=(
        "How many showings are there in {city}, {day}, that start at {from} or later, cost no more than {price} euros a seat and "
        "still have "
        "{seats} or more free seats?",
        "In {city}: count the showings {day} from {from} onwards with at least {seats} seats left and a price of up to {price} euros each.",
    ),
    paraphrases=(
        "There will be {seats} of us in {city} {day}, with {price} euros each to spend on a ticket, and nobody is free before {from}. "
        "Among "
        "how many showings with room for all of us can we choose?",
    ),
    irrelevant=("The seats should have cup holders.", "Only those whose director is going to be in the room."),
    draw=_evening,
    solve=(_count_showings,),
)
NEAREST = Template(
    name="movies-nearest-cinema",
    kind="several_constraints",
    split="test",
    asks=(
        "I'm at latitude {latitude}, longitude {longitude}. Which cinema with wheelchair access that can show {format} is the nearest "
        "to me, within {radius} km, and how many kilometres away is it?",
        "Find the closest cinema around the point {latitude}, {longitude} (latitude, longitude), no more than {radius} kilometres away: it "
        "needs wheelchair access and {format}. Name and distance in km, please.",
    ),
    paraphrases=(
        "My phone says {latitude} degrees latitude and {longitude} degrees longitude. I use a wheelchair, so the cinema has to be "
        "accessible, "
        "and the film I want only runs in {format}. What's closest, and at what distance in km? {radius} km is as far as I'd go.",
    ),
    irrelevant=("They should sell liquorice at the counter.", "And I'd rather it had been built before the war."),
    draw=_somewhere,
    solve=(_nearest,),
)
NEXT = Template(
    name="movies-next-showing-of-a-role",
    kind="multi_step",
    split="test",
    dated=True,
    asks=(
        "I want to see {name} as {role} on the big screen. Where in {city} is the next showing of that film, and when? Tell me "
        "the cinema, the full date with its year, and the time.",
        "There's a film in which {name} plays {role}. Which cinema in {city} shows it next, on what date (year included) and at what time?",
    ),
    paraphrases=(
        "My flatmate dreams of watching {name} in the part of {role}, and so I'd like to take her out in {city} as soon as the film is on. "
        "Tell me the cinema, the date with its year, and the time of the first chance we have.",
    ),
    draw=_role_on_screen,
    solve=(_next_in_city, _next_in_list),
)
