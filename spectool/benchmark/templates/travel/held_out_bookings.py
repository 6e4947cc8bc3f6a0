"""Travel tasks to report: the user's bookings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, maybe, said
from spectool.benchmark.templates.best_first import sorted_or_all
from spectool.benchmark.templates.calendar_words import day_said
from spectool.benchmark.templates.searching import PAGE, SHORT, WHOLE
from spectool.benchmark.templates.travel.phrases import BOOKING_ASKED, ORDER, later, move_stay


def _stay_to_move(draws: Draws) -> Slots:
    row = draws.row("bookings", lambda row: row["kind"] == "hotel" and row["status"] == "confirmed")
    check_in = f"2027-0{draws.number(4, 6)}-{draws.number(1, 28):02d}"
    return {"booking": row["booking_id"], "arrival": day_said(check_in), "departure": day_said(later(check_in, draws.number(1, 5)))}


def _flight_booked(draws: Draws) -> Slots:
    row = draws.row("bookings", lambda row: row["kind"] == "flight" and row["status"] == "confirmed")
    return {
        "booking": row["booking_id"],
        "days": draws.pick(said(1, "the day after"), said(2, "two days after"), said(-1, "the day before")),
    }


def _move_flight(act: Act, slots: Slots, how: Mapping[str, Any], free: Sequence[str]) -> Claims | None:
    booking = act("get_booking", {"booking_id": slots["booking"]})
    query = {
        "origin": booking["origin"],
        "destination": booking["destination"],
        "date": later(booking["starts"], slots["days"]),
        "cabin": booking["cabin"],
        # Results show seats.
        "passengers": maybe(len(booking["passengers"])),
    }
    found = sorted(act("search_flights", {**query, **how}, free=free)["flights"], key=lambda row: str(row["departs"]))
    if not found or (len(found) > 1 and found[0]["departs"] == found[1]["departs"]):
        return None
    changed = act("change_flight", {"booking_id": slots["booking"], "flight_id": found[0]["flight_id"]})
    return [str(changed["to_pay_eur"])]


def _kind_and_month(draws: Draws) -> Slots:
    kinds = (said("flight", "flights"), said("train", "train journeys"), said("hotel", "hotel stays"))
    months = (
        said("2027-03", "this month", "in the current month"),
        said("2027-04", "next month", "in the month that follows this one"),
        said("2027-05", "in the month after next", "two months from now (the whole month)"),
        said("2027-06", "three months from now (the whole month)", "in June this year"),
    )
    return {"kind": draws.pick(*kinds), "status": draws.pick("confirmed", "cancelled"), "month": draws.pick(*months)}


def _bookings_in_month(act: Act, slots: Slots) -> Claims | None:
    month = slots["month"]
    last = {"03": "31", "04": "30", "05": "31", "06": "30"}[month[5:]]
    query = {"kind": slots["kind"], "status": slots["status"], "starts_from": f"{month}-01", "starts_to": f"{month}-{last}"}
    found = act("list_bookings", {**query, **WHOLE})
    return [row["booking_id"] for row in found["bookings"]] if 0 < found["total"] <= PAGE else None


TEMPLATES = (
    Template(
        name="travel-move-stay",
        kind="state_changing",
        split="test",
        mode="required",
        asks=(
            "Move my hotel booking {booking} to new nights: arriving {arrival}, leaving {departure}. What is the new price?",
            "Our plans have shifted. Under {booking} we should now arrive on {arrival} and leave on {departure}. Change that, please, and "
            "tell me what the stay costs now.",
        ),
        draw=_stay_to_move,
        solve=(move_stay,),
        hidden={
            "booking": Hidden(
                asks=(
                    "Move the hotel booking I gave you the number of to new nights: arriving {arrival}, leaving {departure}. New price?",
                    "Our plans have shifted. Under the booking on my sticky note we should now arrive on {arrival} and leave on "
                    "{departure}. Change that, please. What does it cost now?",
                ),
                asked=BOOKING_ASKED,
                says=("I mean {booking}.", "{booking}."),
            )
        },
        irrelevant=("And ask them for a cot in the room.", "We'd like the same room number as last year."),
    ),
    Template(
        name="travel-move-flight",
        kind="multi_step",
        split="test",
        asks=(
            "Move booking {booking} to the flight that leaves first {days} its present date, same route. What do I have to pay for that?",
            "I want to fly {days} the date I booked: please change {booking} to the earliest departure then and tell me the extra cost.",
        ),
        draw=_flight_booked,
        solve=sorted_or_all(_move_flight, SHORT, ORDER, lambda _: {"sort_by": "departs"}),
    ),
    Template(
        name="travel-bookings-in-month",
        kind="several_constraints",
        split="test",
        dated=True,
        asks=(
            "Which of my {kind} that begin {month} are {status}? The booking numbers will do.",
            "Give me the numbers of all {status} {kind} of mine that start {month}.",
        ),
        draw=_kind_and_month,
        solve=(_bookings_in_month,),
    ),
)
