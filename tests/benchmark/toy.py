"""A tiny environment for tests: a shelf of books that can be lent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from spectool.environments.core.environment import Environment
from spectool.environments.core.errors import conflict, not_found
from spectool.environments.core.signature import Fields, reads, writes
from spectool.environments.core.tables import Records, Row, State

BOOKS = {
    f"B{number}": {"book_id": f"B{number}", "title": f"Volume {number}", "pages": 100 + number, "shelf": "north" if number % 2 else "south"}
    for number in range(1, 11)
}


class Reader(Fields):
    """Who borrows."""

    name: str
    age: int | None = None
    card: Literal["paper", "plastic"] = "paper"


def find_books(state: State, *, shelf: Literal["north", "south"], limit: int = 10) -> Mapping[str, Any]:
    """Books on a shelf.

    Args:
        shelf: Which shelf.
        limit: At most so many.
    """
    found = [row for row in state["books"].rows() if row["shelf"] == shelf]
    return {"books": [{"book_id": row["book_id"], "title": row["title"]} for row in found[:limit]], "total": len(found)}


def get_book(state: State, *, book_id: str) -> Row:
    """One book.

    Args:
        book_id: Its id.
    """
    row = state["books"].get(book_id)
    if row is None:
        raise not_found("book", book_id)
    return row


def read_title_page(state: State, *, book_id: str) -> Mapping[str, Any]:
    """What the title page of a book says.

    Args:
        book_id: Its id.
    """
    row = get_book(state, book_id=book_id)
    return {"title": row["title"], "pages": row["pages"]}


def lend_book(state: State, *, book_id: str, reader: Reader, weeks: int = 2) -> Row:
    """Lend a book.

    Args:
        book_id: Its id.
        reader: Who takes it.
        weeks: For how long.
    """
    get_book(state, book_id=book_id)
    if state["loans"].get(book_id) is not None:
        raise conflict(f"book '{book_id}' is lent already")
    return state["loans"].put(book_id, {"book_id": book_id, "reader": reader.name, "weeks": weeks})


class Toy(Environment):
    """The shelf, whose records come from no file."""

    @property
    def records(self) -> Records:
        return {"books": BOOKS, "loans": {}}


TOY = Toy("toy", "A shelf of books.", (reads(find_books), reads(get_book), reads(read_title_page), writes(lend_book)))
