"""What the season has brought: scorers, tables, matches and what happened in them."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Slots, Template, either, maybe, said
from spectool.benchmark.templates.phrasing import ROOMY
from spectool.benchmark.templates.sports.wording import find_each, find_team, find_teams, two_rivals
from spectool.environments.tables import Row


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
    """Who was at home in the first meeting tells which of the two is meant."""
    meetings = act("get_head_to_head", {"team_id": ids[0], "opponent_id": ids[1]})["match_ids"]
    if not meetings:
        return None
    if act("get_match", {"match_id": meetings[0]})["home_team_id"] == ids[0]:
        return _scorers(act, meetings[0])
    return _scorers(act, meetings[1]) if len(meetings) == 2 else None


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


ENDS = {"W": ("won",), "D": ("drew",), "L": ("lost",)}


def _latest(draws: Draws) -> Slots:
    end = draws.pick(*ENDS)
    return {"team": draws.row("teams")["name"], "end": said(end, *ENDS[end])}


def _by_form(act: Act, slots: Slots) -> Claims | None:
    (team,) = find_each(act, slots["team"])
    latest = _latest_of(act, team, slots)
    if latest is None:
        return None
    return [latest["date"], act("get_team", {"team_id": latest["opponent_id"]})["name"]]


def _by_form_and_list(act: Act, slots: Slots) -> Claims | None:
    teams = act("search_teams", {}, free=("sort_by", "descending"))["teams"]
    names = {row["team_id"]: row["name"] for row in teams}
    latest = _latest_of(act, next(row for row in teams if row["name"] == slots["team"]), slots)
    if latest is None:
        return None
    return [latest["date"], names[latest["opponent_id"]]]


def _latest_of(act: Act, team: Row, slots: Slots) -> Row | None:
    """The latest match of its kind, if it is among the last five."""
    found = act("get_team_form", {"team_id": team["team_id"], "last": either(5, *range(6, 19))})["matches"]
    return next((row for row in found if row["outcome"] == slots["end"]), None)


def _by_matches(act: Act, slots: Slots) -> Claims | None:
    team = find_team(act, slots["team"])["team_id"]
    asked = {"team_id": team, "status": "finished", "sort_by": "date", "descending": True, "page_size": ROOMY}
    for row in act("find_matches", asked)["matches"]:
        mine, theirs, other = row["home_goals"], row["away_goals"], row["away_team"]
        if row["away_team_id"] == team:
            mine, theirs, other = theirs, mine, row["home_team"]
        if slots["end"] == ("W" if mine > theirs else "D" if mine == theirs else "L"):
            return [row["date"], other]
    return None


SCORERS = Template(
    name="sports-scorers-of-a-match",
    kind="multi_step",
    split="test",
    asks=(
        "Who scored when {team} played {opponent} at home this season? Name everybody who did, on either side.",
        "Name all the goal scorers, of both teams, in the match that {team} hosted against {opponent}.",
        "{opponent} went to {team} this season. Which players got on the scoresheet?",
    ),
    draw=_rivals,
    solve=(_by_both, _by_both_listed, _by_both_reversed, _by_host, _by_guest, _by_record, _by_record_listed),
)
LATEST = Template(
    name="sports-latest-of-its-kind",
    kind="multi_step",
    split="test",
    asks=(
        "On what date did {team} play the latest match that they {end}, and who was the opponent?",
        "Look for the most recent match that {team} {end}: which day was it, and against whom?",
    ),
    irrelevant=("Friendlies on the moon don't count, obviously.", "It would be nice to hear what the weather was like, too."),
    draw=_latest,
    solve=(_by_form, _by_form_and_list, _by_matches),
)
