"""Travel tasks to synthesise from: booking a room."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, maybe, said
from spectool.benchmark.templates.calendar_words import day_said
from spectool.benchmark.templates.searching import SHORT
from spectool.benchmark.templates.travel.phrases import ORDER, a_person, full_name, later


def _room_wanted(draws: Draws) -> Slots:
    row, person = draws.row("hotels"), a_person(draws)
    check_in = f"2027-0{draws.number(4, 6)}-{draws.number(1, 28):02d}"
    return {
        "hotel": row["name"],
        "city": row["city"],
        "room": draws.pick(*row["rooms"]),
        "arrival": day_said(check_in),
        "departure": day_said(later(check_in, draws.number(1, 6))),
        "person": said(person, full_name(person)),
        "breakfast": draws.pick(said(True, "with breakfast"), said(False, "without breakfast")),
    }


def _book_room(act: Act, slots: Slots) -> Claims | None:
    alone = {"check_in": slots["arrival"], "check_out": slots["departure"], "guests": 1}
    told = {name: alone[name] for name in ("check_in", "check_out")}
    listed = act("search_hotels", {"city": slots["city"], "stay": maybe(alone, told), **SHORT}, free=ORDER)["hotels"]
    hotel = next((row for row in listed if row["name"] == slots["hotel"]), None)
    if hotel is None:
        return None
    where = {"hotel_id": hotel["hotel_id"], "room_type": slots["room"], "stay": either(alone, told)}
    return [str(act("book_hotel", {**where, "guest": slots["person"], "breakfast": slots["breakfast"]})["price_eur"])]


TEMPLATES = (
    Template(
        name="travel-book-room",
        kind="state_changing",
        split="dev",
        asks=(
            "Book a {room} room at the {hotel} in {city} for {person}, who travels alone: {arrival} to {departure}, {breakfast}. What "
            "does it cost?",
            "{person} needs a {room} room for one at {hotel}, {city}, arriving {arrival} and leaving {departure}, {breakfast}. Please "
            "reserve it and tell me the price.",
            "Reserve for one guest, {person}: {city}, {hotel}, room type {room}, {breakfast}, check-in {arrival}, check-out {departure}. "
            "I need the total.",
        ),
        paraphrases=(
            "Our speaker {person} comes to {city} on {arrival}, alone, and goes home on {departure}. The stay is to be at the {hotel} in a "
            "{room} room {breakfast}, and let me know what we will be charged.",
            "I promised {person} a few quiet days alone in {city}: the {hotel}, a {room} room {breakfast}, from {arrival} until "
            "{departure}. Make it happen and tell me the damage.",
        ),
        draw=_room_wanted,
        solve=(_book_room,),
        hidden={
            "hotel": Hidden(
                asks=(
                    "Book a {room} room for {person}, who travels alone: {arrival} to {departure}, {breakfast}.",
                    "{person} needs a hotel from {arrival} to {departure}: a {room} room for one, {breakfast}. Please reserve it at the "
                    "place we spoke of on the phone.",
                ),
                asked=("hotel", "city", "where", "which", "place"),
                says=("At the {hotel} in {city}.", "The {hotel}, in {city}."),
            )
        },
        irrelevant=(
            "It should be a room that looks out on the garden.",
            "Ask them to put flowers on the table.",
            "The bill goes to our foundation.",
        ),
    ),
)
