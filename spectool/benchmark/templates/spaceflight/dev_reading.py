"""Requests to synthesise from that only look something up."""

from __future__ import annotations

from datetime import date, timedelta

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, said
from spectool.benchmark.templates.calendar_words import day_said
from spectool.benchmark.templates.phrasing import COUNTING
from spectool.benchmark.templates.searching import LISTED
from spectool.benchmark.templates.spaceflight.finding import (
    ORBITS,
    flown,
    launch_by_name,
    launch_by_payload,
    mission,
    one_of,
)
from spectool.environments.registry import environment

ENDS = {
    "success": ("full successes", "flawless flights"),
    "partial_failure": ("partial failures", "flights that failed in part"),
    "failure": ("outright failures", "total losses"),
}


DETAILS = {
    "born": ("date of birth", "birth date"),
    "selected": ("year of selection", "year in which they were selected"),
}


def _flown(draws: Draws) -> Slots:
    return {"mission": mission(draws, flown)}


def _day(act: Act, slots: Slots) -> Claims | None:
    launch = launch_by_name(act, slots["mission"])
    return [launch["net"][:10]] if launch else None


def _day_by_payload(act: Act, slots: Slots) -> Claims | None:
    payload = launch_by_payload(act, slots["mission"])
    return [act("get_launch", {"launch_id": payload["launch_id"]})["net"][:10]] if payload else None


def _span(draws: Draws) -> Slots | None:
    launch = draws.row("launches", flown)
    day = date.fromisoformat(launch["net"][:10])
    first, last = day - timedelta(days=draws.number(20, 900)), min(day + timedelta(days=draws.number(20, 900)), date(2027, 2, 28))
    # Nobody has to wonder whether "between" takes in the day itself.
    if any(row["net"][:10] in (str(first), str(last)) for row in environment("spaceflight").records["launches"].values()):
        return None
    return {
        "orbit": said(launch["orbit"], *ORBITS[launch["orbit"]]),
        "crewed": said(launch["crewed"], *(("crewed", "manned") if launch["crewed"] else ("uncrewed", "unmanned"))),
        "end": said(launch["status"], *ENDS[launch["status"]]),
        "first": day_said(str(first)),
        "last": day_said(str(last)),
    }


def _count(act: Act, slots: Slots) -> Claims | None:
    asked = {"orbit": slots["orbit"], "crewed": slots["crewed"], "status": slots["end"]}
    total = act("search_launches", {**asked, "from_date": slots["first"], "to_date": slots["last"]}, free=COUNTING)["total"]
    # A number that the request holds as the day of a date would be no answer to tell by.
    return [str(total)] if total not in (int(slots["first"][8:]), int(slots["last"][8:])) else None


def _launcher_of_launch(act: Act, slots: Slots) -> Claims | None:
    launch = launch_by_name(act, slots["mission"])
    return _launcher(act, launch["launcher_id"]) if launch else None


def _launcher_of_payload(act: Act, slots: Slots) -> Claims | None:
    payload = launch_by_payload(act, slots["mission"])
    return _launcher(act, act("get_launch", {"launch_id": payload["launch_id"]})["launcher_id"]) if payload else None


def _launcher(act: Act, launcher_id: str) -> Claims:
    launcher = act("get_launcher", {"launcher_id": launcher_id})
    return [str(launcher["liftoff_mass_t"]), str(launcher["stages"])]


def _astronaut(draws: Draws) -> Slots:
    return {"astronaut": draws.row("astronauts")["name"], "detail": one_of(draws, DETAILS)}


def _detail(act: Act, slots: Slots) -> Claims | None:
    found = act("search_astronauts", {"name": slots["astronaut"]}, free=LISTED)["astronauts"]
    return [str(act("get_astronaut", {"astronaut_id": found[0]["astronaut_id"]})[slots["detail"]])]


