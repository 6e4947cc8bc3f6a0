"""What the user follows: teams, and matches to be reminded of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import conflict, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.sports.matches import match
from spectool.environments.sports.teams import team

Notice = Literal["kick_off", "goal", "final_score"]


def follow_team(state: State, *, team_id: str, notify: Annotated[list[Notice], Meta(min_length=1, max_length=3)]) -> Row:
    """Follow a team and be told of what happens in its matches.

    Args:
        team_id: Id of the team, such as T34.
        notify: What to be told of, each once, in any order.
    """
    team(state, team_id)
    if state["followed"].get(team_id) is not None:
        raise conflict(f"you follow team '{team_id}' already; unfollow it first")
    return state["followed"].put(team_id, {"team_id": team_id, "notify": sorted(set(notify))})


def unfollow_team(state: State, *, team_id: str) -> Mapping[str, Any]:
    """Stop following a team.

    Args:
        team_id: Id of the team, such as T34.
    """
    team(state, team_id)
    if state["followed"].get(team_id) is None:
        raise not_found("team that you follow", team_id)
    state["followed"].drop(team_id)
    return {"team_id": team_id, "followed_by_me": False}


def set_match_alert(state: State, *, match_id: str, minutes_before: Annotated[int, Meta(ge=5, le=1440)] = 30) -> Row:
    """Be reminded of a match that is still to come; replaces an alert that you set for it before.

    Args:
        match_id: Id of the match, such as G7013.
        minutes_before: How many minutes before kick-off, up to a day.
    """
    row = match(state, match_id)
    if row["status"] == "finished":
        raise conflict(f"match '{match_id}' is finished")
    return state["alerts"].put(match_id, {"match_id": match_id, "minutes_before": minutes_before})
