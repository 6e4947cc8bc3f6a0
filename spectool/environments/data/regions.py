"""Countries and their regions: finding them, reading them, ranking them by a figure."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import invalid, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.data.datasets import Level, Year, dataset
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.narrowing import between, called, equal
from spectool.environments.parts.paging import paged

Area = Annotated[int, Meta(ge=0, le=100_000_000)]


def find_regions(
    state: State,
    *,
    name: str | None = None,
    level: Level | None = None,
    country_id: str | None = None,
    capital: str | None = None,
    min_area_km2: Area | None = None,
    max_area_km2: Area | None = None,
    sort_by: Literal["name", "area_km2"] = "name",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Find countries and regions. All conditions given must hold; without any, all are listed.

    Args:
        name: Name of the country or region, in full; upper and lower case make no difference.
        level: Countries only, or regions within countries only.
        country_id: Only the regions within the country of this id.
        capital: Name of the chief town, in full.
        min_area_km2: Smallest area in square kilometres.
        max_area_km2: Largest area in square kilometres.
        sort_by: Field to sort by.
        descending: Largest or last in the alphabet first.
        page: Page of results, from 1.
        page_size: Countries and regions a page.
    """
    found = called(equal(state["regions"].rows(), level=level, country_id=country_id), capital=capital, name=name)
    found = between(found, "area_km2", min_area_km2, max_area_km2)
    found.sort(key=itemgetter(sort_by), reverse=descending)
    return paged(found, page, page_size, name="regions")


def get_region(state: State, *, region_id: str) -> Mapping[str, Any]:
    """One country or region: its area and chief town, the ids of its regions if it is a country, and of the datasets with figures for it.

    Args:
        region_id: Id of the country or region, such as FMK or FMK-23.
    """
    row = region(state, region_id)
    parts = [part["region_id"] for part in equal(state["regions"].rows(), country_id=region_id)]
    series = state["series"]
    held = [each["dataset_id"] for each in state["datasets"].rows() if series.get(f"{each['dataset_id']}.{region_id}") is not None]
    return {**row, "region_ids": parts, "dataset_ids": held}


def rank_regions(
    state: State,
    *,
    dataset_id: str,
    year: Year,
    level: Level = "country",
    country_id: str | None = None,
    order: Literal["highest_first", "lowest_first"] = "highest_first",
    limit: Annotated[int, Meta(ge=1, le=30)] = 5,
) -> Mapping[str, Any]:
    """Rank countries, or regions, by their figure in one year.

    Args:
        dataset_id: Id of the dataset that the figures are from, such as D103.
        year: The year of the figures.
        level: Whether countries are ranked, or regions.
        country_id: Rank only the regions within the country of this id; give it with level region.
        order: Which end of the ranking comes first.
        limit: How many ranks to return.
    """
    unit = dataset(state, dataset_id)["unit"]
    if country_id is not None and level == "country":
        raise invalid("expected level 'region' where country_id is given, got 'country'")
    if country_id is not None:
        region(state, country_id)
    places = {row["region_id"]: row for row in equal(state["regions"].rows(), level=level, country_id=country_id)}
    held = [row for row in (state["series"].get(f"{dataset_id}.{place}") for place in places) if row is not None]
    figures = [(row["region_id"], row["values"][str(year)]) for row in held if str(year) in row["values"]]
    figures.sort(key=itemgetter(1), reverse=order == "highest_first")
    ranking = [
        {"rank": rank, "region_id": region_id, "name": places[region_id]["name"], "value": value}
        for rank, (region_id, value) in enumerate(figures[:limit], 1)
    ]
    return {"dataset_id": dataset_id, "year": year, "unit": unit, "ranking": ranking, "total": len(figures)}


def region(state: State, region_id: str) -> Row:
    """The row of a country or region.

    Raises:
        ToolError: there is none of that id.
    """
    row = state["regions"].get(region_id)
    if row is None:
        raise not_found("region", region_id)
    return row
