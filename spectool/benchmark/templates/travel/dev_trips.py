"""Travel tasks to synthesise from: flights and trains, and what no tool can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, maybe, said
from spectool.benchmark.templates.calendar_words import day_said, month_said
from spectool.benchmark.templates.phrasing import any_order, number_said
from spectool.benchmark.templates.searching import SHORT
from spectool.benchmark.templates.travel.phrases import ORDER, a_person, full_name, lowest
from spectool.environments.core.tables import Row


def _route_and_party(draws: Draws) -> Slots:
    row = draws.row("flights", lambda row: row["stops"] == 0)
    return {**_route(row), "date": day_said(row["departs"][:10]), "people": number_said(draws.number(2, 6))}


def _route(row: Slots) -> dict[str, str]:
    return {"origin": row["origin"], "destination": row["destination"]}


def _cheapest_direct(act: Act, slots: Slots) -> Claims | None:
    best = lowest(_direct(act, slots, {"passengers": maybe(slots["people"]), "direct_only": maybe(True), **SHORT}, ORDER), "price_eur")
    return None if best is None else [best["airline"], str(best["price_eur"])]


def _direct(act: Act, slots: Slots, how: Mapping[str, Any], free: Sequence[str]) -> list[Row]:
    """Flights without a stop that have the seats; results show both."""
    route = {name: slots[name] for name in ("origin", "destination", "date")}
    found = act("search_flights", {**route, **how}, free=free)["flights"]
    return [row for row in found if row["stops"] == 0 and row["seats_left"] >= slots["people"]]


def _cheapest_direct_first(act: Act, slots: Slots) -> Claims | None:
    how = {"passengers": slots["people"], "direct_only": True, "sort_by": "price_eur"}
    best = lowest(_direct(act, slots, how, ("page_size",)), "price_eur")
    return None if best is None else [best["airline"], str(best["price_eur"])]


def _route_and_month(draws: Draws) -> Slots:
    row = draws.row("flights")
    return {**_route(row), "month": month_said(row["departs"]), "people": number_said(draws.number(2, 7))}


def _cheapest_day_and_bag(act: Act, slots: Slots) -> Claims | None:
    month = slots["month"]
    last = {"04": "30", "05": "31", "06": "30"}[month[5:]]
    period = either(month, {"start": f"{month}-01", "end": f"{month}-{last}"})
    query = {"origin": slots["origin"], "destination": slots["destination"], "period": period, "passengers": slots["people"]}
    best = lowest(act("get_flight_prices", query)["days"], "price_eur")
    if best is None:
        return None
    flight = act("get_flight", {"flight_id": best["flight_id"]})
    return [best["date"], str(best["price_eur"]), str(flight["bag_price_eur"])]


def _train_and_pair(draws: Draws) -> Slots | None:
    kind, seat = draws.pick("first", "second"), draws.pick("window", "aisle", "table")
    row = draws.row("trains", lambda row: row["fares"][kind]["seats_left"] >= 2)
    one, other = a_person(draws), a_person(draws)
    if one == other:
        return None
    names = {"one": said(one, full_name(one)), "other": said(other, full_name(other))}
    return {"train": row["train_id"], "class": kind, "seat": seat, **names}


def _book_pair(act: Act, slots: Slots) -> Claims:
    people = any_order([slots["one"], slots["other"]])
    query = {"train_id": slots["train"], "passengers": people, "travel_class": slots["class"], "seat": slots["seat"]}
    return [str(act("book_train", query)["price_eur"])]


def _city_and_day(draws: Draws) -> Slots:
    row = draws.row("hotels")
    return {"city": row["city"], "hotel": row["name"], "date": day_said(f"2027-0{draws.number(4, 6)}-{draws.number(10, 28)}")}


TEMPLATES = (
    Template(
        name="travel-cheapest-direct-flight",
        kind="several_constraints",
        split="dev",
        asks=(
            "What is the cheapest direct flight from {origin} to {destination} on {date} with {people} seats left in economy? Airline "
            "and fare for one, please.",
            "We are {people} people and want to fly economy from {origin} to {destination} on {date} without a stop. Which airline has the "
            "lowest fare, and what is it per person?",
            "{origin} to {destination}, {date}, {people} passengers, economy, non-stop only: cheapest airline and price a head?",
        ),
        paraphrases=(
            "There's a wedding in {destination} and {people} of us have to get there from {origin} on {date}. Nobody wants to change "
            "planes, and economy will do. Who flies us at the lowest fare each, and at how much?",
            "My boss sends {people} of us to {destination}, leaving {origin} on {date}. It has to be direct and as cheap as economy gets. "
            "Tell me the airline and what one ticket costs.",
        ),
        draw=_route_and_party,
        solve=(_cheapest_direct, _cheapest_direct_first),
        hidden={
            "destination": Hidden(
                asks=(
                    "What is the cheapest direct economy flight from {origin} on {date} for the {people} of us? Airline and fare for one.",
                    "Leaving {origin} on {date}, {people} seats, economy, non-stop: which airline is cheapest, and at what fare a head?",
                ),
                asked=("where", "destination", "to", "which city"),
                says=("We're going to {destination}.", "To {destination}."),
            )
        },
        irrelevant=(
            "They should serve a vegetarian meal on board.",
            "I would like a plane that is not older than ten years.",
            "And it has to have power sockets, like the better trains do.",
        ),
        together=(
            "Cheapest direct economy flights, airline and fare a head: {people} people from {origin} to {destination} on {date}, and "
            "{people_2} from {origin_2} to {destination_2} on {date_2}.",
        ),
    ),
    Template(
        name="travel-cheapest-day-and-bag",
        kind="multi_step",
        split="dev",
        asks=(
            "On which day of {month} can {people} people fly cheapest from {origin} to {destination} in economy, at what fare each, and "
            "what does a checked bag cost on that flight?",
            "Our dates in {month} are open. Find the day with the lowest economy fare from {origin} to {destination} for {people}, and "
            "tell me fare and price of a bag.",
            "I need three things about flying economy from {origin} to {destination} in {month}, {people} seats: cheapest day, its fare "
            "per person, bag price on that flight.",
        ),
        draw=_route_and_month,
        solve=(_cheapest_day_and_bag,),
    ),
    Template(
        name="travel-book-train-for-two",
        kind="state_changing",
        split="dev",
        mode="required",
        asks=(
            "Book train {train} in {class} class for {one} and {other}, {seat} seats. What does it come to?",
            "Two tickets for {train}, please: {one} and {other}, {class} class, seat preference: {seat}. Tell me the total.",
            "{one} and {other} travel on {train}. Reserve for both in {class} class (seat: {seat}) and say what it costs in all.",
        ),
        draw=_train_and_pair,
        solve=(_book_pair,),
        hidden={
            "train": Hidden(
                asks=(
                    "Book a train in {class} class for {one} and {other}, {seat} seats.",
                    "{one} and {other} need two {class}-class tickets for their train, seats: {seat}.",
                ),
                asked=("train", "which", "number", "id"),
                says=("It's train {train}.", "{train}."),
            )
        },
        irrelevant=(
            "Sit them in the quiet coach, please.",
            "Put the invoice in my company's name.",
            "They would like lunch at their seats.",
        ),
    ),
    Template(
        name="travel-unrelated",
        kind="unrelated_request",
        split="dev",
        asks=(
            "Do I need a visa to enter the country on {date} if I land in {city}?",
            "Make me an appointment with a hairdresser in {city} on {date}.",
            "What will the weather be like in {city} on {date}?",
            "Rent me a small car in {city} for {date}.",
            "Buy two tickets for the opera in {city} on {date}.",
        ),
        draw=_city_and_day,
    ),
)
