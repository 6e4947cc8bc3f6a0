"""The books of all environments, in the order of the environments."""

from __future__ import annotations

from functools import cache

from spectool.benchmark.template import Book
from spectool.benchmark.templates.patent import book as patent
from spectool.benchmark.templates.data import book as data

BOOKS: tuple[Book, ...] = (patent.BOOK, data.BOOK)


@cache
def book(environment: str) -> Book:
    """The book of an environment.

    Raises:
        KeyError: it has none.
    """
    return next((each for each in BOOKS if each.environment == environment), None) or _missing(environment)


def _missing(environment: str) -> Book:
    raise KeyError(f"no templates for environment '{environment[:80]}'; there are {', '.join(each.environment for each in BOOKS)}")
