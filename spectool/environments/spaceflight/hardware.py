"""Agencies, the launchers that they fly, and the pads that they fly from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import not_found
from spectool.environments.core.signature import Fields
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.distance import distance_km
from spectool.environments.parts.narrowing import between, equal, worded
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.parts.wording import fold
from spectool.environments.spaceflight.launches import Orbit

Country = Annotated[str, Meta(pattern=r"^[A-Z]{3}$")]


class Load(Fields, frozen=True, kw_only=True):
    """What a launcher has to lift, and where to."""

    mass_kg: Annotated[int, Meta(ge=1, le=100_000, description="Mass in kilograms.")]
    orbit: Annotated[Orbit, Meta(description="Orbit to lift it to.")]


class Position(Fields, frozen=True, kw_only=True):
    """A place on the ground."""

    latitude: Annotated[float, Meta(ge=-90, le=90, description="Degrees north; south is negative.")]
    longitude: Annotated[float, Meta(ge=-180, le=180, description="Degrees east; west is negative.")]


def search_agencies(
    state: State,
    *,
    name: str | None = None,
    country: Country | None = None,
    agency_type: Literal["government", "commercial", "research"] | None = None,
) -> Mapping[str, Any]:
    """Search space agencies and launch companies. All conditions given must hold; without any, all are listed, by id.

    Args:
        name: Name in full or its abbreviation, such as NRSA, in any case.
        country: Home country as a three-letter ISO 3166-1 code, such as SWE.
        agency_type: Kind of agency.
    """
    wanted = None if name is None else name.strip().casefold()
    found = equal(state["agencies"].rows(), country=country, agency_type=agency_type)
    found = [row for row in found if wanted is None or wanted in (fold(row["name"]), fold(row["abbreviation"]))]
    return {"agencies": found, "total": len(found)}


def search_launchers(
    state: State,
    *,
    words: str | None = None,
    agency_id: str | None = None,
    status: Literal["active", "retired"] | None = None,
    reusable: bool | None = None,
    able_to_lift: Load | None = None,
    max_cost_usd_millions: Annotated[int, Meta(ge=1, le=1000)] | None = None,
    sort_by: Literal["name", "height_m", "cost_usd_millions"] = "name",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search launchers (rockets). All conditions given must hold; without any, all launchers are listed.

    Args:
        words: Words that the launcher's name must hold, in any order and any case.
        agency_id: Id of the agency that flies it, such as AGY-11.
        status: Whether it still flies.
        reusable: true for launchers whose first stage comes back, false for the others.
        able_to_lift: A load that it must be able to carry to an orbit.
        max_cost_usd_millions: Highest price of a launch, in millions of US dollars.
        sort_by: Field to sort by.
        descending: Largest first, or names from Z to A.
        page: Page of results, from 1.
        page_size: Launchers a page.
    """
    found = equal(state["launchers"].rows(), agency_id=agency_id, status=status, reusable=reusable)
    found = worded(between(found, "cost_usd_millions", None, max_cost_usd_millions), "name", words)
    if able_to_lift is not None:
        found = [row for row in found if row["capacity_kg"].get(able_to_lift.orbit, 0) >= able_to_lift.mass_kg]
    found = ordered(found, sort_by, descending=descending)
    names = ("launcher_id", "name", "agency_id", "status", "height_m", "cost_usd_millions")
    result = paged(found, page, page_size, name="launchers")
    return {**result, "launchers": [{name: row[name] for name in names} for row in result["launchers"]]}


def get_launcher(state: State, *, launcher_id: str) -> Row:
    """One launcher in full: stages, height in metres, mass at liftoff in tonnes, price in millions of US dollars, capacity by orbit in kg.

    Args:
        launcher_id: Id of the launcher, such as LNC-05.
    """
    row = state["launchers"].get(launcher_id)
    if row is None:
        raise not_found("launcher", launcher_id)
    return row


def find_nearest_pads(
    state: State,
    *,
    position: Position,
    launcher_id: str | None = None,
    active_only: bool = True,
    limit: Annotated[int, Meta(ge=1, le=20)] = 3,
) -> Mapping[str, Any]:
    """The launch pads nearest to a position, with their distance in kilometres along the ground.

    Args:
        position: Where to measure from.
        launcher_id: Only pads that this launcher flies from, such as LNC-05.
        active_only: Leave out pads that are closed.
        limit: At most this many pads.
    """
    found = [
        (distance_km(position.latitude, position.longitude, row["latitude"], row["longitude"]), row)
        for row in state["pads"].rows()
        if (row["status"] == "active" or not active_only) and (launcher_id is None or launcher_id in row["launcher_ids"])
    ]
    found.sort(key=lambda pair: (pair[0], pair[1]["pad_id"]))
    return {"pads": [{**row, "distance_km": distance} for distance, row in found[:limit]]}
