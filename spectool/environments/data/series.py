"""Yearly figures: whole series, single figures, what they add up to, and how they change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import invalid, not_found
from spectool.environments.core.signature import Fields
from spectool.environments.core.tables import Row, State
from spectool.environments.data.datasets import Year, dataset
from spectool.environments.data.regions import region

Number = int | float


class YearRange(Fields, frozen=True, kw_only=True):
    """Years between two, both included."""

    first: Annotated[Year, Meta(description="First year.")]
    last: Annotated[Year, Meta(description="Last year.")]


def get_series(state: State, *, dataset_id: str, region_id: str, years: YearRange | None = None) -> Mapping[str, Any]:
    """All figures of a dataset for one country or region, year by year.

    Args:
        dataset_id: Id of the dataset, such as D103.
        region_id: Id of the country or region, such as FMK or FMK-23.
        years: Only these years; without it, all that there are.
    """
    figures = _figures(state, dataset_id, region_id, years)
    listed = [{"year": year, "value": value} for year, value in figures.items()]
    return {**_about(state, dataset_id, region_id), "figures": listed}


def get_observation(state: State, *, dataset_id: str, region_id: str, year: Year) -> Mapping[str, Any]:
    """The single figure of a dataset for one country or region in one year.

    Args:
        dataset_id: Id of the dataset, such as D103.
        region_id: Id of the country or region, such as FMK or FMK-23.
        year: The year of the figure.
    """
    return {**_about(state, dataset_id, region_id), "year": year, "value": _figure(state, dataset_id, region_id, year)}


def aggregate_series(
    state: State,
    *,
    dataset_id: str,
    region_ids: Annotated[list[str], Meta(min_length=1, max_length=6)],
    function: Literal["sum", "mean", "min", "max"],
    years: YearRange | None = None,
) -> Mapping[str, Any]:
    """Aggregate the yearly figures of a dataset over time: one result for each country or region named.

    Args:
        dataset_id: Id of the dataset, such as D103.
        region_ids: Ids of the countries or regions, one to six, in the order in which they are wanted.
        function: How to aggregate the figures of all the years; a mean is rounded to two decimals.
        years: Only these years; without it, all that there are.
    """
    results = []
    for region_id in region_ids:
        figures = _figures(state, dataset_id, region_id, years)
        if not figures:
            raise not_found("figure in these years for region", region_id)
        value = aggregate(list(figures.values()), function)
        when = {"year": next(year for year, each in figures.items() if each == value)} if function in ("min", "max") else {}
        results.append({"region_id": region_id, "name": region(state, region_id)["name"], "value": value, **when})
    return {"dataset_id": dataset_id, "unit": dataset(state, dataset_id)["unit"], "function": function, "results": results}


def calculate_change(state: State, *, dataset_id: str, region_id: str, from_year: Year, to_year: Year) -> Mapping[str, Any]:
    """How a figure of one country or region changed from one year to a later one: difference, percent, and percent a year on average.

    Args:
        dataset_id: Id of the dataset, such as D103.
        region_id: Id of the country or region, such as FMK or FMK-23.
        from_year: The earlier year.
        to_year: The later year.
    """
    if to_year <= from_year:
        raise invalid(f"expected to_year after {from_year}, got {to_year}")
    old, new = _figure(state, dataset_id, region_id, from_year), _figure(state, dataset_id, region_id, to_year)
    return {
        **_about(state, dataset_id, region_id),
        "from_value": old,
        "to_value": new,
        "difference": _rounded(new - old),
        "percent": round(100 * (new / old - 1), 1),
        "percent_a_year": round(100 * ((new / old) ** (1 / (to_year - from_year)) - 1), 2),
    }


def aggregate(values: Sequence[Number], function: Literal["sum", "mean", "min", "max"]) -> Number:
    """One number from one or more, without the noise of binary fractions."""
    if function == "mean":
        return round(sum(values) / len(values), 2)
    return _rounded(sum(values) if function == "sum" else min(values) if function == "min" else max(values))


def _rounded(value: Number) -> Number:
    return value if isinstance(value, int) else round(value, 2)


def _about(state: State, dataset_id: str, region_id: str) -> dict[str, Any]:
    told, place = dataset(state, dataset_id), region(state, region_id)
    return {"dataset_id": dataset_id, "title": told["title"], "region_id": region_id, "name": place["name"], "unit": told["unit"]}


def _figures(state: State, dataset_id: str, region_id: str, years: YearRange | None) -> dict[int, Number]:
    if years is not None and years.last < years.first:
        raise invalid(f"expected years that end in {years.first} or later, got {years.last}")
    values = _series(state, dataset_id, region_id)["values"]
    first, last = (years.first, years.last) if years else (2000, 2030)
    return {int(year): value for year, value in values.items() if first <= int(year) <= last}


def _figure(state: State, dataset_id: str, region_id: str, year: int) -> Number:
    value: Number | None = _series(state, dataset_id, region_id)["values"].get(str(year))
    if value is None:
        raise not_found("figure for the year", year)
    return value


def _series(state: State, dataset_id: str, region_id: str) -> Row:
    dataset(state, dataset_id)
    region(state, region_id)
    row = state["series"].get(f"{dataset_id}.{region_id}")
    if row is None:
        raise not_found(f"series of dataset '{dataset_id}' for region", region_id)
    return row
