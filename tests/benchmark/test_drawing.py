"""Drawing from a template: the truth is what its solutions find, and they must agree."""

from collections import Counter
from random import Random

import pytest

from spectool.benchmark import splits
from spectool.benchmark.drawing import TemplateError, drawn
from spectool.benchmark.template import said
from spectool.environments.registry import ENVIRONMENTS, environment
from tests.benchmark.toy import BOOKS, TOY


@pytest.fixture(autouse=True)
def _known(monkeypatch):
    monkeypatch.setattr(splits, "environment", lambda name: TOY)
    splits.rows_of.cache_clear()
    yield
    splits.rows_of.cache_clear()


def one_book(draws):
    return {"book": draws.row("books")["book_id"], "weeks": said(3, "three weeks", "a fortnight and a week")}


def pages(act, slots):
    return [str(act("get_book", {"book_id": slots["book"]})["pages"])]


def pages_by_title_page(act, slots):
    return [str(act("read_title_page", {"book_id": slots["book"]})["pages"])]


def title(act, slots):
    return [act("get_book", {"book_id": slots["book"]})["title"]]


def lend(act, slots):
    act("lend_book", {"book_id": slots["book"], "reader": {"name": "Ida"}, "weeks": slots["weeks"]})
    return ()


def draw(*stages, split="dev", draw=one_book, seed=0):
    return drawn(TOY, split, draw, stages, Random(seed), "toy")


def test_a_draw_holds_places_words_calls_claims_changes_and_records():
    found = draw((lend,), (pages,))
    book = found.slots["book"]
    assert found.slots == {"book": book, "weeks": 3}
    assert found.words["weeks"] in ("three weeks", "a fortnight and a week")
    assert [(step.name, step.stage) for step in found.solutions[0]] == [("lend_book", 0), ("get_book", 1)]
    assert found.claims == (str(BOOKS[book]["pages"]),)
    assert found.changes == {"loans": {book: {"book_id": book, "reader": "Ida", "weeks": 3}}}
    assert found.records == (f"books/{book}",)


def test_every_solution_is_a_path():
    assert [[step.name for step in path] for path in draw((pages, pages_by_title_page)).solutions] == [["get_book"], ["read_title_page"]]


def test_solutions_of_two_stages_combine():
    paths = draw((pages, pages_by_title_page), (pages, pages_by_title_page)).solutions
    assert len(paths) == 4


def test_solutions_that_disagree_are_an_error_of_the_template():
    with pytest.raises(TemplateError, match="its solutions disagree"):
        draw((pages, title))


def test_a_draw_that_leads_nowhere_is_made_again():
    number = {"draws": 0}

    def some(act, slots):
        number["draws"] += 1
        return None if number["draws"] < 5 else pages(act, slots)

    assert draw((some,)).claims
    assert number["draws"] == 5


@pytest.mark.parametrize(
    ("solve", "reason"),
    [
        (lambda act, slots: None, "no draw had a solution"),
        (lambda act, slots: act("get_book", {"book_id": "B99"}), "get_book: no book 'B99'"),
    ],
    ids=["a solution that gives up", "a call that is refused"],
)
def test_a_template_that_never_leads_anywhere_says_why(solve, reason):
    with pytest.raises(TemplateError, match=reason):
        draw((solve,))


def test_one_seed_gives_one_draw():
    assert draw((pages,), seed=3) == draw((pages,), seed=3)
    assert len({draw((pages,), seed=seed).slots["book"] for seed in range(30)}) > 3


def test_splits_share_no_row():
    rows = {split: {id for id, _ in splits.rows_of("toy", "books", split)} for split in splits.SPLITS}
    assert sorted(id for ids in rows.values() for id in ids) == sorted(BOOKS)


def test_a_record_is_in_one_split_in_whichever_table_it_stands():
    shares = Counter(splits.split_of(f"R{number}") for number in range(10_000))
    assert {split: round(count / 10_000, 1) for split, count in shares.items()} == {"dev": 0.5, "val": 0.2, "test": 0.3}


@pytest.mark.parametrize("name", [each.name for each in ENVIRONMENTS if each.name not in splits.TEST_ONLY])
def test_every_table_that_is_not_tiny_has_rows_of_every_split(name, monkeypatch):
    monkeypatch.undo()
    splits.rows_of.cache_clear()
    tables = {table: rows for table, rows in environment(name).records.items() if len(rows) >= 12}
    assert [(table, split) for table in tables for split in splits.SPLITS if not splits.rows_of(name, table, split)] == []


def test_an_environment_for_testing_only_gives_all_its_rows_to_test(monkeypatch):
    monkeypatch.setattr(splits, "TEST_ONLY", frozenset({"toy"}))
    assert [len(splits.rows_of("toy", "books", split)) for split in splits.SPLITS] == [0, 0, 10]
