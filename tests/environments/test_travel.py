"""Flights, trains, hotels and bookings: what their tools answer, refuse and change."""

from __future__ import annotations

import pytest

from spectool.environments.core.errors import ToolError
from spectool.environments.travel.environment import TRAVEL

PORTO_BRUSSELS = {"origin": "Porto", "destination": "Brussels", "date": "2027-05-13"}
CASTELIO = {
    "flight_id": "4C518-20270513",
    "airline": "Castelio",
    "departs": "2027-05-13T12:00",
    "arrives": "2027-05-13T15:30",
    "duration_minutes": 150,
    "stops": 0,
    "price_eur": 116,
    "seats_left": 15,
}
WESTMERE = {
    **{"flight_id": "6W508-20270513", "airline": "Westmere Airways", "departs": "2027-05-13T13:10", "arrives": "2027-05-13T16:40"},
    **{"duration_minutes": 150, "stops": 0, "price_eur": 190, "seats_left": 9},
}
TO_ROME = {
    "flight_id": "4C734-20270404",
    "airline": "Castelio",
    "origin": "Dublin",
    "destination": "Rome",
    "departs": "2027-04-04T06:05",
    "arrives": "2027-04-04T13:05",
    "duration_minutes": 360,
    "stops": 1,
    "fares": {"economy": {"price_eur": 143, "seats_left": 4}, "business": {"price_eur": 347, "seats_left": 0}},
}
CHEAPEST = {"date": "2027-04-04", "price_eur": 143, "airline": "Castelio", "flight_id": "4C734-20270404"}
TO_HAMBURG = {
    "train_id": "KT3592-20270530",
    "railway": "Kestra Trains",
    "origin": "Berlin",
    "destination": "Hamburg",
    "departs": "2027-05-30T15:03",
    "arrives": "2027-05-30T16:55",
    "duration_minutes": 112,
    "changes": 0,
    "calls_at": [],
    "takes_bicycles": True,
    "fares": {"second": {"price_eur": 23, "seats_left": 3}, "first": {"price_eur": 39, "seats_left": 12}},
}
TRAIN_OFFER = {name: TO_HAMBURG[name] for name in ("train_id", "railway", "departs", "arrives", "duration_minutes", "changes")}
ARCH = {"hotel_id": "H3438", "name": "Saffron Arch Hotel", "stars": 3, "rating": 8.8, "km_to_centre": 3.2}
FOX = {"hotel_id": "H3445", "name": "Juniper Fox Inn", "stars": 5, "rating": 6.1, "km_to_centre": 7.0}
MAY = {"check_in": "2027-05-08", "check_out": "2027-05-11", "guests": 2}
LEON, ADA = {"first_name": "Leon", "last_name": "Bellini"}, {"first_name": "Ada", "last_name": "Bellini"}
IN_OSLO = {
    "booking_id": "B53843",
    "status": "confirmed",
    "kind": "hotel",
    "starts": "2027-03-05",
    "ends": "2027-03-10",
    "destination": "Oslo",
    "hotel_id": "H3466",
    "room_type": "double",
    "guests": 2,
    "guest": {"first_name": "Petra", "last_name": "Vanek"},
    "breakfast": True,
    "price_eur": 945,
    "refund_eur": 0,
}
TO_BRUSSELS = {
    "booking_id": "B52104",
    "status": "confirmed",
    "kind": "flight",
    "starts": "2027-05-14",
    "origin": "Porto",
    "destination": "Brussels",
    "flight_id": "7N753-20270514",
    "cabin": "economy",
    "passengers": [{"first_name": "Rafael", "last_name": "Pinto"}],
    "bags": 0,
    "price_eur": 118,
    "refund_eur": 0,
}
ONE_PAGE = {"page": 1, "next_page": None}

