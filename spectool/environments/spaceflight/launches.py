"""Launches: finding them, reading one, and counting them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.environment import TODAY
from spectool.environments.core.errors import not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.dates import Date, day, in_order
from spectool.environments.parts.narrowing import between, equal, worded
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged

LaunchStatus = Literal["go", "tbd", "hold", "success", "partial_failure", "failure"]
Orbit = Literal["LEO", "SSO", "MEO", "GTO", "TLI"]
PLANNED = ("go", "tbd", "hold")


def search_launches(
    state: State,
    *,
    words: str | None = None,
    agency_id: str | None = None,
    launcher_id: str | None = None,
    pad_id: str | None = None,
    orbit: Orbit | None = None,
    status: LaunchStatus | None = None,
    crewed: bool | None = None,
    from_date: Date | None = None,
    to_date: Date | None = None,
    sort_by: Literal["net", "name"] = "net",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search all launches, past and planned. All conditions given must hold; without any, all launches are listed, earliest first.

    Args:
        words: Words that the launch's name must hold, in any order and any case; the name is "LAUNCHER | MISSION".
        agency_id: Id of the agency that launches, such as AGY-11.
        launcher_id: Id of the launcher, such as LNC-05.
        pad_id: Id of the pad, such as PAD-04.
        orbit: Orbit aimed for.
        status: Planned: go (date firm), tbd (date open), hold (stopped). Flown: success, partial_failure, failure.
        crewed: true for launches with people aboard, false for launches without.
        from_date: Earliest launch day, YYYY-MM-DD, UTC, that day included.
        to_date: Latest launch day, YYYY-MM-DD, UTC, that day included.
        sort_by: net (time of launch) or name.
        descending: Latest first, or names from Z to A.
        page: Page of results, from 1.
        page_size: Launches a page.
    """
    in_order(from_date, to_date)
    rows = state["launches"].rows()
    found = equal(rows, agency_id=agency_id, launcher_id=launcher_id, pad_id=pad_id, orbit=orbit, status=status, crewed=crewed)
    found = between(found, "net", from_date, to_date and f"{to_date}T24")
    found = worded(found, "name", words)
    found = ordered(found, sort_by, descending=descending)
    result = paged(found, page, page_size, name="launches")
    return {**result, "launches": [_brief(row) for row in result["launches"]]}


def list_upcoming_launches(
    state: State,
    *,
    agency_id: str | None = None,
    crewed_only: bool = False,
    within_days: Annotated[int, Meta(ge=1, le=365)] = 30,
    limit: Annotated[int, Meta(ge=1, le=50)] = 5,
) -> Mapping[str, Any]:
    """The next launches from today on, soonest first, whether their date is firm or not.

    Args:
        agency_id: Only launches of this agency, such as AGY-11.
        crewed_only: Leave out launches without people aboard.
        within_days: Only launches at most this many days after today.
        limit: At most this many launches.
    """
    last = day(TODAY) + timedelta(days=within_days)
    found = equal(state["launches"].rows(), agency_id=agency_id, crewed=crewed_only or None)
    found = ordered(between(found, "net", TODAY, f"{last}T24"), "net")
    return {"launches": [_brief(row) for row in found[:limit]], "total": len(found)}


def get_launch(state: State, *, launch_id: str) -> Row:
    """One launch with its pad, the ids of its launcher, agency and mission, and the ids of its payloads.

    Args:
        launch_id: Id of the launch, such as LCH-1007.
    """
    row = launch_of(state, launch_id)
    payloads = [each["payload_id"] for each in state["payloads"].rows() if each["launch_id"] == launch_id]
    pad = state["pads"].get(row["pad_id"]) or {}
    named = {name: pad[name] for name in ("pad_id", "name", "spaceport", "country")}
    return {**{name: value for name, value in row.items() if name != "pad_id"}, "pad": named, "payload_ids": payloads}


def get_launch_statistics(
    state: State,
    *,
    agency_id: str | None = None,
    launcher_id: str | None = None,
    year: Annotated[int, Meta(ge=2019, le=2027)] | Literal["all"] = "all",
) -> Mapping[str, Any]:
    """How many launches were flown and how they ended. Planned launches are not counted.

    The success rate is the share of flown launches that were a full success, in per cent, to one decimal; without launches it is left out.

    Args:
        agency_id: Only launches of this agency, such as AGY-11; all agencies if left out.
        launcher_id: Only launches of this launcher, such as LNC-05; all launchers if left out.
        year: Year of launch as a number, or "all".
    """
    found = equal(state["launches"].rows(), agency_id=agency_id, launcher_id=launcher_id)
    if year != "all":
        found = between(found, "net", f"{year}", f"{year}-99")
    ends = [row["status"] for row in found if row["status"] not in PLANNED]
    counts: dict[str, Any] = {"launches": len(ends), **{end: ends.count(end) for end in ("success", "partial_failure", "failure")}}
    return {**counts, "success_rate_percent": round(100 * counts["success"] / len(ends), 1)} if ends else counts


def launch_of(state: State, launch_id: str) -> Row:
    """The launch of that id.

    Raises:
        ToolError: there is none.
    """
    row = state["launches"].get(launch_id)
    if row is None:
        raise not_found("launch", launch_id)
    return row


def _brief(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("launch_id", "name", "net", "status", "orbit", "agency_id", "launcher_id", "mission_id")}
