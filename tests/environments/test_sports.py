"""The sports environment: what its tools say, refuse and change, and that its records hold together."""

from collections import Counter

import pytest

from spectool.environments.core.errors import ToolError
from spectool.environments.sports.environment import SPORTS

WRITES = [
    pytest.param(
        "follow_team", {"team_id": "T32", "notify": ["kick_off", "goal", "goal"]},
        {"followed": {"T32": {"team_id": "T32", "notify": ["goal", "kick_off"]}}}, id="what to be told of, each once, in any order",
    ),
    pytest.param("unfollow_team", {"team_id": "T38"}, {"followed": {"T38": None}}, id="no longer followed"),
    pytest.param(
        "set_match_alert", {"match_id": "G7353"},
        {"alerts": {"G7353": {"match_id": "G7353", "minutes_before": 30}}}, id="half an hour before",
    ),
]  # fmt: skip

MINUTES = "minutes_before: expected minimum 5, got integer '4'"
REFUSED = [
    ("follow_team", {"team_id": "T38", "notify": ["goal"]}, "conflict", "you follow team 'T38' already; unfollow it first"),
    ("follow_team", {"team_id": "T99", "notify": ["goal"]}, "not_found", "no team 'T99'"),
    ("follow_team", {"team_id": "T32", "notify": []}, "invalid_argument", "notify: expected minItems 1, got array"),
    ("unfollow_team", {"team_id": "T32"}, "not_found", "no team that you follow 'T32'"),
    ("set_match_alert", {"match_id": "G7013"}, "conflict", "match 'G7013' is finished"),
    (
        "set_match_alert",
        {"match_id": "G7353", "minutes_before": 4},
        "invalid_argument",
        "minutes_before: expected minimum 5, got integer '4'",
    ),
]


@pytest.mark.parametrize(("name", "arguments", "changes"), WRITES)
def test_a_write_changes_what_it_says_and_no_more(name, arguments, changes):
    state = SPORTS.fresh()
    SPORTS.call(state, name, arguments)
    assert state.changes() == changes


@pytest.mark.parametrize(("name", "arguments", "code", "message"), REFUSED, ids=[row[3] for row in REFUSED])
def test_a_write_is_refused(name, arguments, code, message):
    state = SPORTS.fresh()
    with pytest.raises(ToolError) as caught:
        SPORTS.call(state, name, arguments)
    assert (caught.value.code, caught.value.message) == (code, message)
    assert state.changes() == {}


def test_following_shows_in_searches_and_ends():
    state = SPORTS.fresh()
    SPORTS.call(state, "follow_team", {"team_id": "T32", "notify": ["goal"]})
    assert SPORTS.call(state, "get_team", {"team_id": "T32"})["notify"] == ["goal"]
    assert "T32" in [row["team_id"] for row in SPORTS.call(state, "search_teams", {"followed_by_me": True})["teams"]]
    SPORTS.call(state, "unfollow_team", {"team_id": "T32"})
    assert state.changes() == {}


def test_an_alert_replaces_the_one_before():
    state = SPORTS.fresh()
    for minutes in (60, 15):
        SPORTS.call(state, "set_match_alert", {"match_id": "G7353", "minutes_before": minutes})
    assert state.changes() == {"alerts": {"G7353": {"match_id": "G7353", "minutes_before": 15}}}


def test_a_season_is_everybody_against_everybody_at_home_and_away():
    records = SPORTS.records
    for league, teams, rounds in (("aurora_league", 10, 18), ("tidewater_league", 8, 14)):
        matches = [row for row in records["matches"].values() if row["league"] == league]
        assert len({(row["home_team_id"], row["away_team_id"]) for row in matches}) == len(matches) == teams * (teams - 1)
        for number in range(1, rounds + 1):
            playing = [row[f"{side}_team_id"] for row in matches if row["round"] == number for side in ("home", "away")]
            assert len(playing) == len(set(playing)) == teams


def test_events_make_the_score():
    records = SPORTS.records
    for row in records["matches"].values():
        goals = Counter(event["team_id"] for event in row["events"] if event["kind"].endswith("goal"))
        score = (row["home_goals"], row["away_goals"])
        assert score == ((goals[row["home_team_id"]], goals[row["away_team_id"]]) if row["status"] == "finished" else (None, None))
        assert (row["date"] < SPORTS.today) == (row["status"] == "finished")
        off = {event["player_id"]: event["minute"] for event in row["events"] if event["kind"] == "red_card"}
        for event in row["events"]:
            assert records["players"][event["player_id"]]["team_id"] == event["team_id"]
            assert event["minute"] <= off.get(event["player_id"], 90)
        assert (row["attendance"] or 0) <= records["teams"][row["home_team_id"]]["capacity"]


@pytest.mark.parametrize("league", ["aurora_league", "tidewater_league"])
def test_the_table_adds_up_to_the_results(league):
    """Counted here from the matches, without the environment's own counting."""
    points: Counter[str] = Counter()
    goals: Counter[str] = Counter()
    for row in SPORTS.records["matches"].values():
        if row["league"] == league and row["status"] == "finished":
            home, away = row["home_goals"], row["away_goals"]
            points[row["home_team_id"]] += 3 if home > away else int(home == away)
            points[row["away_team_id"]] += 3 if away > home else int(home == away)
            goals[row["home_team_id"]] += home
            goals[row["away_team_id"]] += away
    state = SPORTS.fresh()
    table = SPORTS.call(state, "get_standings", {"league": league})["table"]
    assert {row["team_id"]: (row["points"], row["goals_for"]) for row in table} == {id: (points[id], goals[id]) for id in points}
    assert [row["rank"] for row in table] == list(range(1, len(points) + 1))
    ranked = [(row["points"], row["goal_difference"], row["goals_for"]) for row in table]
    assert ranked == sorted(ranked, reverse=True)
    for row in table:
        form = SPORTS.call(state, "get_team_form", {"team_id": row["team_id"], "last": 18})
        assert (form["points"], form["goals_for"]) == (points[row["team_id"]], goals[row["team_id"]])


def test_goals_are_counted_the_same_in_every_way():
    state = SPORTS.fresh()
    for league in ("aurora_league", "tidewater_league"):
        ranking = SPORTS.call(state, "get_top_scorers", {"league": league, "limit": 50})["players"]
        for row in ranking:
            assert SPORTS.call(state, "get_player_statistics", {"player_id": row["player_id"]})["goals"] == row["goals"]