READING = (
    Template(
        name="spaceflight-launch-day",
        kind="one_constraint",
        split="dev",
        asks=(
            "On which day (UTC) did {mission} lift off?",
            "What's the launch date of {mission}, going by UTC?",
            "{mission} has already flown. When was that? The date in UTC will do.",
            "Give me the UTC date on which the {mission} mission left the ground.",
        ),
        paraphrases=(
            "A friend and I are betting on when {mission} went up. Which calendar day was it in UTC?",
            "For the caption of an old photograph I need to know the day {mission} was launched (UTC).",
            "Somebody asked me about {mission} and I couldn't remember the day of liftoff. Could you look it up? UTC, please.",
        ),
        draw=_flown,
        solve=(_day, _day_by_payload),
        mode="exact",
        hidden={
            "mission": Hidden(
                asks=(
                    "On which day did that mission lift off?",
                    "I need the launch date of a mission.",
                    "When was the launch? Just the UTC date, please.",
                ),
                asked=("mission", "launch", "which", "name"),
                says=("I mean {mission}.", "{mission}, please.", "The mission is called {mission}."),
            )
        },
        irrelevant=(
            "I'd like the date as it was printed on the visitors' tickets.",
            "Say whether the sky was cloudless over the pad, too.",
            "It should be the one whose mission patch shows a bird.",
        ),
    ),
    Template(
        name="spaceflight-count-launches",
        kind="several_constraints",
        split="dev",
        asks=(
            "How many {crewed} launches to {orbit} between {first} and {last} were {end}?",
            "Count the {end} among {crewed} launches to {orbit} from {first} up to and including {last}.",
            "From {first} to {last}: what is the number of {crewed} launches to {orbit} recorded as {end}?",
        ),
        paraphrases=(
            "I'm writing a review of the time from {first} to {last}. Could you tell me how many {crewed} launches aiming for {orbit} "
            "went down as {end}?",
            "Statistics class homework: {crewed} launches, bound for {orbit}, no earlier than {first}, no later than {last}, only {end}. "
            "How many are there?",
        ),
        draw=_span,
        solve=(_count,),
        together=(
            "How many {crewed} launches to {orbit} between {first} and {last} were {end}? And how many {crewed_2} ones to {orbit_2} "
            "between {first_2} and {last_2} were {end_2}?",
        ),
        irrelevant=(
            "Only count those that were shown live on television.",
            "Skip the ones that lifted off in rain.",
            "I only mean launches whose payload was insured.",
        ),
    ),
    Template(
        name="spaceflight-launcher-of-mission",
        kind="multi_step",
        split="dev",
        asks=(
            "How many stages does the rocket of {mission} have, and what does it weigh at liftoff in tonnes?",
            "Look up the launcher assigned to {mission}: I need its liftoff mass in tonnes and its number of stages.",
            "What is the liftoff mass, in tonnes, of the launcher that {mission} flies on? And it has how many stages?",
        ),
        paraphrases=(
            "My daughter builds a model of the {mission} rocket and asks how many stages it has, and its tonnes when it leaves the pad.",
            "All I know is the mission: {mission}. Tell me the stage count of its launcher and how many tonnes lift off.",
        ),
        draw=lambda draws: {"mission": mission(draws)},
        solve=(_launcher_of_launch, _launcher_of_payload),
        irrelevant=(
            "Leave out the weight of the paint.",
            "Say on which weekday the rocket left the factory, too.",
            "Give the figures for the version with the striped fairing.",
        ),
    ),
    Template(
        name="spaceflight-astronaut-detail",
        kind="multi_step",
        split="dev",
        asks=(
            "What is the {detail} of the astronaut {astronaut}?",
            "{astronaut} the astronaut: {detail}, please.",
            "I need to fill in a form about {astronaut}, an astronaut. What's the {detail}?",
            "Do you have the {detail} on file for {astronaut}, who is an astronaut?",
        ),
        paraphrases=(
            "Our pub quiz has a question on the {detail} of {astronaut}, the astronaut. What should I answer?",
            "I'm drafting an entry on {astronaut}, the astronaut, and the {detail} is still missing.",
        ),
        draw=_astronaut,
        solve=(_detail,),
        irrelevant=(
            "Please take it from the passport rather than from the agency.",
            "Add which instrument the person plays.",
            "Tell it the way the astronaut's mother would.",
        ),
    ),
    Template(
        name="spaceflight-unrelated",
        kind="unrelated_request",
        split="dev",
        asks=(
            "Book me two seats in the visitors' stand for {mission}.",
            "Order a T-shirt with the {mission} patch in size L.",
            "Which insurance company covers {mission}, and at what premium?",
            "Compose a birthday card to the whole control room of {mission} and post it.",
            "Play the live audio of the {mission} control room.",
            "How many people watched the live stream of {mission}?",
            "Who designed the mission patch of {mission}?",
            "Translate the press kit of {mission} into Welsh.",
        ),
        draw=lambda draws: {"mission": mission(draws)},
    ),
)
