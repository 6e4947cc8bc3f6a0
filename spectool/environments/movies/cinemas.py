"""Where films are shown, and when."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.environment import TODAY
from spectool.environments.core.errors import not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.movies.catalogue import movie
from spectool.environments.parts.arguments import Near, Page, PageSize, TimeOfDay
from spectool.environments.parts.dates import Date, in_order
from spectool.environments.parts.distance import distance_km
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.parts.wording import fold

Format = Literal["standard", "3d", "large_screen"]
SEATS = tuple(f"{row}{number}" for row in "ABCDE" for number in range(1, 9))


def search_cinemas(
    state: State,
    *,
    city: str | None = None,
    near: Near | None = None,
    format: Format | None = None,
    wheelchair_access: bool | None = None,
) -> Mapping[str, Any]:
    """Search cinemas. All conditions given must hold. With near, the nearest comes first, each with its distance; otherwise by name.

    Args:
        city: Name of the city, in full.
        near: A point and the greatest distance from it.
        format: Format that at least one screen can show.
        wheelchair_access: true for cinemas with wheelchair access only, false for those without.
    """
    place = fold(city) if city is not None else None
    found = [
        {**row, "distance_km": distance_km(near.latitude, near.longitude, row["latitude"], row["longitude"]) if near else None}
        for row in state["cinemas"].rows()
        if (place is None or fold(row["city"]) == place)
        and (format is None or format in row["formats"])
        and (wheelchair_access is None or row["wheelchair_access"] is wheelchair_access)
    ]
    if near is not None:
        found = [row for row in found if row["distance_km"] <= near.radius_km]
    cinemas = ordered(found, "distance_km" if near else "name")
    return {"cinemas": cinemas, "total": len(cinemas)}


def find_showings(
    state: State,
    *,
    movie_id: str | None = None,
    cinema_id: str | None = None,
    city: str | None = None,
    date_from: Date | None = None,
    date_to: Date | None = None,
    earliest: TimeOfDay | None = None,
    latest: TimeOfDay | None = None,
    format: Format | None = None,
    version: Literal["original", "dubbed"] | None = None,
    max_price_eur: Annotated[float, Meta(ge=0, le=1000)] | None = None,
    min_free_seats: Annotated[int, Meta(ge=0, le=40)] = 0,
    reserved_by_me: bool | None = None,
    sort_by: Literal["date", "price_eur", "free_seats"] = "date",
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search showings of films in cinemas, with the price a seat and the number of free seats. All conditions given must hold.

    Args:
        movie_id: Id of the film, such as M1008.
        cinema_id: Id of the cinema, such as K12.
        city: Name of the city, in full.
        date_from: Earliest day, YYYY-MM-DD; today if left out.
        date_to: Latest day, YYYY-MM-DD.
        earliest: Earliest time of day at which it starts, 24-hour HH:MM.
        latest: Latest time of day at which it starts, 24-hour HH:MM.
        format: Format of the showing.
        version: original for the original language, dubbed for the local one.
        max_price_eur: Highest price a seat in euros.
        min_free_seats: Fewest seats that must be free; 0 also lists showings that are sold out.
        reserved_by_me: true for showings that you hold a confirmed reservation for only, false for the others.
        sort_by: Field to sort by: earliest, cheapest or fewest free seats first; then by date and time.
        page: Page of results, from 1.
        page_size: Showings a page.
    """
    in_order(date_from, date_to)
    start, places, mine = date_from or TODAY, _cinemas_of(state, cinema_id, city), seats_held(state)
    found = [
        row
        for row in state["showings"].rows()
        if (movie_id is None or row["movie_id"] == movie_id)
        and (places is None or row["cinema_id"] in places)
        and start <= row["date"]
        and (date_to is None or row["date"] <= date_to)
        and (format is None or row["format"] == format)
        and (version is None or row["version"] == version)
        and (earliest is None or row["time"] >= earliest)
        and (latest is None or row["time"] <= latest)
        and (max_price_eur is None or row["price_eur"] <= max_price_eur)
        and (not min_free_seats or len(SEATS) - len(row["taken"]) - len(mine.get(row["showing_id"], ())) >= min_free_seats)
        and (reserved_by_me is None or (row["showing_id"] in mine) is reserved_by_me)
    ]
    found.sort(key=itemgetter("date", "time", "showing_id"))
    if sort_by == "price_eur":
        found.sort(key=itemgetter("price_eur"))
    elif sort_by == "free_seats":
        found.sort(key=lambda row: -len(row["taken"]) - len(mine.get(row["showing_id"], ())))
    shown = paged(found, page, page_size, name="showings")
    return {**shown, "showings": [_brief(state, row, mine) for row in shown["showings"]]}


def get_showing(state: State, *, showing_id: str) -> Mapping[str, Any]:
    """One showing: film, cinema, screen, format, version, price a seat, the seats that are free, and your reservations for it.

    Args:
        showing_id: Id of the showing, such as S3004.
    """
    row, held = showing(state, showing_id), seats_held(state)
    booked = [each for each in state["reservations"].rows() if each["showing_id"] == showing_id]
    mine = [{name: each[name] for name in ("reservation_id", "seats", "status")} for each in booked]
    return {**_brief(state, row, held), "seats": free_seats(row, held), "my_reservations": mine}


def showing(state: State, showing_id: str) -> Row:
    """The row of a showing.

    Raises:
        ToolError: there is no such showing.
    """
    row = state["showings"].get(showing_id)
    if row is None:
        raise not_found("showing", showing_id)
    return row


def cinema(state: State, cinema_id: str) -> Row:
    """The row of a cinema.

    Raises:
        ToolError: there is no such cinema.
    """
    row = state["cinemas"].get(cinema_id)
    if row is None:
        raise not_found("cinema", cinema_id)
    return row


def _cinemas_of(state: State, cinema_id: str | None, city: str | None) -> frozenset[str] | None:
    """Ids of the cinemas that a search is about; ``None`` for all of them."""
    if cinema_id is None and city is None:
        return None
    rows = [cinema(state, cinema_id)] if cinema_id is not None else state["cinemas"].rows()
    return frozenset(row["cinema_id"] for row in rows if city is None or fold(row["city"]) == fold(city))


def seats_held(state: State) -> Mapping[str, list[str]]:
    """The seats that the user's confirmed reservations hold, by showing."""
    held: dict[str, list[str]] = {}
    for row in state["reservations"].rows():
        if row["status"] == "confirmed":
            held[row["showing_id"]] = [*held.get(row["showing_id"], ()), *row["seats"]]
    return held


def free_seats(row: Row, held: Mapping[str, list[str]]) -> list[str]:
    """The seats of a showing that nobody has, row A first."""
    gone = {*row["taken"], *held.get(row["showing_id"], ())}
    return [seat for seat in SEATS if seat not in gone]


def _brief(state: State, row: Row, held: Mapping[str, list[str]]) -> dict[str, Any]:
    place = cinema(state, row["cinema_id"])
    facts = {name: value for name, value in row.items() if name != "taken"}
    free = len(SEATS) - len(row["taken"]) - len(held.get(row["showing_id"], ()))
    names = {"title": movie(state, row["movie_id"])["title"], "cinema": place["name"], "city": place["city"]}
    return {**facts, "free_seats": free, **names}
