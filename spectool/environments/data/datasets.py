"""Finding datasets, reading what they hold, and subscribing to them."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import conflict, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.dates import Date, in_order
from spectool.environments.parts.narrowing import between, called, equal
from spectool.environments.parts.paging import paged

Topic = Literal["economy", "energy", "environment", "health", "labour", "population", "tourism", "transport"]
Level = Literal["country", "region"]
Year = Annotated[int, Meta(ge=2000, le=2030)]
BRIEF = ("dataset_id", "title", "topic", "unit", "level", "agency", "updated")


def search_datasets(
    state: State,
    *,
    title: str | None = None,
    topic: Topic | None = None,
    level: Level | None = None,
    agency: str | None = None,
    covers_year: Year | None = None,
    updated_from: Date | None = None,
    updated_to: Date | None = None,
    sort_by: Literal["title", "updated", "first_year"] = "title",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search the catalogue of datasets. All conditions given must hold; without any, all datasets are listed.

    Args:
        title: Title of the dataset, in full; upper and lower case make no difference.
        topic: Topic of the dataset.
        level: How fine it is: figures for countries only, or for their regions as well.
        agency: Name of the agency that publishes it, in full.
        covers_year: A year that it must have figures for.
        updated_from: Earliest day of the last update, YYYY-MM-DD.
        updated_to: Latest day of the last update, YYYY-MM-DD.
        sort_by: Field to sort by.
        descending: Latest or last in the alphabet first.
        page: Page of results, from 1.
        page_size: Datasets a page.
    """
    in_order(updated_from, updated_to)
    found = called(equal(state["datasets"].rows(), topic=topic, level=level), agency=agency, title=title)
    found = between(between(found, "first_year", last=covers_year), "last_year", first=covers_year)
    found = between(found, "updated", updated_from, updated_to)
    found.sort(key=itemgetter(sort_by), reverse=descending)
    listed = paged(found, page, page_size, name="datasets")
    return {**listed, "datasets": [{name: row[name] for name in BRIEF} for row in listed["datasets"]]}


def get_dataset(state: State, *, dataset_id: str) -> Mapping[str, Any]:
    """What one dataset holds: unit, years, agency, number of series, and whether you are subscribed to it.

    Args:
        dataset_id: Id of the dataset, such as D103.
    """
    return {**dataset(state, dataset_id), "subscribed": state["subscriptions"].get(dataset_id) is not None}


def subscribe_dataset(state: State, *, dataset_id: str, notify: Literal["each_release", "monthly", "yearly"] = "each_release") -> Row:
    """Be notified of new figures in a dataset.

    Args:
        dataset_id: Id of the dataset, such as D103.
        notify: How often to be notified.
    """
    dataset(state, dataset_id)
    if state["subscriptions"].get(dataset_id) is not None:
        raise conflict(f"you are subscribed to dataset '{dataset_id}' already")
    return state["subscriptions"].put(dataset_id, {"dataset_id": dataset_id, "notify": notify})


def dataset(state: State, dataset_id: str) -> Row:
    """The row of a dataset.

    Raises:
        ToolError: there is none of that id.
    """
    row = state["datasets"].get(dataset_id)
    if row is None:
        raise not_found("dataset", dataset_id)
    return row
