"""How requests say what the tools take as codes, and the searches that most solutions begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any

from spectool.benchmark.template import Act, Draws, Either, Said, Slots, either, maybe, said
from spectool.benchmark.templates.phrasing import ROOMY
from spectool.benchmark.templates.searching import ORDER
from spectool.environments.core.environment import TODAY
from spectool.environments.core.tables import Row
from spectool.environments.parts.dates import day
from spectool.environments.registry import environment
from spectool.environments.spaceflight.launches import PLANNED

ORBITS: Mapping[str, tuple[str, ...]] = {
    "LEO": ("low Earth orbit", "LEO"),
    "SSO": ("a sun-synchronous orbit", "SSO"),
    "MEO": ("medium Earth orbit", "MEO"),
    "GTO": ("a geostationary transfer orbit", "GTO"),
    "TLI": ("a translunar trajectory (TLI)", "TLI"),
}
MINUTES: Mapping[int, tuple[str, ...]] = {
    15: ("a quarter of an hour", "15 minutes"),
    30: ("half an hour", "30 minutes"),
    60: ("one hour", "60 minutes"),
    120: ("two hours", "120 minutes"),
    1440: ("a full day", "24 hours"),
}
CHANNELS: Mapping[str, tuple[str, ...]] = {
    "push": ("a push notification", "a push message"),
    "email": ("an e-mail", "an email"),
    "sms": ("a text message", "an SMS"),
}
FOLDERS: Mapping[str, tuple[str, ...]] = {
    "read_later": ("read-later", "read later"),
    "favourites": ("favourites",),
    "work": ("work",),
}
TOPICS: Mapping[str, tuple[str, ...]] = {
    "launch": ("launches that went well", "successful launches"),
    "failure": ("failures, partial ones included", "launches that went wrong in whole or in part"),
    "schedule": ("the schedule of launches still to come", "launches still to come"),
}
# A series with more flights than a page of results holds is not found by its name alone.
CROWDED = ("Aurelia",)
# Round numbers of days and of launches that one may ask for to see what is coming.
DAYS = (365, 300, 270, 250, 240, 200, 180, 150, 120, 100, 90, 60, 30)
LIMITS = (50, 40, 30, 20, 15, 10, 5)


def one_of(draws: Draws, words: Mapping[Any, tuple[str, ...]]) -> Said:
    """A code and how it is said."""
    code = draws.pick(*words)
    return said(code, *words[code])


def mission(draws: Draws, where: Callable[[Row], bool] | None = None) -> str:
    """The name of the mission of a launch of the split."""
    return str(draws.row("launches", where)["name"].partition(" | ")[2])


def flown(launch: Row) -> bool:
    """Whether a launch is over."""
    return launch["status"] not in PLANNED


def upcoming(launches: Iterable[Row]) -> list[str]:
    """The ids of the planned launches, soonest first."""
    return [row["launch_id"] for row in sorted(launches, key=itemgetter("net")) if not flown(row)]


def reminded(launch: Row) -> bool:
    """Whether there is a reminder from the start for a launch that can be listed."""
    records = environment("spaceflight").records
    return launch["launch_id"] in records["reminders"] and launch["launch_id"] in upcoming(records["launches"].values())[: LIMITS[0]]


def open_to_reminders(launch: Row) -> bool:
    """Whether a reminder can be set for a launch that can be listed."""
    records = environment("spaceflight").records
    free = launch["status"] in ("go", "tbd") and launch["launch_id"] not in records["reminders"]
    return free and launch["launch_id"] in upcoming(records["launches"].values())[: LIMITS[0]]


def named(name: str) -> Either:
    """What a launch is searched by: its mission's name, or that of the series."""
    series = name.rpartition(" ")[0]
    return either(name, series) if series and series not in CROWDED else either(name)


def launch_by_name(act: Act, name: str) -> Row | None:
    """The launch of a mission, by the launches' names."""
    found = act("search_launches", {"words": named(name), "page_size": ROOMY}, free=ORDER)["launches"]
    mine = [row for row in found if row["name"].endswith(f"| {name}")]
    return mine[0] if len(mine) == 1 and len(found) <= 10 else None


def launch_by_payload(act: Act, name: str) -> Row | None:
    """The launch of a mission, by the payloads that bear its name."""
    found = act("search_payloads", {"words": name, "page_size": ROOMY}, free=ORDER)["payloads"]
    mine = [row for row in found if row["name"] in (name, f"{name}-A", f"{name}-B", f"{name}-C")]
    return mine[0] if mine and len(found) <= 10 else None


def launch_upcoming(act: Act, name: str) -> Row | None:
    """The launch of a mission that is among those to come, by listing them far enough."""
    rows = {row["launch_id"]: row for row in act.state["launches"].rows()}
    (id,) = (id for id, row in rows.items() if row["name"].endswith(f"| {name}"))
    place = upcoming(rows.values()).index(id) + 1
    ahead = (day(rows[id]["net"][:10]) - day(TODAY)).days
    asked = {"within_days": either(*(each for each in DAYS if each >= ahead)), "limit": either(*(each for each in LIMITS if each >= place))}
    found = act("list_upcoming_launches", asked)["launches"]
    return next((row for row in found if row["launch_id"] == id), None)


def agency_by_name(act: Act, name: str) -> str:
    """The id of an agency, by its name or by going through all of them."""
    agencies = act("search_agencies", {"name": maybe(name)})["agencies"]
    return str(next(row["agency_id"] for row in agencies if name in (row["name"], row["abbreviation"])))


def a_reminder(draws: Draws) -> Slots:
    """A mission still to come that reminders can be set for, how long before, and by which channel."""
    return {"mission": mission(draws, open_to_reminders), "before": one_of(draws, MINUTES), "channel": one_of(draws, CHANNELS)}
