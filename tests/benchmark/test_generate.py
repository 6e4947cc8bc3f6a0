"""What the generator refuses, and what becomes of sources that have no more to give."""

from __future__ import annotations

import re
from random import Random

import msgspec
import pytest

from spectool.benchmark.generate import asked, generate, gives_answer, sources
from spectool.benchmark.near import NearDuplicates
from spectool.benchmark.splits import rows_of
from spectool.benchmark.template import Book, Draws, Template
from spectool.benchmark.templates.registry import BOOKS, book
from spectool.model import Gold


def who(act, slots):
    return [act("get_patent", {"patent_id": slots["id"]})["assignee"]]


def template(name, *asks, solve=(who,), **fields):
    draw = fields.pop("draw", lambda draws: {"id": draws.row("patents")["patent_id"]})
    return Template(name=name, kind="one_constraint", split="dev", asks=asks, draw=draw, solve=solve, **fields)


def shelf(*templates):
    return [Book(environment="patent", templates=templates, dialogues=())]


def test_no_request_is_made_twice_and_a_source_that_has_no_more_is_left():
    used_up = []
    books = shelf(template("three", "{which} patents?", draw=lambda draws: {"which": draws.pick("One", "Two", "Three")}, solve=()))
    made = [asked(task) for task in generate(books, "dev", 50, on_used_up=lambda source, count: used_up.append((source.name, count)))]
    assert sorted(made) == ["One patents?", "Three patents?", "Two patents?"]
    assert used_up == [("three", 3)]


def test_others_take_the_place_of_a_source_that_is_used_up():
    books = shelf(template("one", "Only this?", solve=()), template("many", "Who owns {id}?"))
    made = [task.meta["template"] for task in generate(books, "dev", 40)]
    assert (made.count("one"), made.count("many")) == (1, 39)


LONG = "Please be so kind as to tell me, whenever it suits you and there is nothing else to do, who it is that owns the patent {id} now."


def test_nothing_is_made_that_is_nearly_like_another_unless_allowed():
    books = shelf(template("long", LONG))
    assert len(list(generate(books, "dev", 20))) == 1
    assert len({asked(task) for task in generate(books, "dev", 20, allow_near=True)}) == 20


def test_no_two_of_many_are_nearly_alike():
    near = NearDuplicates()
    for task in generate(BOOKS, "dev", 400, seed=2):
        assert near.nearest(asked(task)) is None
        near.add(task.id, asked(task))


def test_a_request_that_tells_its_answer_is_not_made():
    def owner(draws):
        row = draws.row("patents")
        return {"id": row["patent_id"], "owner": draws.pick(row["assignee"], "someone")}

    made = list(generate(shelf(template("owner", "Is it {owner} who owns {id}?", draw=owner)), "dev", 10))
    assert len(made) == 10
    assert not any(map(gives_answer, made))
    assert all("someone" in asked(task) for task in made)


def test_where_all_tell_their_answers_nothing_can_be_made():
    def owner(draws):
        row = draws.row("patents")
        return {"id": row["patent_id"], "owner": row["assignee"]}

    with pytest.raises(ValueError, match="every request drawn"):
        list(generate(shelf(template("owner", "Is it {owner} who owns {id}?", draw=owner)), "dev", 1))


def test_places_are_kept_only_where_asked_for():
    books = shelf(template("many", "Who owns {id}?"))
    (plain,) = generate(books, "dev", 1)
    (placed,) = generate(books, "dev", 1, keep_places=True)
    assert placed == msgspec.structs.replace(
        plain, meta={**plain.meta, "places": [placed.gold.paths[0][0].arguments["patent_id"].values[0]]}
    )


def test_the_first_tasks_are_the_same_however_many_are_made():
    books = [book("tools")]
    assert list(generate(books, "dev", 300, seed=4))[:60] == list(generate(books, "dev", 60, seed=4))


def test_an_id_tells_with_what_choices_its_task_was_made():
    def first(books=("tools",), split="dev", **choices):
        return next(generate([book(name) for name in books], split, 1, **choices)).id

    plain = first()
    assert re.fullmatch(r"dev-0-[0-9a-f]{4}-000000", plain)
    assert first() == plain
    assert first(kinds=["parallel", "multi_step"]) == first(kinds=["multi_step", "parallel"])
    others = [first(seed=1), first(split="val"), first(("travel",)), first(("tools", "travel")), first(kinds=["parallel"])]
    others += [first(kinds=["multi_step"]), first(allow_near=True)]
    assert len({plain, *others}) == 8


def test_rows_that_fit_are_worked_out_once_where_nothing_but_the_row_decides():
    looked_at = []

    def seen(row, log=looked_at):
        log.append(row["patent_id"])
        return True

    def by_year(year):
        return lambda row: row["filed"].startswith(str(year))

    draws = Draws("patent", "dev", Random(0))
    for _ in range(2):
        draws.row("patents", seen)
    assert len(looked_at) == 2 * len(set(looked_at))
    years = sorted({row["filed"][:4] for _, row in rows_of("patent", "patents", "dev")})[:2]
    assert [draws.row("patents", by_year(year))["filed"][:4] for year in years] == years


def test_two_plain_conditions_on_one_line_of_different_files_are_told_apart():
    """Equal code means equal rows only within one file."""
    spaces = [{"__name__": f"file{number}", "FIRST": first} for number, first in enumerate("UE")]
    wheres = [eval(compile('lambda row: row["patent_id"].startswith(FIRST)', "f", "eval"), space) for space in spaces]  # noqa: S307
    draws = Draws("patent", "dev", Random(0))
    assert [draws.row("patents", where)["patent_id"][0] for where in wheres] == ["U", "E"]


def test_an_answer_in_the_request_is_given_away_but_where_a_state_must_be_changed():
    (task,) = generate(shelf(template("many", "Who owns {id}?")), "dev", 1)
    asked_for = task.gold.paths[0][0].arguments["patent_id"].values[0]
    assert not gives_answer(msgspec.structs.replace(task, gold=None))
    assert gives_answer(msgspec.structs.replace(task, gold=Gold(answer=(asked_for,))))
    assert not gives_answer(msgspec.structs.replace(task, gold=Gold(answer=(asked_for,), state={"patent": {"watchlist": {asked_for: {}}}})))


def test_every_source_has_a_name_of_its_own():
    names = [source.name for split in ("dev", "val", "test") for source, _ in sources(BOOKS, split)]
    assert len(names) == len(set(names))
