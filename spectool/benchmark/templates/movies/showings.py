"""Ways to the showing that a request means."""

from __future__ import annotations

from typing import Any

from spectool.benchmark.template import Act, Draws, Said, Slots, maybe, said
from spectool.benchmark.templates.movies.wording import find_movie
from spectool.benchmark.templates.phrasing import NUMBERS, ROOMY
from spectool.environments.core.environment import TODAY
from spectool.environments.core.records import records_of
from spectool.environments.core.tables import Row
from spectool.environments.movies.cinemas import SEATS


def coming(draws: Draws, seats: int) -> tuple[Row, Row, Row]:
    """A showing after today with so many seats that others have left, its film and its cinema."""
    row = draws.row("showings", lambda row: row["date"] > TODAY and len(SEATS) - len(row["taken"]) >= seats)
    records = records_of("movies")
    return row, records["movies"][row["movie_id"]], records["cinemas"][row["cinema_id"]]


def clock_said(time: str) -> Said:
    """A time of the afternoon or evening, as people say it."""
    hour, minute = int(time[:2]), time[3:]
    twelve, part = hour - 12, "afternoon" if hour < 18 else "evening"
    hours = f"{NUMBERS[twelve]} in the {part}"
    words = {"00": f"{twelve} pm", "15": f"quarter past {hours}", "30": f"half past {hours}"}
    return said(time, time, words.get(minute, f"{twelve}:{minute} pm"))


def by_film(act: Act, slots: Slots) -> Row | None:
    """By the film's id, then its showings."""
    film = find_movie(act, slots["title"])
    return film and _meant(act, slots, {"movie_id": film["movie_id"]})


def by_day(act: Act, slots: Slots) -> Row | None:
    """By city and day alone: the list tells titles and cinemas."""
    return _meant(act, slots, {"city": slots["city"], "date_from": slots["day"], "date_to": slots["day"]})


def by_cinema(act: Act, slots: Slots) -> Row | None:
    """By the cinema's id and the day."""
    cinema_id = _cinema(act, slots)
    return cinema_id and _meant(act, slots, {"cinema_id": cinema_id, "date_from": slots["day"], "date_to": slots["day"]})


def by_film_and_cinema(act: Act, slots: Slots) -> Row | None:
    """By the ids of both."""
    film, cinema_id = find_movie(act, slots["title"]), _cinema(act, slots)
    return film and cinema_id and _meant(act, slots, {"movie_id": film["movie_id"], "cinema_id": cinema_id})


WAYS = (by_film, by_day, by_cinema, by_film_and_cinema)


def _cinema(act: Act, slots: Slots) -> Any:
    cinemas = act("search_cinemas", {"city": maybe(slots["city"])})["cinemas"]
    return next((row["cinema_id"] for row in cinemas if row["name"] == slots["cinema"]), None)


def _meant(act: Act, slots: Slots, given: dict[str, Any]) -> Row | None:
    """The showing meant, among those that a search with ``given`` finds; what narrows it further may be given as well."""
    day = slots["day"]
    narrowing = {"date_from": maybe(day, TODAY), "date_to": maybe(day), "city": maybe(slots["city"]), "page_size": ROOMY}
    times = {"earliest": maybe(slots["time"]), "latest": maybe(slots["time"])}
    room = {"min_free_seats": maybe(slots["number"], 1)}
    found = act("find_showings", {**narrowing, **times, **room, **given}, free=("sort_by",))["showings"]
    wanted = (slots["title"], slots["cinema"], day, slots["time"])
    meant = [row for row in found if (row["title"], row["cinema"], row["date"], row["time"]) == wanted]
    return meant[0] if len(meant) == 1 else None
