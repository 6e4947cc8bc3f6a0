"""The movie environment: its tools in the order in which they are offered."""

from __future__ import annotations

from spectool.environments.core.environment import Environment
from spectool.environments.core.signature import reads, writes
from spectool.environments.movies.catalogue import compare_movies, get_movie, get_movie_ratings, search_movies
from spectool.environments.movies.cinemas import find_showings, get_showing, search_cinemas
from spectool.environments.movies.mine import (
    add_movie_to_watchlist,
    cancel_cinema_reservation,
    rate_movie,
    remove_movie_from_watchlist,
    reserve_cinema_seats,
)
from spectool.environments.movies.people import get_filmography, get_movie_credits, search_film_awards, search_film_people

MOVIES = Environment(
    "movies",
    "Films and who made them, their ratings and awards, showings in cinemas with seats to reserve, your ratings and watch list.",
    (
        reads(search_movies),
        reads(get_movie),
        reads(get_movie_credits),
        reads(get_movie_ratings),
        reads(compare_movies),
        reads(search_film_people),
        reads(get_filmography),
        reads(search_film_awards),
        reads(search_cinemas),
        reads(find_showings),
        reads(get_showing),
        writes(rate_movie),
        writes(add_movie_to_watchlist),
        writes(remove_movie_from_watchlist),
        writes(reserve_cinema_seats),
        writes(cancel_cinema_reservation),
    ),
)
