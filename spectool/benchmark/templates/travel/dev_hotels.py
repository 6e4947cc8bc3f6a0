"""Travel tasks to synthesise from: hotels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, maybe, said
from spectool.benchmark.templates.best_first import sorted_or_all
from spectool.benchmark.templates.calendar_words import day_said
from spectool.benchmark.templates.phrasing import number_said
from spectool.benchmark.templates.searching import SHORT
from spectool.benchmark.templates.travel.phrases import ORDER, hotel_named, later, nights

MERITS = {
    "rating": ("rated best by its guests", "rated highest"),
    "price_per_night_eur": ("cheapest for a night", "cheapest per night"),
    "km_to_centre": ("closest to the centre", "nearest to the city centre"),
}
SORTED = {"rating": "rating", "price_per_night_eur": "price", "km_to_centre": "distance"}
FACTS = {
    "breakfast_eur": ("what breakfast costs", "the price of breakfast"),
    "free_cancellation_days": (
        "how many days before arrival one can still cancel for free",
        "up to how many days ahead cancelling is free",
    ),
}


def _city_and_merit(draws: Draws) -> Slots:
    merit = draws.pick(*MERITS)
    return {"city": draws.row("cities")["city"], "merit": said(merit, *MERITS[merit])}


def _best_hotel(act: Act, slots: Slots, how: Mapping[str, Any], free: Sequence[str]) -> Claims | None:
    merit = slots["merit"]
    hotels = act("search_hotels", {"city": slots["city"], **how}, free=free)["hotels"]
    values = sorted((row[merit] for row in hotels), reverse=merit == "rating")
    if values[0] == values[1]:
        return None
    return [next(row["name"] for row in hotels if row[merit] == values[0]), str(values[0])]


def _hotel_and_fact(draws: Draws) -> Slots:
    row, fact = draws.row("hotels"), draws.pick(*FACTS)
    return {"hotel": row["name"], "city": row["city"], "fact": said(fact, *FACTS[fact])}


def _fact_of_hotel(act: Act, slots: Slots) -> Claims | None:
    hotel = hotel_named(act, slots["city"], slots["hotel"])
    return None if hotel is None else [str(act("get_hotel", {"hotel_id": hotel["hotel_id"]})[slots["fact"]])]


def _stay_and_wishes(draws: Draws) -> Slots:
    check_in = f"2027-0{draws.number(4, 6)}-{draws.number(1, 28):02d}"
    return {
        "city": draws.row("cities")["city"],
        "arrival": day_said(check_in),
        "departure": day_said(later(check_in, draws.number(1, 6))),
        "guests": number_said(draws.number(2, 4)),
        "rating": draws.pick(6.5, 7, 7.5, 8),
        "price": draws.pick(120, 150, 180, 220, 260),
    }


def _hotels_free(act: Act, slots: Slots) -> Claims | None:
    query = {
        "city": slots["city"],
        "stay": nights(slots["arrival"], slots["departure"], slots["guests"]),
        # Results show rating and price.
        "min_rating": maybe(slots["rating"]),
        "max_price_per_night_eur": maybe(slots["price"]),
    }
    return [row["name"] for row in act("search_hotels", {**query, **SHORT}, free=ORDER)["hotels"]] or None


TEMPLATES = (
    Template(
        name="travel-best-hotel",
        kind="one_constraint",
        split="dev",
        asks=(
            "Which hotel in {city} is {merit}? Tell me its name and the figure.",
            "Of all hotels in {city}, name the one that is {merit}, with the figure that makes it so.",
            "{city}: I want the hotel that is {merit}. Name and figure, please.",
        ),
        paraphrases=(
            "I've never been to {city}. If I only care for one thing, that the hotel is {merit}, where would I stay, and what's the "
            "number?",
            "My parents visit {city} soon and keep asking which hotel there is {merit}. What is it called, and what is the value exactly?",
        ),
        draw=_city_and_merit,
        solve=sorted_or_all(_best_hotel, SHORT, ORDER, lambda slots: {"sort_by": SORTED[slots["merit"]]}),
        hidden={
            "city": Hidden(
                asks=(
                    "Which hotel in the city is {merit}? Tell me its name and the figure.",
                    "I'm going away for a few days. Name me the hotel there that is {merit}.",
                    "A friend of mine moves abroad. Which hotel in her new town is {merit}, and what is the figure?",
                ),
                asked=("city", "where", "which", "town"),
                says=("In {city}.", "It's {city}."),
            )
        },
        irrelevant=(
            "It should have been renovated in the last three years.",
            "The staff ought to speak Polish.",
            "One that flies a rainbow flag, if possible.",
            "I'd like a view of the river.",
        ),
        together=("Which hotel in {city} is {merit}, and which in {city_2} is {merit_2}? Names and figures.",),
    ),
    Template(
        name="travel-hotel-terms",
        kind="multi_step",
        split="dev",
        asks=(
            "Find out {fact} at the {hotel} in {city}.",
            "I'm thinking of the {hotel} ({city}). Tell me {fact}.",
            "There's a place called {hotel} in {city}; please check {fact} there.",
        ),
        paraphrases=(
            "My mother is set on the {hotel} when she goes to {city}, but before she books she wants to know {fact}.",
            "Quick one before I board for {city}: can you find out {fact} at the {hotel}?",
        ),
        draw=_hotel_and_fact,
        solve=(_fact_of_hotel,),
        irrelevant=(
            "Assume that I pay in cash.",
            "That is for a room on the top floor.",
            "Count me as a member of their loyalty club.",
        ),
    ),
    Template(
        name="travel-hotels-free",
        kind="several_constraints",
        split="dev",
        asks=(
            "Which hotels in {city} have a room for {guests} from {arrival} to {departure} at no more than {price} euros a night, rated "
            "{rating} or better?",
            "List hotels in {city}: arrival {arrival}, departure {departure}, {guests} people in one room, guest rating at least "
            "{rating}, up to {price} euros a night.",
            "A room in {city} for {guests} of us, please, all in one. We arrive on {arrival} and leave on {departure}, can spend "
            "{price} euros a night, and look for a rating of {rating} upwards. What are the names?",
        ),
        draw=_stay_and_wishes,
        solve=(_hotels_free,),
        hidden={
            "city": Hidden(
                asks=(
                    "Which hotels have a room for {guests} from {arrival} to {departure} at no more than {price} euros a night, rated "
                    "{rating} or better?",
                    "We need one room for {guests}, {arrival} until {departure}, at most {price} euros a night, rating {rating} or more. "
                    "Names?",
                ),
                asked=("city", "where", "which", "town", "destination"),
                says=("In {city}, sorry.", "{city}."),
            )
        },
        irrelevant=(
            "The beds must not be shorter than two metres.",
            "It should be run by a family, not a chain.",
            "We would prefer a house that is more than a century old.",
        ),
    ),
)
