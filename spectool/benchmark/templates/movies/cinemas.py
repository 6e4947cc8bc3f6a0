"""Showings, cinemas, and seats in them."""

from __future__ import annotations

from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, maybe, said
from spectool.benchmark.templates.movies.wording import NUMBERS, ROOMY, TODAY, any_order, day_soon, find_movie, number_said
from spectool.environments.records import records_of
from spectool.environments.tables import Row

CITIES = ("Leeds", "Ghent", "Porto", "Graz", "Turin")
SNACKS = {
    "popcorn": ("popcorn", "portions of popcorn"),
    "nachos": ("nachos", "portions of nachos"),
    "soft_drink": ("soft drinks", "soft drinks"),
    "water": ("water", "bottles of water"),
}
FORMATS = {"3d": ("3D",), "large_screen": ("a large screen", "the large-screen format"), "standard": ("the standard format",)}
Narrow = dict[str, Any]


def _coming(draws: Draws, seats: int) -> tuple[Row, Row, Row]:
    """A showing after today with seats left, its film and its cinema."""
    row = draws.row("showings", lambda row: row["date"] > TODAY and row["free_seats"] >= seats)
    records = records_of("movies")
    return row, records["movies"][row["movie_id"]], records["cinemas"][row["cinema_id"]]


def clock_said(time: str) -> Any:
    """A time of day on the hour or at its quarters, as people say it."""
    hour, minute = int(time[:2]), time[3:]
    twelve = hour - 12 if hour > 12 else hour
    words = {"00": (f"{twelve} pm",), "15": (f"quarter past {NUMBERS[twelve]} in the {_part(hour)}",), "30": (f"{twelve}:30 pm",)}
    return said(time, time, *words.get(minute, (f"{twelve}:{minute} pm",)))


def _part(hour: int) -> str:
    return "afternoon" if hour < 18 else "evening"


def _seat_wish(draws: Draws) -> Slots:
    number = draws.number(2, 5)
    row, film, cinema = _coming(draws, number)
    return {
        "title": film["title"],
        "cinema": cinema["name"],
        "city": cinema["city"],
        "day": day_soon(row["date"]),
        "time": clock_said(row["time"]),
        "number": number_said(number),
    }


def showing_of(act: Act, slots: Slots, given: Narrow) -> Row | None:
    """The showing that a request means, among those that a search with ``given`` finds."""
    day, city = slots["day"], slots["city"]
    narrowing = {"date_from": maybe(day, TODAY), "date_to": maybe(day), "city": maybe(city), "page_size": ROOMY}
    times = {"earliest": maybe(slots["time"]), "latest": maybe(slots["time"])}
    found = act("find_showings", {**narrowing, **times, **given}, free=("sort_by",))["showings"]
    meant = [row for row in found if (row["title"], row["cinema"], row["time"]) == (slots["title"], slots["cinema"], slots["time"])]
    return meant[0] if len(meant) == 1 else None


def by_film(act: Act, slots: Slots) -> Row | None:
    """By the film's id, then its showings."""
    film = find_movie(act, slots["title"])
    return film and showing_of(act, slots, {"movie_id": film["movie_id"]})


def by_city(act: Act, slots: Slots) -> Row | None:
    """By city and day alone: the list tells titles and cinemas."""
    exactly = {"city": slots["city"], "date_from": slots["day"], "date_to": slots["day"]}
    return showing_of(act, slots, exactly)


def by_cinema(act: Act, slots: Slots) -> Row | None:
    """By the cinema's id, then what it shows."""
    cinemas = act("search_cinemas", {"city": slots["city"]}, free=())["cinemas"]
    id = next(row["cinema_id"] for row in cinemas if row["name"] == slots["cinema"])
    film = maybe(next(row["movie_id"] for row in records_of("movies")["movies"].values() if row["title"] == slots["title"]))
    return showing_of(act, slots, {"cinema_id": id, "date_from": slots["day"], "date_to": slots["day"], "movie_id": film})


def _reserve(act: Act, row: Row | None, slots: Slots) -> Claims | None:
    if row is None:
        return None
    booked = act("reserve_cinema_seats", {"showing_id": row["showing_id"], "seats": slots["number"]})
    return [_euros(booked["total_eur"])]


