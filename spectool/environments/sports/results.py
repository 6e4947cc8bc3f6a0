"""What the season's finished matches add up to, counted once: results are no part of what a trajectory can change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from spectool.environments.core.records import records_of
from spectool.environments.core.tables import Row

Side = Literal["all", "home", "away"]
# Event kinds by what they count for; an assist is told by the goal that came of it.
COUNTED = {
    "goals": ("goal", "penalty_goal"),
    "penalty_goals": ("penalty_goal",),
    "yellow_cards": ("yellow_card",),
    "red_cards": ("red_card",),
}


@lru_cache(maxsize=64)
def results_of(team_id: str) -> tuple[Mapping[str, Any], ...]:
    """A team's finished matches as it sees them, by date."""
    results = []
    for row in _finished():
        for side, other in (("home", "away"), ("away", "home")):
            if row[f"{side}_team_id"] == team_id:
                results.append(_result(row, side, other))
    return tuple(sorted(results, key=lambda result: (result["date"], result["match_id"])))


def _result(row: Row, side: str, other: str) -> Mapping[str, Any]:
    scored, conceded = row[f"{side}_goals"], row[f"{other}_goals"]
    outcome = "W" if scored > conceded else "D" if scored == conceded else "L"
    told = {"match_id": row["match_id"], "date": row["date"], "round": row["round"], "side": side, "opponent_id": row[f"{other}_team_id"]}
    return {**told, "goals_for": scored, "goals_against": conceded, "outcome": outcome}


@lru_cache(maxsize=256)
def standings(league: str, side: Side, after_round: int | None) -> Mapping[str, Any]:
    """The table of a league, best team first."""
    rows = []
    for row in records_of("sports")["teams"].values():
        if row["league"] == league:
            results = [
                result
                for result in results_of(row["team_id"])
                if side in ("all", result["side"]) and (after_round is None or result["round"] <= after_round)
            ]
            rows.append(_line(row, results))
    rows.sort(key=lambda row: (-row["points"], -row["goal_difference"], -row["goals_for"], row["name"]))
    return {"league": league, "side": side, "table": [{"rank": rank, **row} for rank, row in enumerate(rows, 1)]}


def _line(row: Row, results: list[Mapping[str, Any]]) -> dict[str, Any]:
    counts = Counter(result["outcome"] for result in results)
    scored, conceded = sum(result["goals_for"] for result in results), sum(result["goals_against"] for result in results)
    told = {"team_id": row["team_id"], "name": row["name"], "played": len(results), "won": counts["W"], "drawn": counts["D"]}
    goals = {"lost": counts["L"], "goals_for": scored, "goals_against": conceded, "goal_difference": scored - conceded}
    return {**told, **goals, "points": 3 * counts["W"] + counts["D"]}


@lru_cache(maxsize=1)
def deeds() -> Mapping[str, list[tuple[str, str]]]:
    """What each player did: kinds of events, and ``assist``, with the match."""
    done: dict[str, list[tuple[str, str]]] = {id: [] for id in records_of("sports")["players"]}
    for row in _finished():
        for event in row["events"]:
            done[event["player_id"]].append((event["kind"], row["match_id"]))
            if "assist_player_id" in event:
                done[event["assist_player_id"]].append(("assist", row["match_id"]))
    return done


@lru_cache(maxsize=16)
def ranking(league: str, count: str) -> tuple[Mapping[str, Any], ...]:
    """Players of a league who did it at least once, most first."""
    kinds, tables = COUNTED.get(count, ("assist",)), records_of("sports")
    found = []
    for id, row in tables["players"].items():
        number = sum(kind in kinds for kind, _ in deeds()[id])
        if number and tables["teams"][row["team_id"]]["league"] == league:
            told = {name: row[name] for name in ("player_id", "name", "team_id", "position")}
            found.append({**told, count: number})
    return tuple(sorted(found, key=lambda each: (-each[count], each["name"])))


def _finished() -> list[Row]:
    return [row for row in records_of("sports")["matches"].values() if row["status"] == "finished"]
