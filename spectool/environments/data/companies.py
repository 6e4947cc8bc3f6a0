"""The register of companies: listing those that meet conditions, and what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, Literal

from spectool.environments.core.errors import invalid
from spectool.environments.core.tables import Row, State
from spectool.environments.data.conditions import Where
from spectool.environments.data.series import aggregate
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.paging import paged


def query_companies(
    state: State,
    *,
    where: Where | None = None,
    sort_by: Literal["name", "founded", "employees", "revenue"] = "name",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """List the companies of the register that meet conditions; without any, all companies are listed.

    Args:
        where: Conditions that the companies must meet.
        sort_by: Field to sort by.
        descending: Largest, latest or last in the alphabet first.
        page: Page of results, from 1.
        page_size: Companies a page.
    """
    found = _meeting(state, where)
    found.sort(key=itemgetter(sort_by), reverse=descending)
    return paged(found, page, page_size, name="companies")


def aggregate_companies(
    state: State,
    *,
    function: Literal["count", "sum", "mean", "min", "max"],
    measure: Literal["employees", "revenue", "founded"] | None = None,
    group_by: Literal["sector", "country_id", "region_id", "ownership"] | None = None,
    where: Where | None = None,
) -> Mapping[str, Any]:
    """What the companies that meet conditions add up to, in all or group by group, the group with the largest value first.

    Args:
        function: How to aggregate; a mean is rounded to two decimals.
        measure: The number to aggregate; leave it out for count. founded is a year, revenue is in million crowns.
        group_by: One result for each value of this field; without it, one for all together.
        where: Conditions that the companies must meet; without it, all count.
    """
    if (measure is None) is not (function == "count"):
        raise invalid(f"expected {'no ' * (measure is not None)}measure with function '{function}', got {measure or 'none'}")
    found = _meeting(state, where)
    groups: dict[str, list[Row]] = {}
    for row in found:
        groups.setdefault(row[group_by] if group_by else "", []).append(row)
    results = [
        {
            **({group_by: key} if group_by else {}),
            "value": len(rows) if function == "count" or measure is None else aggregate([row[measure] for row in rows], function),
            "company_count": len(rows),
        }
        for key, rows in groups.items()
    ]
    results.sort(key=itemgetter("value"), reverse=True)
    return {"function": function, **({"measure": measure} if measure else {}), "results": results}


def _meeting(state: State, where: Where | None) -> list[Row]:
    rows = list(state["companies"].rows())
    return rows if where is None else where.narrow(rows)
