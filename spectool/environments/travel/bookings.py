"""The user's bookings: listing, changing, cancelling."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

from spectool.environments.core.environment import TODAY
from spectool.environments.core.errors import conflict
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.dates import Date, day, in_order
from spectool.environments.parts.narrowing import between, equal
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.travel.booking import price_of_stay, trip
from spectool.environments.travel.places import Stay, city_of, fare_of, found, take_seats

Kind = Literal["flight", "train", "hotel"]
BRIEF = ("booking_id", "kind", "status", "starts", "destination", "price_eur")


def list_bookings(
    state: State,
    *,
    kind: Kind | None = None,
    status: Literal["confirmed", "cancelled", "completed"] | None = None,
    destination: str | None = None,
    starts_from: Date | None = None,
    starts_to: Date | None = None,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """List your bookings, those that start earliest first. All conditions given must hold.

    Args:
        kind: What is booked.
        status: Confirmed, cancelled, or completed, which is in the past.
        destination: City of arrival or of the hotel, in English.
        starts_from: Earliest day of departure or arrival at the hotel, YYYY-MM-DD.
        starts_to: Latest day of departure or arrival at the hotel, YYYY-MM-DD.
        page: Page of results, from 1.
        page_size: Bookings a page.
    """
    in_order(starts_from, starts_to)
    city = None if destination is None else city_of(state, destination)
    some = equal(state["bookings"].rows(), kind=kind, status=status, destination=city)
    listed = paged(ordered(between(some, "starts", starts_from, starts_to), "starts"), page, page_size, name="bookings")
    return {**listed, "bookings": [{name: row[name] for name in BRIEF} for row in listed["bookings"]]}


def get_booking(state: State, *, booking_id: str) -> Row:
    """Everything about one of your bookings: what is booked, for whom, on which terms, at which price.

    Args:
        booking_id: Id of the booking, such as B52104.
    """
    return found(state, "bookings", "booking", booking_id)


def change_flight(state: State, *, booking_id: str, flight_id: str) -> Mapping[str, Any]:
    """Move a booking to another flight, in the same cabin and with the same passengers and bags.

    The airline of the old flight takes its fee for a change and the difference to a higher fare; a lower fare is not paid back.

    Args:
        booking_id: Id of the booking of a flight, such as B52104.
        flight_id: Id of the new flight as search_flights gives it, such as 7N218-20270315.
    """
    booking = _open(state, booking_id, "flight")
    old, new = found(state, "flights", "flight", booking["flight_id"]), found(state, "flights", "flight", flight_id)
    if flight_id == booking["flight_id"]:
        raise conflict(f"booking '{booking_id}' is for flight '{flight_id}' already")
    cabin, seats = booking["cabin"], len(booking["passengers"])
    more = (fare_of(new, cabin, seats)["price_eur"] - old["fares"][cabin]["price_eur"]) * seats
    to_pay = max(more, 0) + found(state, "carriers", "airline", old["airline"])["change_fee_eur"]
    take_seats(state, "flights", booking["flight_id"], cabin, -seats)
    take_seats(state, "flights", flight_id, cabin, seats)
    changed = {**trip(new, "flight"), "flight_id": flight_id, "price_eur": booking["price_eur"] + to_pay}
    return {**state["bookings"].put(booking_id, {**booking, **changed}), "to_pay_eur": to_pay}


def change_hotel_stay(state: State, *, booking_id: str, check_in: Date, check_out: Date) -> Mapping[str, Any]:
    """Move a hotel booking to other nights, in the same room type and for as many guests, at the price of the new nights.

    Args:
        booking_id: Id of the booking of a hotel, such as B52104.
        check_in: New day of arrival, YYYY-MM-DD.
        check_out: New day of departure, YYYY-MM-DD.
    """
    booking = _open(state, booking_id, "hotel")
    if (check_in, check_out) == (booking["starts"], booking["ends"]):
        raise conflict(f"booking '{booking_id}' is from {check_in} to {check_out} already")
    hotel = found(state, "hotels", "hotel", booking["hotel_id"])
    price = price_of_stay(hotel, booking, Stay(check_in=check_in, check_out=check_out, guests=booking["guests"]))
    return state["bookings"].put(booking_id, {**booking, "starts": check_in, "ends": check_out, "price_eur": price})


def cancel_booking(state: State, *, booking_id: str) -> Row:
    """Cancel a booking and get back what its terms allow.

    Of flights and trains the carrier pays back its percentage; a hotel is free to cancel until so many days before arrival as it says,
    and after that costs a fifth of the price.

    Args:
        booking_id: Id of the booking, such as B52104.
    """
    booking = _open(state, booking_id, None)
    if booking["kind"] == "hotel":
        days = found(state, "hotels", "hotel", booking["hotel_id"])["free_cancellation_days"]
        refund = booking["price_eur"] * (100 if day(booking["starts"]) - timedelta(days=days) >= day(TODAY) else 80) // 100
    else:
        table, kind, carrier = ("flights", "cabin", "airline") if booking["kind"] == "flight" else ("trains", "travel_class", "railway")
        id = booking[f"{booking['kind']}_id"]
        refund = (
            booking["price_eur"] * found(state, "carriers", carrier, found(state, table, booking["kind"], id)[carrier])["refund_percent"]
        )
        refund //= 100
        take_seats(state, table, id, booking[kind], -len(booking["passengers"]))
    return state["bookings"].put(booking_id, {**booking, "status": "cancelled", "refund_eur": refund})


def _open(state: State, booking_id: str, kind: Kind | None) -> Row:
    """A booking that can still be changed.

    Raises:
        ToolError: there is none of that id, it is of another kind, or it is cancelled or over.
    """
    booking = found(state, "bookings", "booking", booking_id)
    if kind is not None and booking["kind"] != kind:
        raise conflict(f"expected the booking of a {kind}, got '{booking_id}' of a {booking['kind']}")
    if booking["status"] != "confirmed":
        raise conflict(f"booking '{booking_id}' is {booking['status']} already")
    return booking
