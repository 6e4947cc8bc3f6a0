"""Flights: search, details, the lowest fares of a span of days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import DateRange, Page, PageSize, TimeOfDay
from spectool.environments.parts.dates import Date, day
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.travel.places import Price, Seats, city_of, found

Cabin = Literal["economy", "business"]
Airline = Literal["Brisazul", "Castelio", "Halcyra", "Norvane Air", "Skylark & Sons", "Westmere Airways"]
Month = Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]


def search_flights(
    state: State,
    *,
    origin: str,
    destination: str,
    date: Date,
    cabin: Cabin = "economy",
    passengers: Seats = 1,
    max_price_eur: Price | None = None,
    direct_only: bool = False,
    departs_from: TimeOfDay | None = None,
    arrives_by: TimeOfDay | None = None,
    airline: Airline | None = None,
    sort_by: Literal["price_eur", "duration_minutes", "departs"] = "price_eur",
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search the flights of one day between two cities that have seats left. All times are local.

    For the cheapest day to fly see get_flight_prices.

    Args:
        origin: City of departure in English, such as Lisbon.
        destination: City of arrival in English.
        date: Day of departure, YYYY-MM-DD.
        cabin: Cabin to fly in.
        passengers: How many seats are needed.
        max_price_eur: Highest fare for one passenger, in euros.
        direct_only: Only flights without a stop.
        departs_from: Earliest time of departure, HH:MM in 24 hours.
        arrives_by: Latest time of arrival on the same day, HH:MM in 24 hours.
        airline: Only flights of this airline.
        sort_by: Lowest first by fare, by duration, or by time of departure.
        page: Page of results, from 1.
        page_size: Flights a page.
    """
    day(date)
    start, end = city_of(state, origin), city_of(state, destination)
    flights = [
        _offer(row, cabin)
        for row in state["flights"].rows()
        if row["origin"] == start
        and row["destination"] == end
        and row["departs"][:10] == date
        and _has_seats(row, cabin, passengers, max_price_eur)
        and (not direct_only or row["stops"] == 0)
        and (departs_from is None or row["departs"][11:] >= departs_from)
        and (arrives_by is None or row["arrives"] <= f"{date}T{arrives_by}")
        and (airline is None or row["airline"] == airline)
    ]
    return paged(ordered(ordered(flights, "flight_id"), sort_by), page, page_size, name="flights")


def get_flight(state: State, *, flight_id: str) -> Mapping[str, Any]:
    """Everything about one flight: times, stops, fares and seats left in each cabin, price of a bag, fee for a change, refund.

    Args:
        flight_id: Id of the flight as search_flights gives it, such as 7N218-20270315.
    """
    row = found(state, "flights", "flight", flight_id)
    rules = found(state, "carriers", "airline", row["airline"])
    return {**row, **{name: rules[name] for name in ("bag_price_eur", "change_fee_eur", "refund_percent")}}


def get_flight_prices(
    state: State, *, origin: str, destination: str, period: Month | DateRange, cabin: Cabin = "economy", passengers: Seats = 1
) -> Mapping[str, Any]:
    """The lowest fare of each day on which seats are left between two cities, the earliest day first, and the cheapest day of all.

    Args:
        origin: City of departure in English, such as Lisbon.
        destination: City of arrival in English.
        period: Month as YYYY-MM, or an object with the first and last day.
        cabin: Cabin to fly in.
        passengers: How many seats are needed.
    """
    first, last = (f"{period}-01", f"{period}-31") if isinstance(period, str) else period.bounds()
    start, end = city_of(state, origin), city_of(state, destination)
    days: dict[str, dict[str, Any]] = {}
    for row in state["flights"].rows():
        date = row["departs"][:10]
        if row["origin"] == start and row["destination"] == end and first <= date <= last and _has_seats(row, cabin, passengers, None):
            price = row["fares"][cabin]["price_eur"]
            if date not in days or price < days[date]["price_eur"]:
                days[date] = {"date": date, "price_eur": price, "airline": row["airline"], "flight_id": row["flight_id"]}
    listed = [days[date] for date in sorted(days)]
    return {"days": listed, "cheapest": min(listed, key=lambda one: one["price_eur"], default=None)}


def _has_seats(row: Row, cabin: str, passengers: int, max_price_eur: int | None) -> bool:
    fare = row["fares"].get(cabin)
    return fare is not None and fare["seats_left"] >= passengers and (max_price_eur is None or fare["price_eur"] <= max_price_eur)


def _offer(row: Row, cabin: str) -> dict[str, Any]:
    told = ("flight_id", "airline", "departs", "arrives", "duration_minutes", "stops")
    return {**{name: row[name] for name in told}, **row["fares"][cabin]}
