"""Conversations with the statistical office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Stage, maybe
from spectool.benchmark.templates.data.places import (
    LISTED,
    OFTEN,
    all_of,
    at_least,
    by_name,
    by_title,
    by_topic,
    is_,
    one_figure,
    step_below,
)

NAMES = ("Harbour list", "Paper for May", "Inbox zero", "Night train", "Cousin's firms", "Draft three", "Coffee round", "Blue folder")


def _two_titles(draws: Draws) -> Slots | None:
    slots, other = one_figure(draws, ids=True), draws.row("datasets")
    if other["dataset_id"] == slots["dataset"] or slots["place"] not in ("country", other["level"]):
        return None
    if not other["first_year"] <= slots["year"] <= other["last_year"]:
        return None
    return {**slots, "other": other["title"], "other_topic": other["topic"], "other_level": other["level"]}


def _observed(find: Callable[..., str], is_series: bool, act: Act, slots: Slots) -> Claims:
    dataset_id = find(act, slots, slots["year"])
    region_id = by_name(act, slots["region"], slots["place"])["region_id"]
    return _read(act, slots, dataset_id, region_id, is_series)


def _other_observed(find: Callable[..., str], is_series: bool, act: Act, slots: Slots) -> Claims:
    told = {"title": slots["other"], "topic": slots["other_topic"], "level": slots["other_level"]}
    return _read(act, slots, find(act, told, slots["year"]), slots["region_id"], is_series)


def _read(act: Act, slots: Slots, dataset_id: str, region_id: str, is_series: bool) -> Claims:
    place, year = {"dataset_id": dataset_id, "region_id": region_id}, slots["year"]
    if is_series:
        figures = act("get_series", {**place, "years": maybe({"first": year, "last": year})})["figures"]
        return [str(next(each["value"] for each in figures if each["year"] == year))]
    return [str(act("get_observation", {**place, "year": year})["value"])]


def _two_sizes(draws: Draws) -> Slots | None:
    company = draws.row("companies")
    number, other = step_below(draws, company["employees"]), step_below(draws, company["employees"])
    if number is None or other is None or other >= number:
        return None
    told = {"sector": company["sector"], "country": company["country_id"], "name": draws.pick(*NAMES)}
    return {**told, "number": number, "other": other}


def _save(number: str, act: Act, slots: Slots) -> Claims:
    conditions = [is_("sector", slots["sector"]), at_least("employees", slots[number])]
    act("save_query", {"name": slots["name"], "where": {"all_of": conditions}})
    return ()


def _save_again(act: Act, slots: Slots) -> Claims:
    saved = next(row for row in act.state["saved_queries"].rows() if row["name"] == slots["name"])
    act("delete_saved_query", {"query_id": saved["query_id"]})
    return _save("other", act, slots)


def _counted(number: str, is_listed: bool, act: Act, slots: Slots) -> Claims:
    where = all_of(is_("sector", slots["sector"]), is_("country_id", slots["country"]), at_least("employees", slots[number]))
    if is_listed:
        return [str(act("query_companies", {"where": where}, free=LISTED)["total"])]
    return [str(act("aggregate_companies", {"function": "count", "where": where})["results"][0]["value"])]


def _dataset(draws: Draws) -> Slots:
    return {**one_figure(draws, ids=True), "often": draws.pick(*OFTEN)}


def _subscribed(find: Callable[..., str], act: Act, slots: Slots) -> Claims:
    act("subscribe_dataset", {"dataset_id": find(act, slots), "notify": slots["often"]})
    return ()


def _series_count(act: Act, slots: Slots) -> Claims:
    return [str(act("get_dataset", {"dataset_id": slots["dataset"]})["series_count"])]


def _two_queries(draws: Draws) -> Mapping[str, Any]:
    gone, kept = draws.rows("saved_queries", 2, lambda row: row["owner"] == "you")
    return {"name": gone["name"], "kept": kept["name"], "kept_id": kept["query_id"]}


def _delete(act: Act, slots: Slots) -> Claims:
    found = act("list_saved_queries", {"owner": maybe("you")})["queries"]
    act("delete_saved_query", {"query_id": next(row["query_id"] for row in found if row["name"] == slots["name"])})
    return ()


def _run(act: Act, slots: Slots) -> Claims | None:
    total = act("run_saved_query", {"query_id": slots["kept_id"]}, free=LISTED)["total"]
    return [str(total)] if total else None


DIALOGUES = (
    Dialogue(
        name="data-talk-other-title",
        split="dev",
        traits=("reveals", "changes_mind"),
        draw=_two_titles,
        stages=(
            Stage(
                asks=('What does "{title}" say for {region} in {year}?',),
                solve=tuple(partial(_observed, find, is_series) for find in (by_title, by_topic) for is_series in (False, True)),
                hidden={
                    "region": Hidden(
                        asks=(
                            'I have to quote "{title}" for the year {year}. Which value is it for my part of the world?',
                            'Where I grew up, what was the {year} figure of "{title}"?',
                        ),
                        asked=("region", "country", "where", "place", "part", "area"),
                        says=("I mean {region}.", "For {region}."),
                    )
                },
            ),
            Stage(
                asks=(
                    'Wait, I read out the wrong heading. It is "{other}" that I need, same place and year.',
                    'Thanks, but I take that back: the table was "{other}". Could I have that one for the same place and the same year?',
                ),
                solve=(partial(_other_observed, by_title, False), partial(_other_observed, by_title, True)),
            ),
        ),
    ),
    Dialogue(
        name="data-talk-save-again",
        split="dev",
        traits=("reveals", "changes_mind", "irrelevant_detail"),
        draw=_two_sizes,
        stages=(
            Stage(
                asks=('Save a company query "{name}": sector {sector}, at least {number} employees.',),
                solve=(partial(_save, "number"),),
                hidden={
                    "name": Hidden(
                        asks=(
                            "Keep a company query for me: sector {sector}, at least {number} employees.",
                            "I'd like a saved query with companies of the sector {sector} that employ {number} people or more.",
                        ),
                        asked=("name", "call", "called", "title", "named"),
                        says=('Name it "{name}", after the pub where we had the idea.', 'Its name shall be "{name}".'),
                    )
                },
            ),
            Stage(
                asks=(
                    "On second thought, the bound is too high. Throw that query away and save it anew under the same name with at least "
                    "{other} employees.",
                    "No, {other} employees should do. Delete what you just saved and keep it like that, with the old name and sector.",
                ),
                solve=(_save_again,),
            ),
        ),
    ),
    Dialogue(
        name="data-talk-subscribe",
        split="val",
        traits=("reveals", "irrelevant_detail"),
        draw=_dataset,
        stages=(
            Stage(
                asks=('Subscribe me to "{title}", notices {often}.',),
                solve=(partial(_subscribed, by_title), partial(_subscribed, by_topic)),
                hidden={
                    "title": Hidden(
                        asks=(
                            "There is a dataset whose news I'd like to get {often}. Can you subscribe me?",
                            "I keep hearing about a certain dataset. Subscribe me to it, notices {often}.",
                            "Please set up a dataset subscription for me that writes {often}.",
                        ),
                        asked=("dataset", "which", "title", "name", "called"),
                        says=('It is titled "{title}". My neighbour swears by it.',),
                    )
                },
            ),
            Stage(
                asks=("Great. And how many series are in it?", "By the way, of how many series does it consist?"), solve=(_series_count,)
            ),
        ),
    ),
    Dialogue(
        name="data-talk-count",
        split="test",
        traits=("reveals", "changes_mind"),
        draw=_two_sizes,
        stages=(
            Stage(
                asks=("How many {sector} companies in country {country} have at least {number} employees?",),
                solve=(partial(_counted, "number", False), partial(_counted, "number", True)),
                hidden={
                    "number": Hidden(
                        asks=(
                            "I need to know how many big {sector} companies there are in country {country}, big by our own definition.",
                            "In country {country}, how many {sector} employers are above the threshold that my team uses?",
                        ),
                        asked=("big", "employees", "threshold", "definition", "size", "large", "many", "staff"),
                        says=("At least {number} employees.", "With us, big starts at {number} employees."),
                    )
                },
            ),
            Stage(
                asks=("Hm, the definition has been changed, I hear: big is from {other} employees on. So how many?",),
                solve=(partial(_counted, "other", False), partial(_counted, "other", True)),
            ),
        ),
    ),
    Dialogue(
        name="data-talk-delete",
        split="test",
        traits=("reveals", "irrelevant_detail"),
        draw=_two_queries,
        stages=(
            Stage(
                asks=('Delete my saved query "{name}".',),
                solve=(_delete,),
                hidden={
                    "name": Hidden(
                        asks=(
                            "My boss wants order in the saved queries. Delete one of mine for me.",
                            "One saved query of mine should be deleted.",
                            "Spring cleaning! One of my saved queries goes into the bin.",
                            "Please delete something: a saved query of mine that I no longer run.",
                        ),
                        asked=("query", "which", "name", "called"),
                        says=('"{name}". I had forgotten that I ever made it, on a rainy Sunday.', 'The one I called "{name}".'),
                    )
                },
            ),
            Stage(asks=('Keep "{kept}", though. How many companies does it list at the moment?',), solve=(_run,)),
        ),
    ),
)
