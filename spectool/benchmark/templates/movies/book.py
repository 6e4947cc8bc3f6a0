"""All templates of the movie environment."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.movies import (
    awards,
    cancelling,
    careers,
    catalogue,
    cinemas,
    dialogues,
    lists,
    outings,
    people,
    seat_dialogues,
    seats,
    unrelated,
)

BOOK = Book(
    environment="movies",
    templates=(
        catalogue.COUNT,
        catalogue.TOP,
        catalogue.DEARER,
        people.PLAYER,
        people.TOGETHER,
        careers.HIT,
        lists.RATE,
        seats.RESERVE,
        unrelated.DEV,
        people.PEOPLE,
        cinemas.SHOWINGS,
        careers.FIRST_FILM,
        lists.WATCHLIST,
        unrelated.VAL,
        awards.AWARDS,
        cinemas.NEAREST,
        cinemas.NEXT,
        awards.WINNER,
        lists.VOTES,
        seats.NAMED_SEATS,
        cancelling.CANCEL,
        unrelated.TEST,
    ),
    dialogues=(
        seat_dialogues.ANOTHER_NUMBER,
        dialogues.RATE_AND_PLAN,
        dialogues.FILMS_OF_A_DIRECTOR,
        outings.NEARBY,
        seat_dialogues.SWAP,
    ),
)
