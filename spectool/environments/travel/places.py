"""Where, when and who: what the tools of travel have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta

from spectool.environments.core.environment import TODAY
from spectool.environments.core.errors import conflict, invalid, not_found
from spectool.environments.core.signature import Fields
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.dates import Date, day
from spectool.environments.parts.wording import fold

MOST_NIGHTS = 30
Price = Annotated[int, Meta(ge=1, le=100_000)]
Seats = Annotated[int, Meta(ge=1, le=9)]


class Traveller(Fields, frozen=True, kw_only=True):
    """Somebody who travels."""

    first_name: Annotated[str, Meta(min_length=1, max_length=60, description="First name.")]
    last_name: Annotated[str, Meta(min_length=1, max_length=60, description="Last name.")]

    def row(self) -> dict[str, str]:
        """The name as bookings hold it."""
        return {"first_name": self.first_name, "last_name": self.last_name}


class Stay(Fields, frozen=True, kw_only=True):
    """Nights in one room."""

    check_in: Annotated[Date, Meta(description="Day of arrival, YYYY-MM-DD.")]
    check_out: Annotated[Date, Meta(description="Day of departure, YYYY-MM-DD.")]
    guests: Annotated[int, Meta(ge=1, le=8, description="How many people sleep in the room.")] = 1

    def nights(self) -> int:
        """How many nights.

        Raises:
            ToolError: not a stay of one to thirty nights from today on.
        """
        nights = (day(self.check_out) - day(self.check_in)).days
        if not 1 <= nights <= MOST_NIGHTS:
            raise invalid(f"expected a stay of 1 to {MOST_NIGHTS} nights, got '{self.check_in}' to '{self.check_out}'")
        if self.check_in < TODAY:
            raise invalid(f"expected a day of arrival from '{TODAY}' on, got '{self.check_in}'")
        return nights


Passengers = Annotated[list[Traveller], Meta(min_length=1, max_length=9)]


def names_of(passengers: list[Traveller]) -> list[dict[str, str]]:
    """The names of all, by last name, so that it makes no difference who was told first."""
    return sorted((one.row() for one in passengers), key=lambda name: (name["last_name"], name["first_name"]))


def city_of(state: State, name: str) -> str:
    """The city of that name as the records write it.

    Raises:
        ToolError: there is none.
    """
    if state["cities"].get(name) is not None:
        return name
    folded = name.casefold().strip()
    for row in state["cities"].rows():
        if fold(row["city"]) == folded:
            city: str = row["city"]
            return city
    raise not_found("city", name)


def found(state: State, table: str, what: str, id: str) -> Row:
    """The row of that id.

    Raises:
        ToolError: there is none.
    """
    row = state[table].get(id)
    if row is None:
        raise not_found(what, id)
    return row


def fare_of(row: Row, kind: str, seats: int) -> Mapping[str, Any]:
    """The fare of a flight or train in a cabin or class that still has so many seats.

    Raises:
        ToolError: it has no such cabin, or too few seats left there.
    """
    fare: Mapping[str, Any] | None = row["fares"].get(kind)
    if fare is None:
        raise conflict(f"there is no {kind} on this flight")
    if fare["seats_left"] < seats:
        raise conflict(f"expected {seats} seats left in {kind}, got {fare['seats_left']}")
    return fare


def take_seats(state: State, table: str, id: str, kind: str, seats: int) -> None:
    """Fewer seats left on a flight or train; more where ``seats`` is negative."""
    row = state[table].get(id)
    if row is not None:
        fare = row["fares"][kind]
        fares = {**row["fares"], kind: {**fare, "seats_left": fare["seats_left"] - seats}}
        state[table].put(id, {**row, "fares": fares})