def _euros(amount: float) -> str:
    return f"{amount:g}"


def _evening(draws: Draws) -> Slots:
    row, _, _ = _coming(draws, 0)
    seats = draws.number(2, 8)
    return {
        "city": draws.pick(*CITIES),
        "day": day_soon(row["date"]),
        "from": clock_said(draws.pick("16:00", "18:00", "19:00", "20:00")),
        "price": draws.pick(10, 12, 13),
        "seats": number_said(seats),
    }


def _count_showings(act: Act, slots: Slots) -> Claims | None:
    asked = {"city": slots["city"], "date_from": slots["day"], "date_to": slots["day"], "earliest": slots["from"]}
    limits = {"max_price_eur": slots["price"], "min_free_seats": slots["seats"]}
    total = act("find_showings", {**asked, **limits}, free=("sort_by", "page", "page_size"))["total"]
    return [str(total)] if total else None


def _somewhere(draws: Draws) -> Slots:
    row, format = draws.row("cinemas"), draws.pick("3d", "large_screen", "standard")
    return {
        "latitude": round(row["latitude"] + draws.number(-90, 90) / 10_000, 4),
        "longitude": round(row["longitude"] + draws.number(-90, 90) / 10_000, 4),
        "radius": draws.pick(3, 4, 5, 6, 8),
        "format": said(format, *FORMATS[format]),
    }


def _nearest(act: Act, slots: Slots) -> Claims | None:
    near = {"latitude": slots["latitude"], "longitude": slots["longitude"], "radius_km": slots["radius"]}
    found = act("search_cinemas", {"near": near, "format": slots["format"], "wheelchair_access": True})["cinemas"]
    if not found or len(found) > 1 and found[0]["distance_km"] == found[1]["distance_km"]:
        return None
    return [found[0]["name"], str(found[0]["distance_km"])]


def _named_seats(draws: Draws) -> Slots:
    row, _, _ = _coming(draws, 6)
    free = [f"{line}{number}" for line in "ABCDE" for number in range(1, 9) if f"{line}{number}" not in row["taken"]]
    first, second = sorted(draws.rng.sample(free, 2))
    snack, count = draws.pick(*SNACKS), draws.number(2, 6)
    return {
        "showing": row["showing_id"],
        "one": first,
        "other": second,
        "snack": said(snack, SNACKS[snack][1]),
        "count": number_said(count),
    }


def _reserve_named(act: Act, slots: Slots) -> Claims:
    snacks = [{"item": slots["snack"], "count": slots["count"]}]
    seats = any_order([slots["one"], slots["other"]])
    return [_euros(act("reserve_cinema_seats", {"showing_id": slots["showing"], "seats": seats, "snacks": snacks})["total_eur"])]


def _held(draws: Draws) -> Slots:
    row = draws.row("reservations", lambda row: row["status"] == "confirmed")
    showing = records_of("movies")["showings"][row["showing_id"]]
    if showing["date"] <= TODAY:
        return None  # type: ignore[return-value]
    return {"title": records_of("movies")["movies"][showing["movie_id"]]["title"], "day": day_soon(showing["date"])}


def _cancel(act: Act, slots: Slots, given: Narrow) -> Claims | None:
    asked = {"reserved_by_me": True, "date_from": maybe(slots["day"], TODAY), "date_to": maybe(slots["day"]), "page_size": ROOMY}
    found = act("find_showings", {**asked, **given}, free=("sort_by",))["showings"]
    meant = [row for row in found if (row["title"], row["date"]) == (slots["title"], slots["day"])]
    if len(meant) != 1:
        return None
    mine = act("get_showing", {"showing_id": meant[0]["showing_id"]})["my_reservations"]
    held = [each["reservation_id"] for each in mine if each["status"] == "confirmed"]
    if len(held) != 1:
        return None
    act("cancel_cinema_reservation", {"reservation_id": held[0]})
    return ()


def _cancel_by_film(act: Act, slots: Slots) -> Claims | None:
    film = find_movie(act, slots["title"])
    return film and _cancel(act, slots, {"movie_id": film["movie_id"]})


def _cancel_by_day(act: Act, slots: Slots) -> Claims | None:
    return _cancel(act, slots, {"date_from": slots["day"], "date_to": slots["day"]})
