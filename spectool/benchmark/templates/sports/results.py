"""What the season has brought: scorers, tables, matches and what happened in them."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Slots, Template, either, maybe, said
from spectool.benchmark.templates.looking_back import told_before
from spectool.benchmark.templates.phrasing import ROOMY
from spectool.benchmark.templates.sports.wording import find_each, find_team, find_teams, two_rivals
from spectool.environments.core.tables import Row


def _rivals(draws: Draws) -> Slots:
    first, second = two_rivals(draws)
    return {"team": first["name"], "opponent": second["name"], "league": first["league"]}


def _by_both(act: Act, slots: Slots) -> Claims | None:
    host, guest = (row["team_id"] for row in find_each(act, slots["team"], slots["opponent"]))
    return _goals_of(act, {"team_id": host, "opponent_id": guest, "side": maybe("home")}, slots)


def _by_both_listed(act: Act, slots: Slots) -> Claims | None:
    host, guest = (row["team_id"] for row in find_teams(act, slots["team"], slots["opponent"], league=maybe(slots["league"])))
    return _goals_of(act, {"team_id": host, "opponent_id": guest, "side": maybe("home")}, slots)


def _by_both_reversed(act: Act, slots: Slots) -> Claims | None:
    host, guest = (row["team_id"] for row in find_each(act, slots["team"], slots["opponent"]))
    return _goals_of(act, {"team_id": guest, "opponent_id": host, "side": maybe("away")}, slots)


def _by_host(act: Act, slots: Slots) -> Claims | None:
    return _goals_of(act, {"team_id": find_team(act, slots["team"])["team_id"], "side": "home"}, slots)


def _by_guest(act: Act, slots: Slots) -> Claims | None:
    return _goals_of(act, {"team_id": find_team(act, slots["opponent"])["team_id"], "side": "away"}, slots)


def _by_record(act: Act, slots: Slots) -> Claims | None:
    """The ids of both meetings stand in their head-to-head record."""
    return _by_meetings(act, slots, [row["team_id"] for row in find_each(act, slots["team"], slots["opponent"])])


def _by_record_listed(act: Act, slots: Slots) -> Claims | None:
    return _by_meetings(act, slots, [row["team_id"] for row in find_teams(act, slots["team"], slots["opponent"])])


def _by_meetings(act: Act, slots: Slots, ids: list[str]) -> Claims | None:
    """Who was at home in either of two meetings tells which of them is meant; there is nothing to tell of one meeting alone."""
    meetings = act("get_head_to_head", {"team_id": ids[0], "opponent_id": ids[1]})["match_ids"]
    meant = [id for id in meetings if told_before(act, "get_match", {"match_id": id})["home_team_id"] == ids[0]]
    if len(meetings) > 1:
        act("get_match", {"match_id": either(*meetings)})
    return _scorers(act, meant[0]) if len(meant) == 1 else None


def _by_form(act: Act, slots: Slots) -> Claims | None:
    """A team's form tells the ids of its matches and of whom it met."""
    host, guest = (row["team_id"] for row in find_each(act, slots["team"], slots["opponent"]))
    played = act("get_team_form", {"team_id": host, "last": either(18, 15, 16, 17), "side": maybe("home")})["matches"]
    meant = [row["match_id"] for row in played if (row["opponent_id"], row["side"]) == (guest, "home")]
    return _scorers(act, meant[0]) if len(meant) == 1 else None


def _goals_of(act: Act, asked: dict[str, object], slots: Slots) -> Claims | None:
    narrow = {"league": maybe(slots["league"]), "status": maybe("finished"), "page_size": ROOMY}
    return _goals_in(act, act("find_matches", {**asked, **narrow}, free=("sort_by", "descending"))["matches"], slots)


def _goals_in(act: Act, matches: list[Row], slots: Slots) -> Claims | None:
    meant = [row for row in matches if (row["home_team"], row["away_team"]) == (slots["team"], slots["opponent"])]
    if len(meant) != 1 or meant[0]["status"] != "finished":
        return None
    return _scorers(act, meant[0]["match_id"])


def _scorers(act: Act, match_id: str) -> Claims | None:
    kinds = maybe(["goal", "penalty_goal"], ["penalty_goal", "goal"])
    events = act("get_match_events", {"match_id": match_id, "kinds": kinds})["events"]
    scorers = dict.fromkeys(event["player"] for event in events if event["kind"].endswith("goal"))
    return list(scorers) or None


