"""What the user follows, matches to come, and requests that nothing serves."""

from __future__ import annotations

from collections.abc import Callable

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Solve, Template, maybe, said
from spectool.benchmark.templates.phrasing import ROOMY, any_order
from spectool.benchmark.templates.sports.wording import find_each, find_team, find_teams, two_rivals
from spectool.environments.core.environment import TODAY
from spectool.environments.core.records import records_of
from spectool.environments.core.tables import Row

NOTICES = {
    ("kick_off",): ("kick-off only", "the kick-off and nothing else"),
    ("goal",): ("goals only", "goals and nothing else"),
    ("final_score",): ("the final score only", "nothing but the final score"),
    ("kick_off", "final_score"): ("kick-off and final score",),
    ("goal", "final_score"): ("goals and the final score",),
    ("kick_off", "goal"): ("kick-off and goals",),
    ("kick_off", "goal", "final_score"): ("kick-off, goals and final score",),
}
AHEAD = {
    15: ("a quarter of an hour", "15 minutes"),
    20: ("twenty minutes",),
    45: ("three quarters of an hour", "45 minutes"),
    60: ("an hour", "60 minutes"),
    90: ("an hour and a half", "90 minutes"),
    120: ("two hours",),
    180: ("three hours",),
    1440: ("a whole day", "24 hours"),
}


def _to_follow(draws: Draws) -> Slots:
    notices = draws.pick(*NOTICES)
    return {"team": draws.row("teams")["name"], "notices": said(notices, *NOTICES[notices])}


def _follow(act: Act, slots: Slots) -> Claims:
    team = find_team(act, slots["team"])
    act("follow_team", {"team_id": team["team_id"], "notify": any_order(slots["notices"])})
    return ()


def coming_match(draws: Draws) -> Slots:
    """A match to come, how long before it to be reminded, and what tells it from others."""
    row = draws.row("matches", lambda row: row["status"] == "scheduled")
    teams, minutes = records_of("sports")["teams"], draws.pick(*AHEAD)
    return {
        "home": teams[row["home_team_id"]]["name"],
        "away": teams[row["away_team_id"]]["name"],
        "league": row["league"],
        "round": row["round"],
        "ahead": said(minutes, *AHEAD[minutes]),
    }


def by_fixtures(act: Act, slots: Slots) -> Row | None:
    """By the matches to come of the home team."""
    home = find_team(act, slots["home"])
    asked = {"team_id": home["team_id"], "status": "scheduled", "side": maybe("home"), "date_from": maybe(TODAY)}
    return _meant(act("find_matches", {**asked, "page_size": ROOMY}, free=("sort_by", "descending"))["matches"], slots)


def by_guest(act: Act, slots: Slots) -> Row | None:
    """By the matches to come of the other team."""
    away = find_team(act, slots["away"])
    asked = {"team_id": away["team_id"], "status": "scheduled", "side": maybe("away"), "date_from": maybe(TODAY)}
    return _meant(act("find_matches", {**asked, "page_size": ROOMY}, free=("sort_by", "descending"))["matches"], slots)


def by_date(act: Act, slots: Slots) -> Row | None:
    """By the home team's matches from today on."""
    home = find_team(act, slots["home"])
    asked = {"team_id": home["team_id"], "date_from": TODAY, "side": maybe("home"), "status": maybe("scheduled")}
    return _meant(act("find_matches", {**asked, "page_size": ROOMY}, free=("sort_by", "descending"))["matches"], slots)


def by_both(act: Act, slots: Slots) -> Row | None:
    """By the ids of both teams."""
    home, away = find_each(act, slots["home"], slots["away"])
    return _between(act, slots, home, away)


def by_both_listed(act: Act, slots: Slots) -> Row | None:
    """By the ids of both teams, out of one list."""
    home, away = find_teams(act, slots["home"], slots["away"], league=maybe(slots["league"]))
    return _between(act, slots, home, away)


