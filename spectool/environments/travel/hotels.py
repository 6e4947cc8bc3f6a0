"""Hotels: search, details, rooms on given nights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.travel.places import Price, Stay, city_of, found

RoomType = Literal["single", "double", "family", "suite"]
Amenity = Literal["wifi", "pool", "gym", "parking", "restaurant", "spa", "pets_allowed", "airport_shuttle"]


def search_hotels(
    state: State,
    *,
    city: str,
    stay: Stay | None = None,
    min_stars: Annotated[int, Meta(ge=1, le=5)] | None = None,
    min_rating: Annotated[float, Meta(ge=0, le=10)] | None = None,
    max_price_per_night_eur: Price | None = None,
    amenities: Annotated[list[Amenity], Meta(min_length=1, max_length=8)] | None = None,
    max_km_to_centre: Annotated[float, Meta(gt=0, le=100)] | None = None,
    sort_by: Literal["price", "rating", "distance"] = "price",
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search the hotels of a city, each with its lowest price for a night.

    Args:
        city: City in English, such as Vienna.
        stay: Nights and guests; only hotels with a free room that sleeps them all are listed, and prices are those of such rooms. Without
            it, hotels are listed whether free or not, and prices are those of the cheapest room.
        min_stars: Fewest stars.
        min_rating: Lowest rating by guests, from 0 to 10.
        max_price_per_night_eur: Highest price of the room for one night, in euros, without breakfast.
        amenities: What the hotel must have, all of it.
        max_km_to_centre: Greatest distance from the city centre, in kilometres.
        sort_by: Lowest price, highest rating, or shortest distance from the centre first.
        page: Page of results, from 1.
        page_size: Hotels a page.
    """
    place, needed = city_of(state, city), set(amenities or ())
    if stay is not None:
        stay.nights()
    some = [
        row
        for row in state["hotels"].rows()
        if row["city"] == place
        and (min_stars is None or row["stars"] >= min_stars)
        and (min_rating is None or row["rating"] >= min_rating)
        and (max_km_to_centre is None or row["km_to_centre"] <= max_km_to_centre)
        and needed <= set(row["amenities"])
    ]
    offers = [_offer(row, price) for row in some if (price := _lowest(row, stay)) is not None]
    offers = [offer for offer in offers if max_price_per_night_eur is None or offer["price_per_night_eur"] <= max_price_per_night_eur]
    field = {"price": "price_per_night_eur", "rating": "rating", "distance": "km_to_centre"}[sort_by]
    return paged(ordered(offers, field, descending=sort_by == "rating"), page, page_size, name="hotels")


def get_hotel(state: State, *, hotel_id: str) -> Mapping[str, Any]:
    """What is known about one hotel: stars, rating, amenities, distance from the centre, breakfast, room types, terms of cancellation.

    For rooms that are free on given nights see get_hotel_rooms.

    Args:
        hotel_id: Id of the hotel as search_hotels gives it, such as H3144.
    """
    row = found(state, "hotels", "hotel", hotel_id)
    rooms = [
        {"room_type": kind, "sleeps": room["sleeps"], "price_per_night_eur": room["price_per_night_eur"]}
        for kind, room in row["rooms"].items()
    ]
    return {**row, "rooms": rooms}


def get_hotel_rooms(state: State, *, hotel_id: str, stay: Stay) -> Mapping[str, Any]:
    """The room types of a hotel that sleep the guests, whether they are free on all nights, and what the whole stay costs.

    Args:
        hotel_id: Id of the hotel as search_hotels gives it, such as H3144.
        stay: Nights and guests.
    """
    row, nights = found(state, "hotels", "hotel", hotel_id), stay.nights()
    rooms = [
        {
            "room_type": kind,
            "sleeps": room["sleeps"],
            "available": is_free(room, stay.check_in, stay.check_out),
            "total_price_eur": nights * room["price_per_night_eur"],
        }
        for kind, room in row["rooms"].items()
        if room["sleeps"] >= stay.guests
    ]
    return {"hotel_id": hotel_id, "nights": nights, "rooms": rooms}


def is_free(room: Row, check_in: str, check_out: str) -> bool:
    """Whether none of the nights is sold out; a span sold out ends with the day on which rooms are free again."""
    return all(check_out <= start or end <= check_in for start, end in room["sold_out"])


def _lowest(hotel: Row, stay: Stay | None) -> int | None:
    """The lowest price for a night; ``None`` where no room is free."""
    rooms = hotel["rooms"].values()
    if stay is not None:
        rooms = [room for room in rooms if room["sleeps"] >= stay.guests and is_free(room, stay.check_in, stay.check_out)]
    return min((room["price_per_night_eur"] for room in rooms), default=None)


def _offer(hotel: Row, price: int) -> dict[str, Any]:
    told = ("hotel_id", "name", "stars", "rating", "km_to_centre")
    return {**{name: hotel[name] for name in told}, "price_per_night_eur": price}
