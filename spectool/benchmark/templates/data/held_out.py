"""Requests to the statistical office that results are reported on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, maybe, said
from spectool.benchmark.templates.data.places import (
    all_of,
    at_least,
    at_most,
    by_name,
    by_title,
    by_topic,
    figures,
    is_,
    owned,
    ranked,
    step_below,
)

FACTS = (
    said("agency", "the agency that publishes it", "the name of its publisher"),
    said("unit", "the unit of its figures", "the unit it counts in"),
    said("last_year", "the last year it covers", "the year in which its figures end"),
    said("first_year", "the first year it covers", "the year in which its figures begin"),
    said("updated", "the day of its last update", "the date on which it was last updated"),
    said("series_count", "the number of series in it", "the count of its series"),
)


def _about(draws: Draws) -> Slots:
    return {"dataset": draws.row("datasets")["dataset_id"], "what": draws.pick(*FACTS)}


def _fact(act: Act, slots: Slots) -> Claims:
    return [str(act("get_dataset", {"dataset_id": slots["dataset"]})[slots["what"]])]


def _group(draws: Draws) -> Slots | None:
    company = draws.row("companies")
    if (number := step_below(draws, company["employees"])) is None:
        return None
    decade = company["founded"] - company["founded"] % 10
    return {"country": company["country_id"], "owned": owned(company), "before": min(decade + 30, 2020), "number": number}


def _largest(is_sorted: bool, act: Act, slots: Slots) -> Claims | None:
    least = at_least("employees", slots["number"])
    where = all_of(is_("country_id", slots["country"]), is_("ownership", slots["owned"]), at_most("founded", slots["before"]), least)
    if is_sorted:
        found = act("query_companies", {"where": where, "sort_by": "revenue", "descending": True}, free=("page_size",))
    else:
        found = act("query_companies", {"where": where, "page_size": either(*range(10, 51))}, free=("sort_by", "descending"))
    rows = sorted(found["companies"], key=lambda row: -row["revenue"])
    if not 2 <= found["total"] <= 10 or rows[0]["revenue"] == rows[1]["revenue"]:
        return None
    return [rows[0]["name"]]


def _stretch(draws: Draws) -> Slots:
    slots = figures(draws)
    since = draws.number(slots["first"], slots["last"] - 3)
    return {**slots, "since": since, "until": draws.number(since + 2, min(since + 5, slots["last"]))}


def _peak(find: Callable[..., str], is_series: bool, act: Act, slots: Slots) -> Claims | None:
    since, until = slots["since"], slots["until"]
    years = {"first": since, "last": until}
    dataset_id = find(act, slots, *range(since, until + 1))
    region_id = by_name(act, slots["region"], slots["place"])["region_id"]
    if is_series:
        told = act("get_series", {"dataset_id": dataset_id, "region_id": region_id, "years": maybe(years)})["figures"]
        told = sorted(told, key=lambda row: -row["value"])
        return [str(told[0]["year"]), str(told[0]["value"])] if told[0]["value"] != told[1]["value"] else None
    query = {"dataset_id": dataset_id, "region_ids": [region_id], "function": "max", "years": years}
    found = act("aggregate_series", query)["results"][0]
    return [str(found["year"]), str(found["value"])]


def _sibling(draws: Draws) -> Slots:
    dataset = draws.row("datasets", lambda row: row["level"] == "region")
    region = draws.row("regions", lambda row: row["level"] == "region")
    told = {"title": dataset["title"], "topic": dataset["topic"], "level": "region", "region": region["name"]}
    return {**told, "year": draws.number(dataset["first_year"], dataset["last_year"])}


def _lowest_sibling(find: Callable[..., str], is_whole: bool, act: Act, slots: Slots) -> Claims | None:
    dataset_id = find(act, slots, slots["year"])
    country_id = by_name(act, slots["region"], "region")["country_id"]
    query = {"dataset_id": dataset_id, "year": slots["year"], "country_id": country_id}
    lowest = ranked(act, query, "lowest_first", is_whole)[0]
    return [lowest["name"], str(lowest["value"])] if lowest["name"] != slots["region"] else None


def _lowest_by_code(find: Callable[..., str], act: Act, slots: Slots) -> Claims | None:
    """Ranks all regions, of whatever country, and reads off those whose ids begin as the region's own."""
    query = {"dataset_id": find(act, slots, slots["year"]), "year": slots["year"], "level": "region", "limit": either(*range(30, 23, -1))}
    ranking = act("rank_regions", query, free=("order",))["ranking"]
    own = next(row["region_id"] for row in ranking if row["name"] == slots["region"])
    lowest = min((row for row in ranking if row["region_id"].split("-")[0] == own.split("-")[0]), key=lambda row: row["value"])
    return [lowest["name"], str(lowest["value"])] if len(ranking) <= 24 else None


