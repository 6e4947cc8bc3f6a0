"""Radio stations and what they broadcast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from spectool.environments.core.errors import not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Country, Near, TimeOfDay
from spectool.environments.parts.distance import distance_km
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.wording import fold

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def find_radio_stations(
    state: State,
    *,
    city: str | None = None,
    country: Country | None = None,
    genre: Literal["news", "talk", "classical", "jazz", "pop", "folk"] | None = None,
    outlet_id: str | None = None,
    near: Near | None = None,
) -> Mapping[str, Any]:
    """Find radio stations. All conditions given must hold; with near, the nearest come first, with their distances.

    Args:
        city: City that it broadcasts from, English name in full, without regard to case.
        country: Two-letter ISO country code, upper case, such as SE.
        genre: What it mainly broadcasts.
        outlet_id: Id of the broadcaster that runs it, such as O109.
        near: Only stations within a distance of a point on the map.
    """
    place = fold(city) if city is not None else None
    found: list[Row] = [
        row
        for row in state["stations"].rows()
        if (genre is None or row["genre"] == genre)
        and (country is None or row["country"] == country)
        and (outlet_id is None or row["outlet_id"] == outlet_id)
        and (place is None or fold(row["city"]) == place)
    ]
    if near is not None:
        found = [{**row, "distance_km": distance_km(near.latitude, near.longitude, row["latitude"], row["longitude"])} for row in found]
        found = ordered((row for row in found if row["distance_km"] <= near.radius_km), "distance_km")
    return {"stations": found, "total": len(found)}


def get_station_schedule(
    state: State, *, station_id: str, weekday: Weekday, starts_from: TimeOfDay = "00:00", host: str | None = None
) -> Mapping[str, Any]:
    """What a radio station broadcasts on a day of the week, in the order of the day.

    Args:
        station_id: Id of the station, such as R501.
        weekday: Day of the week.
        starts_from: Only programmes that start at this time or later; 24-hour HH:MM in the station's own time.
        host: Only programmes of this host; name in full, without regard to case.
    """
    if state["stations"].get(station_id) is None:
        raise not_found("radio station", station_id)
    by = fold(host) if host is not None else None
    found = [
        {name: row[name] for name in ("programme_id", "title", "host", "starts", "ends")}
        for row in state["programmes"].rows()
        if row["station_id"] == station_id
        and weekday in row["weekdays"]
        and row["starts"] >= starts_from
        and (by is None or fold(row["host"]) == by)
    ]
    return {"station_id": station_id, "weekday": weekday, "programmes": sorted(found, key=lambda row: str(row["starts"]))}
