"""Tables and states: changes laid over shared records, forks, ids of new rows, and the end state."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectool.environments.core.tables import Row, State, Table
from spectool.environments.parts.paging import paged

RECORDS = {"seats": {"a": {"id": "a", "free": True}, "b": {"id": "b", "free": True}}, "orders": {}}
TAKEN = {"id": "a", "free": False}


def test_a_fresh_state_is_the_records() -> None:
    state = State(RECORDS)
    assert list(state["seats"].rows()) == [{"id": "a", "free": True}, {"id": "b", "free": True}]
    assert (state["seats"].get("b"), state["seats"].get("z"), list(state["orders"].rows())) == ({"id": "b", "free": True}, None, [])
    assert state.changes() == {}


def test_changes_are_seen_in_their_own_state_alone() -> None:
    state, other = State(RECORDS), State(RECORDS)
    assert state["seats"].put("a", TAKEN) is TAKEN
    state["seats"].drop("b")
    state["orders"].put("o", {"id": "o"})
    assert (state["seats"].get("a"), state["seats"].get("b"), state["orders"].get("o")) == (TAKEN, None, {"id": "o"})
    assert list(state["seats"].rows()) == [TAKEN]
    assert state.changes() == {"orders": {"o": {"id": "o"}}, "seats": {"a": TAKEN, "b": None}}
    assert other.changes() == {}
    assert RECORDS["seats"]["a"] == {"id": "a", "free": True}


ENDS: dict[str, tuple[list[tuple[str, Row | None]], dict[str, Any]]] = {
    "a row put back as it was is no change": ([("a", TAKEN), ("a", {"id": "a", "free": True})], {}),
    "a new row taken out again is no change": ([("c", {"id": "c"}), ("c", None)], {}),
    "what was never there stays away": ([("c", None)], {}),
    "a row dropped and put again is as put": ([("a", None), ("a", TAKEN)], {"seats": {"a": TAKEN}}),
    "the last of two changes is the end": ([("a", None), ("b", TAKEN), ("b", None)], {"seats": {"a": None, "b": None}}),
    "changes are sorted by id": ([("d", {"id": "d"}), ("c", {"id": "c"})], {"seats": {"c": {"id": "c"}, "d": {"id": "d"}}}),
}


@pytest.mark.parametrize(("changes", "expected"), ENDS.values(), ids=ENDS)
def test_the_end_state(changes: list[tuple[str, Row | None]], expected: dict[str, Any]) -> None:
    state = State(RECORDS)
    for id, row in changes:
        if row is None:
            state["seats"].drop(id)
        else:
            state["seats"].put(id, row)
    assert state.changes() == expected
    assert [list(rows) for rows in state.changes().values()] == [list(rows) for rows in expected.values()]


def test_rows_come_in_the_order_of_the_records_and_new_ones_in_that_of_their_coming() -> None:
    table = Table(RECORDS["seats"])
    for id in ("z", "c", "a"):
        table.put(id, {"id": id})
    table.drop("c")
    table.put("c", {"id": "c", "again": True})
    assert [row["id"] for row in table.rows()] == ["a", "b", "z", "c"]


def test_rows_may_be_put_while_others_are_read() -> None:
    for before in ((), ("z",)):
        table = Table(RECORDS["seats"])
        for id in before:
            table.put(id, {"id": id})
        read = [row["id"] for row in table.rows() if table.put(f"{row['id']}2", {"id": f"{row['id']}2"})]
        assert read == ["a", "b", *before]


def test_a_fork_starts_from_what_there_is_and_goes_its_own_way() -> None:
    state = State(RECORDS)
    state["seats"].put("a", TAKEN)
    fork = state.fork()
    fork["seats"].drop("b")
    fork["orders"].put("o", {"id": "o"})
    state["seats"].put("c", {"id": "c"})
    assert state.changes() == {"seats": {"a": TAKEN, "c": {"id": "c"}}}
    assert fork.changes() == {"orders": {"o": {"id": "o"}}, "seats": {"a": TAKEN, "b": None}}


def test_a_table_that_there_is_not_is_our_mistake() -> None:
    with pytest.raises(KeyError, match="chairs"):
        State(RECORDS)["chairs"]


def test_an_id_is_made_of_what_the_row_holds() -> None:
    first, second = State(RECORDS), State(RECORDS)
    one, other = (first.new_id("orders", "O", "a", 2, ["x"]), first.new_id("orders", "O", "b", 2, ["x"]))
    assert second.new_id("orders", "O", "a", 2, ["x"]) == one != other
    assert first.new_id("seats", "O", "a", 2, ["x"]) != one
    assert one.startswith("O")
    assert len(one) == 6
    assert not set(one[1:]) & set("01IO")


def test_a_second_row_of_the_same_content_has_an_id_of_its_own_also_after_the_first_is_gone() -> None:
    state = State(RECORDS)
    one = state.new_id("orders", "O", "a")
    state["orders"].put(one, {"id": one})
    two = state.new_id("orders", "O", "a")
    assert two != one
    state["orders"].drop(one)
    assert state.new_id("orders", "O", "a") == one


def test_a_thousand_rows_of_the_same_content_are_our_mistake() -> None:
    class Full(dict[str, Row]):
        def get(self, id: str, default: object = None) -> Row:
            return {"id": id}

    state = State({"orders": Full()})
    with pytest.raises(RuntimeError, match="table 'orders' has a thousand rows of the same content"):
        state.new_id("orders", "O")


ROWS = st.dictionaries(st.sampled_from("ab"), st.integers(0, 2), max_size=2)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(base=st.dictionaries(st.sampled_from("pqrs"), ROWS), changes=st.lists(st.tuples(st.sampled_from("pqrstu"), st.none() | ROWS)))
def test_a_table_is_a_mapping_that_remembers_what_it_was(base: dict[str, Row], changes: list[tuple[str, Row | None]]) -> None:
    table, plain = Table(base), dict(base)
    for id, row in changes:
        if row is None:
            table.drop(id)
            plain.pop(id, None)
        else:
            plain[id] = table.put(id, row)
    assert {id: table.get(id) for id in "pqrstu" if table.get(id) is not None} == plain
    assert sorted(map(str, table.rows())) == sorted(map(str, plain.values()))
    assert table.changes() == {id: plain.get(id) for id in sorted({*base, *plain}) if base.get(id) != plain.get(id)}
    assert table.fork().changes() == table.changes()


PAGES: dict[str, tuple[tuple[int, int], dict[str, Any]]] = {
    "the first of three": ((1, 2), {"rows": [1, 2], "total": 5, "page": 1, "next_page": 2}),
    "the last, in part": ((3, 2), {"rows": [5], "total": 5, "page": 3, "next_page": None}),
    "a last one that is full": ((1, 5), {"rows": [1, 2, 3, 4, 5], "total": 5, "page": 1, "next_page": None}),
    "beyond the last": ((4, 2), {"rows": [], "total": 5, "page": 4, "next_page": None}),
    "far beyond": ((10**30, 50), {"rows": [], "total": 5, "page": 10**30, "next_page": None}),
}


@pytest.mark.parametrize(("asked", "expected"), PAGES.values(), ids=PAGES)
def test_pages(asked: tuple[int, int], expected: dict[str, Any]) -> None:
    assert paged([1, 2, 3, 4, 5], *asked, name="rows") == expected