# Pages that hold all matches that a team has played.
WHOLE_SEASON = either(50, *range(15, 21), 25, 30, 40)
ENDS = {"W": ("won",), "D": ("drew",), "L": ("lost",)}


def _latest(draws: Draws) -> Slots:
    end = draws.pick(*ENDS)
    return {"team": draws.row("teams")["name"], "end": said(end, *ENDS[end])}


def _latest_then_team(act: Act, slots: Slots) -> Claims | None:
    (team,) = find_each(act, slots["team"])
    latest = _latest_of(act, team, slots)
    return [latest["date"], act("get_team", {"team_id": latest["opponent_id"]})["name"]] if latest else None


def _latest_then_match(act: Act, slots: Slots) -> Claims | None:
    (team,) = find_each(act, slots["team"])
    latest = _latest_of(act, team, slots)
    if latest is None:
        return None
    match = act("get_match", {"match_id": latest["match_id"]})
    return [latest["date"], match["away_team" if latest["side"] == "home" else "home_team"]]


def _latest_in_list(act: Act, slots: Slots) -> Claims | None:
    teams = act("search_teams", {}, free=("sort_by", "descending"))["teams"]
    names = {row["team_id"]: row["name"] for row in teams}
    latest = _latest_of(act, next(row for row in teams if row["name"] == slots["team"]), slots)
    return [latest["date"], names[latest["opponent_id"]]] if latest else None


def _latest_of(act: Act, team: Row, slots: Slots) -> Row | None:
    """The latest match of its kind, if it is among the last five; fewer do where they hold it."""
    latest = told_before(act, "get_team_form", {"team_id": team["team_id"]})["matches"]
    place = next((number for number, row in enumerate(latest, 1) if row["outcome"] == slots["end"]), None)
    if place is None:
        return None
    found = act("get_team_form", {"team_id": team["team_id"], "last": either(5, *range(place, 5), *range(6, 19))})["matches"]
    wanted: Row = next(row for row in found if row["outcome"] == slots["end"])
    return wanted


def _by_matches(act: Act, slots: Slots) -> Claims | None:
    """By the finished matches, latest first."""
    asked = {"team_id": find_team(act, slots["team"])["team_id"], "status": "finished"}
    found = act("find_matches", {**asked, "sort_by": "date", "descending": True, "page_size": ROOMY})["matches"]
    return _latest_among(found, slots)


def _by_all_matches(act: Act, slots: Slots) -> Claims | None:
    """By all finished matches of the season, in any order."""
    asked = {"team_id": find_team(act, slots["team"])["team_id"], "status": "finished", "page_size": WHOLE_SEASON}
    found = act("find_matches", asked, free=("sort_by", "descending"))["matches"]
    return _latest_among(sorted(found, key=lambda row: row["date"], reverse=True), slots)


def _latest_among(matches: list[Row], slots: Slots) -> Claims | None:
    for row in matches:
        mine, theirs, other = row["home_goals"], row["away_goals"], row["away_team"]
        if other == slots["team"]:
            mine, theirs, other = theirs, mine, row["home_team"]
        if slots["end"] == ("W" if mine > theirs else "D" if mine == theirs else "L"):
            return [row["date"], other]
    return None


SCORERS = Template(
    name="sports-scorers-of-a-match",
    kind="multi_step",
    split="test",
    asks=(
        "Who scored when {team} were at home to {opponent} this season? Name everybody who did, on either side.",
        "Name all the goal scorers, of both teams, in the match that {team} hosted against {opponent}.",
        "{opponent} went to {team} this season. Which players of the two sides got on the scoresheet?",
    ),
    draw=_rivals,
    solve=(_by_both, _by_both_listed, _by_both_reversed, _by_host, _by_guest, _by_record, _by_record_listed, _by_form),
)
LATEST = Template(
    name="sports-latest-of-its-kind",
    kind="multi_step",
    split="test",
    asks=(
        "On what date (year included) did {team} play the latest match that they {end}, and who was the opponent?",
        "Look for the most recent match that {team} {end}: which day was it (with the year), and against whom?",
        "When was the last time that {team} {end} a match? I'd like the full date and the name of the other team.",
    ),
    irrelevant=("Leave out any that had an extra camera behind the goal.", "It would be nice to hear what the weather was like, too."),
    draw=_latest,
    solve=(_latest_then_team, _latest_then_match, _latest_in_list, _by_matches, _by_all_matches),
)
