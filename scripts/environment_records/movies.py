"""Invented films, the people who made them, awards, cinemas and their showings, and what the user keeps."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from scripts.environment_records.movies_names import CHARACTERS, CINEMAS, COUNTRY_LANGUAGE, FIRST, LAST, NOW_SHOWING, TITLES
from spectool.environments.core.environment import TODAY
from spectool.environments.core.tables import Records

SEED = "movies/1"
DAY = date.fromisoformat(TODAY)
# People behind the camera; some of them act as well.
MAKERS = 28
JOBS = ("director", "writer", "composer")
CATEGORIES = ("best_film", "best_director", "best_leading_role", "best_score")
SEATS = tuple(f"{row}{number}" for row in "ABCDE" for number in range(1, 9))
PRICES = {"standard": 9.5, "3d": 12.0, "large_screen": 14.5}
Tables = dict[str, dict[str, Any]]


def records() -> Records:
    """Tables ``movies``, ``people``, ``awards``, ``cinemas``, ``showings``, ``reservations``, ``my_ratings`` and ``watchlist``."""
    rng = Random(SEED)
    people = _people(rng)
    movies = _movies(rng, people)
    people = {id: {**person, **_work(id, movies)} for id, person in people.items() if _work(id, movies)["movie_count"]}
    cinemas = _cinemas(rng)
    showings = _showings(rng, movies, cinemas)
    return {
        "movies": movies,
        "people": people,
        "awards": _awards(rng, movies),
        "cinemas": cinemas,
        "showings": showings,
        "reservations": _reservations(rng, showings),
        **_kept(rng, movies),
    }


def _people(rng: Random) -> dict[str, Any]:
    names = rng.sample([f"{first} {last}" for first in FIRST for last in LAST], 72)
    people = {}
    for number, name in enumerate(names):
        id = f"P{201 + number}"
        first, last = (1940, 1972) if number < MAKERS else (1945, 1999)
        born = date(rng.randint(first, last), 1, 1) + timedelta(days=rng.randrange(365))
        people[id] = {"person_id": id, "name": name, "country": rng.choice(list(COUNTRY_LANGUAGE)), "born": born.isoformat()}
    return people


def _work(id: str, movies: dict[str, Any]) -> dict[str, Any]:
    """The kinds of work a person did, and in how many films."""
    done = [
        (row["movie_id"], each.get("job", "actor")) for row in movies.values() for each in (*row["cast"], *row["crew"])
        if each["person_id"] == id
    ]  # fmt: skip
    return {"jobs": sorted({job for _, job in done}), "movie_count": len({movie for movie, _ in done})}


def _movies(rng: Random, people: dict[str, Any]) -> dict[str, Any]:
    ids = list(people)
    makers, actors = ids[:MAKERS], ids[MAKERS - 6 :]
    movies = {}
    for number, (title, year, genres) in enumerate(TITLES):
        id = f"M{1001 + 7 * number}"
        released = _released(rng, year, title in NOW_SHOWING)
        grown = [each for each in ids if int(people[each]["born"][:4]) <= year - 21]
        director = rng.choice([each for each in grown if each in makers])
        country = people[director]["country"] if rng.random() < 0.7 else rng.choice(list(COUNTRY_LANGUAGE))
        budget = round(rng.choice([1, 2, 4, 8, 15, 30, 60, 110]) * rng.uniform(0.7, 1.4), 1)
        movies[id] = {
            "movie_id": id,
            "title": title,
            "released": released,
            "genres": list(genres),
            "language": COUNTRY_LANGUAGE[country],
            "country": country,
            "age_rating": rng.choice([0, 6, 6, 12] if {"animation", "family"} & set(genres) else [0, 6, 12, 12, 16, 16, 18]),
            "runtime_minutes": rng.randint(76, 176),
            "director_id": director,
            "director": people[director]["name"],
            "budget_million_eur": budget,
            **_reception(rng, budget, released <= DAY.isoformat()),
            **_credits(
                rng,
                director,
                "documentary" in genres,
                [each for each in grown if each in makers],
                [each for each in grown if each in actors],
            ),
        }
    return movies


def _released(rng: Random, year: int, showing: bool) -> str:
    if year == 2027:
        return (date(2027, 3, 19) + timedelta(days=rng.randrange(200))).isoformat()
    if showing and year == 2026:
        return (date(2026, 10, 15) + timedelta(days=rng.randrange(77))).isoformat()
    return (date(year, 1, 5) + timedelta(days=rng.randrange(355 if year < 2026 else 250))).isoformat()


def _reception(rng: Random, budget: float, out: bool) -> dict[str, Any]:
    centre, weight = rng.uniform(4.2, 8.8), rng.choice([0.3, 1, 3, 8])
    counts = {str(score): int(weight * rng.uniform(20, 60) * max(0.0, 1 - abs(score - centre) / 5)) for score in range(1, 11)}
    count = sum(counts.values()) if out else 0
    return {
        "box_office_million_eur": round(budget * rng.uniform(0.2, 5.5), 1) if out else None,
        "average_rating": round(sum(int(score) * number for score, number in counts.items()) / count, 2) if count else None,
        "rating_count": count,
        "score_counts": counts if out else dict.fromkeys(counts, 0),
    }


def _credits(rng: Random, director: str, documentary: bool, makers: list[str], actors: list[str]) -> dict[str, Any]:
    writer = director if rng.random() < 0.35 else rng.choice(makers)
    composer = rng.choice([each for each in makers if each != director])
    cast = rng.sample(actors, rng.randint(3, 5))
    characters = ["The Narrator"] if documentary else rng.sample(CHARACTERS, len(cast))
    return {
        "cast": [{"person_id": person, "character": character} for person, character in zip(cast, characters, strict=False)],
        "crew": [{"person_id": person, "job": job} for job, person in zip(JOBS, (director, writer, composer), strict=True)],
    }


def _awards(rng: Random, movies: dict[str, Any]) -> dict[str, Any]:
    awards: dict[str, Any] = {}
    for ceremony, years in (("lantern_awards", range(2015, 2028)), ("meridian_film_prize", range(2018, 2028, 2))):
        for year in years:
            eligible = [row for row in movies.values() if row["released"][:4] in {str(year - 1), str(year - 2)}]
            for category in rng.sample(CATEGORIES, 2) if len(eligible) >= 2 else ():
                for place, row in enumerate(rng.sample(eligible, min(3, len(eligible)))):
                    id = f"A{501 + len(awards)}"
                    awards[id] = {"award_id": id, "ceremony": ceremony, "year": year, "category": category, **_honoured(category, row)}
                    awards[id]["won"] = place == 0
    return awards


def _honoured(category: str, row: Any) -> dict[str, Any]:
    job = {"best_director": "director", "best_score": "composer"}.get(category)
    person = row["cast"][0] if category == "best_leading_role" else next((each for each in row["crew"] if each["job"] == job), None)
    return {"movie_id": row["movie_id"], "person_id": person["person_id"] if person else None}


def _cinemas(rng: Random) -> dict[str, Any]:
    cinemas = {}
    for number, (name, city, latitude, longitude) in enumerate(CINEMAS):
        id = f"K{11 + number}"
        formats = ["standard", *(["3d"] if number % 2 else []), *(["large_screen"] if number % 3 == 0 else [])]
        cinemas[id] = {
            "cinema_id": id,
            "name": name,
            "city": city,
            "latitude": latitude,
            "longitude": longitude,
            "screens": rng.randint(2, 9),
            "formats": formats,
            "wheelchair_access": number % 5 != 2,
        }
    return cinemas


def _showings(rng: Random, movies: dict[str, Any], cinemas: dict[str, Any]) -> dict[str, Any]:
    playing = [row for row in movies.values() if row["title"] in NOW_SHOWING]
    showings: dict[str, Any] = {}
    slots = sorted({(rng.randrange(-3, 13), rng.choice(list(cinemas)), rng.choice([14, 16, 18, 19, 20, 21])) for _ in range(118)})
    for day, cinema_id, hour in slots:
        id, movie, cinema = f"S{3001 + 3 * len(showings)}", rng.choice(playing), cinemas[cinema_id]
        format = rng.choice(cinema["formats"])
        taken = sorted(rng.sample(SEATS, rng.choice([4, 9, 13, 17, 22, 27, 34, 38, 40])))
        showings[id] = {
            "showing_id": id,
            "movie_id": movie["movie_id"],
            "cinema_id": cinema_id,
            "date": (DAY + timedelta(days=day)).isoformat(),
            "time": f"{hour}:{rng.choice(['00', '15', '30', '45'])}",
            "screen": rng.randint(1, cinema["screens"]),
            "format": format,
            "version": "original" if movie["language"] == "en" or rng.random() < 0.6 else "dubbed",
            "price_eur": PRICES[format] - (2.0 if hour < 17 else 0.0),
            "taken": taken,
        }
    return showings


def _reservations(rng: Random, showings: dict[str, Any]) -> dict[str, Any]:
    """What the user holds; ``taken`` of a showing are the seats of others."""
    today, reservations = DAY.isoformat(), {}
    open_ = [row for row in showings.values() if len(row["taken"]) <= len(SEATS) - 6]
    past, now = [row for row in open_ if row["date"] < today], [row for row in open_ if row["date"] == today]
    coming = [row for row in open_ if row["date"] > today]
    for number, row in enumerate([*rng.sample(past, 2), *rng.sample(now, 2), *rng.sample(coming, 24)]):
        id, free = f"R{number}{rng.randint(1000, 9999)}", [seat for seat in SEATS if seat not in row["taken"]]
        seats = sorted(rng.sample(free, rng.randint(1, 4)))
        about = {"reservation_id": id, "showing_id": row["showing_id"], "seats": seats, "snacks": []}
        reservations[id] = {**about, "total_eur": len(seats) * row["price_eur"], "status": "confirmed"}
    return reservations


def _kept(rng: Random, movies: dict[str, Any]) -> Tables:
    out = [id for id, row in movies.items() if row["released"] <= DAY.isoformat()]
    rated = rng.sample(out, 20)
    watch = rng.sample([id for id in movies if id not in rated], 22)
    return {
        "my_ratings": {id: {"movie_id": id, "score": rng.randint(3, 10)} for id in sorted(rated)},
        "watchlist": {id: {"movie_id": id, "priority": rng.choice(["low", "normal", "high"])} for id in sorted(watch)},
    }
