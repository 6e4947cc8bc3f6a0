"""What the season's results add up to: tables, scorers, form, and meetings of two teams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import invalid
from spectool.environments.core.tables import State
from spectool.environments.parts.dates import Date, in_order
from spectool.environments.sports.matches import match
from spectool.environments.sports.results import COUNTED, Side, deeds, ranking, results_of, standings
from spectool.environments.sports.teams import League, Position, player, team


def get_standings(
    state: State, *, league: League, side: Side = "all", after_round: Annotated[int, Meta(ge=1, le=18)] | None = None
) -> Mapping[str, Any]:
    """The table of a league: three points for a win, one for a draw; then goal difference, then goals scored, then name.

    Args:
        league: aurora_league is football, tidewater_league field hockey.
        side: Count all matches, only home matches of each team, or only away matches.
        after_round: Count only rounds up to this one; all finished matches if left out.
    """
    return standings(league, side, after_round)


def get_top_scorers(
    state: State,
    *,
    league: League,
    count: Literal["goals", "penalty_goals", "assists", "yellow_cards", "red_cards"] = "goals",
    team_id: str | None = None,
    position: Position | None = None,
    limit: Annotated[int, Meta(ge=1, le=50)] = 5,
) -> Mapping[str, Any]:
    """The players of a league with the most goals, penalty goals, assists or cards this season; with the same number, by name.

    Args:
        league: aurora_league is football, tidewater_league field hockey.
        count: What to count; goals include penalty goals.
        team_id: Only players of this team, such as T34.
        position: Only players of this position.
        limit: How many players.
    """
    if team_id is not None and team(state, team_id)["league"] != league:
        raise invalid(f"team_id: expected a team of {league}, got '{team_id[:80]}'")
    found = [
        row
        for row in ranking(league, count)
        if (team_id is None or row["team_id"] == team_id) and (position is None or row["position"] == position)
    ]
    return {"league": league, "count": count, "players": found[:limit], "total": len(found)}


def get_player_statistics(state: State, *, player_id: str, date_from: Date | None = None, date_to: Date | None = None) -> Mapping[str, Any]:
    """What a player did this season: goals (penalty goals included), penalty goals, assists, yellow and red cards.

    Args:
        player_id: Id of the player, such as P4010.
        date_from: Count matches from this day on, YYYY-MM-DD.
        date_to: Count matches up to this day, YYYY-MM-DD.
    """
    in_order(date_from, date_to)
    row = player(state, player_id)
    days = [(kind, match_id) for kind, match_id in deeds()[player_id] if _within(match(state, match_id)["date"], date_from, date_to)]
    kinds = Counter(kind for kind, _ in days)
    counts = {name: sum(kinds[kind] for kind in counted) for name, counted in COUNTED.items()}
    return {"player_id": player_id, "name": row["name"], "team_id": row["team_id"], **counts, "assists": kinds["assist"]}


def get_head_to_head(state: State, *, team_id: str, opponent_id: str) -> Mapping[str, Any]:
    """How two teams did against each other this season: wins of each, draws and goals of their finished matches.

    Args:
        team_id: Id of one team, such as T34.
        opponent_id: Id of the other team, of the same league.
    """
    first, second = team(state, team_id), team(state, opponent_id)
    if team_id == opponent_id or first["league"] != second["league"]:
        raise invalid("opponent_id: expected another team of the same league")
    played = [result for result in results_of(team_id) if result["opponent_id"] == opponent_id]
    counts = Counter(result["outcome"] for result in played)
    return {
        "team_id": team_id,
        "opponent_id": opponent_id,
        "played": len(played),
        "team_wins": counts["W"],
        "opponent_wins": counts["L"],
        "draws": counts["D"],
        "team_goals": sum(result["goals_for"] for result in played),
        "opponent_goals": sum(result["goals_against"] for result in played),
        "match_ids": [result["match_id"] for result in played],
    }


def get_team_form(state: State, *, team_id: str, last: Annotated[int, Meta(ge=1, le=18)] = 5, side: Side = "all") -> Mapping[str, Any]:
    """A team's latest finished matches, the latest first: results as W (won), D (drawn) and L (lost), goals and points.

    Args:
        team_id: Id of the team, such as T34.
        last: How many matches; fewer if the team has not played so many.
        side: All matches, only home matches or only away matches.
    """
    team(state, team_id)
    results = [result for result in results_of(team_id) if side in ("all", result["side"])][-last:][::-1]
    form = "".join(result["outcome"] for result in results)
    return {
        "team_id": team_id,
        "form": form,
        "points": 3 * form.count("W") + form.count("D"),
        "goals_for": sum(result["goals_for"] for result in results),
        "goals_against": sum(result["goals_against"] for result in results),
        "matches": results,
    }


def _within(date: str, date_from: str | None, date_to: str | None) -> bool:
    return (date_from is None or date >= date_from) and (date_to is None or date <= date_to)
