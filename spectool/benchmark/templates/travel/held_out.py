"""Travel tasks to report: trips and stays, and what no tool can do."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Either, Hidden, Slots, Template, maybe, said
from spectool.benchmark.templates.calendar_words import day_said
from spectool.benchmark.templates.searching import SHORT
from spectool.benchmark.templates.travel.phrases import ORDER, hotel_named, later, nights


def _train(draws: Draws) -> Slots:
    return {"train": draws.row("trains", lambda row: row["calls_at"])["train_id"]}


def _towns(act: Act, slots: Slots) -> Claims:
    towns: list[str] = act("get_train", {"train_id": slots["train"]})["calls_at"]
    return towns


def _business(draws: Draws) -> Slots:
    row = draws.row("flights", lambda row: row["fares"].get("business", {"seats_left": 0})["seats_left"] > 1)
    arrives = int(row["arrives"][11:13]) + 1
    budget = (row["fares"]["business"]["price_eur"] // 50 + draws.number(1, 4)) * 50
    latest = said(f"{arrives:02d}:00", f"{arrives}:00", f"{arrives} o'clock (24-hour clock)")
    where = {"origin": row["origin"], "destination": row["destination"], "date": day_said(row["departs"][:10])}
    return {**where, "latest": latest, "budget": budget}


def _business_flights(act: Act, slots: Slots) -> Claims | None:
    query = {
        "origin": slots["origin"],
        "destination": slots["destination"],
        "date": slots["date"],
        "cabin": "business",
        # Results show seats, fares and times.
        "passengers": maybe(2),
        "max_price_eur": maybe(slots["budget"]),
        "arrives_by": maybe(slots["latest"]),
    }
    found = act("search_flights", {**query, **SHORT}, free=ORDER)["flights"]
    return [claim for row in found for claim in (row["airline"], str(row["price_eur"]))] or None


GUESTS = (said(1, "one guest", "1 guest"), said(2, "two guests", "2 guests"))


def _hotel_and_nights(draws: Draws) -> Slots:
    row, check_in = draws.row("hotels"), f"2027-0{draws.number(4, 6)}-{draws.number(1, 28):02d}"
    away = {"arrival": day_said(check_in), "departure": day_said(later(check_in, draws.number(2, 7)))}
    return {"hotel": row["name"], "city": row["city"], **away, "guests": draws.pick(*GUESTS)}


def _cost_of_double(act: Act, slots: Slots) -> Claims | None:
    stay = nights(slots["arrival"], slots["departure"], slots["guests"])
    hotel = hotel_named(act, slots["city"], slots["hotel"], stay=maybe(*stay.values) if isinstance(stay, Either) else maybe(stay))
    if hotel is None:
        return None
    rooms = act("get_hotel_rooms", {"hotel_id": hotel["hotel_id"], "stay": stay})["rooms"]
    return next(([str(room["total_price_eur"])] for room in rooms if room["room_type"] == "double" and room["available"]), None)


TEMPLATES = (
    Template(
        name="travel-towns-on-the-way",
        kind="one_constraint",
        split="test",
        asks=("In which towns does train {train} stop on the way?", "Tell me all the towns that {train} calls at before it arrives."),
        paraphrases=("I'm on {train} and would love to hop off somewhere in between. What are my choices?",),
        draw=_train,
        solve=(_towns,),
        hidden={
            "train": Hidden(
                asks=(
                    "In which towns does my aunt's train stop on the way?",
                    "A friend of mine is on a train and wants to hop off somewhere in between. Where does it call?",
                    "The children ask about the train that just passed us. Which towns will it stop in?",
                ),
                asked=("train", "which", "number", "id"),
                says=("It's {train}.", "The train is {train}."),
            )
        },
        irrelevant=("Only towns with a lift at the station.", "Name the platforms, too."),
        together=("Where does train {train} stop on its way, and where does {train_2}?",),
    ),
    Template(
        name="travel-business-flights",
        kind="several_constraints",
        split="test",
        asks=(
            "Two of us fly business from {origin} to {destination} on {date} and must be there by {latest}, for {budget} euros each at "
            "most. Which airlines could take us, at what fare?",
            "Business class for two, {origin} to {destination}, {date}, landing no later than {latest}, maximum {budget} euros a person: "
            "airlines and fares?",
        ),
        paraphrases=(
            "The client in {destination} expects my colleague and me on {date}; our plane has to have landed by {latest}. We leave "
            "{origin} that same day, business class is fine as long as neither ticket exceeds {budget} euros. Who flies, and what do they "
            "charge per seat?",
        ),
        draw=_business,
        solve=(_business_flights,),
        irrelevant=("There should be a lounge with showers.", "We want seats that turn into beds."),
    ),
    Template(
        name="travel-cost-of-double",
        kind="multi_step",
        split="test",
        asks=(
            "Is a double room at the {hotel} in {city} free from {arrival} to {departure} for {guests}, and what would the whole stay "
            "cost without breakfast?",
            "Price a double at {hotel}, {city}: arriving {arrival}, leaving {departure}, {guests}, no breakfast. I need the "
            "total and whether they have one left.",
        ),
        draw=_hotel_and_nights,
        solve=(_cost_of_double,),
    ),
    Template(
        name="travel-unrelated-test",
        kind="unrelated_request",
        split="test",
        asks=(
            "Report my suitcase as lost: I left it in {city} on {arrival}.",
            "Insure the trip to {city} that begins on {arrival}.",
            "Find me somebody who feeds my cat while I am in {city} from {arrival}.",
        ),
        draw=_hotel_and_nights,
    ),
)
