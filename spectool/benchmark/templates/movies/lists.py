"""Ratings and the watch list."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, said
from spectool.benchmark.templates.movies.wording import film, find_movie
from spectool.benchmark.templates.phrasing import number_said

PRIORITIES = {"low": ("low priority",), "normal": ("normal priority",), "high": ("high priority", "top priority")}


def _film_and_score(draws: Draws) -> Slots:
    return {"title": film(draws)["title"], "score": number_said(draws.number(2, 10))}


def _rate(act: Act, slots: Slots) -> Claims | None:
    row = find_movie(act, slots["title"])
    if row is None:
        return None
    act("rate_movie", {"movie_id": row["movie_id"], "score": slots["score"]})
    return ()


def _plan(draws: Draws) -> Slots:
    priority = draws.pick(*PRIORITIES)
    return {"title": draws.row("movies")["title"], "priority": said(priority, *PRIORITIES[priority])}


def _add(act: Act, slots: Slots) -> Claims | None:
    row = find_movie(act, slots["title"])
    if row is None:
        return None
    act("add_movie_to_watchlist", {"movie_id": row["movie_id"], "priority": slots["priority"]})
    return ()


def _votes(act: Act, slots: Slots) -> Claims | None:
    row = find_movie(act, slots["title"])
    if row is None:
        return None
    count = act("get_movie_ratings", {"movie_id": row["movie_id"]})["score_counts"][str(slots["score"])]
    # A number that the request happens to say would be no answer.
    return [str(count)] if count != slots["score"] else None


RATE = Template(
    name="movies-rate",
    kind="state_changing",
    split="dev",
    asks=(
        "Give {title} {score} out of ten from me.",
        "I've finally seen {title}. Put me down for a score of {score}.",
        "My rating for the film {title} is {score}, please save it.",
        "{title}: {score} points out of ten. Record that as my score.",
    ),
    paraphrases=(
        "Came home from {title} just now and, on the usual scale up to ten, it's worth {score} to me. Would you note that in my ratings?",
        "So that I don't forget how I felt about {title}: it deserves {score} out of ten, and that should be stored.",
    ),
    hidden={
        "score": Hidden(
            asks=("Please save my rating of the film {title}.", "I've just watched {title} and would like to rate it."),
            asked=("score", "rating", "rate", "points", "many", "stars"),
            says=("{score} out of ten.", "I'd say {score}."),
        ),
        "title": Hidden(
            asks=(
                "Give the film {score} out of ten from me.",
                "To me, the film my sister lent me is worth {score} points. Save that rating, will you?",
            ),
            asked=("film", "movie", "title", "which", "what"),
            says=("{title}.", "It was {title}."),
        ),
    },
    irrelevant=(
        "And make the stars next to it purple.",
        "Please mark that I ate too many sweets while watching.",
        "The seat was in row C, by the way, and you can keep that for statistics.",
    ),
    draw=_film_and_score,
    solve=(_rate,),
)
WATCHLIST = Template(
    name="movies-add-to-watchlist",
    kind="state_changing",
    split="val",
    asks=(
        "Put {title} on my watch list with {priority}.",
        "I'd like to remember {title} for later. Add it to the list of what I want to watch, {priority}.",
    ),
    paraphrases=(
        "A friend won't stop talking about {title}, so it had better go on the list of films I mean to see. It should get {priority} "
        "there.",
    ),
    hidden={
        "title": Hidden(
            asks=(
                "Put a film on my watch list with {priority}.",
                "There's another film I want to see some day: on the list with {priority}!",
            ),
            asked=("film", "movie", "title", "which", "what"),
            says=("{title}, please.", "It's called {title}."),
        )
    },
    irrelevant=("Colour the entry green.", "Show it only on weekends."),
    draw=_plan,
    solve=(_add,),
)
VOTES = Template(
    name="movies-how-many-gave-a-score",
    kind="multi_step",
    split="test",
    asks=(
        "How many viewers gave {title} a score of {score}?",
        "In the ratings of {title}, how often was the score {score} given?",
        "I want to know the number of votes with exactly {score} points for the film {title}.",
    ),
    hidden={
        "title": Hidden(
            asks=(
                "How many viewers gave the film a score of {score}?",
                "How often did this movie get exactly {score} points from viewers?",
            ),
            asked=("film", "movie", "title", "which", "what"),
            says=("I mean {title}.",),
        )
    },
    draw=_film_and_score,
    solve=(_votes,),
)
