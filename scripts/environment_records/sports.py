"""Invented football and field hockey: two leagues with teams, players, the season's matches and what happened in them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from scripts.environment_records.sports_names import COUNTRIES, FIRST, LAST, TEAMS
from spectool.environments.core.environment import TODAY
from spectool.environments.core.tables import Records

SEED = "sports/1"
DAY = date.fromisoformat(TODAY)
# First match day, weeks between match days, rounds before the winter break, first match day after it, length of a match.
CALENDARS = {
    "aurora_league": (date(2026, 10, 3), 1, 11, date(2027, 2, 6), 90),
    "tidewater_league": (date(2026, 10, 11), 2, 5, date(2027, 1, 17), 60),
}
POSITIONS = (
    "goalkeeper", "defender", "defender", "defender", "midfielder", "midfielder", "midfielder", "forward", "forward",
)  # fmt: skip
SATURDAY = 5
ORDER = ("red_card", "yellow_card", "penalty_goal", "goal")
NOTICES = ("kick_off", "goal", "final_score")


def records() -> Records:
    """Tables ``teams``, ``players``, ``matches``, ``followed`` and ``alerts``."""
    rng = Random(SEED)
    names = iter(rng.sample([f"{first} {last}" for first in FIRST for last in LAST], 220))
    teams = {id: team for number, each in enumerate(TEAMS) for id, team in [_team(rng, f"T{31 + number}", each, next(names))]}
    players = _players(rng, teams, names)
    referees = [next(names) for _ in range(9)]
    matches: dict[str, Any] = {}
    for league in CALENDARS:
        _season(rng, league, [id for id, row in teams.items() if row["league"] == league], teams, players, referees, matches)
    coming = [id for id, row in matches.items() if row["status"] == "scheduled"]
    return {
        "teams": {id: {name: value for name, value in row.items() if name != "strength"} for id, row in teams.items()},
        "players": players,
        "matches": matches,
        "followed": {
            id: {"team_id": id, "notify": sorted(rng.sample(NOTICES, rng.randint(1, 3)))} for id in sorted(rng.sample(list(teams), 6))
        },
        "alerts": {id: {"match_id": id, "minutes_before": rng.choice([15, 30, 60])} for id in sorted(rng.sample(coming, 8))},
    }


def _team(rng: Random, id: str, told: tuple[str, str, str, str, int, float, float], coach: str) -> tuple[str, dict[str, Any]]:
    name, league, city, venue, capacity, latitude, longitude = told
    return id, {
        "team_id": id,
        "name": name,
        "league": league,
        "city": city,
        "founded": rng.randint(1884, 1979),
        "coach": coach,
        "venue": venue,
        "capacity": capacity,
        "latitude": latitude,
        "longitude": longitude,
        "strength": rng.uniform(0.7, 1.5),
    }


def _players(rng: Random, teams: dict[str, Any], names: Any) -> dict[str, Any]:
    players = {}
    for team_id in teams:
        shirts = [1, *sorted(rng.sample(range(2, 31), len(POSITIONS) - 1))]
        for shirt, position in zip(shirts, POSITIONS, strict=True):
            id = f"P{4001 + 3 * len(players)}"
            players[id] = {
                "player_id": id,
                "name": next(names),
                "team_id": team_id,
                "position": position,
                "shirt_number": shirt,
                "born": (date(rng.randint(1992, 2008), 1, 1) + timedelta(days=rng.randrange(365))).isoformat(),
                "country": rng.choice(COUNTRIES),
                "height_cm": rng.randint(166, 184) + (10 if position == "goalkeeper" else 0),
            }
    return players


def _rounds(teams: list[str]) -> list[list[tuple[str, str]]]:
    """Everybody against everybody, at home and away, by the circle method."""
    circle, first = teams[1:], []
    for number in range(len(teams) - 1):
        around = [teams[0], *circle[number:], *circle[:number]]
        pairs = [(around[each], around[-1 - each]) for each in range(len(teams) // 2)]
        first.append([(away, home) if (number + place) % 2 else (home, away) for place, (home, away) in enumerate(pairs)])
    return first + [[(away, home) for home, away in pairs] for pairs in first]


def _season(
    rng: Random, league: str, ids: list[str], teams: dict[str, Any], players: dict[str, Any], referees: list[str], matches: dict[str, Any]
) -> None:
    start, weeks, before_break, restart, length = CALENDARS[league]
    postponed = rng.choice([6, 7, 8])
    for number, pairs in enumerate(_rounds(ids), 1):
        day = start + timedelta(weeks=weeks * (number - 1))
        if number > before_break:
            day = restart + timedelta(weeks=weeks * (number - before_break - 1))
        for place, (home, away) in enumerate(pairs):
            id = f"G{7001 + 4 * len(matches)}"
            played = day + timedelta(days=rng.choice([0, 0, 1 if day.weekday() == SATURDAY else -1]))
            row: dict[str, Any] = {
                "match_id": id, "league": league, "round": number, "date": played.isoformat(),
                "kick_off": rng.choice(["13:30", "15:00", "17:30", "19:45"]), "home_team_id": home, "away_team_id": away,
                "status": "scheduled", "home_goals": None, "away_goals": None, "attendance": None, "referee": rng.choice(referees),
                "events": [],
            }  # fmt: skip
            if number == postponed and place == 1:
                row |= {"status": "postponed", "date": "2027-03-24"}
            elif played < DAY:
                row |= _played(rng, teams[home], teams[away], players, length)
            matches[id] = row


def _played(rng: Random, home: Any, away: Any, players: dict[str, Any], length: int) -> dict[str, Any]:
    goals = {
        team["team_id"]: sum(rng.random() < edge * team["strength"] / (team["strength"] + other["strength"]) for _ in range(6))
        for team, other, edge in ((home, away, 0.55), (away, home, 0.42))
    }
    kinds = [(team, kind) for team, number in goals.items() for kind in ["goal"] * number]
    kinds = [(team, "penalty_goal" if rng.random() < 0.12 else kind) for team, kind in kinds]
    for team in goals:
        kinds += [(team, "yellow_card")] * rng.choice([0, 0, 1, 1, 2]) + [(team, "red_card")] * (rng.random() < 0.05)
    minutes = rng.sample(range(2, length + 1), len(kinds))
    # Cards first: who has one gets no second, and who is sent off does nothing else.
    shown: set[str] = set()
    off: set[str] = set()
    events = []
    for minute, (team, kind) in sorted(zip(minutes, kinds, strict=True), key=lambda each: ORDER.index(each[1][1])):
        squad = [
            row for row in players.values() if row["team_id"] == team and row["player_id"] not in (shown if kind.endswith("card") else off)
        ]
        events.append(_event(rng, minute, team, kind, squad))
        shown |= {events[-1]["player_id"]} if kind.endswith("card") else set()
        off |= {events[-1]["player_id"]} if kind == "red_card" else set()
    events.sort(key=lambda event: event["minute"])
    attendance = int(home["capacity"] * rng.uniform(0.45, 1))
    ends = {"home_goals": goals[home["team_id"]], "away_goals": goals[away["team_id"]]}
    return {"status": "finished", **ends, "attendance": attendance, "events": events}


def _event(rng: Random, minute: int, team: str, kind: str, squad: list[dict[str, Any]]) -> dict[str, Any]:
    weights = {"goalkeeper": 0, "defender": 1, "midfielder": 3, "forward": 6} if kind.endswith("goal") else {}
    who = rng.choices(squad, [weights.get(row["position"], 2) for row in squad])[0]
    others = [row["player_id"] for row in squad if row is not who and row["position"] != "goalkeeper"]
    assist = {"assist_player_id": rng.choice(others)} if kind == "goal" and rng.random() < 0.6 else {}
    return {"minute": minute, "kind": kind, "team_id": team, "player_id": who["player_id"], **assist}
