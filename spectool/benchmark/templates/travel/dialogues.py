"""Conversations about travel, to synthesise from and to choose by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Solve, Stage, said
from spectool.benchmark.templates.best_first import sorted_or_all
from spectool.benchmark.templates.calendar_words import day_said
from spectool.benchmark.templates.searching import SHORT, WHOLE
from spectool.benchmark.templates.travel.phrases import BOOKING_ASKED, KINDS, ORDER, a_person, cancel, full_name, lowest, one_day

AMENITIES = {
    "pool": "a pool", "gym": "a gym", "parking": "parking", "restaurant": "a restaurant", "spa": "a spa",
    "pets_allowed": "a policy that allows pets", "airport_shuttle": "a shuttle to the airport",
}  # fmt: skip


def _train_trip(draws: Draws) -> Slots:
    row, person = draws.row("trains", lambda row: row["fares"]["second"]["seats_left"] > 0), a_person(draws)
    where = {"origin": row["origin"], "destination": row["destination"], "date": day_said(row["departs"][:10])}
    told = {"person": said(person, full_name(person)), "seat": draws.pick("window", "aisle", "table")}
    return {**where, **told, "train": row["train_id"]}


def _find_cheapest(act: Act, slots: Slots, how: Mapping[str, Any], free: Sequence[str]) -> Claims | None:
    query = {"origin": slots["origin"], "destination": slots["destination"], "date": one_day(slots["date"])}
    best = lowest(act("search_trains", {**query, **how}, free=free)["trains"], "price_eur")
    # The train drawn must be the one that is found, for the next stage books it.
    return [best["departs"][11:], str(best["price_eur"])] if best is not None and best["train_id"] == slots["train"] else None


def _book_found(act: Act, slots: Slots) -> Claims:
    query = {"train_id": slots["train"], "passengers": [slots["person"]], "travel_class": "second", "seat": slots["seat"]}
    act("book_train", query)
    return ()


def _two_cities(draws: Draws) -> Slots:
    city, other = (row["city"] for row in draws.rows("cities", 2))
    amenity = draws.pick(*AMENITIES)
    return {"city": city, "other": other, "amenity": said(amenity, AMENITIES[amenity])}


def _hotels_with(place: str) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims | None:
        query = {"city": slots[place], "amenities": [slots["amenity"]]}
        return [row["name"] for row in act("search_hotels", {**query, **SHORT}, free=ORDER)["hotels"]] or None

    return solve


def _booking_to_cancel(draws: Draws) -> Slots:
    row = draws.row("bookings", lambda row: row["status"] == "confirmed")
    return {"booking": row["booking_id"], "kind": KINDS[row["kind"]], "city": row["destination"]}


def _others_there(act: Act, slots: Slots) -> Claims | None:
    query = {"destination": slots["city"], "status": "confirmed"}
    return [str(act("list_bookings", query, free=("page", "page_size"))["total"])]


def _others_of_all_there(act: Act, slots: Slots) -> Claims | None:
    found = act("list_bookings", {"destination": slots["city"], **WHOLE})["bookings"]
    return [str(sum(row["status"] == "confirmed" for row in found))]


DIALOGUES = (
    Dialogue(
        name="travel-talk-find-and-book-train",
        split="dev",
        traits=("reveals", "irrelevant_detail"),
        draw=_train_trip,
        stages=(
            Stage(
                asks=("When does the cheapest second-class train go from {origin} to {destination} on {date}, and what is the fare?",),
                solve=sorted_or_all(_find_cheapest, SHORT, ORDER, lambda _: {"sort_by": "price_eur"}),
                hidden={
                    "date": Hidden(
                        asks=(
                            "I must travel from {origin} to {destination} on a certain day. When does the cheapest second-class train go "
                            "then, and what is the fare?",
                            "There is a day on which I have to get from {origin} to {destination} by rail, second class. What's the "
                            "cheapest departure then, and its fare?",
                        ),
                        asked=("date", "day", "when", "which day"),
                        says=(
                            "On {date}; my sister turns forty the day after.",
                            "On {date}. That is the week in which my neighbours move out, hooray.",
                        ),
                    )
                },
            ),
            Stage(
                asks=(
                    "Good. Book that one for {person}, seat: {seat}.",
                    "That suits me, and my dog loves trains anyway. Please book it: one seat in second class (preference: {seat}) "
                    "for {person}.",
                ),
                solve=(_book_found,),
            ),
        ),
    ),
    Dialogue(
        name="travel-talk-hotels-elsewhere",
        split="dev",
        traits=("reveals", "changes_mind"),
        draw=_two_cities,
        stages=(
            Stage(
                asks=("Which hotels in {city} have {amenity}?",),
                solve=(_hotels_with("city"),),
                hidden={
                    "city": Hidden(
                        asks=(
                            "Which hotels there have {amenity}? I'm planning a short break.",
                            "I need a hotel with {amenity}. What is there?",
                        ),
                        asked=("city", "where", "which", "town", "destination"),
                        says=("In {city}.", "I'm off to {city}."),
                    )
                },
            ),
            Stage(
                asks=("Change of plan: we meet in {other} instead. Same question.", "Actually, make that {other}. Same wish as before."),
                solve=(_hotels_with("other"),),
            ),
        ),
    ),
    Dialogue(
        name="travel-talk-cancel-and-count",
        split="val",
        traits=("reveals", "irrelevant_detail"),
        draw=_booking_to_cancel,
        stages=(
            Stage(
                asks=("Cancel {booking} for me. What do I get back?",),
                solve=(cancel,),
                hidden={
                    "booking": Hidden(
                        asks=(
                            "One of my bookings has to go. Cancel it, please, and tell me the refund.",
                            "I'm afraid I have to cancel something that I booked with you. What will I get back?",
                            "Please cancel a booking of mine and say how much money comes back.",
                        ),
                        asked=BOOKING_ASKED,
                        says=(
                            "It's {booking}, a {kind}. I broke my ankle on the stairs.",
                            "{booking}. My doctor says six weeks of rest, imagine.",
                        ),
                    )
                },
            ),
            Stage(
                asks=(
                    "How many confirmed bookings of mine for {city}, journeys there and hotels together, are left now?",
                    "And counting both trips to {city} and hotels there, how many confirmed bookings do I still have?",
                ),
                solve=(_others_there, _others_of_all_there),
            ),
        ),
    ),
)
