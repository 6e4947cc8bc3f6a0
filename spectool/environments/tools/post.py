"""Postal codes, the places they belong to, and how far apart those are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.distance import distance_km
from spectool.environments.parts.narrowing import between, called, equal
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged

PostalCode = Annotated[str, Meta(pattern=r"^[0-9]{5}$", max_length=5)]
Region = Literal["Aldmark", "Brennach", "Costa Ferra", "Dunholm", "Eastmarsh", "Fjellnor"]


def lookup_postal_code(state: State, *, postal_code: PostalCode) -> Row:
    """The place that a postal code belongs to, with its region, position, inhabitants, and the days on which post is delivered.

    Args:
        postal_code: Five digits, leading zeros included, as a string.
    """
    row = state["postal_codes"].get(postal_code)
    if row is None:
        raise not_found("postal code", postal_code)
    return row


def search_postal_codes(
    state: State,
    *,
    place: str | None = None,
    region: Region | None = None,
    min_population: Annotated[int, Meta(ge=0, le=10_000_000)] | None = None,
    max_population: Annotated[int, Meta(ge=0, le=10_000_000)] | None = None,
    sort_by: Literal["postal_code", "place", "population"] = "postal_code",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search postal codes. All conditions given must hold; without any, all postal codes are listed. A large place has several.

    Args:
        place: Name of the place in full, in any case.
        region: Region.
        min_population: Fewest inhabitants.
        max_population: Most inhabitants.
        sort_by: Field to sort by.
        descending: Largest first, or from Z to A.
        page: Page of results, from 1.
        page_size: Postal codes a page.
    """
    found = called(equal(state["postal_codes"].rows(), region=region), place=place)
    found = ordered(between(found, "population", min_population, max_population), sort_by, descending=descending)
    names = ("postal_code", "place", "region", "population")
    result = paged(found, page, page_size, name="postal_codes")
    return {**result, "postal_codes": [{name: row[name] for name in names} for row in result["postal_codes"]]}


def get_postal_distance(
    state: State,
    *,
    from_postal_code: PostalCode,
    to_postal_codes: Annotated[list[PostalCode], Meta(min_length=1, max_length=10)],
    unit: Literal["kilometre", "mile"] = "kilometre",
) -> Mapping[str, Any]:
    """How far postal codes lie from one, as the crow flies, in the order given, to one decimal; says which of them is the nearest.

    Args:
        from_postal_code: Where to measure from: five digits, leading zeros included, as a string.
        to_postal_codes: Where to measure to: one to ten postal codes.
        unit: Unit of the distances.
    """
    start = lookup_postal_code(state, postal_code=from_postal_code)
    distances: list[dict[str, Any]] = []
    for code in to_postal_codes:
        there = lookup_postal_code(state, postal_code=code)
        distance = distance_km(start["latitude"], start["longitude"], there["latitude"], there["longitude"])
        distances.append({"postal_code": code, "distance": distance if unit == "kilometre" else round(distance / 1.609344, 1)})
    nearest = min(distances, key=lambda entry: entry["distance"])
    return {"from_postal_code": from_postal_code, "unit": unit, "distances": distances, "nearest": nearest["postal_code"]}
