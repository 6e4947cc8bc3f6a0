"""Conversations about films and cinema seats."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Stage, said
from spectool.benchmark.templates.looking_back import told_before
from spectool.benchmark.templates.movies.catalogue import HOLDING_FOUR
from spectool.benchmark.templates.movies.wording import done, film, find_movie, find_person
from spectool.benchmark.templates.phrasing import any_order, number_said
from spectool.environments.core.tables import Row


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
    return None if row is None else done(act("rate_movie", {"movie_id": row["movie_id"], "score": slots["score"]}))


def _plan(act: Act, slots: Slots) -> Claims | None:
    row = find_movie(act, slots["other"])
    asked = {"priority": slots["priority"]}
    return None if row is None else done(act("add_movie_to_watchlist", {"movie_id": row["movie_id"], **asked}))


def _director(draws: Draws) -> Slots:
    return {"director": film(draws)["director"]}


def _best_rated(act: Act, slots: Slots) -> Claims | None:
    asked = {"director": slots["director"], "page_size": HOLDING_FOUR}
    return _best(act("search_movies", asked, free=("sort_by", "descending"))["movies"])


def _best_credited(act: Act, slots: Slots) -> Claims | None:
    person = find_person(act, slots["director"])
    if person is None:
        return None
    asked = {"person_id": person["person_id"], "job": "director"}
    return _best(act("get_filmography", asked, free=("sort_by", "descending"))["movies"])


def _best(rows: list[Row]) -> Claims | None:
    rated = sorted((row for row in rows if row["average_rating"] is not None), key=lambda row: -float(row["average_rating"]))
    if not 2 <= len(rows) <= 4 or len(rated) < 2 or rated[0]["average_rating"] == rated[1]["average_rating"]:
        return None
    return [rated[0]["title"]]


def _longest(act: Act, slots: Slots) -> Claims | None:
    asked = {"director": slots["director"], "sort_by": "runtime_minutes", "page_size": HOLDING_FOUR}
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
    return done(act("add_movie_to_watchlist", {"movie_id": movie_id, "priority": "high"}))


RATE_AND_PLAN = Dialogue(
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
                        "I've just come out of {title} and it's pouring outside. While I wait: note down my rating, would you?",
                        "What an evening, {title} at last! Please put my score for it on record.",
                    ),
                    asked=("score", "rating", "points", "rate", "many", "scale", "stars"),
                    says=("{score} out of ten.", "I'd give it {score} out of ten."),
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
)
FILMS_OF_A_DIRECTOR = Dialogue(
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
                        "We had a quarrel at dinner about a director: which of the films is the best rated on average? Settle it for us.",
                        "I'm writing a column on somebody who directs films, and I need the film with the top average rating.",
                        "Hi! There's this director my flatmate raves about. If I watch only the film with the best average rating, "
                        "which is that?",
                        "Which of a director's films do viewers like most, going by the average rating? I've got one director in mind.",
                        "One film a week is all I have time for, so from the director I've just discovered I want the best-rated one.",
                    ),
                    asked=("director", "who", "name", "which", "whom"),
                    says=("{director}.", "I mean {director}."),
                )
            },
            solve=(_best_rated, _best_credited),
        ),
        Stage(
            asks=(
                "Hm, on second thoughts I'd rather go for the longest one that {director} has directed, whatever its rating. Which is "
                "it and how many minutes does it run?",
                "Actually, forget the ratings: it's a long evening, so tell me the longest film by {director} and its running time in "
                "minutes.",
            ),
            solve=(_longest, _longest_compared),
        ),
        Stage(
            asks=(
                "Great, put it on my watch list with high priority.",
                "That's the one, then. Onto my watch list with it, high priority!",
            ),
            solve=(_remember,),
        ),
    ),
)
