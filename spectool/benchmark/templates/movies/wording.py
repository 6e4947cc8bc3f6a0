"""How requests say values, and the searches that most solutions begin with."""

from __future__ import annotations

from datetime import date
from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Said, either, said
from spectool.benchmark.templates.calendar_words import MONTHS, WEEKDAYS, ordinal
from spectool.benchmark.templates.phrasing import parts_of
from spectool.environments.core.environment import TODAY
from spectool.environments.core.tables import Row

COUNTRIES = {
    "AT": "Austria", "BE": "Belgium", "DE": "Germany", "ES": "Spain", "FR": "France", "GB": "the United Kingdom", "IE": "Ireland",
    "IT": "Italy", "JP": "Japan", "KR": "South Korea", "MX": "Mexico", "PL": "Poland", "SE": "Sweden", "US": "the United States",
}  # fmt: skip
LANGUAGES = {
    "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian", "ja": "Japanese", "ko": "Korean", "pl": "Polish",
    "sv": "Swedish",
}  # fmt: skip
GENRES = {
    "adventure": "adventure", "animation": "animation", "comedy": "comedy", "drama": "drama", "family": "family", "history": "history",
    "horror": "horror", "music": "music", "mystery": "mystery", "romance": "romance", "science_fiction": "science fiction",
    "thriller": "thriller", "war": "war",
}  # fmt: skip


def day_soon(iso: str) -> Said:
    """A date of the two weeks after today, as one says it knowing what day it is; for requests that are dated."""
    day, ahead = date.fromisoformat(iso), (date.fromisoformat(iso) - date.fromisoformat(TODAY)).days
    month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    near = {0: ("today",), 1: ("tomorrow",), 2: ("the day after tomorrow",)}.get(ahead, ())
    week = (f"this coming {weekday}",) if 2 < ahead < 7 else ()
    return said(iso, *near, *week, f"on {weekday} {day.day} {month}", f"on the {ordinal(day.day)} of {month}")


def find_movie(act: Act, title: str) -> Row | None:
    """Searches a film by its title; ``None`` where the whole title finds more than one."""
    found = act("search_movies", {"words": parts_of(title)}, free=("sort_by", "descending", "page_size"))
    movie: Row | None = found["movies"][0] if found["total"] == 1 else None
    return movie


def find_person(act: Act, name: str) -> Row | None:
    """Searches a person by name, in full or by either part; ``None`` where there are two of that name."""
    words = either(*(text for spelled in (name, name.lower()) for text in (spelled, *spelled.split())))
    found = act("search_film_people", {"words": words}, free=("sort_by", "descending", "page_size"))
    person: Row | None = found["people"][0] if found["total"] == 1 else None
    return person


def done(_: object) -> Claims:
    """After a call that is all that was asked for: nothing is to be told."""
    return ()


def millions(amount: float) -> str:
    """An amount in million euros, as an answer tells it: a figure alone would be another amount."""
    return f"{amount:g} million euros"


def released(row: Row) -> bool:
    """Whether a film is out."""
    return bool(row["released"] <= TODAY)


def film(draws: Draws, **about: Any) -> Row:
    """A film that is out; ``about`` are values of its row."""
    return draws.row("movies", lambda row: released(row) and all(row[name] == value for name, value in about.items()))
