"""Requests to the statistical office by which settings are chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, maybe, said
from spectool.benchmark.templates.data.places import (
    OWNED,
    all_of,
    at_least,
    by_name,
    by_title,
    by_topic,
    employing,
    figures,
    is_,
    owned,
)

TITLES = ("Lisa's list", "Monday check", "Quarterly sweep", "Watch these", "Draft seven", "For the minister", "Loan desk", "Visit plan")


def _place(draws: Draws) -> Slots:
    what = draws.pick(
        said("capital", "the chief town", "the capital"), said("area_km2", "the area in square kilometres", "the size in km2")
    )
    region = draws.row("regions")
    return {"region": region["name"], "place": region["level"], "what": what, "kind": region["level"]}


def _place_fact(act: Act, slots: Slots) -> Claims:
    return [str(by_name(act, slots["region"], slots["place"])[slots["what"]])]


def _employers(draws: Draws) -> Slots | None:
    company = draws.row("companies")
    if (number := employing(draws, company)) is None:
        return None
    return {"sector": company["sector"], "owned": owned(company), "number": number}


def _oldest(way: str, act: Act, slots: Slots) -> Claims | None:
    least = at_least("employees", slots["number"])
    where = all_of(is_("sector", slots["sector"]), is_("ownership", slots["owned"]), least)
    if way == "least":
        query = {"function": "min", "measure": "founded", "group_by": maybe("sector", "ownership"), "where": where}
        return [str(act("aggregate_companies", query)["results"][0]["value"])]
    if way == "sorted":
        found = act("query_companies", {"where": where, "sort_by": "founded"}, free=("page_size",))
    else:
        found = act("query_companies", {"where": where, "page_size": either(*range(10, 51))}, free=("sort_by", "descending"))
    return [str(min(row["founded"] for row in found["companies"]))] if found["total"] <= 10 else None


def _span(draws: Draws) -> Slots:
    slots = figures(draws)
    since = draws.number(slots["first"], slots["last"] - 2)
    return {**slots, "since": since, "until": draws.number(since + 2, slots["last"])}


def _changed(find: Callable[..., str], read: str, act: Act, slots: Slots) -> Claims | None:
    since, until = slots["since"], slots["until"]
    place = {"dataset_id": find(act, slots, since, until), "region_id": by_name(act, slots["region"], slots["place"])["region_id"]}
    if read == "change":
        return _plain(act("calculate_change", {**place, "from_year": since, "to_year": until})["difference"])
    if read == "twice":
        old, new = (act("get_observation", {**place, "year": year})["value"] for year in (since, until))
    else:
        told = act("get_series", {**place, "years": maybe({"first": since, "last": until})})["figures"]
        old, new = told[0]["value"], told[-1]["value"]
    return _plain(round(new - old, 2))


def _plain(difference: float) -> Claims | None:
    """Without its sign, which an answer puts into words."""
    return [str(abs(difference))] if difference else None


def _either_way(draws: Draws) -> Slots:
    sector = draws.row("companies")["sector"]
    number = draws.pick(
        said(500, "500", "five hundred"), said(1000, "1,000", "one thousand"), said(3000, "3,000"), said(200, "200", "two hundred")
    )
    ownership = draws.pick(*(said(value, words) for value, words in OWNED.items()))
    return {"name": draws.pick(*TITLES), "sector": sector, "owned": ownership, "number": number}


def _saved_either(act: Act, slots: Slots) -> Claims:
    where = {
        "all_of": [is_("sector", slots["sector"])],
        "any_of": [is_("ownership", slots["owned"]), at_least("employees", slots["number"])],
    }
    act("save_query", {"name": slots["name"], "where": where})
    return ()


VAL = (
    Template(
        name="data-region-fact",
        kind="one_constraint",
        split="val",
        asks=(
            "Could you tell me {what} of {region}?",
            "{region}: what is {what} there?",
            "I'm writing a caption for a map of {region} and want {what} in it.",
        ),
        paraphrases=("Quiz night! Somebody claims to know {what} of {region} by heart. I don't, so what's the right answer?",),
        draw=_place,
        solve=(_place_fact,),
        irrelevant=("Add how the name is pronounced over there.", "Take it from the atlas with the red cover."),
        hidden={
            "region": Hidden(
                asks=(
                    "Could you tell me {what} of the place where my grandmother was born?",
                    "I'm writing a caption for the map on my wall and want {what} in it.",
                ),
                asked=("region", "country", "place", "which", "where", "map", "name"),
                says=("That is {region}.", "I mean {region}."),
            )
        },
        together=("Give me {what} of {region} as well as {what_2} of {region_2}.", "For {region} I need {what}, for {region_2} {what_2}."),
    ),
    Template(
        name="data-oldest-founding",
        kind="several_constraints",
        split="val",
        asks=(
            "In which year was the oldest {owned} company in {sector} founded, looking only at those with {number} employees or more?",
            "Among firms of the sector {sector} that are {owned} and employ at least {number} people, what's the earliest founding year?",
            "At least {number} employees, {owned}, sector {sector}: how far back do the founding years of such companies reach?",
        ),
        paraphrases=(
            "I'm drawing a timeline for {sector}. It shall begin with the first {owned} firm ever founded, leaving aside any with a staff "
            "below {number}. Which year is that?",
        ),
        draw=_employers,
        solve=(partial(_oldest, "least"), partial(_oldest, "sorted"), partial(_oldest, "listed")),
        irrelevant=("Firms with a woman at the head only.", "Only those with a choir, please."),
    ),
    Template(
        name="data-change",
        kind="multi_step",
        split="val",
        asks=(
            'By how much did "{title}" in {region} go up or down from {since} to {until}? I want the difference, not a percentage.',
            'Take "{title}". What separates the {until} figure for {region} from that for {since}, as a plain difference?',
            'How far apart are the values of {since} and {until} for {region} in "{title}"?',
        ),
        draw=_span,
        solve=tuple(partial(_changed, find, read) for find in (by_title, by_topic) for read in ("change", "twice", "series")),
        irrelevant=("The man at the next desk must not see it.", "I need it with the signature of the head of the office."),
    ),
    Template(
        name="data-save-alternatives",
        kind="state_changing",
        split="val",
        asks=(
            'Make a saved query named "{name}" that finds companies of the sector {sector} which are {owned} or else have at least '
            "{number} employees.",
            'I need a query kept as "{name}". Sector: {sector}. Besides that, one of two things must hold: {owned}, or a '
            "staff of {number} and up.",
        ),
        draw=_either_way,
        solve=(_saved_either,),
        hidden={
            "name": Hidden(
                asks=(
                    "Make a saved query that finds companies of the sector {sector} which are {owned} or else have at least {number} "
                    "employees, under the name my team agreed on.",
                ),
                asked=("name", "called", "title", "agreed"),
                says=('We agreed on "{name}".', '"{name}" it is.'),
            )
        },
    ),
    Template(
        name="data-unrelated-move",
        kind="unrelated_request",
        split="val",
        asks=(
            "I'm moving to {region}. Find me a flat with {number} rooms.",
            "Translate the anthem of {region} into {number} languages.",
            "Remind me in {number} days to ring my aunt in {region}.",
        ),
        draw=lambda draws: {"region": draws.row("regions")["name"], "number": draws.number(2, 6)},
    ),
)
