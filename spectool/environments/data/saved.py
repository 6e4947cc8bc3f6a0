"""Queries of the register of companies that are kept under a name."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from spectool.environments.core.errors import conflict, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.data.companies import query_companies
from spectool.environments.data.conditions import Where
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.narrowing import called, equal

OWN = 12
"""How many queries of your own you may keep."""


def list_saved_queries(state: State, *, owner: Literal["you", "office"] | None = None) -> Mapping[str, Any]:
    """The saved queries by name, with their ids and conditions.

    Args:
        owner: Only those that you saved, or only those that the office offers to all; without it, both.
    """
    found = equal(state["saved_queries"].rows(), owner=owner)
    return {"queries": sorted(found, key=itemgetter("name")), "total": len(found)}


def run_saved_query(
    state: State,
    *,
    query_id: str,
    sort_by: Literal["name", "founded", "employees", "revenue"] = "name",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """List the companies that meet the conditions of a saved query.

    Args:
        query_id: Id of the saved query, such as Q18.
        sort_by: Field to sort by.
        descending: Largest, latest or last in the alphabet first.
        page: Page of results, from 1.
        page_size: Companies a page.
    """
    where = msgspec.convert(_query(state, query_id)["where"], Where)
    return query_companies(state, where=where, sort_by=sort_by, descending=descending, page=page, page_size=page_size)


def save_query(state: State, *, name: Annotated[str, Meta(min_length=1, max_length=60)], where: Where) -> Row:
    """Keep conditions on companies under a name, to be run again later.

    Args:
        name: Name of the query, just as the user says it.
        where: Conditions that the companies must meet.
    """
    where.narrow([])
    queries = list(state["saved_queries"].rows())
    if called(queries, name=name):
        raise conflict(f"there is a saved query '{name[:80]}' already")
    if len(equal(queries, owner="you")) >= OWN:
        raise conflict(f"you have {OWN} saved queries already, which is the most you may keep")
    query_id = state.new_id("saved_queries", "Q", name)
    return state["saved_queries"].put(query_id, {"query_id": query_id, "name": name, "owner": "you", "where": where.saved()})


def delete_saved_query(state: State, *, query_id: str) -> Row:
    """Delete one of your saved queries; those of the office stay.

    Args:
        query_id: Id of the saved query, such as Q18.
    """
    row = _query(state, query_id)
    if row["owner"] != "you":
        raise conflict(f"saved query '{query_id[:80]}' is the office's and cannot be deleted")
    state["saved_queries"].drop(query_id)
    return {"query_id": query_id, "deleted": True}


def _query(state: State, query_id: str) -> Row:
    row = state["saved_queries"].get(query_id)
    if row is None:
        raise not_found("saved query", query_id)
    return row
