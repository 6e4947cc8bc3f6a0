"""Requests to synthesise from."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, maybe, said
from spectool.benchmark.templates.movies.wording import (
    COUNTING,
    COUNTRIES,
    GENRES,
    LANGUAGES,
    NUMBERS,
    ROOMY,
    TODAY,
    day_said,
    film,
    find_movie,
    find_person,
    number_said,
    released,
)
from spectool.environments.tables import Row


def _one_wish(draws: Draws) -> Slots:
    country, language, genre = draws.pick(*COUNTRIES), draws.pick(*LANGUAGES), draws.pick(*GENRES)
    year, minutes, score = draws.number(1990, 2026), 5 * draws.number(17, 30), draws.number(50, 85) / 10
    return {
        "wish": draws.pick(
            said({"country": country}, f"produced in {COUNTRIES[country]}", f"whose country of production is {COUNTRIES[country]}"),
            said({"language": language}, f"shot in {LANGUAGES[language]}", f"whose original language is {LANGUAGES[language]}"),
            said({"genres": [genre]}, f"in the {GENRES[genre]} genre", f"filed under {GENRES[genre]}"),
            said({"released_from": f"{year}-01-01", "released_to": f"{year}-12-31"}, f"released in {year}", f"that came out in {year}"),
            said({"released_to": f"{year - 1}-12-31"}, f"released before {year}", f"that came out earlier than {year}"),
            said({"max_runtime_minutes": minutes}, f"that run for {minutes} minutes at most", f"no longer than {minutes} minutes"),
            said({"min_average_rating": score}, f"rated {score} or better on average", f"with an average rating of at least {score}"),
        )
    }


def _count(act: Act, slots: Slots) -> Claims | None:
    total = act("search_movies", slots["wish"], free=COUNTING)["total"]
    return [str(total)] if total else None


SUPERLATIVES = {
    "average_rating": "the best average rating",
    "box_office_million_eur": "the highest box office",
    "runtime_minutes": "the longest running time",
}


def _three_conditions(draws: Draws) -> Slots:
    row = film(draws)
    year = int(row["released"][:4])
    first, last = year - draws.number(1, 9), min(year + draws.number(1, 9), 2026)
    genre, measure = draws.pick(*[each for each in row["genres"] if each in GENRES] or ["drama"]), draws.pick(*SUPERLATIVES)
    limit = max(row["age_rating"], draws.pick(6, 12, 16))
    return {
        "genre": said(genre, GENRES[genre]),
        "first": first,
        "last": last,
        "age": said(limit, f"a {limit}-year-old", f"somebody aged {limit}"),
        "most": said(measure, SUPERLATIVES[measure]),
    }


def _conditions(slots: Slots) -> dict[str, object]:
    years = {"released_from": f"{slots['first']}-01-01", "released_to": f"{slots['last']}-12-31"}
    return {"genres": [slots["genre"]], **years, "max_age_rating": slots["age"]}


def _best_sorted(act: Act, slots: Slots) -> Claims | None:
    asked = {**_conditions(slots), "sort_by": slots["most"], "descending": True}
    found = act("search_movies", asked, free=("page_size",))["movies"]
    return [found[0]["title"]] if len(found) > 1 and found[0][slots["most"]] != found[1][slots["most"]] else None


def _best_listed(act: Act, slots: Slots) -> Claims | None:
    asked = {**_conditions(slots), "sort_by": slots["most"], "descending": maybe(False), "page_size": ROOMY}
    found = act("search_movies", asked)
    if found["total"] > 10:
        return None
    return [max(found["movies"], key=lambda row: row[slots["most"]])["title"]] if found["movies"] else None


def _role(draws: Draws) -> Slots:
    row = film(draws)
    return {"title": row["title"], "role": draws.pick(*row["cast"])["character"]}


def _player(act: Act, slots: Slots) -> Claims | None:
    row = find_movie(act, slots["title"])
    if row is None:
        return None
    cast = act("get_movie_credits", {"movie_id": row["movie_id"], "department": either("all", "cast")})["cast"]
    return [credit["name"] for credit in cast if credit["character"] == slots["role"]]


def _pair(draws: Draws) -> Slots:
    row = film(draws)
    made = {credit["person_id"] for credit in (*row["cast"], *row["crew"])}
    first, second = draws.rows("people", 2, lambda person: person["person_id"] in made)
    return {"one": first["name"], "other": second["name"]}


def _shared(act: Act, slots: Slots) -> Claims | None:
    return _together(act, slots["one"], slots["other"])


def _shared_reversed(act: Act, slots: Slots) -> Claims | None:
    return _together(act, slots["other"], slots["one"])


def _together(act: Act, one: str, other: str) -> Claims | None:
    first, second = find_person(act, one), find_person(act, other)
    if first is None or second is None:
        return None
    asked = {"person_id": first["person_id"], "with_person_id": second["person_id"]}
    return [row["title"] for row in act("get_filmography", asked, free=("sort_by", "descending"))["movies"]]


def _shared_by_lists(act: Act, slots: Slots) -> Claims | None:
    people = [find_person(act, slots[name]) for name in ("one", "other")]
    lists = [
        [row["title"] for row in act("get_filmography", {"person_id": person["person_id"]}, free=("sort_by", "descending"))["movies"]]
        for person in people
        if person is not None
    ]
    return [title for title in lists[0] if title in lists[1]] if len(lists) == 2 else None


def _costs(draws: Draws) -> Slots:
    first, second = draws.rows("movies", 2, lambda row: released(row))
    return {"one": first["title"], "other": second["title"]}


def _both(act: Act, slots: Slots) -> list[Row] | None:
    rows = [find_movie(act, slots["one"]), find_movie(act, slots["other"])]
    return None if any(row is None for row in rows) else [row for row in rows if row is not None]


def _dearer_compared(act: Act, slots: Slots) -> Claims | None:
    rows = _both(act, slots)
    if rows is None:
        return None
    ids = [row["movie_id"] for row in rows]
    values = act("compare_movies", {"movie_ids": either(ids, ids[::-1]), "by": "budget_million_eur"})["values"]
    return [str(max(each["value"] for each in values))] if values[0]["value"] != values[1]["value"] else None


def _dearer_looked_up(act: Act, slots: Slots) -> Claims | None:
    rows = _both(act, slots)
    if rows is None:
        return None
    return [str(max(act("get_movie", {"movie_id": row["movie_id"]})["budget_million_eur"] for row in rows))]


def _unrated(draws: Draws) -> Slots:
    row = film(draws)
    return {"title": row["title"], "score": number_said(draws.number(2, 10))}


def _rate(act: Act, slots: Slots) -> Claims | None:
    row = find_movie(act, slots["title"])
    if row is None:
        return None
    act("rate_movie", {"movie_id": row["movie_id"], "score": slots["score"]})
    return ()
