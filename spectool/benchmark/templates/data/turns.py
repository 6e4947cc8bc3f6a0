"""What the turns of conversations with the statistical office are drawn from, and how they are solved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Slots, maybe
from spectool.benchmark.templates.data.places import OFTEN, all_of, at_least, by_name, is_, one_figure, step_below
from spectool.benchmark.templates.searching import LISTED

NAMES = ("Harbour list", "Paper for May", "Inbox zero", "Night train", "Cousin's firms", "Draft three", "Coffee round", "Blue folder")


def two_titles(draws: Draws) -> Slots | None:
    """A figure, and another dataset that has one for the same place and year."""
    slots, other = one_figure(draws, ids=True), draws.row("datasets")
    if other["dataset_id"] == slots["dataset"] or slots["place"] not in ("country", other["level"]):
        return None
    if not other["first_year"] <= slots["year"] <= other["last_year"]:
        return None
    return {**slots, "other": other["title"], "other_topic": other["topic"], "other_level": other["level"]}


def observed(find: Callable[..., str], is_series: bool, act: Act, slots: Slots) -> Claims:
    """Finds the dataset and the place, and reads the figure of the year."""
    dataset_id = find(act, slots, slots["year"])
    region_id = by_name(act, slots["region"], slots["place"])["region_id"]
    return _read(act, slots, dataset_id, region_id, is_series)


def other_observed(find: Callable[..., str], is_series: bool, act: Act, slots: Slots) -> Claims:
    """The same place and year, which are known by now, in the other dataset."""
    told = {"title": slots["other"], "topic": slots["other_topic"], "level": slots["other_level"]}
    return _read(act, slots, find(act, told, slots["year"]), slots["region_id"], is_series)


def _read(act: Act, slots: Slots, dataset_id: str, region_id: str, is_series: bool) -> Claims:
    place, year = {"dataset_id": dataset_id, "region_id": region_id}, slots["year"]
    if is_series:
        figures = act("get_series", {**place, "years": maybe({"first": year, "last": year})})["figures"]
        return [str(next(each["value"] for each in figures if each["year"] == year))]
    return [str(act("get_observation", {**place, "year": year})["value"])]


def two_sizes(draws: Draws) -> Slots | None:
    """Conditions on companies with a bound and a lower one, and a name to save them under."""
    company = draws.row("companies")
    number, other = step_below(draws, company["employees"]), step_below(draws, company["employees"])
    if number is None or other is None or other >= number:
        return None
    told = {"sector": company["sector"], "country": company["country_id"], "name": draws.pick(*NAMES)}
    return {**told, "number": number, "other": other}


def save(number: str, act: Act, slots: Slots) -> Claims:
    """Saves the conditions with one of the two bounds."""
    conditions = [is_("sector", slots["sector"]), at_least("employees", slots[number])]
    act("save_query", {"name": slots["name"], "where": {"all_of": conditions}})
    return ()


def save_again(act: Act, slots: Slots) -> Claims:
    """Deletes what was saved and saves it with the other bound under the same name."""
    saved = next(row for row in act.state["saved_queries"].rows() if row["name"] == slots["name"])
    act("delete_saved_query", {"query_id": saved["query_id"]})
    return save("other", act, slots)


def counted(number: str, is_listed: bool, act: Act, slots: Slots) -> Claims:
    """Counts the companies from one of the two bounds on."""
    where = all_of(is_("sector", slots["sector"]), is_("country_id", slots["country"]), at_least("employees", slots[number]))
    if is_listed:
        return [str(act("query_companies", {"where": where}, free=LISTED)["total"])]
    query = {"function": "count", "group_by": maybe("sector", "country_id"), "where": where}
    return [str(act("aggregate_companies", query)["results"][0]["value"])]


def dataset(draws: Draws) -> Slots:
    """A dataset, and how often to hear of it."""
    return {**one_figure(draws, ids=True), "often": draws.pick(*OFTEN)}


def series_count(act: Act, slots: Slots) -> Claims:
    """Reads how many series the dataset has, whose id is known by now."""
    return [str(act("get_dataset", {"dataset_id": slots["dataset"]})["series_count"])]


def two_queries(draws: Draws) -> Mapping[str, Any]:
    """Two of the user's saved queries."""
    gone, kept = draws.rows("saved_queries", 2, lambda row: row["owner"] == "you")
    return {"name": gone["name"], "kept": kept["name"], "kept_id": kept["query_id"]}


def run(act: Act, slots: Slots) -> Claims | None:
    """Counts what the other saved query finds, whose id is known by now; nothing is not worth asking for."""
    total = act("run_saved_query", {"query_id": slots["kept_id"]}, free=LISTED)["total"]
    return [str(total)] if total else None
