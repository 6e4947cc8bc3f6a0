"""Conversations about teams and matches."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Stage, said
from spectool.benchmark.templates.sports.following import AHEAD, coming_match, match_between, match_found, match_of_round, remind
from spectool.benchmark.templates.sports.wording import find_team, league_said, two_rivals
from spectool.environments.records import records_of


def _match_and_other_time(draws: Draws) -> Slots:
    slots = dict(coming_match(draws))
    minutes = draws.pick(*(each for each in AHEAD if each != slots["ahead"].value))
    return {**slots, "later": said(minutes, *AHEAD[minutes])}


def _remind_later(act: Act, slots: Slots) -> Claims:
    records = records_of("sports")["matches"]
    (match_id,) = [id for id, row in act.state["alerts"].changes().items() if row is not None and id in records]
    act("set_match_alert", {"match_id": match_id, "minutes_before": slots["later"]})
    return ()
