"""The books of all environments, in the order of the environments."""

from __future__ import annotations

from functools import cache

from spectool.benchmark.template import Book
from spectool.benchmark.templates.data import book as data
from spectool.benchmark.templates.media import book as media
from spectool.benchmark.templates.movies import book as movies
from spectool.benchmark.templates.patent import book as patent
from spectool.benchmark.templates.social import book as social
from spectool.benchmark.templates.spaceflight import book as spaceflight
from spectool.benchmark.templates.sports import book as sports
from spectool.benchmark.templates.tools import book as tools
from spectool.benchmark.templates.travel import book as travel
from spectool.benchmark.templates.video_images import book as video_images
from spectool.names import nearest

BOOKS: tuple[Book, ...] = (
    patent.BOOK,
    movies.BOOK,
    travel.BOOK,
    sports.BOOK,
    tools.BOOK,
    data.BOOK,
    social.BOOK,
    media.BOOK,
    spaceflight.BOOK,
    video_images.BOOK,
)


@cache
def book(environment: str) -> Book:
    """The book of an environment.

    Raises:
        KeyError: it has none.
    """
    return next((each for each in BOOKS if each.environment == environment), None) or _missing(environment)


def _missing(environment: str) -> Book:
    names = [each.environment for each in BOOKS]
    meant = nearest(environment[:80], names)
    hint = f"did you mean '{meant}'? " if meant else ""
    raise KeyError(f"no templates for environment '{environment[:80]}'; {hint}there are {', '.join(names)}")