CALLS = {
    "flights of a day, the cheapest first, cities in any case": (
        "search_flights",
        {**PORTO_BRUSSELS, "origin": "porto"},
        {"flights": [CASTELIO, WESTMERE], "total": 2, **ONE_PAGE},
    ),
    "only flights with seats for all": (
        "search_flights",
        {**PORTO_BRUSSELS, "passengers": 9, "departs_from": "12:01", "sort_by": "departs"},
        {"flights": [WESTMERE], "total": 1, **ONE_PAGE},
    ),
    "no flight lands so early": (
        "search_flights",
        {**PORTO_BRUSSELS, "arrives_by": "15:29"},
        {"flights": [], "total": 0, **ONE_PAGE},
    ),
    "a flight with the terms of its airline": (
        "get_flight",
        {"flight_id": "4C734-20270404"},
        {**TO_ROME, "bag_price_eur": 42, "change_fee_eur": 60, "refund_percent": 80},
    ),
    "the lowest fares of a month": (
        "get_flight_prices",
        {"origin": "Dublin", "destination": "Rome", "period": "2027-04", "passengers": 3},
        {
            "days": [
                {"date": "2027-04-03", "price_eur": 196, "airline": "Norvane Air", "flight_id": "7N140-20270403"},
                CHEAPEST,
                {"date": "2027-04-05", "price_eur": 157, "airline": "Skylark & Sons", "flight_id": "8K812-20270405"},
            ],
            "cheapest": CHEAPEST,
        },
    ),
    "the lowest fares of a span": (
        "get_flight_prices",
        {"origin": "Dublin", "destination": "Rome", "period": {"start": "2027-04-04", "end": "2027-04-04"}},
        {"days": [CHEAPEST], "cheapest": CHEAPEST},
    ),
    "no fare where nobody flies": (
        "get_flight_prices",
        {"origin": "Dublin", "destination": "Dublin", "period": "2027-04"},
        {"days": [], "cheapest": None},
    ),
    "trains of one day": (
        "search_trains",
        {"origin": "Berlin", "destination": "Hamburg", "date": "2027-05-30", "max_price_eur": 23, "with_bicycle": True},
        {"trains": [{**TRAIN_OFFER, "price_eur": 23, "seats_left": 3}], "total": 1, **ONE_PAGE},
    ),
    "trains from a day on": (
        "search_trains",
        {"origin": "Berlin", "destination": "Hamburg", "date": {"start": "2027-05-30"}, "travel_class": "first", "travellers": 9},
        {"trains": [{**TRAIN_OFFER, "price_eur": 39, "seats_left": 12}], "total": 1, **ONE_PAGE},
    ),
    "a train with its terms": ("get_train", {"train_id": "KT3592-20270530"}, {**TO_HAMBURG, "refund_percent": 25}),
    "hotels at the price of their cheapest room": (
        "search_hotels",
        {"city": "Munich", "min_stars": 3, "amenities": ["wifi"], "max_price_per_night_eur": 168, "sort_by": "distance"},
        {
            "hotels": [{**ARCH, "price_per_night_eur": 100}, {**FOX, "price_per_night_eur": 168}],
            "total": 2,
            **ONE_PAGE,
        },
    ),
    "hotels with a free room for two, at its price": (
        "search_hotels",
        {"city": "Munich", "min_stars": 3, "amenities": ["wifi"], "stay": MAY, "sort_by": "rating"},
        {"hotels": [{**ARCH, "price_per_night_eur": 130}, {**FOX, "price_per_night_eur": 218}], "total": 2, **ONE_PAGE},
    ),
    "where the double is sold out, the family room counts": (
        "search_hotels",
        {"city": "Munich", "min_rating": 8.8, "stay": {"check_in": "2027-05-26", "check_out": "2027-05-28", "guests": 2}},
        {"hotels": [{**ARCH, "price_per_night_eur": 190}], "total": 1, **ONE_PAGE},
    ),
    "a hotel": (
        "get_hotel",
        {"hotel_id": "H3214"},
        {
            "hotel_id": "H3214",
            "name": "Orchard Arch Hotel",
            "city": "Edinburgh",
            "stars": 4,
            "rating": 6.7,
            "km_to_centre": 7.1,
            "amenities": ["airport_shuttle", "spa"],
            "breakfast_eur": 18,
            "free_cancellation_days": 2,
            "rooms": [
                {"room_type": "single", "sleeps": 1, "price_per_night_eur": 152},
                {"room_type": "double", "sleeps": 2, "price_per_night_eur": 198},
            ],
        },
    ),
    "rooms are free again on the day that a span sold out ends": (
        "get_hotel_rooms",
        {"hotel_id": "H3438", "stay": {"check_in": "2027-05-27", "check_out": "2027-05-28", "guests": 2}},
        {
            "hotel_id": "H3438",
            "nights": 1,
            "rooms": [
                {"room_type": "double", "sleeps": 2, "available": True, "total_price_eur": 130},
                {"room_type": "family", "sleeps": 4, "available": True, "total_price_eur": 190},
            ],
        },
    ),
    "bookings by kind, place and day": (
        "list_bookings",
        {"kind": "hotel", "destination": "oslo", "starts_from": "2027-03-05", "starts_to": "2027-03-05"},
        {
            "bookings": [{name: IN_OSLO[name] for name in ("booking_id", "kind", "status", "starts", "destination", "price_eur")}],
            "total": 1,
            **ONE_PAGE,
        },
    ),
    "a booking": ("get_booking", {"booking_id": "B53843"}, IN_OSLO),
}


