"""Conversations about teams and matches."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Stage, said
from spectool.benchmark.templates.phrasing import any_order, number_said
from spectool.benchmark.templates.sports.following import AHEAD, NOTICES, WAYS, coming_match, reminding
from spectool.benchmark.templates.sports.wording import find_each, find_teams, two_rivals


def _match_and_other_time(draws: Draws) -> Slots:
    slots = dict(coming_match(draws))
    minutes = draws.pick(*(each for each in AHEAD if each != slots["ahead"].value))
    return {**slots, "later": said(minutes, *AHEAD[minutes])}


def _remind_again(act: Act, slots: Slots) -> Claims:
    (match_id,) = act.state["alerts"].changes()
    act("set_match_alert", {"match_id": match_id, "minutes_before": slots["later"]})
    return ()


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
    return [str(found["opponent_wins"]), str(found["opponent_goals"])]


def _head_to_head(act: Act, team_id: str, opponent_id: str) -> Claims | None:
    found = act("get_head_to_head", {"team_id": team_id, "opponent_id": opponent_id})
    return [str(found["team_wins"]), str(found["team_goals"])]


def _points(act: Act, slots: Slots) -> Claims:
    return [str(act("get_team_form", {"team_id": slots["team_id"], "last": slots["last"]})["points"])]


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
                        ),
                        asked=("match", "which", "game", "team", "teams", "league"),
                        says=("{home} against {away}, at {home}'s ground.", "The one that {home} host against {away}."),
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
                asks=("How often did {team} beat {opponent} this season, and how many goals did they score against them?",),
                hidden={
                    "opponent": Hidden(
                        asks=(
                            "How often did {team} beat their old rivals this season, and how many goals did they score against them?",
                            "My uncle played for {team} once. Against the club he hates most: how many wins do they have this season, "
                            "and how "
                            "many goals did {team} score?",
                        ),
                        asked=("opponent", "rivals", "rival", "which", "club", "team", "who"),
                        says=("{opponent}, of course.", "I'm speaking of {opponent}."),
                    )
                },
                solve=(_record, _record_listed, _record_reversed),
            ),
            Stage(
                asks=(
                    "He'll like that; he's turning eighty next week. And how many points did {team} take from their last {last} matches?",
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
                        asks=("I'd like to follow {team}.", "Start following {team} for me and send me notifications, would you?"),
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
