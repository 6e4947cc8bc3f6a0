"""The sports environment: its tools in the order in which they are offered."""

from __future__ import annotations

from spectool.environments.core.environment import Environment
from spectool.environments.core.signature import reads, writes
from spectool.environments.sports.following import follow_team, set_match_alert, unfollow_team
from spectool.environments.sports.matches import find_matches, get_match, get_match_events, get_round
from spectool.environments.sports.season import get_head_to_head, get_player_statistics, get_standings, get_team_form, get_top_scorers
from spectool.environments.sports.teams import get_player, get_team, search_players, search_teams

SPORTS = Environment(
    "sports",
    "A football and a field hockey league: teams, players, matches and their events, tables, and teams and matches that you follow.",
    (
        reads(search_teams),
        reads(get_team),
        reads(search_players),
        reads(get_player),
        reads(get_player_statistics),
        reads(find_matches),
        reads(get_round),
        reads(get_match),
        reads(get_match_events),
        reads(get_standings),
        reads(get_top_scorers),
        reads(get_head_to_head),
        reads(get_team_form),
        writes(follow_team),
        writes(unfollow_team),
        writes(set_match_alert),
    ),
)
