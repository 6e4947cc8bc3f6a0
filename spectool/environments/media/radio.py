"""Radio stations and what they broadcast."""

from __future__ import annotations

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.errors import not_found
from spectool.environments.media.facets import Country
from spectool.environments.signature import Fields
from spectool.environments.tables import Row, State
from spectool.environments.wording import fold

EARTH_RADIUS_KM = 6371.0
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Time = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length=5)]


class Around(Fields):
    """A place and how far from it to look."""

    latitude: Annotated[float, Meta(ge=-90, le=90, description="Degrees north, negative for south.")]
    longitude: Annotated[float, Meta(ge=-180, le=180, description="Degrees east, negative for west.")]
    radius_km: Annotated[float, Meta(gt=0, le=20000, description="Greatest distance, in kilometres.")] = 100


def find_radio_stations(
    state: State,
    *,
    city: str | None = None,
    country: Country | None = None,
    genre: Literal["news", "talk", "classical", "jazz", "pop", "folk"] | None = None,
    outlet_id: str | None = None,
    around: Around | None = None,
) -> Mapping[str, Any]:
    """Find radio stations. All conditions given must hold; with ``around`` the nearest come first, with distances.

    Args:
        city: City that it broadcasts from, English name in full, without regard to case.
        country: Two-letter ISO country code, upper case, such as SE.
        genre: What it mainly broadcasts.
        outlet_id: Id of the broadcaster that runs it, such as O109.
        around: Only stations within a distance of a place.
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
    if around is not None:
        near = [{**row, "distance_km": _distance_km(around, row)} for row in found]
        found = sorted(
            (row for row in near if row["distance_km"] <= around.radius_km), key=lambda row: (row["distance_km"], row["station_id"])
        )
    return {"stations": found, "total": len(found)}


def get_station_schedule(
    state: State, *, station_id: str, weekday: Weekday, starts_from: Time = "00:00", host: str | None = None
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


def _distance_km(around: Around, row: Row) -> float:
    """Great-circle distance by the haversine formula, to 0.1 km."""
    north, south = radians(row["latitude"]), radians(around.latitude)
    across = radians(row["longitude"] - around.longitude)
    chord = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return round(2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord))), 1)
