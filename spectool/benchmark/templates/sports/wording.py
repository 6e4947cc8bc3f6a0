"""How requests say values, and the searches that most solutions begin with."""

from __future__ import annotations

from typing import Any

from spectool.benchmark.template import Act, Draws, Said, either, maybe, said
from spectool.environments.core.tables import Row

LEAGUES = {"aurora_league": ("the Aurora League", "football's Aurora League"), "tidewater_league": ("the Tidewater League",)}
COUNTRIES = {
    "AR": "Argentina", "AU": "Australia", "BE": "Belgium", "BR": "Brazil", "DE": "Germany", "DK": "Denmark", "ES": "Spain", "FR": "France",
    "GB": "the United Kingdom", "GH": "Ghana", "IE": "Ireland", "IN": "India", "JP": "Japan", "KR": "South Korea", "MA": "Morocco",
    "NG": "Nigeria", "NL": "the Netherlands", "NZ": "New Zealand", "PT": "Portugal", "SE": "Sweden",
}  # fmt: skip


def league_said(league: str) -> Said:
    """A league by its name."""
    return said(league, *LEAGUES[league])


def find_team(act: Act, name: str) -> Row:
    """Searches a team by its name, in full or by a part of it; the list of all teams is not too long either."""
    return find_teams(act, name, words=maybe(*_parts(name)))[0]


def find_each(act: Act, *names: str) -> list[Row]:
    """Searches teams by their names, one after the other."""
    return [find_teams(act, name, words=either(*_parts(name)))[0] for name in names]


def _parts(name: str) -> list[str]:
    """A name, all runs of its words, and each in small letters."""
    words = name.split()
    runs = [" ".join(words[start:end]) for start in range(len(words)) for end in range(len(words), start, -1)]
    return list(dict.fromkeys([*runs, *(run.lower() for run in runs)]))


def find_teams(act: Act, *names: str, **asked: Any) -> list[Row]:
    """Teams out of one search."""
    found = {row["name"]: row for row in act("search_teams", asked, free=("sort_by", "descending"))["teams"]}
    return [found[name] for name in names]


def find_player(act: Act, name: str) -> Row | None:
    """Searches a player by name, in full or by either part; ``None`` where there are two of that name."""
    found = act("search_players", {"words": either(*_parts(name))}, free=("sort_by", "descending", "page_size"))
    player: Row | None = found["players"][0] if found["total"] == 1 else None
    return player


def two_rivals(draws: Draws) -> tuple[Row, Row]:
    """Two teams of one league."""
    first = draws.row("teams")
    return first, draws.row("teams", lambda row: row["league"] == first["league"] and row is not first)
