"""Conversations about travel, to report."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Stage, said
from spectool.benchmark.templates.calendar_words import day_said
from spectool.benchmark.templates.travel.phrases import BOOKING_ASKED, a_person, full_name, later, move_stay


def _flights_and_person(draws: Draws) -> Slots | None:
    one = draws.row("flights", lambda row: row["fares"]["economy"]["seats_left"] > 0)
    same = [one["origin"], one["destination"]]
    other = draws.row("flights", lambda row: [row["origin"], row["destination"]] == same and row["fares"]["economy"]["seats_left"] > 0)
    person = a_person(draws)
    if one == other:
        return None
    return {"flight": one["flight_id"], "other": other["flight_id"], "person": said(person, full_name(person)), "bags": draws.number(1, 2)}


def _book(act: Act, slots: Slots) -> Claims:
    query = {"flight_id": slots["flight"], "passengers": [slots["person"]], "bags": slots["bags"]}
    return [str(act("book_flight", query)["price_eur"])]


def _take_other(act: Act, slots: Slots) -> Claims:
    mine = [row["booking_id"] for row in act.state["bookings"].rows() if row.get("flight_id") == slots["flight"]]
    changed = act("change_flight", {"booking_id": mine[-1], "flight_id": slots["other"]})
    return [str(changed["to_pay_eur"])]


def _stay_booked(draws: Draws) -> Slots:
    row = draws.row("bookings", lambda row: row["kind"] == "hotel" and row["status"] == "confirmed")
    check_in = f"2027-0{draws.number(4, 6)}-{draws.number(1, 28):02d}"
    nights, more = draws.number(1, 3), draws.number(1, 3)
    return {
        "booking": row["booking_id"],
        "city": row["destination"],
        "arrival": day_said(check_in),
        "departure": day_said(later(check_in, nights)),
        "longer": day_said(later(check_in, nights + more)),
    }


def _stay_longer(act: Act, slots: Slots) -> Claims:
    query = {"booking_id": slots["booking"], "check_in": slots["arrival"], "check_out": slots["longer"]}
    return [str(act("change_hotel_stay", query)["price_eur"])]


DIALOGUES = (
    Dialogue(
        name="travel-talk-book-other-flight",
        split="test",
        traits=("reveals", "changes_mind"),
        draw=_flights_and_person,
        stages=(
            Stage(
                asks=("Book {person} on flight {flight} in economy, checked bags: {bags}. What's the price?",),
                solve=(_book,),
                hidden={
                    "person": Hidden(
                        asks=("Book one passenger on flight {flight} in economy, checked bags: {bags}. What's the price?",),
                        asked=("name", "who", "passenger", "whose"),
                        says=("The passenger is {person}.", "{person}."),
                    )
                },
            ),
            Stage(
                asks=(
                    "Oh, {other} would suit better. Can you move the booking over, and what do I pay on top?",
                    "Sorry, wrong flight! Put the booking on {other} instead. How much more is that?",
                ),
                solve=(_take_other,),
            ),
        ),
    ),
    Dialogue(
        name="travel-talk-move-stay",
        split="test",
        traits=("reveals", "changes_mind", "irrelevant_detail"),
        draw=_stay_booked,
        stages=(
            Stage(
                asks=("Move my hotel booking {booking}: in on {arrival}, out on {departure}. New price?",),
                solve=(move_stay,),
                hidden={
                    "booking": Hidden(
                        asks=("I need other nights for one of my hotel bookings: in on {arrival}, out on {departure}. New price?",),
                        asked=BOOKING_ASKED,
                        says=("It's {booking}. The choir moved its concert, can you believe it?", "{booking}; we sing Brahms this year."),
                    )
                },
            ),
            Stage(
                asks=("Let's stay until {longer} after all. What does that make?", "Make it {longer} for leaving. And the price then?"),
                solve=(_stay_longer,),
            ),
        ),
    ),
)
