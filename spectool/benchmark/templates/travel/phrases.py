"""What travel requests have in common: people, nights, and arguments that never change an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Either, Slots, either
from spectool.benchmark.templates.searching import SHORT
from spectool.environments.core.tables import Row

ORDER = ("sort_by",)
"""No search of ours finds more than a page, so that its order is nobody's business."""
FIRST = ("Ada", "Bashir", "Cleo", "Dmitri", "Esra", "Finn", "Gaia", "Hamid", "Isolde", "Jude", "Katya", "Leon", "Mirza", "Nell")
LAST = ("Achterberg", "Bellini", "Castellanos", "Dragomir", "Ekström", "Falk", "Grech", "Halloran", "Ivanova", "Jurić", "Kastner")
KINDS = {"flight": "flight", "train": "train journey", "hotel": "hotel stay"}
BOOKING_ASKED = ("booking", "number", "which", "id", "reference")


def a_person(draws: Draws) -> dict[str, str]:
    """Somebody who has no bookings yet."""
    return {"first_name": draws.pick(*FIRST), "last_name": draws.pick(*LAST)}


def full_name(person: Mapping[str, str]) -> str:
    """First name and last name."""
    return f"{person['first_name']} {person['last_name']}"


def nights(check_in: str, check_out: str, guests: int) -> Any:
    """A stay as a tool takes it; one guest need not be told."""
    plain = {"check_in": check_in, "check_out": check_out}
    told = {**plain, "guests": guests}
    return either(told, plain) if guests == 1 else told


def later(iso: str, days: int) -> str:
    """That many days after a date."""
    return (date.fromisoformat(iso) + timedelta(days=days)).isoformat()


def hotel_named(act: Act, city: str, name: str, **narrow: Any) -> Row | None:
    """The hotel of that name in a city, as a search lists it."""
    listed = act("search_hotels", {"city": city, **narrow, **SHORT}, free=ORDER)["hotels"]
    return next((row for row in listed if row["name"] == name), None)


def cancel(act: Act, slots: Slots) -> Claims:
    """Cancels a booking; the answer is what is paid back."""
    return [str(act("cancel_booking", {"booking_id": slots["booking"]})["refund_eur"])]


def move_stay(act: Act, slots: Slots) -> Claims:
    """Moves a stay at a hotel to other days; the answer is what it then costs."""
    query = {"booking_id": slots["booking"], "check_in": slots["arrival"], "check_out": slots["departure"]}
    return [str(act("change_hotel_stay", query)["price_eur"])]


def one_day(day: str) -> Either:
    """A single day for a tool that takes spans as well."""
    return either(day, {"start": day, "end": day})


def lowest(rows: list[Row], field: str) -> Row | None:
    """The row with the lowest value, if only one has it."""
    ordered = sorted(rows, key=lambda row: float(row[field]))
    if not ordered or (len(ordered) > 1 and ordered[0][field] == ordered[1][field]):
        return None
    return ordered[0]
