"""Teams and players."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.dates import Date, in_order
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.parts.wording import fold, holds_words, wanted_words

League = Literal["aurora_league", "tidewater_league"]
Position = Literal["goalkeeper", "defender", "midfielder", "forward"]
Year = Annotated[int, Meta(ge=1800, le=2100)]


def search_teams(
    state: State,
    *,
    words: str | None = None,
    league: League | None = None,
    city: str | None = None,
    founded_from: Year | None = None,
    founded_to: Year | None = None,
    min_capacity: Annotated[int, Meta(ge=0, le=200_000)] | None = None,
    followed_by_me: bool | None = None,
    sort_by: Literal["name", "founded", "capacity"] = "name",
    descending: bool = False,
) -> Mapping[str, Any]:
    """Search teams, for their ids, towns and grounds. All conditions given must hold; without any, all teams are listed.

    Args:
        words: Words that the team's name must hold, in any order.
        league: aurora_league is football, tidewater_league field hockey.
        city: Town that the team is from, in full.
        founded_from: Earliest year of foundation.
        founded_to: Latest year of foundation.
        min_capacity: Fewest spectators that the team's ground must hold.
        followed_by_me: true for teams that you follow only, false for the others.
        sort_by: Field to sort by; teams of the same value by team_id.
        descending: Largest, latest or last in the alphabet first.
    """
    wanted, place, follows = wanted_words(words), fold(city) if city is not None else None, state["followed"].get
    found = [
        row
        for row in state["teams"].rows()
        if (league is None or row["league"] == league)
        and (place is None or fold(row["city"]) == place)
        and (founded_from is None or row["founded"] >= founded_from)
        and (founded_to is None or row["founded"] <= founded_to)
        and (min_capacity is None or row["capacity"] >= min_capacity)
        and (followed_by_me is None or (follows(row["team_id"]) is not None) is followed_by_me)
        and (not wanted or holds_words(row["name"], wanted))
    ]
    names = ("team_id", "name", "league", "city", "founded", "venue", "capacity")
    teams = [{name: row[name] for name in names} for row in ordered(found, sort_by, descending=descending)]
    return {"teams": teams, "total": len(teams)}


def get_team(state: State, *, team_id: str) -> Mapping[str, Any]:
    """One team: league, town, year of foundation, coach, ground with capacity and position, and whether and how you follow it.

    Args:
        team_id: Id of the team, such as T34.
    """
    row, follows = team(state, team_id), state["followed"].get(team_id)
    return {**row, "followed_by_me": follows is not None, "notify": follows["notify"] if follows else []}


def search_players(
    state: State,
    *,
    words: str | None = None,
    team_id: str | None = None,
    league: League | None = None,
    position: Position | None = None,
    country: Annotated[str, Meta(pattern="^[A-Z]{2}$", max_length=2)] | None = None,
    born_from: Date | None = None,
    born_to: Date | None = None,
    min_height_cm: Annotated[int, Meta(ge=100, le=250)] | None = None,
    sort_by: Literal["name", "born", "height_cm", "shirt_number"] = "name",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search the players of all teams by name and particulars. All conditions given must hold; without any, all players are listed.

    Args:
        words: Words that the player's name must hold, in any order.
        team_id: Id of the player's team, such as T34.
        league: League that the player's team plays in; aurora_league is football, tidewater_league field hockey.
        position: Position that the player plays in.
        country: Country that the player is from, two-letter ISO 3166 code.
        born_from: Earliest date of birth, YYYY-MM-DD.
        born_to: Latest date of birth, YYYY-MM-DD.
        min_height_cm: Smallest height in centimetres.
        sort_by: Field to sort by; players of the same value by player_id.
        descending: Largest, latest or last in the alphabet first.
        page: Page of results, from 1.
        page_size: Players a page.
    """
    in_order(born_from, born_to)
    wanted, teams = wanted_words(words), state["teams"].get
    found = [
        row
        for row in state["players"].rows()
        if (team_id is None or row["team_id"] == team_id)
        and (position is None or row["position"] == position)
        and (country is None or row["country"] == country)
        and (born_from is None or row["born"] >= born_from)
        and (born_to is None or row["born"] <= born_to)
        and (min_height_cm is None or row["height_cm"] >= min_height_cm)
        and (league is None or teams(row["team_id"])["league"] == league)  # type: ignore[index]
        and (not wanted or holds_words(row["name"], wanted))
    ]
    return paged(ordered(found, sort_by, descending=descending), page, page_size, name="players")


def get_player(state: State, *, player_id: str) -> Mapping[str, Any]:
    """One player: name, team, position, shirt number, date of birth, country and height; goals are in get_player_statistics.

    Args:
        player_id: Id of the player, such as P4010.
    """
    row = player(state, player_id)
    return {**row, "team": team(state, row["team_id"])["name"]}


def team(state: State, team_id: str) -> Row:
    """The row of a team.

    Raises:
        ToolError: there is no such team.
    """
    row = state["teams"].get(team_id)
    if row is None:
        raise not_found("team", team_id)
    return row


def player(state: State, player_id: str) -> Row:
    """The row of a player.

    Raises:
        ToolError: there is no such player.
    """
    row = state["players"].get(player_id)
    if row is None:
        raise not_found("player", player_id)
    return row
