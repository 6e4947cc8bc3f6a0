"""Travel tasks to choose by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, maybe, said
from spectool.benchmark.templates.calendar_words import day_said
from spectool.benchmark.templates.searching import SHORT, WHOLE
from spectool.benchmark.templates.travel.phrases import BOOKING_ASKED, KINDS, ORDER, cancel, full_name, one_day


def _trip_booked(draws: Draws) -> Slots:
    return {"booking": draws.row("bookings", lambda row: row["kind"] != "hotel")["booking_id"]}


def _who_travels(act: Act, slots: Slots) -> Claims:
    return [full_name(one) for one in act("get_booking", {"booking_id": slots["booking"]})["passengers"]]


def _train_with_bicycle(draws: Draws) -> Slots:
    row = draws.row("trains", lambda row: row["takes_bicycles"] and row["changes"] == 0 and row["fares"]["second"]["seats_left"] > 0)
    hour = draws.number(6, int(row["departs"][11:13]))
    earliest = said(f"{hour:02d}:00", f"not before {hour}:00", f"leaving at {hour}:00 or later")
    where = {"origin": row["origin"], "destination": row["destination"]}
    return {**where, "date": day_said(row["departs"][:10]), "earliest": earliest}


def _all_with_bicycle(act: Act, slots: Slots) -> Claims | None:
    return _first_with_bicycle(act, slots, {"max_changes": maybe(0), "departs_from": maybe(slots["earliest"]), **SHORT}, ORDER)


def _sorted_with_bicycle(act: Act, slots: Slots) -> Claims | None:
    how = {"max_changes": 0, "departs_from": slots["earliest"], "sort_by": "departs"}
    return _first_with_bicycle(act, slots, how, ("page_size",))


def _first_with_bicycle(act: Act, slots: Slots, how: Mapping[str, Any], free: Sequence[str]) -> Claims | None:
    """Of the trains that take bicycles; results show when they leave and how many changes they need."""
    where = {"origin": slots["origin"], "destination": slots["destination"], "date": one_day(slots["date"])}
    found = act("search_trains", {**where, "with_bicycle": True, **how}, free=free)["trains"]
    if not found or (len(found) > 1 and found[0]["departs"] == found[1]["departs"]):
        return None
    return [found[0]["railway"], found[0]["departs"][11:]]


def _stay_booked(draws: Draws) -> Slots:
    return {"city": draws.row("bookings", lambda row: row["kind"] == "hotel" and row["status"] == "confirmed")["destination"]}


def _days_to_cancel(act: Act, slots: Slots) -> Claims | None:
    query = {"kind": maybe("hotel"), "destination": slots["city"], "status": maybe("confirmed")}
    listed = act("list_bookings", {**query, **WHOLE})["bookings"]
    stays = [row for row in listed if (row["kind"], row["status"]) == ("hotel", "confirmed")]
    if len(stays) != 1:
        return None
    booking = act("get_booking", {"booking_id": stays[0]["booking_id"]})
    return [str(act("get_hotel", {"hotel_id": booking["hotel_id"]})["free_cancellation_days"])]


def _booking_open(draws: Draws) -> Slots:
    row = draws.row("bookings", lambda row: row["status"] == "confirmed")
    return {"booking": row["booking_id"], "kind": said(row["kind"], KINDS[row["kind"]])}


def _city(draws: Draws) -> Slots:
    return {"city": draws.row("cities")["city"]}


TEMPLATES = (
    Template(
        name="travel-who-travels",
        kind="one_constraint",
        split="val",
        asks=("Who is travelling on booking {booking}? All names, please.", "Give me the names of everybody on my booking {booking}."),
        draw=_trip_booked,
        solve=(_who_travels,),
        irrelevant=("Add their dates of birth.", "In the order in which they will board."),
        together=("Who are the passengers of booking {booking}, and who are those of {booking_2}?",),
    ),
    Template(
        name="travel-first-train-with-bicycle",
        kind="several_constraints",
        split="val",
        asks=(
            "Which is the first direct train from {origin} to {destination} on {date}, {earliest}, that takes my bicycle? Railway and "
            "time of departure.",
            "I'm taking a bike from {origin} to {destination} on {date}, {earliest}, and do not want to change trains. When does the first "
            "train go, and whose is it?",
        ),
        paraphrases=(
            "Cycling holiday! On {date} I set off from {origin} for {destination} with my bicycle, {earliest}, and changing with it "
            "would be a nightmare. What's the earliest train I can take, and which railway runs it?",
        ),
        draw=_train_with_bicycle,
        solve=(_all_with_bicycle, _sorted_with_bicycle),
        hidden={
            "destination": Hidden(
                asks=(
                    "Which is the first direct train from {origin} on {date}, {earliest}, that takes my bicycle? Railway and time, please.",
                    "I'm leaving {origin} by train with a bike on {date}, {earliest}, without changing. When does the first one go?",
                ),
                asked=("where", "destination", "to", "which city"),
                says=("To {destination}.", "I'm going to {destination}."),
            )
        },
        irrelevant=("There should be a children's playground on board.", "I need a place where I can charge the bike's battery."),
    ),
    Template(
        name="travel-days-to-cancel",
        kind="multi_step",
        split="val",
        asks=(
            "I have a hotel in {city} booked. Up to how many days before arrival does it let me cancel for free?",
            "How long before I arrive at my booked hotel in {city} does free cancellation end, in days?",
        ),
        draw=_stay_booked,
        solve=(_days_to_cancel,),
    ),
    Template(
        name="travel-cancel",
        kind="state_changing",
        split="val",
        mode="required",
        asks=("Cancel booking {booking} and tell me what I get back.", "I can't make it: please call off {booking}. How much is refunded?"),
        paraphrases=(
            "Life got in the way, so the {kind} under {booking} is not happening. Undo it and let me know what money returns to me.",
        ),
        draw=_booking_open,
        solve=(cancel,),
        hidden={
            "booking": Hidden(
                asks=(
                    "Cancel the booking that I gave your colleague the number of, and tell me what I get back.",
                    "I wrote you a booking number by letter yesterday. Please call that one off. How much is refunded?",
                    "There is a sticky note with a booking number on my desk. That booking is to be cancelled; what do I get back?",
                ),
                asked=BOOKING_ASKED,
                says=("It's {booking}.", "{booking}, the {kind}."),
            )
        },
    ),
    Template(
        name="travel-unrelated-val",
        kind="unrelated_request",
        split="val",
        asks=(
            "How do I say 'where is the station' in the language they speak in {city}?",
            "Change 200 euros into Japanese yen for me before I leave {city}.",
            "Which vaccinations should I have before going to {city}?",
        ),
        draw=_city,
    ),
)
