"""Requests to the statistical office that may be learnt from: those that only look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import product
from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, maybe, said
from spectool.benchmark.templates.data.places import all_of, at_least, by_name, by_title, by_topic, employing, is_, one_figure, ranked
from spectool.benchmark.templates.searching import LISTED

FACTS = (
    said("sector", "the sector", "the line of business"),
    said("founded", "the founding year", "the year of foundation"),
    said("employees", "the number of employees", "the headcount"),
    said("revenue", "the revenue in million crowns", "the turnover in millions of crowns"),
)


def _company(draws: Draws) -> Slots:
    return {"company": draws.row("companies")["name"], "what": draws.pick(*FACTS)}


def _company_fact(act: Act, slots: Slots) -> Claims | None:
    found = act("query_companies", {"where": all_of(is_("name", slots["company"]))}, free=LISTED)["companies"]
    fact = str(found[0][slots["what"]])
    return [fact] if fact not in slots["company"].casefold() else None


def _company_summed(act: Act, slots: Slots) -> Claims:
    """What one company adds up to is its own figure."""
    where, what = all_of(is_("name", slots["company"])), slots["what"]
    if what == "sector":
        return [act("aggregate_companies", {"function": "count", "group_by": "sector", "where": where})["results"][0]["sector"]]
    query = {"function": either("sum", "mean", "min", "max"), "measure": what, "where": where}
    return [str(act("aggregate_companies", query)["results"][0]["value"])]


def _employers(draws: Draws) -> Slots | None:
    company = draws.row("companies")
    if (number := employing(draws, company)) is None:
        return None
    return {"sector": company["sector"], "country": company["country_id"], "number": number}


def _conditions(slots: Slots) -> tuple[Mapping[str, Any], ...]:
    return is_("sector", slots["sector"]), is_("country_id", slots["country"]), at_least("employees", slots["number"])


def _counted(act: Act, slots: Slots) -> Claims:
    # All that are counted are of one sector and country.
    query = {"function": "count", "group_by": maybe("sector", "country_id"), "where": all_of(*_conditions(slots))}
    found = act("aggregate_companies", query)["results"]
    return [str(found[0]["value"])]


def _listed(act: Act, slots: Slots) -> Claims:
    return [str(act("query_companies", {"where": all_of(*_conditions(slots))}, free=LISTED)["total"])]


def _observed(find: Callable[..., str], read: str, act: Act, slots: Slots) -> Claims:
    year, dataset_id = slots["year"], find(act, slots, slots["year"])
    if read == "rank":
        level, limits = ("country", range(6, 31)) if slots["place"] == "country" else ("region", range(24, 31))
        query = {"dataset_id": dataset_id, "year": year, "level": level, "limit": either(*limits)}
        ranking = act("rank_regions", query, free=("order",))["ranking"]
        return [str(next(row["value"] for row in ranking if row["name"] == slots["region"]))]
    place = {"dataset_id": dataset_id, "region_id": by_name(act, slots["region"], slots["place"])["region_id"]}
    if read == "one":
        return [str(act("get_observation", {**place, "year": year})["value"])]
    years = {"years": maybe({"first": year, "last": year})}
    return [str(act("get_series", {**place, **years})["figures"][0]["value"])]


def _in_country(draws: Draws) -> Slots:
    dataset = draws.row("datasets", lambda row: row["level"] == "region")
    region = draws.row("regions", lambda row: row["level"] == "region")
    told = {"title": dataset["title"], "topic": dataset["topic"], "level": "region", "country": region["country"]}
    end = draws.pick(said("highest_first", "highest", "largest"), said("lowest_first", "lowest", "smallest"))
    return {**told, "year": draws.number(dataset["first_year"], dataset["last_year"]), "end": end}


def _top(find: Callable[..., str], is_listed: bool, is_whole: bool, act: Act, slots: Slots) -> Claims:
    dataset_id = find(act, slots, slots["year"])
    country_id = by_name(act, slots["country"], "country")["region_id"]
    query = {"dataset_id": dataset_id, "year": slots["year"], "country_id": country_id}
    first = ranked(act, query, slots["end"], is_whole)[0]
    name, region_id = first["name"], first["region_id"]
    if is_listed:
        query = {"country_id": country_id, "level": maybe("region"), "page_size": either(*range(10, 51))}
        parts = act("find_regions", query, free=("sort_by", "descending"))["regions"]
        return [name, str(next(row["capital"] for row in parts if row["region_id"] == region_id))]
    return [name, str(act("get_region", {"region_id": region_id})["capital"])]


DEV = (
    Template(
        name="data-company-fact",
        kind="one_constraint",
        split="dev",
        asks=(
            "What does the register give as {what} of {company}?",
            "I need {what} of a company called {company}.",
            "Please look up {company} and tell me {what}.",
        ),
        paraphrases=(
            "I'm filling in a supplier form and a box is still empty: {what} for {company}. Could you find it for me?",
            "Somebody mentioned {company} over lunch. You keep the company register, right? Then what's {what}?",
        ),
        draw=_company,
        solve=(_company_fact, _company_summed),
        irrelevant=(
            "Use the version with the company's old logo.",
            "I only want it if their canteen serves breakfast.",
            "It should be what their auditors have signed.",
        ),
        hidden={
            "company": Hidden(
                asks=("I need {what} of the company I met yesterday.", "Look up {what} of that supplier of ours, please."),
                asked=("company", "name", "which", "supplier", "called"),
                says=("It is called {company}.", "{company}."),
            )
        },
    ),
    Template(
        name="data-employer-count",
        kind="several_constraints",
        split="dev",
        asks=(
            "How many {sector} companies in the country with the id {country} have at least {number} employees?",
            "Count the companies that are in {sector}, seated in country {country}, and employ {number} people or more.",
            "In {country} (that is the country id), what number of {sector} firms have a staff of {number} or above?",
        ),
        paraphrases=(
            "We're planning a job fair. With {number} employees as the minimum, how many employers from {sector} would there be in "
            "{country}, which is how you code the country?",
            "There can't be many, but let's see: staff of no fewer than {number}, country code {country}, business {sector}. How many?",
        ),
        draw=_employers,
        solve=(_counted, _listed),
        irrelevant=(
            "Only those with a works council, please.",
            "Count only those that answered last year's questionnaire in ink.",
            "It should be firms with a bicycle shed.",
        ),
        together=(
            "Two counts, please: {sector} companies in country {country} with at least {number} employees, and {sector_2} companies in "
            "country {country_2} with at least {number_2}.",
            "How many {sector} firms in {country} employ {number} people or more, and how many {sector_2} firms in {country_2} employ "
            "{number_2} or more? Those are country ids.",
        ),
    ),
    Template(
        name="data-figure-by-names",
        kind="multi_step",
        split="dev",
        asks=(
            'What is the figure for {region} in {year} in the dataset "{title}"?',
            '{region}, {year}: which value does "{title}" have?',
            'Quote me the {year} value of "{title}" for {region}.',
        ),
        paraphrases=(
            'A reader disputes our number for {region}. Your series is titled "{title}" and the year in question is '
            "{year}; what does it say?",
            'For the {year} column of my table I still lack {region}. The source is "{title}". What goes in?',
        ),
        draw=one_figure,
        solve=tuple(partial(_observed, find, read) for find in (by_title, by_topic) for read in ("one", "series", "rank")),
        irrelevant=("Please use the seasonally adjusted version.", "I'd like it printed on blue paper."),
    ),
    Template(
        name="data-top-region",
        kind="multi_step",
        split="dev",
        asks=(
            'Within {country}, which region had the {end} value of "{title}" in {year}, and what is its capital?',
            'Take "{title}" for {year}: name the region of {country} with the {end} figure and its chief town.',
            'I want to travel to the capital of whichever region of {country} was {end} in "{title}" in {year}. Which region and town '
            "is that?",
        ),
        paraphrases=(
            'Our coach tour of {country} ends in the main town of the region with the {end} number for "{title}" in {year}. Can you work '
            "out which region that is, and the name of its capital?",
        ),
        draw=_in_country,
        solve=tuple(partial(_top, *way) for way in product((by_title, by_topic), (False, True), (False, True))),
    ),
)
