"""Conversations about films and cinema seats."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Stage, said
from spectool.benchmark.templates.movies.cinemas import euros
from spectool.benchmark.templates.movies.showings import by_day, by_film, clock_said, coming
from spectool.benchmark.templates.movies.wording import (
    ROOMY,
    TODAY,
    any_order,
    day_soon,
    film,
    find_movie,
    find_person,
    number_said,
    told_before,
)  # fmt: skip
from spectool.environments.movies.cinemas import SEATS
from spectool.environments.tables import Row


def _seats(draws: Draws) -> Slots:
    row, movie, cinema = coming(draws, 5)
    number, other = draws.rng.sample([2, 3, 4, 5], 2)
    where = {"title": movie["title"], "cinema": cinema["name"], "city": cinema["city"], "day": day_soon(row["date"])}
    return {**where, "time": clock_said(row["time"]), "number": number_said(number), "other": number_said(other)}


def _reserve_by_film(act: Act, slots: Slots) -> Claims | None:
    return _reserve(act, by_film(act, slots), slots["number"])


def _reserve_by_day(act: Act, slots: Slots) -> Claims | None:
    return _reserve(act, by_day(act, slots), slots["number"])


def _reserve(act: Act, row: Row | None, seats: int) -> Claims | None:
    return None if row is None else _done(act("reserve_cinema_seats", {"showing_id": row["showing_id"], "seats": seats}))


def _mine(act: Act) -> Row:
    """The reservation made in this conversation."""
    (row,) = act.state["reservations"].changes().values()
    assert row is not None
    return row


def _other_number(act: Act, slots: Slots) -> Claims | None:
    before = _mine(act)
    act("cancel_cinema_reservation", {"reservation_id": before["reservation_id"]})
    return [euros(act("reserve_cinema_seats", {"showing_id": before["showing_id"], "seats": slots["other"]})["total_eur"])]


def _two_films(draws: Draws) -> Slots:
    seen = film(draws)
    planned = draws.row("movies", lambda row: row["title"] != seen["title"])
    priority = draws.pick("low", "high")
    return {
        "title": seen["title"],
        "score": number_said(draws.number(1, 10)),
        "other": planned["title"],
        "priority": said(priority, f"{priority} priority"),
    }


def _rate(act: Act, slots: Slots) -> Claims | None:
    row = find_movie(act, slots["title"])
    return None if row is None else _done(act("rate_movie", {"movie_id": row["movie_id"], "score": slots["score"]}))


def _plan(act: Act, slots: Slots) -> Claims | None:
    row = find_movie(act, slots["other"])
    asked = {"priority": slots["priority"]}
    return None if row is None else _done(act("add_movie_to_watchlist", {"movie_id": row["movie_id"], **asked}))


def _done(_: object) -> Claims:
    return ()


def _director(draws: Draws) -> Slots:
    return {"director": film(draws)["director"]}


def _best_rated(act: Act, slots: Slots) -> Claims | None:
    asked = {"director": slots["director"], "page_size": ROOMY}
    return _best(act("search_movies", asked, free=("sort_by", "descending"))["movies"])


def _best_credited(act: Act, slots: Slots) -> Claims | None:
    person = find_person(act, slots["director"])
    if person is None:
        return None
    asked = {"person_id": person["person_id"], "job": "director"}
    return _best(act("get_filmography", asked, free=("sort_by", "descending"))["movies"])


def _best(rows: list[Row]) -> Claims | None:
    rated = sorted((row for row in rows if row["average_rating"] is not None), key=lambda row: -float(row["average_rating"]))
    return [rated[0]["title"]] if 2 <= len(rows) <= 4 and len(rated) >= 2 else None


def _longest(act: Act, slots: Slots) -> Claims | None:
    asked = {"director": slots["director"], "sort_by": "runtime_minutes", "page_size": ROOMY}
    rows = act("search_movies", asked, free=("descending",))["movies"]
    return _told_longest([(row["runtime_minutes"], row["title"]) for row in rows])


def _longest_compared(act: Act, slots: Slots) -> Claims | None:
    known = [row["movie_id"] for row in told_before(act, "search_movies", {"director": slots["director"]})["movies"]]
    values = act("compare_movies", {"movie_ids": any_order(known), "by": "runtime_minutes"})["values"]
    return _told_longest([(each["value"], each["title"]) for each in values])


def _told_longest(lengths: list[tuple[int, str]]) -> Claims | None:
    first, second, *_ = sorted(lengths, reverse=True)
    return [first[1], str(first[0])] if first[0] > second[0] else None


def _remember(act: Act, slots: Slots) -> Claims | None:
    asked = {"director": slots["director"], "sort_by": "runtime_minutes", "descending": True}
    movie_id = told_before(act, "search_movies", asked)["movies"][0]["movie_id"]
    return _done(act("add_movie_to_watchlist", {"movie_id": movie_id, "priority": "high"}))


def _place_and_days(draws: Draws) -> Slots | None:
    row = draws.row("cinemas")
    one, other = draws.rows("showings", 2, lambda showing: showing["date"] > TODAY)
    if one["date"] == other["date"]:
        return None
    return {
        "latitude": round(row["latitude"] + draws.number(-60, 60) / 10_000, 4),
        "longitude": round(row["longitude"] + draws.number(-60, 60) / 10_000, 4),
        "radius": draws.pick(4, 5, 6, 8),
        "day": day_soon(one["date"]),
        "other": day_soon(other["date"]),
    }


def _around(slots: Slots) -> dict[str, object]:
    return {"near": {"latitude": slots["latitude"], "longitude": slots["longitude"], "radius_km": slots["radius"]}}


def _nearest(act: Act, slots: Slots) -> Claims | None:
    found = act("search_cinemas", _around(slots))["cinemas"]
    return [found[0]["name"]] if len(found) > 1 and found[0]["distance_km"] < found[1]["distance_km"] else None


def _showings_on(act: Act, slots: Slots, day: str) -> Claims | None:
    cinema_id = told_before(act, "search_cinemas", _around(slots))["cinemas"][0]["cinema_id"]
    asked = {"cinema_id": cinema_id, "date_from": day, "date_to": day, "page_size": ROOMY}
    shown = act("find_showings", asked, free=("sort_by",))["showings"]
    return list(dict.fromkeys(row["title"] for row in shown)) or None


def _three_seats(draws: Draws) -> Slots:
    row, movie, _ = coming(draws, 8)
    one, other, third = sorted(draws.rng.sample([seat for seat in SEATS if seat not in row["taken"]], 3))
    return {"showing": row["showing_id"], "title": movie["title"], "one": one, "other": other, "third": third}


def _pair(act: Act, slots: Slots, one: str, other: str) -> Row:
    asked = {"showing_id": slots["showing"], "seats": any_order([slots[one], slots[other]])}
    booked: Row = act("reserve_cinema_seats", asked)
    return booked


def _swap(act: Act, slots: Slots) -> Claims:
    act("cancel_cinema_reservation", {"reservation_id": _mine(act)["reservation_id"]})
    return [euros(_pair(act, slots, "one", "third")["total_eur"])]


DIALOGUES = (
    Dialogue(
        name="movies-dialogue-another-number-of-seats",
        split="dev",
        dated=True,
        traits=("reveals", "changes_mind"),
        draw=_seats,
        stages=(
            Stage(
                asks=("Reserve the first {number} free seats for {title} at {cinema} in {city} {day} at {time}.",),
                hidden={
                    "number": Hidden(
                        asks=(
                            "I'd like the first free seats for {title} at {cinema} in {city} {day} at {time}.",
                            "Please reserve some seats {day} at {time}: {title}, {cinema}, {city}. The first free ones are fine.",
                        ),
                        asked=("how many", "number", "many", "seats", "people", "tickets"),
                        says=("{number}.", "There are {number} of us."),
                    )
                },
                solve=(_reserve_by_film, _reserve_by_day),
            ),
            Stage(
                asks=(
                    "Oh no, there'll be {other} of us after all. Cancel that one, then reserve the first {other} free seats of the same "
                    "showing instead, and tell me what they cost.",
                    "I miscounted! Please cancel what you've just booked and after that book the first {other} free seats for the same "
                    "showing. What's the new total?",
                ),
                solve=(_other_number,),
            ),
        ),
    ),
    Dialogue(
        name="movies-dialogue-rate-and-plan",
        split="dev",
        traits=("reveals", "irrelevant_detail"),
        draw=_two_films,
        stages=(
            Stage(
                asks=("Save a rating of {score} out of ten for {title}.",),
                hidden={
                    "score": Hidden(
                        asks=(
                            "Can you save my rating for {title}? I've only just got over the flu, so I watch a lot these days.",
                            "Hello! I'd like to rate {title}. My sister picked it, she has the strangest taste.",
                        ),
                        asked=("score", "rating", "points", "rate", "many", "scale", "stars"),
                        says=("{score} out of ten.", "A {score}, out of ten."),
                    ),
                },
                solve=(_rate,),
            ),
            Stage(
                asks=(
                    "Thanks. And put {other} on my watch list, {priority}. The tea is ready, by the way.",
                    "Good. Next: {other}. I haven't seen that one yet, so onto the watch list it goes, with {priority}. It rains here.",
                ),
                solve=(_plan,),
            ),
        ),
    ),
    Dialogue(
        name="movies-dialogue-films-of-a-director",
        split="val",
        traits=("reveals", "changes_mind"),
        draw=_director,
        stages=(
            Stage(
                asks=("Which film directed by {director} has the best average rating?",),
                hidden={
                    "director": Hidden(
                        asks=(
                            "Which film of a certain director has the best average rating?",
                            "I'm curious about the best-rated film that a director I like has made.",
                            "Help me choose, please: out of all that one director has made, what do people rate highest on average?",
                            "My favourite director has made a few films. Which of them got the best average rating?",
                        ),
                        asked=("director", "who", "name", "which", "whom"),
                        says=("{director}.", "I mean {director}."),
                    )
                },
                solve=(_best_rated, _best_credited),
            ),
            Stage(
                asks=(
                    "Hm, on second thoughts I'd rather go for the longest one that {director} has directed, whatever its rating. "
                    "Which is it "
                    "and how many minutes does it run?",
                ),
                solve=(_longest, _longest_compared),
            ),
            Stage(asks=("Great, put it on my watch list with high priority.",), solve=(_remember,)),
        ),
    ),
    Dialogue(
        name="movies-dialogue-what-is-on-nearby",
        split="test",
        dated=True,
        traits=("reveals", "changes_mind"),
        draw=_place_and_days,
        stages=(
            Stage(
                asks=("I'm going out {day}. What is the nearest cinema within {radius} km of latitude {latitude}, longitude {longitude}?",),
                hidden={
                    "latitude": Hidden(
                        asks=(
                            "I want to go to the pictures {day}. Which cinema is nearest to me? No more than {radius} km, please.",
                            "I'm new in town and free {day}, so I'm looking for the closest cinema within {radius} km.",
                        ),
                        asked=("where", "location", "latitude", "longitude", "coordinates", "position", "place"),
                        says=(
                            "Latitude {latitude}, longitude {longitude}.",
                            "My phone says latitude {latitude} and longitude {longitude}.",
                        ),
                    )
                },
                solve=(_nearest,),
            ),
            Stage(
                asks=("And what do they show on that day? The titles are enough.",),
                solve=(lambda act, slots: _showings_on(act, slots, slots["day"]),),
            ),
            Stage(
                asks=("Ah, wait, I can't go then. Tell me what's on at the same cinema {other} instead.",),
                solve=(lambda act, slots: _showings_on(act, slots, slots["other"]),),
            ),
        ),
    ),
    Dialogue(
        name="movies-dialogue-swap-a-seat",
        split="test",
        traits=("reveals", "changes_mind", "irrelevant_detail"),
        draw=_three_seats,
        stages=(
            Stage(
                asks=("Reserve {one} and {other} for showing {showing}.",),
                hidden={
                    "one": Hidden(
                        asks=(
                            "Please reserve two seats for showing {showing}. It's our anniversary!",
                            "Two seats for showing {showing}, please; my husband is wearing his new hat.",
                        ),
                        asked=("which", "seats", "seat", "where", "row"),
                        says=("{one} and {other}.", "We'd like {one} and {other}."),
                    )
                },
                solve=(lambda act, slots: _done(_pair(act, slots, "one", "other")),),
            ),
            Stage(
                asks=(
                    "Actually, make that {one} and {third}: cancel the reservation and book these two for the same showing. What's "
                    "the total?",
                ),
                solve=(_swap,),
            ),
        ),
    ),
)