@pytest.mark.parametrize("case", CALLS)
def test_a_call_returns(case):
    name, arguments, expected = CALLS[case]
    state = TRAVEL.fresh()
    assert TRAVEL.call(state, name, arguments) == expected
    assert state.changes() == {}


ROOM = {"hotel_id": "H3214", "guest": LEON, "stay": MAY}
REFUSED = {
    "no such city": ("search_hotels", {"city": "Atlantis"}, "not_found", "no city 'Atlantis'"),
    "no such flight": ("get_flight", {"flight_id": "7N1"}, "not_found", "no flight '7N1'"),
    "no such train": ("get_train", {"train_id": "7N753-20270514"}, "not_found", "no train '7N753-20270514'"),
    "no such hotel": ("get_hotel", {"hotel_id": "H1"}, "not_found", "no hotel 'H1'"),
    "no such booking": ("cancel_booking", {"booking_id": "B1"}, "not_found", "no booking 'B1'"),
    "a day that no calendar has": (
        "search_flights",
        {**PORTO_BRUSSELS, "date": "2027-02-30"},
        "invalid_argument",
        "expected a date of the calendar, YYYY-MM-DD, got '2027-02-30'",
    ),
    "a stay of no night": (
        "search_hotels",
        {"city": "Rome", "stay": {"check_in": "2027-05-03", "check_out": "2027-05-03"}},
        "invalid_argument",
        "expected a stay of 1 to 30 nights, got '2027-05-03' to '2027-05-03'",
    ),
    "a stay in the past": (
        "get_hotel_rooms",
        {"hotel_id": "H3214", "stay": {"check_in": "2027-02-27", "check_out": "2027-03-02"}},
        "invalid_argument",
        "expected a day of arrival from '2027-03-01' on, got '2027-02-27'",
    ),
    "more passengers than seats": (
        "book_train",
        {"train_id": "KT3592-20270530", "passengers": [LEON, ADA, LEON, ADA]},
        "conflict",
        "expected 4 seats left in second, got 3",
    ),
    "a cabin that the flight lacks": (
        "book_flight",
        {"flight_id": "7N753-20270514", "passengers": [LEON], "cabin": "business"},
        "conflict",
        "there is no business on this flight",
    ),
    "a room that the hotel lacks": (
        "book_hotel",
        {**ROOM, "room_type": "suite"},
        "conflict",
        "hotel 'H3214' has no suite rooms, only single, double",
    ),
    "a room that is too small": (
        "book_hotel",
        {**ROOM, "room_type": "single"},
        "conflict",
        "a single room of hotel 'H3214' sleeps 1, got 2 guests",
    ),
    "a room that is sold out": (
        "book_hotel",
        {"hotel_id": "H3438", "room_type": "double", "guest": LEON, "stay": {"check_in": "2027-05-26", "check_out": "2027-05-27"}},
        "conflict",
        "no double room of hotel 'H3438' is free from 2027-05-26 to 2027-05-27",
    ),
    "a booking of another kind": (
        "change_hotel_stay",
        {"booking_id": "B52104", "check_in": "2027-05-08", "check_out": "2027-05-11"},
        "conflict",
        "expected the booking of a hotel, got 'B52104' of a flight",
    ),
    "the nights that are booked": (
        "change_hotel_stay",
        {"booking_id": "B53843", "check_in": "2027-03-05", "check_out": "2027-03-10"},
        "conflict",
        "booking 'B53843' is from 2027-03-05 to 2027-03-10 already",
    ),
    "the flight that is booked": (
        "change_flight",
        {"booking_id": "B52104", "flight_id": "7N753-20270514"},
        "conflict",
        "booking 'B52104' is for flight '7N753-20270514' already",
    ),
    "what is cancelled already": ("cancel_booking", {"booking_id": "B52215"}, "conflict", "booking 'B52215' is cancelled already"),
    "what lies in the past": ("cancel_booking", {"booking_id": "B54398"}, "conflict", "booking 'B54398' is completed already"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_call_is_refused(case):
    name, arguments, code, message = REFUSED[case]
    state = TRAVEL.fresh()
    with pytest.raises(ToolError) as refused:
        TRAVEL.call(state, name, arguments)
    assert (refused.value.code, refused.value.message) == (code, message)
    assert state.changes() == {}


def with_seats(row, kind, seats):
    return {**row, "fares": {**row["fares"], kind: {**row["fares"][kind], "seats_left": seats}}}


def test_a_flight_is_booked_with_bags_and_nobody_twice():
    state = TRAVEL.fresh()
    arguments = {"flight_id": "4C734-20270404", "passengers": [LEON, ADA], "bags": 1}
    booked = TRAVEL.call(state, "book_flight", arguments)
    expected = {
        **{"booking_id": booked["booking_id"], "status": "confirmed", "kind": "flight", "starts": "2027-04-04"},
        **{"origin": "Dublin", "destination": "Rome", "flight_id": "4C734-20270404", "cabin": "economy"},
        **{"passengers": [ADA, LEON], "bags": 1, "price_eur": 2 * 143 + 42, "refund_eur": 0},
    }
    assert booked == expected
    assert state.changes() == {
        "bookings": {booked["booking_id"]: expected},
        "flights": {"4C734-20270404": with_seats(TO_ROME, "economy", 2)},
    }
    with pytest.raises(ToolError, match=f"a passenger is booked on '4C734-20270404' already: booking '{booked['booking_id']}'"):
        TRAVEL.call(state, "book_flight", {"flight_id": "4C734-20270404", "passengers": [LEON]})


def test_who_is_named_first_makes_no_difference():
    one, other = TRAVEL.fresh(), TRAVEL.fresh()
    TRAVEL.call(one, "book_train", {"train_id": "KT3592-20270530", "passengers": [LEON, ADA], "seat": "table"})
    TRAVEL.call(other, "book_train", {"train_id": "KT3592-20270530", "passengers": [ADA, LEON], "seat": "table"})
    assert one.changes() == other.changes()
    assert one.changes()["trains"] == {"KT3592-20270530": with_seats(TO_HAMBURG, "second", 1)}


def test_a_room_is_booked_with_breakfast_for_both_and_not_twice():
    state = TRAVEL.fresh()
    arguments = {"hotel_id": "H3438", "room_type": "double", "stay": MAY, "guest": LEON, "breakfast": True}
    booked = TRAVEL.call(state, "book_hotel", arguments)
    expected = {
        **{"booking_id": booked["booking_id"], "status": "confirmed", "kind": "hotel", "starts": "2027-05-08", "ends": "2027-05-11"},
        **{"destination": "Munich", "hotel_id": "H3438", "room_type": "double", "guests": 2, "breakfast": True, "guest": LEON},
        **{"price_eur": 3 * (130 + 2 * 18), "refund_eur": 0},
    }
    assert booked == expected
    assert state.changes() == {"bookings": {booked["booking_id"]: expected}}
    with pytest.raises(ToolError, match=f"this room is booked for them already: booking '{booked['booking_id']}'"):
        TRAVEL.call(state, "book_hotel", {**arguments, "breakfast": False})


def test_a_flight_is_changed_for_a_dearer_one_and_its_seat_is_free_again():
    state = TRAVEL.fresh()
    before = TRAVEL.records["flights"]
    changed = {**TO_BRUSSELS, "flight_id": "6W508-20270513", "starts": "2027-05-13", "price_eur": 118 + 15 + 72}
    asked = {"booking_id": "B52104", "flight_id": "6W508-20270513"}
    assert TRAVEL.call(state, "change_flight", asked) == {**changed, "to_pay_eur": 15 + 72}
    assert state.changes() == {
        "bookings": {"B52104": changed},
        "flights": {
            "6W508-20270513": with_seats(before["6W508-20270513"], "economy", 8),
            "7N753-20270514": with_seats(before["7N753-20270514"], "economy", 2),
        },
    }


def test_a_lower_fare_is_not_paid_back():
    state = TRAVEL.fresh()
    assert TRAVEL.call(state, "change_flight", {"booking_id": "B52104", "flight_id": "4C518-20270513"})["to_pay_eur"] == 15


def test_a_stay_is_moved_at_the_price_of_the_new_nights():
    state = TRAVEL.fresh()
    moved = {**IN_OSLO, "starts": "2027-04-20", "ends": "2027-04-22", "price_eur": 378}
    asked = {"booking_id": "B53843", "check_in": "2027-04-20", "check_out": "2027-04-22"}
    assert TRAVEL.call(state, "change_hotel_stay", asked) == moved
    assert state.changes() == {"bookings": {"B53843": moved}}


def test_a_stay_is_free_to_cancel_until_its_days_before_arrival_and_costs_a_fifth_after():
    state = TRAVEL.fresh()
    assert TRAVEL.call(state, "cancel_booking", {"booking_id": "B53843"}) == {**IN_OSLO, "status": "cancelled", "refund_eur": 945}
    near = {"hotel_id": "H3438", "room_type": "single", "guest": LEON, "stay": {"check_in": "2027-03-07", "check_out": "2027-03-08"}}
    booked = TRAVEL.call(state, "book_hotel", near)
    assert TRAVEL.call(state, "cancel_booking", {"booking_id": booked["booking_id"]})["refund_eur"] == 80


def test_of_a_flight_the_airline_pays_its_percentage_back():
    state = TRAVEL.fresh()
    cancelled = {**TO_BRUSSELS, "status": "cancelled", "refund_eur": 59}
    assert TRAVEL.call(state, "cancel_booking", {"booking_id": "B52104"}) == cancelled
    assert state.changes()["flights"] == {"7N753-20270514": with_seats(TRAVEL.records["flights"]["7N753-20270514"], "economy", 2)}


def test_records_agree_with_one_another():
    records = TRAVEL.records
    for row in (*records["flights"].values(), *records["trains"].values()):
        assert {row["origin"], row["destination"]} <= records["cities"].keys()
        assert row["departs"][:10] == row["arrives"][:10]
    for row in records["bookings"].values():
        assert row["refund_eur"] <= row["price_eur"]
        assert (row["status"] == "completed") == (row["starts"] < TRAVEL.today)
        if row["kind"] == "hotel":
            hotel = records["hotels"][row["hotel_id"]]
            assert (hotel["city"], row["starts"] < row["ends"]) == (row["destination"], True)
        else:
            trip = records[f"{row['kind']}s"][row[f"{row['kind']}_id"]]
            assert [trip["origin"], trip["departs"][:10]] == [row["origin"], row["starts"]]
