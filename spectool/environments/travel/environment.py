"""The travel environment: its tools in the order in which they are offered."""

from __future__ import annotations

from spectool.environments.core.environment import Environment
from spectool.environments.core.signature import reads, writes
from spectool.environments.travel.booking import book_flight, book_hotel, book_train
from spectool.environments.travel.bookings import cancel_booking, change_flight, change_hotel_stay, get_booking, list_bookings
from spectool.environments.travel.flights import get_flight, get_flight_prices, search_flights
from spectool.environments.travel.hotels import get_hotel, get_hotel_rooms, search_hotels
from spectool.environments.travel.trains import get_train, search_trains

TRAVEL = Environment(
    "travel",
    "Flights, trains and hotels in Europe, and the user's bookings.",
    (
        reads(search_flights),
        reads(get_flight),
        reads(get_flight_prices),
        reads(search_trains),
        reads(get_train),
        reads(search_hotels),
        reads(get_hotel),
        reads(get_hotel_rooms),
        writes(book_flight),
        writes(book_train),
        writes(book_hotel),
        reads(list_bookings),
        reads(get_booking),
        writes(change_flight),
        writes(change_hotel_stay),
        writes(cancel_booking),
    ),
)
