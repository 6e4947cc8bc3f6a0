"""Conversations about teams and matches."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Stage, maybe, said
from spectool.benchmark.templates.phrasing import ROOMY, any_order, number_said
from spectool.benchmark.templates.sports.following import AHEAD, NOTICES, WAYS, coming_match, reminding
from spectool.benchmark.templates.sports.wording import find_each, find_teams, two_rivals


def _match_and_other_time(draws: Draws) -> Slots:
    slots = dict(coming_match(draws))
    minutes = draws.pick(*(each for each in AHEAD if each != slots["ahead"].value))
    return {**slots, "later": said(minutes, *AHEAD[minutes])}


def _remind_again(act: Act, slots: Slots) -> Claims | None:
    (match_id,) = act.state["alerts"].changes()
    act("set_match_alert", {"match_id": match_id, "minutes_before": slots["later"]})
    # An alert that was set so before this conversation is no change.
    return () if act.state.changes() else None


def _rivals(draws: Draws) -> Slots:
    first, second = two_rivals(draws)
    ids = {"team_id": first["team_id"], "league": first["league"]}
    return {"team": first["name"], "opponent": second["name"], "last": number_said(draws.number(3, 8)), **ids}


def _record(act: Act, slots: Slots) -> Claims | None:
    first, second = find_each(act, slots["team"], slots["opponent"])
    return _head_to_head(act, first["team_id"], second["team_id"])


def _record_listed(act: Act, slots: Slots) -> Claims | None:
    first, second = find_teams(act, slots["team"], slots["opponent"])
    return _head_to_head(act, first["team_id"], second["team_id"])


def _record_reversed(act: Act, slots: Slots) -> Claims | None:
    first, second = find_each(act, slots["opponent"], slots["team"])
    found = act("get_head_to_head", {"team_id": first["team_id"], "opponent_id": second["team_id"]})
    return [str(found["opponent_goals"]), str(found["team_goals"])]


def _record_by_matches(act: Act, slots: Slots) -> Claims | None:
    first, second = (row["team_id"] for row in find_each(act, slots["team"], slots["opponent"]))
    asked = {"team_id": first, "opponent_id": second, "status": maybe("finished"), "page_size": ROOMY}
    found = act("find_matches", asked, free=("sort_by", "descending"))["matches"]
    goals = [(row["home_goals"], row["away_goals"]) for row in found if row["home_team_id"] == first]
    goals += [(row["away_goals"], row["home_goals"]) for row in found if row["away_team_id"] == first]
    return [str(sum(scored for scored, _ in goals)), str(sum(conceded for _, conceded in goals))]


def _head_to_head(act: Act, team_id: str, opponent_id: str) -> Claims | None:
    found = act("get_head_to_head", {"team_id": team_id, "opponent_id": opponent_id})
    scored, conceded = found["team_goals"], found["opponent_goals"]
    return [str(scored), str(conceded)] if scored and conceded else None


def _points(act: Act, slots: Slots) -> Claims | None:
    points = act("get_team_form", {"team_id": slots["team_id"], "last": slots["last"]})["points"]
    return [str(points)] if points else None


def _two_teams(draws: Draws) -> Slots:
    first, second = draws.rows("teams", 2)
    notices = draws.pick(*NOTICES)
    return {"team": first["name"], "other": second["name"], "notices": said(notices, *NOTICES[notices])}


def _follow(act: Act, slots: Slots, which: str) -> Claims:
    (team,) = find_each(act, slots[which])
    act("follow_team", {"team_id": team["team_id"], "notify": any_order(slots["notices"])})
    return ()


def _follow_other(act: Act, slots: Slots) -> Claims:
    (team_id,) = act.state["followed"].changes()
    act("unfollow_team", {"team_id": team_id})
    return _follow(act, slots, "other")


DIALOGUES = (
    Dialogue(
        name="sports-dialogue-remind-at-another-time",
        split="test",
        dated=True,
        traits=("reveals", "changes_mind"),
        draw=_match_and_other_time,
        stages=(
            Stage(
                asks=("Set an alert for the round {round} match of {home} against {away}, {ahead} before kick-off.",),
                hidden={
                    "home": Hidden(
                        asks=(
                            "Can you set an alert for a match in round {round}? It should go off {ahead} before kick-off.",
                            "I need to be reminded {ahead} before kick-off, it's about a game in round {round}.",
                            "My son plays in round {round} and I always forget. Set me an alert, {ahead} before the match begins, please.",
                            "Hi! An alert {ahead} ahead of kick-off would be great. The match is on match day {round}.",
                        ),
                        asked=("match", "which", "game", "team", "teams", "league"),
                        says=("{home} at home against {away}.", "The one in which {home} host {away}."),
                    )
                },
                solve=tuple(map(reminding, WAYS)),
            ),
            Stage(
                asks=(
                    "Hm, I've changed my mind about the time. Make it {later} before kick-off instead.",
                    "On second thoughts, {later} before kick-off suits me better. Could you change it?",
                ),
                solve=(_remind_again,),
            ),
        ),
    ),
    Dialogue(
        name="sports-dialogue-old-rivals",
        split="test",
        traits=("reveals", "irrelevant_detail"),
        draw=_rivals,
        stages=(
            Stage(
                asks=("How many goals did {team} score against {opponent} this season, and how many did they let in?",),
                hidden={
                    "opponent": Hidden(
                        asks=(
                            "How many goals did {team} score against their old rivals this season, and how many did they let in?",
                            "My uncle played for {team} once. Against the club he hates most: how many goals have {team} scored this "
                            "season, and how many have they conceded?",
                            "Settle a family argument: this season, how many goals were there for {team}, and how many against them, when "
                            "they met a certain other club?",
                            "It's derby fever here. Goals scored and goals conceded by {team} this season, only counting the matches with "
                            "their arch-enemies: what are the numbers?",
                        ),
                        asked=("opponent", "rivals", "rival", "which", "club", "team", "who"),
                        says=("{opponent}, of course.", "I'm speaking of {opponent}."),
                    )
                },
                solve=(_record, _record_listed, _record_reversed, _record_by_matches),
            ),
            Stage(
                asks=(
                    "Grandpa will like that; he's turning eighty. And how many points did {team} take from their last {last} matches?",
                    "Thanks! The kettle's on. One more: how many points have {team} got out of the last {last} matches?",
                ),
                solve=(_points,),
            ),
        ),
    ),
    Dialogue(
        name="sports-dialogue-follow-another-team",
        split="test",
        traits=("reveals", "changes_mind"),
        draw=_two_teams,
        stages=(
            Stage(
                asks=("Follow {team} and notify me of {notices}.",),
                hidden={
                    "notices": Hidden(
                        asks=(
                            "I'd like to follow {team}.",
                            "Start following {team} for me and send me notifications, would you?",
                            "My new neighbour coaches {team}, or so she says. I had better follow them from now on.",
                            "Add {team} to the teams that I follow, please. I'm new to this, so be patient.",
                        ),
                        asked=("notify", "notifications", "notified", "kick-off", "goals", "score", "what", "which"),
                        says=("Notify me of {notices}.", "{notices}, please."),
                    )
                },
                solve=(lambda act, slots: _follow(act, slots, "team"),),
            ),
            Stage(
                asks=(
                    "Oh, I mixed them up! Unfollow them again and follow {other} instead, with the same notifications.",
                    "Sorry, wrong club. It's {other} that I want to follow, with the same notifications; please take the first one off.",
                ),
                solve=(_follow_other,),
            ),
        ),
    ),
)
