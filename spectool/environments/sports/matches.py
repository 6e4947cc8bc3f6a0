"""The season's matches and what happened in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import invalid, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Near, Page, PageSize
from spectool.environments.parts.dates import Date, in_order
from spectool.environments.parts.distance import distance_km
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.sports.teams import League, player, team

Kind = Literal["goal", "penalty_goal", "yellow_card", "red_card"]
Status = Literal["finished", "scheduled", "postponed"]
_FACTS = (
    "match_id", "league", "round", "date", "kick_off", "status", "home_team_id", "away_team_id", "home_goals", "away_goals", "attendance",
)  # fmt: skip


def find_matches(
    state: State,
    *,
    league: League | None = None,
    team_id: str | None = None,
    opponent_id: str | None = None,
    side: Literal["home", "away"] | None = None,
    status: Status | None = None,
    date_from: Date | None = None,
    date_to: Date | None = None,
    near: Near | None = None,
    min_attendance: Annotated[int, Meta(ge=0, le=200_000)] | None = None,
    sort_by: Literal["date", "attendance"] = "date",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search the matches of the season, with date, kick-off, teams and score. All conditions given must hold.

    Args:
        league: aurora_league is football, tidewater_league field hockey.
        team_id: Id of a team that takes part, such as T34.
        opponent_id: Id of the team that it meets; only together with team_id.
        side: Whether team_id plays at home or away; only together with team_id.
        status: finished, scheduled (still to come) or postponed (to the date told).
        date_from: Earliest day, YYYY-MM-DD.
        date_to: Latest day, YYYY-MM-DD.
        near: Only matches on grounds within a distance of a point.
        min_attendance: Fewest spectators; leaves out matches that are not finished.
        sort_by: Field to sort by; matches of the same value in the order of the fixture list, those without a value last.
        descending: Latest or largest first.
        page: Page of results, from 1.
        page_size: Matches a page.
    """
    in_order(date_from, date_to)
    if team_id is None and (opponent_id is not None or side is not None):
        raise invalid("opponent_id and side: expected team_id with them, got none")
    for each in (team_id, opponent_id):
        if each is not None:
            team(state, each)
    grounds = _grounds(state, near)
    found = [
        row
        for row in state["matches"].rows()
        if (league is None or row["league"] == league)
        and (team_id is None or team_id in (row["home_team_id"], row["away_team_id"]))
        and (opponent_id is None or (opponent_id != team_id and opponent_id in (row["home_team_id"], row["away_team_id"])))
        and (side is None or row[f"{side}_team_id"] == team_id)
        and (status is None or row["status"] == status)
        and (date_from is None or row["date"] >= date_from)
        and (date_to is None or row["date"] <= date_to)
        and (grounds is None or row["home_team_id"] in grounds)
        and (min_attendance is None or (row["attendance"] or -1) >= min_attendance)
    ]
    shown = paged(ordered(found, sort_by, descending=descending), page, page_size, name="matches")
    return {**shown, "matches": [brief(state, row) for row in shown["matches"]]}


def get_round(state: State, *, league: League, round: Annotated[int, Meta(ge=1, le=18)] | Literal["last", "next"]) -> Mapping[str, Any]:
    """All matches of one round (match day) of a league.

    Args:
        league: aurora_league is football and has 18 rounds, tidewater_league is field hockey and has 14.
        round: Number of the round; last for the latest one with a finished match, next for the earliest one with a scheduled match.
    """
    rows = [row for row in state["matches"].rows() if row["league"] == league]
    number = round
    if number == "last":
        number = max(row["round"] for row in rows if row["status"] == "finished")
    elif number == "next":
        number = min(row["round"] for row in rows if row["status"] == "scheduled")
    matches = [brief(state, row) for row in rows if row["round"] == number]
    if not matches:
        raise not_found(f"round of {league}", number)
    return {"league": league, "round": number, "matches": matches}


def get_match(state: State, *, match_id: str) -> Mapping[str, Any]:
    """One match: teams, score, date, kick-off, ground, attendance and referee, but not who scored (see get_match_events).

    Args:
        match_id: Id of the match, such as G7013.
    """
    row = match(state, match_id)
    return {**brief(state, row), "venue": team(state, row["home_team_id"])["venue"], "referee": row["referee"]}


def get_match_events(
    state: State, *, match_id: str, kinds: Annotated[list[Kind], Meta(min_length=1, max_length=4)] | None = None, team_id: str | None = None
) -> Mapping[str, Any]:
    """What happened in a match, minute by minute: who scored, from whose pass, and who was shown a card.

    Args:
        match_id: Id of the match, such as G7013.
        kinds: Only events of these kinds; goal is one from play, penalty_goal one from a penalty.
        team_id: Only events of this team's players.
    """
    row = match(state, match_id)
    if team_id is not None and team_id not in (row["home_team_id"], row["away_team_id"]):
        raise invalid(f"team_id: expected one of the teams of match '{match_id}', got '{team_id[:80]}'")
    chosen = [
        event for event in row["events"] if (kinds is None or event["kind"] in kinds) and (team_id is None or event["team_id"] == team_id)
    ]
    return {"match_id": match_id, "events": [_told(state, event) for event in chosen], "total": len(chosen)}


def match(state: State, match_id: str) -> Row:
    """The row of a match.

    Raises:
        ToolError: there is no such match.
    """
    row = state["matches"].get(match_id)
    if row is None:
        raise not_found("match", match_id)
    return row


def brief(state: State, row: Row) -> dict[str, Any]:
    """A match as lists show it."""
    facts = {name: row[name] for name in _FACTS}
    return {**facts, "home_team": team(state, row["home_team_id"])["name"], "away_team": team(state, row["away_team_id"])["name"]}


def _told(state: State, event: Mapping[str, Any]) -> dict[str, Any]:
    told = {**event, "player": player(state, event["player_id"])["name"]}
    if "assist_player_id" in event:
        told["assist_player"] = player(state, event["assist_player_id"])["name"]
    return told


def _grounds(state: State, near: Near | None) -> frozenset[str] | None:
    """Ids of the teams whose ground lies near enough; ``None`` where it does not matter."""
    if near is None:
        return None
    return frozenset(
        row["team_id"]
        for row in state["teams"].rows()
        if distance_km(near.latitude, near.longitude, row["latitude"], row["longitude"]) <= near.radius_km
    )
