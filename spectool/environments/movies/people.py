"""Who made which film, and what was honoured."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import not_found
from spectool.environments.core.records import records_of
from spectool.environments.core.tables import Row, State
from spectool.environments.movies.catalogue import Country, movie
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.dates import Date, in_order
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.parts.wording import holds_words, wanted_words

Job = Literal["actor", "director", "writer", "composer"]


def get_movie_credits(state: State, *, movie_id: str, department: Literal["cast", "crew", "all"] = "all") -> Mapping[str, Any]:
    """Who made a film: the cast with the characters played, leading role first, and the crew (director, writer, composer).

    Args:
        movie_id: Id of the film, such as M1008.
        department: Which part of the credits.
    """
    row = movie(state, movie_id)
    credits: dict[str, Any] = {"movie_id": movie_id, "title": row["title"]}
    for each in ("cast", "crew"):
        if department in (each, "all"):
            credits[each] = [{**credit, "name": _name(state, credit["person_id"])} for credit in row[each]]
    return credits


def search_film_people(
    state: State,
    *,
    words: str | None = None,
    job: Job | None = None,
    country: Country | None = None,
    born_from: Date | None = None,
    born_to: Date | None = None,
    min_movie_count: Annotated[int, Meta(ge=1, le=1000)] = 1,
    sort_by: Literal["name", "born", "movie_count"] = "name",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search the people who make films, for their ids, dates of birth and number of films. All conditions given must hold.

    Args:
        words: Words that the name must hold, in any order.
        job: Work that the person has done on at least one film.
        country: Country of birth, two-letter ISO 3166 code.
        born_from: Earliest date of birth, YYYY-MM-DD.
        born_to: Latest date of birth, YYYY-MM-DD.
        min_movie_count: Fewest films that the person has worked on.
        sort_by: Field to sort by; people of the same value by person_id.
        descending: Largest, latest or last in the alphabet first.
        page: Page of results, from 1.
        page_size: People a page.
    """
    in_order(born_from, born_to)
    wanted = wanted_words(words)
    found = [
        row
        for row in state["people"].rows()
        if (country is None or row["country"] == country)
        and (job is None or job in row["jobs"])
        and (born_from is None or row["born"] >= born_from)
        and (born_to is None or row["born"] <= born_to)
        and row["movie_count"] >= min_movie_count
        and (not wanted or holds_words(row["name"], wanted))
    ]
    return paged(ordered(found, sort_by, descending=descending), page, page_size, name="people")


def get_filmography(
    state: State,
    *,
    person_id: str,
    job: Job | None = None,
    with_person_id: str | None = None,
    released_from: Date | None = None,
    released_to: Date | None = None,
    sort_by: Literal["released", "average_rating", "box_office_million_eur"] = "released",
    descending: bool = False,
) -> Mapping[str, Any]:
    """The films that a person worked on, with each job done on them. All conditions given must hold.

    Args:
        person_id: Id of the person, such as P204.
        job: Only work of this kind.
        with_person_id: Only films that this other person worked on too, in any job.
        released_from: Earliest release date, YYYY-MM-DD.
        released_to: Latest release date, YYYY-MM-DD.
        sort_by: Field to sort by; films without a value come last.
        descending: Largest or latest first.
    """
    in_order(released_from, released_to)
    name = _name(state, person_id)
    if with_person_id is not None:
        _name(state, with_person_id)
    shared = _credits()[with_person_id] if with_person_id is not None else None
    found = []
    for movie_id, credits in _credits()[person_id].items():
        row = movie(state, movie_id)
        done = [credit for credit in credits if job is None or credit["job"] == job]
        if not done or (shared is not None and movie_id not in shared):
            continue
        if (released_from or "") <= row["released"] and (released_to is None or row["released"] <= released_to):
            facts = {name: row[name] for name in ("movie_id", "title", "released", "average_rating", "box_office_million_eur")}
            found.append({**facts, "credits": done})
    movies = ordered(found, sort_by, descending=descending)
    return {"person_id": person_id, "name": name, "movies": movies, "total": len(movies)}


def search_film_awards(
    state: State,
    *,
    ceremony: Literal["lantern_awards", "meridian_film_prize"] | None = None,
    category: Literal["best_film", "best_director", "best_leading_role", "best_score"] | None = None,
    year_from: Annotated[int, Meta(ge=1900, le=2100)] | None = None,
    year_to: Annotated[int, Meta(ge=1900, le=2100)] | None = None,
    movie_id: str | None = None,
    person_id: str | None = None,
    won: bool | None = None,
    page: Page = 1,
    page_size: PageSize = 20,
) -> Mapping[str, Any]:
    """Search nominations for film awards and who won them, by year. All conditions given must hold.

    Args:
        ceremony: Which awards.
        category: Category of the award.
        year_from: Earliest year of the ceremony.
        year_to: Latest year of the ceremony.
        movie_id: Id of the film nominated, such as M1008.
        person_id: Id of the person nominated, such as P204; best_film names no person.
        won: true for winners only, false for nominations that did not win; both if left out.
        page: Page of results, from 1.
        page_size: Nominations a page.
    """
    found = [
        row
        for row in state["awards"].rows()
        if (ceremony is None or row["ceremony"] == ceremony)
        and (category is None or row["category"] == category)
        and (year_from is None or row["year"] >= year_from)
        and (year_to is None or row["year"] <= year_to)
        and (movie_id is None or row["movie_id"] == movie_id)
        and (person_id is None or row["person_id"] == person_id)
        and (won is None or row["won"] is won)
    ]
    shown = paged(ordered(found, "year"), page, page_size, name="nominations")
    return {**shown, "nominations": [_nomination(state, row) for row in shown["nominations"]]}


def _nomination(state: State, row: Row) -> dict[str, Any]:
    person = _name(state, row["person_id"]) if row["person_id"] is not None else None
    return {**row, "title": movie(state, row["movie_id"])["title"], "name": person}


def _name(state: State, person_id: str) -> str:
    row = state["people"].get(person_id)
    if row is None:
        raise not_found("person", person_id)
    name: str = row["name"]
    return name


@cache
def _credits() -> Mapping[str, Mapping[str, list[dict[str, Any]]]]:
    """What each person did, by film; credits are no part of what a trajectory can change."""
    credits: dict[str, dict[str, list[dict[str, Any]]]] = {id: {} for id in records_of("movies")["people"]}
    for movie_id, row in records_of("movies")["movies"].items():
        for each in row["crew"]:
            credits[each["person_id"]].setdefault(movie_id, []).append({"job": each["job"], "character": None})
        for each in row["cast"]:
            credits[each["person_id"]].setdefault(movie_id, []).append({"job": "actor", "character": each["character"]})
    return credits
