"""All templates of the movie environment."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.movies import catalogue, cinemas, lists, people, unrelated
from spectool.benchmark.templates.movies.dialogues import DIALOGUES

BOOK = Book(
    environment="movies",
    templates=(
        catalogue.COUNT,
        catalogue.TOP,
        catalogue.DEARER,
        people.PLAYER,
        people.TOGETHER,
        lists.RATE,
        cinemas.RESERVE,
        unrelated.DEV,
        people.PEOPLE,
        cinemas.SHOWINGS,
        people.FIRST_FILM,
        lists.WATCHLIST,
        unrelated.VAL,
        people.AWARDS,
        cinemas.NEAREST,
        people.WINNER,
        lists.VOTES,
        cinemas.NAMED_SEATS,
        cinemas.CANCEL,
        unrelated.TEST,
    ),
    dialogues=DIALOGUES,
)
