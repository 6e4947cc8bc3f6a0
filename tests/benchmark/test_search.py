"""Ways that a template does not declare: found where other tools come to the same claims, and only where they always do."""

import pytest

from spectool.benchmark import search, splits
from spectool.benchmark.template import Template
from tests.benchmark.toy import TOY


@pytest.fixture(autouse=True)
def _known(monkeypatch):
    monkeypatch.setattr(splits, "environment", lambda name: TOY)
    monkeypatch.setattr(search, "environment", lambda name: TOY)
    splits.rows_of.cache_clear()
    yield
    splits.rows_of.cache_clear()


def one_book(draws):
    return {"book": draws.row("books")["book_id"]}


def by_record(act, slots):
    return [str(act("get_book", {"book_id": slots["book"]})["pages"])]


def by_title_page(act, slots):
    return [str(act("read_title_page", {"book_id": slots["book"]})["pages"])]


def shelf(act, slots):
    return [act("get_book", {"book_id": slots["book"]})["shelf"]]


def first_of_shelf(act, slots):
    found = act("find_books", {"shelf": slots["shelf"], "limit": slots["limit"]})["books"]
    return [str(act("get_book", {"book_id": found[-1]["book_id"]})["pages"])]


def lend(act, slots):
    act("lend_book", {"book_id": slots["book"], "reader": {"name": "Ida"}})
    return by_record(act, slots)


def ways(*solve, draw=one_book):
    template = Template(name="toy", kind="one_constraint", split="dev", asks=("?",), draw=draw, solve=solve)
    return [[(tool, dict(arguments)) for tool, arguments in way] for way in search.undeclared("toy", template)]


def test_another_tool_that_tells_the_same_is_found():
    assert ways(by_record) == [[("read_title_page", {"book_id": ("used", 0, "book_id")})]]


def test_a_way_that_is_declared_is_not_told():
    assert ways(by_record, by_title_page) == []


def test_what_is_hardly_ever_different_proves_nothing():
    assert ways(shelf) == []


def test_a_call_is_followed_by_the_one_that_needs_what_it_told():
    def draw(draws):
        return {"shelf": draws.pick("north", "south"), "limit": draws.number(1, 5)}

    (found,) = ways(first_of_shelf, draw=draw)
    assert [tool for tool, _ in found] == ["find_books", "read_title_page"]


def test_what_is_to_be_changed_is_changed_on_every_way():
    (found,) = ways(lend)
    assert {tool for tool, _ in found} == {"read_title_page", "lend_book"}
