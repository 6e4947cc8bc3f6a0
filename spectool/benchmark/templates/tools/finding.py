"""How requests say what the tools take as codes, and the searches that several solutions begin with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Said, Slots, either, maybe, said
from spectool.benchmark.templates.phrasing import ROOMY
from spectool.benchmark.templates.searching import LISTED, ORDER, words_for
from spectool.environments.core.environment import TODAY
from spectool.environments.core.tables import Row
from spectool.environments.registry import environment

UNITS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "length": (
        ("millimetre", "millimetres"), ("centimetre", "centimetres"), ("metre", "metres"), ("kilometre", "kilometres"), ("inch", "inches"),
        ("foot", "feet"), ("yard", "yards"), ("mile", "miles"), ("nautical_mile", "nautical miles"),
    ),
    "mass": (
        ("gram", "grams"), ("kilogram", "kilograms"), ("ounce", "ounces"), ("pound", "pounds"), ("stone", "stone"),
    ),
    "volume": (
        ("millilitre", "millilitres"), ("litre", "litres"), ("us_cup", "US cups"), ("us_gallon", "US gallons"),
        ("imperial_gallon", "imperial gallons"),
    ),
    "speed": (
        ("metre_per_second", "metres per second"), ("kilometre_per_hour", "km/h"), ("mile_per_hour", "mph"), ("knot", "knots"),
    ),
    "area": (("square_metre", "square metres"), ("hectare", "hectares"), ("acre", "acres")),
    "temperature": (("celsius", "degrees Celsius"), ("fahrenheit", "degrees Fahrenheit")),
    "pressure": (("hectopascal", "hectopascals"), ("bar", "bar"), ("psi", "psi")),
}  # fmt: skip
CURRENCIES: Mapping[str, tuple[str, ...]] = {
    "USD": ("US dollars", "USD"), "GBP": ("pounds sterling", "GBP"), "CHF": ("Swiss francs", "CHF"), "SEK": ("Swedish kronor", "SEK"),
    "NOK": ("Norwegian kroner", "NOK"), "DKK": ("Danish kroner", "DKK"), "PLN": ("Polish zloty", "PLN"), "CZK": ("Czech koruna", "CZK"),
    "HUF": ("Hungarian forints", "HUF"), "JPY": ("Japanese yen", "JPY"), "CNY": ("Chinese yuan", "CNY"), "INR": ("Indian rupees", "INR"),
    "AUD": ("Australian dollars", "AUD"), "CAD": ("Canadian dollars", "CAD"), "NZD": ("New Zealand dollars", "NZD"),
    "BRL": ("Brazilian reais", "BRL"), "ZAR": ("South African rand", "ZAR"),
}  # fmt: skip
ZONES: Mapping[str, str] = {
    "Europe/London": "London", "Europe/Lisbon": "Lisbon", "Europe/Paris": "Paris", "Europe/Berlin": "Berlin", "Europe/Athens": "Athens",
    "Europe/Helsinki": "Helsinki", "Europe/Istanbul": "Istanbul", "Africa/Nairobi": "Nairobi", "Africa/Lagos": "Lagos",
    "Asia/Dubai": "Dubai", "Asia/Kolkata": "Kolkata", "Asia/Kathmandu": "Kathmandu", "Asia/Singapore": "Singapore", "Asia/Tokyo": "Tokyo",
    "Australia/Brisbane": "Brisbane", "Australia/Sydney": "Sydney", "Pacific/Auckland": "Auckland", "America/New_York": "New York",
    "America/Chicago": "Chicago", "America/Denver": "Denver", "America/Los_Angeles": "Los Angeles", "America/Phoenix": "Phoenix",
    "America/Bogota": "Bogotá", "America/Sao_Paulo": "São Paulo",
}  # fmt: skip
CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "bread": ("bread products", "kinds of bread"), "cereals": ("breakfast cereals", "cereals"), "dairy": ("dairy products",),
    "drinks": ("drinks",), "sauces": ("sauces",), "snacks": ("snacks",), "spreads": ("spreads",), "sweets": ("sweets",),
}  # fmt: skip
PRIORITIES: Mapping[str, tuple[str, ...]] = {"low": ("low",), "normal": ("normal",), "high": ("high",)}
# Open tasks show among all, too.
OPEN = maybe("open", "all")
DATES_IN_FORCE = maybe(TODAY)
"""The date of a conversion at today's rate."""


