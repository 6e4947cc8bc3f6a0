"""Requests to choose by."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, said
from spectool.benchmark.templates.phrasing import ROOMY
from spectool.benchmark.templates.searching import ORDER, words_for
from spectool.benchmark.templates.spaceflight.finding import (
    ORBITS,
    launch_by_name,
    launch_by_payload,
    launch_upcoming,
    mission,
    one_of,
    reminded,
)
from spectool.environments.registry import environment


def _payload(draws: Draws) -> Slots:
    return {"payload": draws.row("payloads")["name"]}


def _mass(act: Act, slots: Slots) -> Claims | None:
    names = [row["name"] for row in environment("spaceflight").records["payloads"].values()]
    found = act("search_payloads", {"words": words_for(slots["payload"], names), "page_size": ROOMY}, free=ORDER)["payloads"]
    mine = [row for row in found if row["name"] == slots["payload"]]
    return [str(mine[0]["mass_kg"])] if len(mine) == 1 and len(found) <= 10 else None


def _load(draws: Draws) -> Slots:
    tonnes = draws.pick(1, 2, 3, 4, 5, 6, 8, 10)
    return {
        "mass": said(1000 * tonnes, f"{tonnes} tonnes" if tonnes > 1 else "one tonne", f"{1000 * tonnes:,} kg"),
        "orbit": one_of(draws, ORBITS),
        "reusable": draws.pick(said(True, "reusable"), said(False, "expendable", "non-reusable")),
        "budget": 10 * draws.number(2, 13),
    }


def _able(act: Act, slots: Slots) -> Claims | None:
    asked = {
        "able_to_lift": {"mass_kg": slots["mass"], "orbit": slots["orbit"]},
        "reusable": slots["reusable"],
        "max_cost_usd_millions": slots["budget"],
        "status": "active",
        "page_size": ROOMY,
    }
    found = act("search_launchers", asked, free=ORDER)["launchers"]
    return [row["name"] for row in found] if 1 <= len(found) <= 4 else None


def _pad_by_launch(act: Act, slots: Slots) -> Claims | None:
    launch = launch_by_name(act, slots["mission"])
    return _pad(act, launch["launch_id"]) if launch else None


def _pad_by_payload(act: Act, slots: Slots) -> Claims | None:
    payload = launch_by_payload(act, slots["mission"])
    return _pad(act, payload["launch_id"]) if payload else None


def _pad(act: Act, launch_id: str) -> Claims:
    pad = act("get_launch", {"launch_id": launch_id})["pad"]
    return [pad["name"], pad["spaceport"]]


def _cancel_by_launch(act: Act, slots: Slots) -> Claims | None:
    launch = launch_by_name(act, slots["mission"])
    return _cancel(act, launch["launch_id"]) if launch else None


def _cancel_by_payload(act: Act, slots: Slots) -> Claims | None:
    payload = launch_by_payload(act, slots["mission"])
    return _cancel(act, payload["launch_id"]) if payload else None


def _cancel_by_list(act: Act, slots: Slots) -> Claims | None:
    launch = launch_upcoming(act, slots["mission"])
    return _cancel(act, launch["launch_id"]) if launch else None


def _cancel(act: Act, launch_id: str) -> Claims:
    act("cancel_launch_reminder", {"launch_id": launch_id})
    return ()


VAL = (
    Template(
        name="spaceflight-payload-mass",
        kind="one_constraint",
        split="val",
        asks=(
            "How heavy is the payload {payload}, in kilograms?",
            "What does {payload} weigh as a payload? Kilograms, please.",
            "Mass of the payload called {payload} in kg?",
        ),
        paraphrases=(
            "For a lecture slide I'm missing one figure: how many kilograms the payload {payload} comes to.",
            "I was wondering whether I could lift {payload}. What's that payload's mass in kilos?",
        ),
        draw=_payload,
        solve=(_mass,),
        hidden={
            "payload": Hidden(
                asks=("How heavy is the payload, in kilograms?", "Tell me the mass of a payload in kg, please."),
                asked=("payload", "satellite", "which", "name"),
                says=("{payload}.", "The payload's name is {payload}."),
            )
        },
        together=("What do the payloads {payload} and {payload_2} weigh, each in kilograms?",),
        irrelevant=(
            "Say how much of that its solar panels are.",
            "Add what the customs officer wrote down.",
        ),
    ),
    Template(
        name="spaceflight-launchers-for-load",
        kind="several_constraints",
        split="val",
        asks=(
            "Which {reusable} launchers still in service can bring {mass} to {orbit} for at most {budget} million US dollars a launch?",
            "Name all active, {reusable} launchers that lift {mass} to {orbit} and cost no more than {budget} million dollars.",
        ),
        paraphrases=(
            "We have {budget} million dollars for a launch and a spacecraft of {mass} headed for {orbit}. "
            "Among rockets that are still flying and are {reusable}, which could do it?",
            "Shopping for a ride: {orbit}, {mass}, {reusable} rockets only, none retired, {budget} million dollars tops. What is there?",
        ),
        draw=_load,
        solve=(_able,),
        irrelevant=(
            "The rocket should be painted white.",
            "We would prefer one whose builder has a canteen with vegan food.",
        ),
    ),
    Template(
        name="spaceflight-pad-of-mission",
        kind="multi_step",
        split="val",
        asks=(
            "From which pad, at which spaceport, does the launch of {mission} take place?",
            "Where is {mission} launched from? I'd like the pad and the spaceport.",
            "Tell me the spaceport and the exact pad of the {mission} launch.",
        ),
        paraphrases=(
            "We are marking launch sites on a globe. Which spaceport, and there which pad, belongs to {mission}?",
            "For {mission} my map still lacks a pin. What are the spaceport and the pad?",
            "Supposing I had tickets for {mission}, where would they send me? Pad and spaceport, please.",
        ),
        draw=lambda draws: {"mission": mission(draws)},
        solve=(_pad_by_launch, _pad_by_payload),
    ),
    Template(
        name="spaceflight-cancel-reminder",
        kind="state_changing",
        split="val",
        asks=(
            "Cancel my reminder for {mission}.",
            "I won't watch {mission} after all, so drop the launch reminder for it.",
            "Please delete the reminder that I set for the launch of {mission}.",
        ),
        draw=lambda draws: {"mission": mission(draws, reminded)},
        solve=(_cancel_by_launch, _cancel_by_payload, _cancel_by_list),
        hidden={
            "mission": Hidden(
                asks=("Cancel one of my launch reminders.", "There is a launch reminder that I no longer need. Delete it."),
                asked=("launch", "mission", "which", "reminder"),
                says=("The one for {mission}.", "{mission}."),
            )
        },
    ),
    Template(
        name="spaceflight-unrelated-people",
        kind="unrelated_request",
        split="val",
        asks=(
            "Send {astronaut} a message that I loved the school visit.",
            "What salary is {astronaut} paid?",
            "Draw a portrait of {astronaut} in watercolours.",
            "Which food does {astronaut} eat for breakfast in orbit? Order me the same.",
        ),
        draw=lambda draws: {"astronaut": draws.row("astronauts")["name"]},
    ),
)
