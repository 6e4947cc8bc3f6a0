"""Trains: search and details."""

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

TravelClass = Literal["first", "second"]


def search_trains(
    state: State,
    *,
    origin: str,
    destination: str,
    date: Date | DateRange,
    travel_class: TravelClass = "second",
    travellers: Seats = 1,
    max_price_eur: Price | None = None,
    max_changes: Annotated[int, Meta(ge=0, le=5)] | None = None,
    with_bicycle: bool = False,
    departs_from: TimeOfDay | None = None,
    sort_by: Literal["price_eur", "duration_minutes", "departs"] = "departs",
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search the trains between two cities, on one day or in a span of days, that have seats left. All times are local.

    Args:
        origin: City of departure in English, such as Vienna.
        destination: City of arrival in English.
        date: Day of departure as YYYY-MM-DD, or an object with the first and last day.
        travel_class: Class to travel in.
        travellers: How many seats are needed.
        max_price_eur: Highest fare for one traveller, in euros.
        max_changes: Most changes of train on the way; 0 for direct trains.
        with_bicycle: Only trains that take bicycles.
        departs_from: Earliest time of departure, HH:MM in 24 hours.
        sort_by: Lowest first by fare, by duration, or by day and time of departure.
        page: Page of results, from 1.
        page_size: Trains a page.
    """
    first, last = date.bounds() if isinstance(date, DateRange) else (day(date).isoformat(), date)
    start, end = city_of(state, origin), city_of(state, destination)
    trains = [
        _offer(row, travel_class)
        for row in state["trains"].rows()
        if row["origin"] == start
        and row["destination"] == end
        and first <= row["departs"][:10] <= last
        and row["fares"][travel_class]["seats_left"] >= travellers
        and (max_price_eur is None or row["fares"][travel_class]["price_eur"] <= max_price_eur)
        and (max_changes is None or row["changes"] <= max_changes)
        and (not with_bicycle or row["takes_bicycles"])
        and (departs_from is None or row["departs"][11:] >= departs_from)
    ]
    return paged(ordered(ordered(trains, "train_id"), sort_by), page, page_size, name="trains")


def get_train(state: State, *, train_id: str) -> Mapping[str, Any]:
    """Everything about one train: times, towns it calls at, changes, bicycles, fares and seats left in each class, refund.

    Args:
        train_id: Id of the train as search_trains gives it, such as TA2140-20270315.
    """
    row = found(state, "trains", "train", train_id)
    return {**row, "refund_percent": found(state, "carriers", "railway", row["railway"])["refund_percent"]}


def _offer(row: Row, travel_class: str) -> dict[str, Any]:
    told = ("train_id", "railway", "departs", "arrives", "duration_minutes", "changes")
    return {**{name: row[name] for name in told}, **row["fares"][travel_class]}
