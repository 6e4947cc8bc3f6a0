"""Missions and what belongs to them: payloads, crews, and what the press wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import not_found
from spectool.environments.core.signature import Fields
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.dates import Date, in_order
from spectool.environments.parts.narrowing import between, called, equal, worded
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.spaceflight.hardware import Country
from spectool.environments.spaceflight.launches import Orbit

Kilograms = Annotated[int, Meta(ge=0, le=100_000)]


class MassRange(Fields, frozen=True, kw_only=True):
    """Bounds of a mass; either may be left out."""

    min_kg: Annotated[Kilograms, Meta(description="Lowest mass in kilograms.")] = 0
    max_kg: Annotated[Kilograms, Meta(description="Highest mass in kilograms.")] = 100_000


def get_mission(state: State, *, mission_id: str) -> Row:
    """One mission: type, objective, planned or flown duration in days, the launch that started it, and its crew, if any, with their roles.

    Args:
        mission_id: Id of the mission, such as MSN-303.
    """
    row = state["missions"].get(mission_id)
    if row is None:
        raise not_found("mission", mission_id)
    return row


def search_payloads(
    state: State,
    *,
    words: str | None = None,
    launch_id: str | None = None,
    agency_id: str | None = None,
    payload_type: Literal["satellite", "probe", "cargo_ship", "capsule"] | None = None,
    orbit: Orbit | None = None,
    mass: MassRange | None = None,
    sort_by: Literal["name", "mass_kg"] = "name",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search payloads. All conditions given must hold; without any, all payloads are listed. Adds up the mass of all that are found.

    Args:
        words: Words that the payload's name must hold, in any order and any case.
        launch_id: Id of the launch that carries it, such as LCH-1007.
        agency_id: Id of the agency that owns it, which need not be the one that launches it, such as AGY-11.
        payload_type: Kind of payload.
        orbit: Orbit it is for.
        mass: Bounds of its mass.
        sort_by: Field to sort by.
        descending: Heaviest first, or names from Z to A.
        page: Page of results, from 1.
        page_size: Payloads a page.
    """
    found = equal(state["payloads"].rows(), launch_id=launch_id, agency_id=agency_id, payload_type=payload_type, orbit=orbit)
    if mass is not None:
        found = between(found, "mass_kg", mass.min_kg, mass.max_kg)
    found = worded(found, "name", words)
    found = ordered(found, sort_by, descending=descending)
    return {**paged(found, page, page_size, name="payloads"), "total_mass_kg": sum(row["mass_kg"] for row in found)}


def search_astronauts(
    state: State,
    *,
    name: str | None = None,
    agency_id: str | None = None,
    nationality: Country | None = None,
    status: Literal["active", "retired"] | None = None,
    min_spacewalks: Annotated[int, Meta(ge=0, le=50)] = 0,
    min_days_in_space: Annotated[int, Meta(ge=0, le=5000)] = 0,
    sort_by: Literal["name", "born", "selected", "days_in_space", "spacewalks"] = "name",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search astronauts. All conditions given must hold; without any, all astronauts are listed.

    Args:
        name: Given name and surname in full, in any case.
        agency_id: Id of the agency that employs or employed them, such as AGY-11.
        nationality: Three-letter ISO 3166-1 country code, such as SWE.
        status: Whether they still fly.
        min_spacewalks: Fewest spacewalks made.
        min_days_in_space: Fewest days spent in space.
        sort_by: Field to sort by.
        descending: Largest or latest first, or names from Z to A.
        page: Page of results, from 1.
        page_size: Astronauts a page.
    """
    found = equal(state["astronauts"].rows(), agency_id=agency_id, nationality=nationality, status=status)
    found = between(between(found, "spacewalks", min_spacewalks or None, None), "days_in_space", min_days_in_space or None, None)
    found = called(found, name=name)
    found = ordered(found, sort_by, descending=descending)
    names = ("astronaut_id", "name", "agency_id", "nationality", "status", "days_in_space", "spacewalks")
    result = paged(found, page, page_size, name="astronauts")
    return {**result, "astronauts": [{name: row[name] for name in names} for row in result["astronauts"]]}


def get_astronaut(state: State, *, astronaut_id: str) -> Row:
    """One astronaut in full: birth date, year selected, spacewalks, days in space on finished flights, ids of missions, coming ones too.

    Args:
        astronaut_id: Id of the astronaut, such as AST-41.
    """
    row = state["astronauts"].get(astronaut_id)
    if row is None:
        raise not_found("astronaut", astronaut_id)
    return row


def search_launch_articles(
    state: State,
    *,
    words: str | None = None,
    launch_ids: Annotated[list[str], Meta(min_length=1, max_length=10)] | None = None,
    agency_id: str | None = None,
    news_site: Literal["Orbit Ledger", "The Launch Window", "Apogee Daily", "Countdown Review"] | None = None,
    topic: Literal["launch", "failure", "schedule"] | None = None,
    published_from: Date | None = None,
    published_to: Date | None = None,
    newest_first: bool = True,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search news articles on launches. All conditions given must hold; without any, all articles are listed.

    Args:
        words: Words that the title must hold, in any order and any case.
        launch_ids: Only articles on one of these launches, such as LCH-1007.
        agency_id: Only articles on launches of this agency, such as AGY-11.
        news_site: Who published it.
        topic: launch (went well), failure (in whole or in part), schedule (a launch still to come).
        published_from: Earliest day of publication, YYYY-MM-DD, that day included.
        published_to: Latest day of publication, YYYY-MM-DD, that day included.
        newest_first: false lists the oldest first.
        page: Page of results, from 1.
        page_size: Articles a page.
    """
    in_order(published_from, published_to)
    found = equal(state["articles"].rows(), agency_id=agency_id, news_site=news_site, topic=topic)
    if launch_ids is not None:
        found = [row for row in found if row["launch_id"] in launch_ids]
    found = worded(between(found, "published", published_from, published_to), "title", words)
    found = ordered(found, "published", descending=newest_first)
    return paged(found, page, page_size, name="articles")