def by_round(act: Act, slots: Slots) -> Row | None:
    """By the round, which the request tells; there are but two leagues to look in, and who looks for the team first knows which."""
    return _meant(act("get_round", {"league": slots["league"], "round": slots["round"]})["matches"], slots)


WAYS = (by_fixtures, by_guest, by_date, by_both, by_both_listed, by_round)


def _between(act: Act, slots: Slots, home: Row, away: Row) -> Row | None:
    asked = {"team_id": home["team_id"], "opponent_id": away["team_id"], "side": maybe("home"), "status": maybe("scheduled")}
    narrow = {"date_from": maybe(TODAY), "league": maybe(slots["league"]), "page_size": ROOMY}
    return _meant(act("find_matches", {**asked, **narrow}, free=("sort_by", "descending"))["matches"], slots)


def _meant(found: list[Row], slots: Slots) -> Row | None:
    meant = [row for row in found if (row["home_team"], row["away_team"]) == (slots["home"], slots["away"])]
    return meant[0] if len(meant) == 1 else None


def reminding(way: Callable[[Act, Slots], Row | None]) -> Solve:
    """A solution that finds the match in one way and sets the alert."""

    def solve(act: Act, slots: Slots) -> Claims | None:
        row = way(act, slots)
        if row is None:
            return None
        act("set_match_alert", {"match_id": row["match_id"], "minutes_before": slots["ahead"]})
        # An alert that was set so before is no change.
        return () if act.state.changes() else None

    return solve


FOLLOW = Template(
    name="sports-follow-team",
    kind="state_changing",
    split="test",
    asks=(
        "I want to follow {team}. Notify me of {notices}.",
        "Start following {team} for me, with notifications for {notices}.",
        "From now on, keep me posted on {team}: {notices}.",
    ),
    paraphrases=(
        "My cousin has signed for {team}, so I'd better follow them from today. As for what my phone should buzz for: {notices}.",
    ),
    irrelevant=("Use a trumpet as the sound.", "And never before my second coffee."),
    hidden={
        "notices": Hidden(
            asks=("I want to follow {team}.", "Please follow {team} for me and have me notified of some of what happens."),
            asked=("notified", "notify", "notifications", "kick-off", "goals", "score", "what", "alerts"),
            says=("Notify me of {notices}.", "Of {notices}, please."),
        ),
        "team": Hidden(
            asks=(
                "There is a team that I want to follow. Notify me of {notices}.",
                "Start following the club that my grandson has just joined. As for notifications: {notices}.",
            ),
            asked=("team", "which", "club", "name"),
            says=("{team}.", "It's {team}."),
        ),
    },
    draw=_to_follow,
    solve=(_follow,),
)
REMIND = Template(
    name="sports-remind-of-match",
    kind="state_changing",
    split="test",
    dated=True,
    asks=(
        "Remind me of the match of {home} against {away} in round {round}: {ahead} before kick-off.",
        "Set an alert {ahead} ahead of the round {round} game in which {home} host {away}.",
    ),
    paraphrases=("I must not miss it when {home} welcome {away} on match day {round}. Let my phone ring {ahead} before it starts.",),
    draw=coming_match,
    solve=tuple(map(reminding, WAYS)),
)
UNRELATED = Template(
    name="sports-unrelated",
    kind="unrelated_request",
    split="test",
    asks=(
        "Buy me two season tickets for {team}, somewhere near the halfway line.",
        "Renew my gym membership; I'd like to be as fit as the {team} squad.",
        "Order a scarf in the colours of {team} as a present.",
        "Put ten euros on {team} to beat {opponent}, with whichever bookmaker you like.",
        "Have my bicycle painted in the colours of {team}.",
        "Write a chant that {team} supporters could sing about {opponent}.",
    ),
    paraphrases=(
        "We're painting the children's room in the style of {team}, with a corner for {opponent} to keep the peace. Hire a painter for me.",
    ),
    draw=lambda draws: dict(zip(("team", "opponent"), (row["name"] for row in two_rivals(draws)), strict=True)),
)