TEST = (
    Template(
        name="data-dataset-fact",
        kind="one_constraint",
        split="test",
        asks=(
            "For dataset {dataset}, please find out {what}.",
            "About {dataset} I'd like to know {what}.",
            "Dataset {dataset}: I'm after {what}.",
        ),
        paraphrases=(
            "My footnote cites a dataset of yours by its id, {dataset}, and the reviewer wants to see {what}. What shall I write?",
        ),
        draw=_about,
        solve=(_fact,),
        irrelevant=("Please add the phone number of whoever edits it.", "Answer as if I were five."),
        hidden={
            "dataset": Hidden(
                asks=(
                    "The dataset my colleague told me about: please find out {what}.",
                    "I have the id here somewhere. Anyway, tell me {what}.",
                ),
                asked=("dataset", "which", "id", "title"),
                says=("It is {dataset}.", "The id is {dataset}."),
            )
        },
        together=("Two footnotes: for dataset {dataset} {what}, and for dataset {dataset_2} {what_2}.",),
    ),
    Template(
        name="data-top-earner",
        kind="several_constraints",
        split="test",
        asks=(
            "Which {owned} company in country {country} has the highest revenue, among those founded in {before} or earlier with at least "
            "{number} employees?",
            "Name the company with the largest revenue that is seated in the country {country}, {owned}, founded no later than {before}, "
            "and has {number} employees or more.",
        ),
        paraphrases=(
            "I collect old firms. My conditions: a founding year up to and including {before}, {owned}, country id {country}, and "
            "{number} people on the payroll at the very least. Which one of them turns over most?",
        ),
        draw=_group,
        solve=(partial(_largest, True), partial(_largest, False)),
        irrelevant=("It has to have a brass plate at the door.", "Firms that export to at least two continents only, please."),
        hidden={
            "country": Hidden(
                asks=(
                    "Which {owned} company in the country I'm moving to has the highest revenue, among those founded in {before} or "
                    "earlier with at least {number} employees?",
                    "Name the company with the largest revenue in my husband's home country: {owned}, founded no later than {before}, "
                    "with {number} employees or more.",
                ),
                asked=("country", "which", "where", "id"),
                says=("The country is {country}.", "{country}, by its id."),
            )
        },
    ),
    Template(
        name="data-peak",
        kind="multi_step",
        split="test",
        asks=(
            'Between {since} and {until}, both included, in which year did "{title}" peak in {region}, and at what value?',
            'I\'m looking for the highest yearly figure of "{title}" for {region}, from {since} up to and including {until}: year and '
            "value.",
            '{region} had its ups and downs in "{title}". Of the years {since} through {until}, which was the top, and how high?',
        ),
        paraphrases=(
            'My chart of "{title}" for {region} covers {since} to {until}, first and last year included. I want to mark its '
            "summit: what year, what figure?",
        ),
        draw=_stretch,
        solve=tuple(partial(_peak, find, is_series) for find in (by_title, by_topic) for is_series in (False, True)),
    ),
    Template(
        name="data-lowest-neighbour",
        kind="multi_step",
        split="test",
        asks=(
            'In the country that {region} belongs to, which region came out lowest in "{title}" in {year}, and at what figure?',
            'Compare {region} with the other regions of its country by "{title}" in {year}: who is at the bottom, with which value?',
        ),
        paraphrases=(
            '{region} likes to boast about its neighbours in the same country. In {year}, which region there did worst by "{title}",'
            " that is, had the smallest figure? And how small was it?",
        ),
        draw=_sibling,
        solve=(
            *(partial(_lowest_sibling, find, is_whole) for find in (by_title, by_topic) for is_whole in (False, True)),
            *(partial(_lowest_by_code, find) for find in (by_title, by_topic)),
        ),
    ),
)
