"""How requests to the statistical office are drawn, and the steps that several solutions share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import permutations
from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Either, Slots, Unsolvable, either, maybe, said
from spectool.benchmark.templates.searching import LISTED
from spectool.environments.core.tables import Row

OWNED = {"state": "state-owned", "private": "privately held", "listed": "listed"}
OFTEN = (
    said("each_release", "with every release", "each time new figures come out"),
    said("monthly", "once a month", "monthly"),
    said("yearly", "once a year", "every year"),
)
STEPS = (20, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)


def figures(draws: Draws, *, ids: bool = False) -> dict[str, Any]:
    """A dataset and a country or region that it has figures for; ``ids``: with their ids, as an earlier turn has told them."""
    region = draws.row("regions")
    dataset = draws.row("datasets", lambda row: row["level"] in ("region", region["level"]))
    told = {"dataset": dataset["dataset_id"], "region_id": region["region_id"]} if ids else {}
    return {
        **told,
        "title": dataset["title"],
        "topic": dataset["topic"],
        "level": dataset["level"],
        "region": region["name"],
        "place": region["level"],
        "first": dataset["first_year"],
        "last": dataset["last_year"],
    }


def one_figure(draws: Draws, *, ids: bool = False) -> dict[str, Any]:
    """A dataset, a country or region, and a year that it covers."""
    slots = figures(draws, ids=ids)
    return {**slots, "year": draws.number(slots["first"], slots["last"])}


def by_title(act: Act, slots: Mapping[str, Any], *years: int) -> str:
    """Finds the dataset by its title; what else is known of it may be said as well."""
    query = {"title": slots["title"], "topic": maybe(slots["topic"]), "level": maybe(slots["level"])}
    covered = {"covers_year": maybe(*years)} if years else {}
    found = act("search_datasets", {**query, **covered}, free=LISTED)["datasets"]
    return str(found[0]["dataset_id"])


def by_topic(act: Act, slots: Mapping[str, Any], *years: int) -> str:
    """Lists the datasets on the topic and reads the titles."""
    covered = {"covers_year": maybe(*years)} if years else {}
    query = {"topic": slots["topic"], "level": maybe(slots["level"]), **covered}
    found = act("search_datasets", query, free=("sort_by", "descending"))["datasets"]
    return next(str(row["dataset_id"]) for row in found if row["title"] == slots["title"])


def by_name(act: Act, name: str, level: str) -> Row:
    """Finds a country or region by its name."""
    found: list[Row] = act("find_regions", {"name": name, "level": maybe(level)}, free=LISTED)["regions"]
    return found[0]


def ranked(act: Act, query: Mapping[str, Any], end: str, is_whole: bool) -> list[Row]:
    """The regions of a country from one end; ``is_whole``: read off the whole ranking.

    Raises:
        Unsolvable: the first two are equal.
    """
    asked = {**query, "level": "region"}
    if is_whole:
        ranking = act("rank_regions", {**asked, "limit": maybe(*range(30, 3, -1))}, free=("order",))["ranking"]
    else:
        ranking = act("rank_regions", {**asked, "order": end, "limit": maybe(*range(30, 0, -1))})["ranking"]
    found = sorted(ranking, key=lambda row: row["value"], reverse=end == "highest_first")
    if len(found) > 4 or found[0]["value"] == found[1]["value"]:
        raise Unsolvable("regions share the first rank, or there are more than the least limit holds")
    return found


def is_(field: str, value: Any) -> dict[str, Any]:
    """A condition that a field has one value."""
    return {"field": field, "operator": "is", "value": value}


def at_least(field: str, value: int) -> dict[str, Any]:
    """A condition that a number is reached."""
    return {"field": field, "operator": "at_least", "value": value}


def at_most(field: str, value: int) -> dict[str, Any]:
    """A condition that a number is not passed."""
    return {"field": field, "operator": "at_most", "value": value}


def all_of(*conditions: Mapping[str, Any]) -> Either:
    """Conditions that only look: their order makes no difference."""
    return either(*({"all_of": list(order)} for order in permutations(conditions)))


def step_below(draws: Draws, number: int) -> int | None:
    """A round number that ``number`` reaches."""
    reached = [step for step in STEPS if step <= number]
    return draws.pick(*reached) if reached else None


def employing(draws: Draws, company: Row) -> Any:
    """A least number of employees that a company has, said in figures or words."""
    number = step_below(draws, company["employees"])
    words = {100: "a hundred", 1000: "one thousand", 5000: "five thousand", 10_000: "ten thousand"}
    return number and said(number, f"{number:,}", *([words[number]] if number in words else []))


def owned(company: Row) -> Any:
    """The ownership of a company, as people say it."""
    return said(company["ownership"], OWNED[company["ownership"]])


def subscribed(find: Callable[..., str], act: Act, slots: Slots) -> Claims:
    """Finds the dataset and subscribes to it."""
    act("subscribe_dataset", {"dataset_id": find(act, slots), "notify": slots["often"]})
    return ()


def delete(act: Act, slots: Slots) -> Claims:
    """Looks a saved query up by its name and deletes it."""
    found = act("list_saved_queries", {"owner": maybe("you")})["queries"]
    act("delete_saved_query", {"query_id": next(row["query_id"] for row in found if row["name"] == slots["name"])})
    return ()
