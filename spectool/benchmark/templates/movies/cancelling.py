"""Reserved seats given back."""

from __future__ import annotations

from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Slots, Template, either, maybe
from spectool.benchmark.templates.movies.wording import day_soon, find_movie
from spectool.benchmark.templates.phrasing import ROOMY
from spectool.benchmark.templates.searching import PAGE
from spectool.environments.core.environment import TODAY
from spectool.environments.core.records import records_of
from spectool.environments.core.tables import Row


def _held(draws: Draws) -> Slots | None:
    row = draws.row("reservations", lambda row: row["status"] == "confirmed")
    records = records_of("movies")
    showing = records["showings"][row["showing_id"]]
    if showing["date"] <= TODAY:
        return None
    return {"title": records["movies"][showing["movie_id"]]["title"], "day": day_soon(showing["date"])}


def _cancel(act: Act, slots: Slots, given: dict[str, Any]) -> Claims | None:
    asked = {"reserved_by_me": True, "date_from": maybe(slots["day"], TODAY), "date_to": maybe(slots["day"]), "page_size": ROOMY}
    return _cancel_one_of(act, slots, act("find_showings", {**asked, **given}, free=("sort_by",))["showings"])


def _cancel_one_of(act: Act, slots: Slots, found: list[Row]) -> Claims | None:
    meant = [row for row in found if (row["title"], row["date"]) == (slots["title"], slots["day"])]
    if len(meant) != 1:
        return None
    mine = act("get_showing", {"showing_id": meant[0]["showing_id"]})["my_reservations"]
    held = [each["reservation_id"] for each in mine if each["status"] == "confirmed"]
    if len(held) != 1:
        return None
    act("cancel_cinema_reservation", {"reservation_id": held[0]})
    return ()


def _cancel_by_film(act: Act, slots: Slots) -> Claims | None:
    film = find_movie(act, slots["title"])
    return _cancel(act, slots, {"movie_id": film["movie_id"]}) if film else None


def _cancel_by_day(act: Act, slots: Slots) -> Claims | None:
    return _cancel(act, slots, {"date_from": slots["day"], "date_to": slots["day"]})


def _cancel_by_list(act: Act, slots: Slots) -> Claims | None:
    return _cancel(act, slots, {"page_size": either(50, 45, 40, 35, 30)})


def _cancel_by_pages(act: Act, slots: Slots) -> Claims | None:
    """Page by page, as long as the day has not come."""
    found: list[Row] = []
    while not found or found[-1]["date"] <= slots["day"]:
        page = len(found) // PAGE + 1
        shown = act("find_showings", {"reserved_by_me": True, "date_from": maybe(TODAY), "page": page})
        found += shown["showings"]
        if len(found) == shown["total"]:
            break
    return _cancel_one_of(act, slots, found)


CANCEL = Template(
    name="movies-cancel-reservation",
    kind="state_changing",
    split="test",
    dated=True,
    asks=(
        "We can't make it to {title} {day}. Please cancel the seats I have reserved.",
        "Cancel my reservation for {title}, the showing {day}.",
        "Something has come up, so give back the seats that I hold for {title} {day}.",
    ),
    paraphrases=(
        "The babysitter is ill, and so {title} will have to do without us {day}. Whatever seats are in my name there, somebody else may "
        "have them now.",
        "I won't make it to the cinema {day} after all. It was going to be {title}; could you see to it that my reservation is called off?",
    ),
    irrelevant=("Tell the cinema that we are truly sorry.", "And let my seats go to somebody with a birthday."),
    draw=_held,
    solve=(_cancel_by_film, _cancel_by_day, _cancel_by_list, _cancel_by_pages),
)
