"""What the user keeps: ratings, a watch list, and seats in cinemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.environment import TODAY
from spectool.environments.core.errors import conflict, invalid, not_found
from spectool.environments.core.signature import Fields
from spectool.environments.core.tables import Row, State
from spectool.environments.movies.catalogue import movie
from spectool.environments.movies.cinemas import free_seats, seats_held, showing

Seat = Annotated[str, Meta(pattern="^[A-E][1-8]$", max_length=2)]
Count = Annotated[int, Meta(ge=1, le=8, description="How many.")]
SNACK_PRICES_EUR = {"popcorn": 5.0, "nachos": 6.5, "soft_drink": 3.5, "water": 2.5}


class Snack(Fields, frozen=True, kw_only=True):
    """Something to eat or drink, to be collected at the cinema."""

    item: Annotated[Literal["popcorn", "nachos", "soft_drink", "water"], Meta(description="What.")]
    count: Count = 1


def rate_movie(state: State, *, movie_id: str, score: Annotated[int, Meta(ge=1, le=10)], replace: bool = False) -> Row:
    """Give a film your own score. Averages take it in overnight.

    Args:
        movie_id: Id of the film, such as M1008.
        score: From 1, the worst, to 10, the best.
        replace: Whether to replace a score that you gave before; otherwise a film that you have rated is refused.
    """
    if movie(state, movie_id)["released"] > TODAY:
        raise conflict(f"movie '{movie_id}' is not released yet")
    before = state["my_ratings"].get(movie_id)
    if before is not None and not replace:
        raise conflict(f"you have rated movie '{movie_id}' already, with {before['score']}")
    return state["my_ratings"].put(movie_id, {"movie_id": movie_id, "score": score})


def add_movie_to_watchlist(state: State, *, movie_id: str, priority: Literal["low", "normal", "high"] = "normal") -> Row:
    """Put a film on your watch list.

    Args:
        movie_id: Id of the film, such as M1008.
        priority: How much you want to see it.
    """
    movie(state, movie_id)
    if state["watchlist"].get(movie_id) is not None:
        raise conflict(f"movie '{movie_id}' is on your watch list already")
    return state["watchlist"].put(movie_id, {"movie_id": movie_id, "priority": priority})


def remove_movie_from_watchlist(state: State, *, movie_id: str) -> Mapping[str, Any]:
    """Take a film off your watch list.

    Args:
        movie_id: Id of the film, such as M1008.
    """
    movie(state, movie_id)
    if state["watchlist"].get(movie_id) is None:
        raise not_found("movie on your watch list", movie_id)
    state["watchlist"].drop(movie_id)
    return {"movie_id": movie_id, "removed": True}


def reserve_cinema_seats(
    state: State,
    *,
    showing_id: str,
    seats: Annotated[int, Meta(ge=1, le=8)] | Annotated[list[Seat], Meta(min_length=1, max_length=8)],
    snacks: Annotated[list[Snack], Meta(min_length=1, max_length=4)] | None = None,
) -> Row:
    """Reserve seats for a showing, and snacks if wanted. Says the reservation's id and the total price in euros.

    Args:
        showing_id: Id of the showing, such as S3004.
        seats: Either the seats by row and number, such as C4, or how many: then the first free ones are taken, row A first.
        snacks: Snacks to collect at the cinema, each once.
    """
    row = showing(state, showing_id)
    if row["date"] < TODAY:
        raise conflict(f"showing '{showing_id}' is over")
    chosen = _chosen(row, seats, free_seats(row, seats_held(state)))
    # Sorted, since the order in which they are named makes no difference to what is reserved.
    ordered = sorted(({"item": snack.item, "count": snack.count} for snack in snacks or ()), key=lambda snack: str(snack["item"]))
    if len({snack["item"] for snack in ordered}) < len(ordered):
        raise invalid("snacks: expected each snack once, got one of them twice")
    total = len(chosen) * row["price_eur"] + sum(SNACK_PRICES_EUR[snack.item] * snack.count for snack in snacks or ())
    id = state.new_id("reservations", "R", showing_id, chosen)
    booked = {"reservation_id": id, "showing_id": showing_id, "seats": chosen, "snacks": ordered}
    return state["reservations"].put(id, {**booked, "total_eur": total, "status": "confirmed"})


def cancel_cinema_reservation(state: State, *, reservation_id: str) -> Row:
    """Cancel one of your reservations of seats; possible until the day before the showing.

    Args:
        reservation_id: Id of the reservation, such as R38365.
    """
    row = state["reservations"].get(reservation_id)
    if row is None:
        raise not_found("reservation", reservation_id)
    if row["status"] == "cancelled":
        raise conflict(f"reservation '{reservation_id}' is cancelled already")
    date = showing(state, row["showing_id"])["date"]
    if date <= TODAY:
        raise conflict(f"reservation '{reservation_id}' is for {date}; it could be cancelled until the day before")
    return state["reservations"].put(reservation_id, {**row, "status": "cancelled"})


def _chosen(row: Row, seats: int | list[str], free: list[str]) -> list[str]:
    """The seats to take, sorted.

    Raises:
        ToolError: one of them is taken or named twice, or fewer are free than wanted.
    """
    if isinstance(seats, int):
        if len(free) < seats:
            raise conflict(f"showing '{row['showing_id']}' has {len(free)} free seats, {seats} wanted")
        return free[:seats]
    if len(set(seats)) < len(seats):
        raise invalid("seats: expected different seats, got one of them twice")
    if taken := sorted(set(seats) - set(free)):
        raise conflict(f"taken in showing '{row['showing_id']}': {', '.join(taken)}")
    return sorted(seats)
