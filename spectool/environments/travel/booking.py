"""Booking flights, trains and rooms."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import conflict
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.narrowing import equal
from spectool.environments.travel.flights import Cabin
from spectool.environments.travel.hotels import RoomType, is_free
from spectool.environments.travel.places import Passengers, Stay, Traveller, fare_of, found, names_of, take_seats
from spectool.environments.travel.trains import TravelClass


def book_flight(
    state: State,
    *,
    flight_id: str,
    passengers: Passengers,
    cabin: Cabin = "economy",
    bags: Annotated[int, Meta(ge=0, le=18)] = 0,
) -> Row:
    """Book a flight for one or more passengers.

    Args:
        flight_id: Id of the flight as search_flights gives it, such as 7N218-20270315.
        passengers: Everybody who flies.
        cabin: Cabin to fly in.
        bags: How many checked bags all of them take together; each has its price.
    """
    flight = found(state, "flights", "flight", flight_id)
    fare = fare_of(flight, cabin, len(passengers))
    bag_price = found(state, "carriers", "airline", flight["airline"])["bag_price_eur"]
    chosen = {"flight_id": flight_id, "cabin": cabin, "passengers": names_of(passengers), "bags": bags}
    _refuse_twice(state, "flight_id", flight_id, chosen["passengers"])
    price = fare["price_eur"] * len(passengers) + bags * bag_price
    take_seats(state, "flights", flight_id, cabin, len(passengers))
    return _booked(state, {**trip(flight, "flight"), **chosen, "price_eur": price})


def book_train(
    state: State,
    *,
    train_id: str,
    passengers: Passengers,
    travel_class: TravelClass = "second",
    seat: Literal["any", "window", "aisle", "table"] = "any",
) -> Row:
    """Book seats on a train for one or more passengers.

    Args:
        train_id: Id of the train as search_trains gives it, such as TA2140-20270315.
        passengers: Everybody who travels.
        travel_class: Class to travel in.
        seat: Kind of seat wanted.
    """
    train = found(state, "trains", "train", train_id)
    fare = fare_of(train, travel_class, len(passengers))
    chosen = {"train_id": train_id, "travel_class": travel_class, "passengers": names_of(passengers), "seat": seat}
    _refuse_twice(state, "train_id", train_id, chosen["passengers"])
    take_seats(state, "trains", train_id, travel_class, len(passengers))
    return _booked(state, {**trip(train, "train"), **chosen, "price_eur": fare["price_eur"] * len(passengers)})


def book_hotel(state: State, *, hotel_id: str, room_type: RoomType, stay: Stay, guest: Traveller, breakfast: bool = False) -> Row:
    """Book a room in a hotel.

    Args:
        hotel_id: Id of the hotel as search_hotels gives it, such as H3144.
        room_type: Type of room.
        stay: Nights and guests.
        guest: Who the room is booked for.
        breakfast: Breakfast for all guests on all days.
    """
    hotel = found(state, "hotels", "hotel", hotel_id)
    terms: dict[str, Any] = {"hotel_id": hotel_id, "room_type": room_type, "guests": stay.guests, "breakfast": breakfast}
    price = price_of_stay(hotel, terms, stay)
    same = {"hotel_id": hotel_id, "room_type": room_type, "guest": guest.row(), "starts": stay.check_in, "status": "confirmed"}
    for row in equal(state["bookings"].rows(), **same):
        raise conflict(f"this room is booked for them already: booking '{row['booking_id']}'")
    where = {"kind": "hotel", "starts": stay.check_in, "ends": stay.check_out, "destination": hotel["city"]}
    return _booked(state, {**where, **terms, "guest": guest.row(), "price_eur": price})


def price_of_stay(hotel: Row, terms: Row, stay: Stay) -> int:
    """What a stay costs, with breakfast if ``terms`` say so, in euros.

    Raises:
        ToolError: the hotel has no such room, it is too small, or not free on all nights.
    """
    nights, kind = stay.nights(), terms["room_type"]
    room = hotel["rooms"].get(kind)
    if room is None:
        raise conflict(f"hotel '{hotel['hotel_id']}' has no {kind} rooms, only {', '.join(hotel['rooms'])}")
    if room["sleeps"] < stay.guests:
        raise conflict(f"a {kind} room of hotel '{hotel['hotel_id']}' sleeps {room['sleeps']}, got {stay.guests} guests")
    if not is_free(room, stay.check_in, stay.check_out):
        raise conflict(f"no {kind} room of hotel '{hotel['hotel_id']}' is free from {stay.check_in} to {stay.check_out}")
    per_night: int = room["price_per_night_eur"] + (stay.guests * hotel["breakfast_eur"] if terms["breakfast"] else 0)
    return nights * per_night


def trip(row: Row, kind: str) -> dict[str, Any]:
    """What a booking says of a flight or train, but for its id."""
    return {"kind": kind, "starts": row["departs"][:10], "origin": row["origin"], "destination": row["destination"]}


def _refuse_twice(state: State, name: str, id: str, passengers: Any) -> None:
    for row in state["bookings"].rows():
        if row.get(name) == id and row["status"] == "confirmed" and any(one in row["passengers"] for one in passengers):
            raise conflict(f"a passenger is booked on '{id}' already: booking '{row['booking_id']}'")


def _booked(state: State, row: Row) -> Row:
    id = state.new_id("bookings", "B", row)
    return state["bookings"].put(id, {"booking_id": id, "status": "confirmed", **row, "refund_eur": 0})
