"""Finding films, reading about them, and comparing them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import invalid, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.dates import Date, in_order
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.parts.wording import fold, holds_words, wanted_words

Genre = Literal[
    "adventure", "animation", "comedy", "documentary", "drama", "family", "history", "horror", "music", "mystery", "romance",
    "science_fiction", "thriller", "war",
]  # fmt: skip
Language = Literal["de", "en", "es", "fr", "it", "ja", "ko", "pl", "sv"]
Country = Literal["AT", "BE", "DE", "ES", "FR", "GB", "IE", "IT", "JP", "KR", "MX", "PL", "SE", "US"]
Measure = Literal["released", "runtime_minutes", "average_rating", "rating_count", "budget_million_eur", "box_office_million_eur"]

_BRIEF = ("movie_id", "title", "released", "director", "average_rating")
_FULL = (
    "movie_id", "title", "released", "genres", "language", "country", "age_rating", "runtime_minutes", "director_id", "director",
    "average_rating", "rating_count", "budget_million_eur", "box_office_million_eur",
)  # fmt: skip


def search_movies(
    state: State,
    *,
    words: str | None = None,
    genres: Annotated[list[Genre], Meta(min_length=1, max_length=4)] | None = None,
    director: str | None = None,
    language: Language | None = None,
    country: Country | None = None,
    released_from: Date | None = None,
    released_to: Date | None = None,
    max_age_rating: Literal[0, 6, 12, 16, 18] | None = None,
    max_runtime_minutes: Annotated[int, Meta(ge=1, le=600)] | None = None,
    min_average_rating: Annotated[float, Meta(ge=1, le=10)] | None = None,
    on_my_watchlist: bool | None = None,
    sort_by: Literal["title", "released", "runtime_minutes", "average_rating", "box_office_million_eur"] = "title",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search the catalogue of films. All conditions given must hold; without any, all films are listed.

    Args:
        words: Words that the title must hold, in any order.
        genres: Genres that the film must have, all of them.
        director: Name of the director, in full.
        language: Original language, two-letter ISO 639-1 code.
        country: Country of production, two-letter ISO 3166 code.
        released_from: Earliest release date, YYYY-MM-DD.
        released_to: Latest release date, YYYY-MM-DD.
        max_age_rating: Highest age rating allowed: a film rated 12 is for viewers of 12 and older, 0 is for everybody.
        max_runtime_minutes: Longest running time in minutes.
        min_average_rating: Lowest average rating, 1 to 10; leaves out films without ratings.
        on_my_watchlist: true for films on your watch list only, false for films not on it.
        sort_by: Field to sort by; films without a value come last, films of the same value by movie_id.
        descending: Largest, latest or last in the alphabet first.
        page: Page of results, from 1.
        page_size: Films a page.
    """
    in_order(released_from, released_to)
    listed, wanted, name = state["watchlist"].get, wanted_words(words), fold(director) if director is not None else None
    found = [
        row
        for row in state["movies"].rows()
        if (language is None or row["language"] == language)
        and (country is None or row["country"] == country)
        and (genres is None or all(genre in row["genres"] for genre in genres))
        and (released_from is None or row["released"] >= released_from)
        and (released_to is None or row["released"] <= released_to)
        and (max_age_rating is None or row["age_rating"] <= max_age_rating)
        and (max_runtime_minutes is None or row["runtime_minutes"] <= max_runtime_minutes)
        and (min_average_rating is None or (row["average_rating"] or 0) >= min_average_rating)
        and (on_my_watchlist is None or (listed(row["movie_id"]) is not None) is on_my_watchlist)
        and (name is None or fold(row["director"]) == name)
        and (not wanted or holds_words(row["title"], wanted))
    ]
    shown = paged(ordered(found, sort_by, descending=descending), page, page_size, name="movies")
    return {**shown, "movies": [{name: row[name] for name in dict.fromkeys((*_BRIEF, sort_by))} for row in shown["movies"]]}


def get_movie(state: State, *, movie_id: str) -> Mapping[str, Any]:
    """One film: release date, genres, language, country, age rating, running time, director, average rating, budget and box office.

    Args:
        movie_id: Id of the film, such as M1008.
    """
    row = movie(state, movie_id)
    return {name: row[name] for name in _FULL}


def get_movie_ratings(state: State, *, movie_id: str) -> Mapping[str, Any]:
    """How viewers rated a film: average, number of ratings, how many gave each score from 1 to 10, and your own score (null: none).

    Args:
        movie_id: Id of the film, such as M1008.
    """
    row, mine = movie(state, movie_id), state["my_ratings"].get(movie_id)
    told = {name: row[name] for name in ("movie_id", "title", "average_rating", "rating_count", "score_counts")}
    return {**told, "my_score": mine["score"] if mine else None}


def compare_movies(state: State, *, movie_ids: Annotated[list[str], Meta(min_length=2, max_length=6)], by: Measure) -> Mapping[str, Any]:
    """Compare films by one measure: the value of each, which has the highest and which the lowest.

    Args:
        movie_ids: Ids of two to six different films.
        by: What to compare; for released the highest is the latest.
    """
    if len(set(movie_ids)) < len(movie_ids):
        raise invalid("movie_ids: expected different films, got one of them twice")
    values = [{"movie_id": row["movie_id"], "title": row["title"], "value": row[by]} for row in (movie(state, id) for id in movie_ids)]
    known = [each for each in values if each["value"] is not None]
    highest = max(known, key=lambda each: each["value"], default=None)
    lowest = min(known, key=lambda each: each["value"], default=None)
    named = {"highest": highest["movie_id"] if highest else None, "lowest": lowest["movie_id"] if lowest else None}
    return {"by": by, "values": values, **named}


def movie(state: State, movie_id: str) -> Row:
    """The row of a film.

    Raises:
        ToolError: there is no such film.
    """
    row = state["movies"].get(movie_id)
    if row is None:
        raise not_found("movie", movie_id)
    return row