def one_of(draws: Draws, words: Mapping[Any, tuple[str, ...]], *but: Any) -> Said:
    """A code and how it is said."""
    code = draws.pick(*(each for each in words if each not in but))
    return said(code, *words[code])


def two_units(draws: Draws) -> tuple[Said, Said]:
    """Two units of one quantity."""
    one, other = draws.rng.sample(UNITS[draws.pick(*UNITS)], 2)
    return said(one[0], one[1]), said(other[0], other[1])


def two_places(draws: Draws, number: int = 2) -> list[str] | None:
    """Names of places with one postal code each."""
    known = [row["place"] for row in environment("tools").records["postal_codes"].values()]
    return [row["place"] for row in draws.rows("postal_codes", number, lambda row: known.count(row["place"]) == 1)]


def code_of(act: Act, place: str) -> str:
    """The postal code of a place that has one."""
    found = act("search_postal_codes", {"place": place}, free=LISTED)["postal_codes"]
    return str(found[0]["postal_code"])


def open_task(draws: Draws, where: Callable[[Row], bool] | None = None) -> Row:
    """A task of the list that is still to do."""
    return draws.row("tasks", lambda row: not row["done"] and (where is None or where(row)))


def task_by_title(act: Act, title: str) -> str | None:
    """The id of an open task, by words of its title."""
    titles = [row["title"] for row in environment("tools").records["tasks"].values()]
    found = act("list_tasks", {"words": words_for(title, titles), "status": OPEN, "page_size": ROOMY})["tasks"]
    mine = [row for row in found if row["title"] == title]
    return str(mine[0]["task_id"]) if len(mine) == 1 else None


def tasks_in_list(act: Act, *titles: str) -> list[str]:
    """The ids of open tasks, by going through all that are open."""
    found = act("list_tasks", {"status": OPEN, "page_size": either(50, 40, 45)})["tasks"]
    ids = {row["title"]: row["task_id"] for row in found}
    return [ids[title] for title in titles]


def tasks_on_pages(act: Act, *titles: str) -> list[str]:
    """The ids of open tasks, by reading the list a page at a time until all have been seen."""
    ids: dict[str, str] = {}
    page: int | None = 1
    while page is not None and not ids.keys() >= set(titles):
        found = act("list_tasks", {"page": page})
        ids |= {row["title"]: row["task_id"] for row in found["tasks"]}
        page = found["next_page"]
    return [ids[title] for title in titles]


def tick(act: Act, task_id: str) -> Claims:
    """Marks a task as done."""
    act("complete_task", {"task_id": task_id})
    return ()


def tick_by_title(act: Act, slots: Slots) -> Claims | None:
    """Marks the task of that title as done, found by a search."""
    task_id = task_by_title(act, slots["title"])
    return tick(act, task_id) if task_id else None


def product_and_currency(draws: Draws) -> Slots:
    """A product, and a currency to tell its price in."""
    return {"product": draws.row("products")["name"], "currency": one_of(draws, CURRENCIES)}


def product_by_name(act: Act, name: str) -> Row | None:
    """A product by words of its name."""
    names = [row["name"] for row in environment("tools").records["products"].values()]
    found = act("search_products", {"words": words_for(name, names), "page_size": ROOMY}, free=ORDER)["products"]
    mine: list[Row] = [row for row in found if row["name"] == name]
    return mine[0] if len(mine) == 1 else None


def coming_day(draws: Draws) -> str:
    """A day of the next three months."""
    return str(date.fromisoformat(TODAY) + timedelta(days=draws.number(1, 90)))
