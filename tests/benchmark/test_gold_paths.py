"""From executed calls to what is right: alternatives, defaults, what is free, objects field by field."""

import pytest

from spectool.benchmark.gold_paths import gold_path
from spectool.benchmark.template import Action, Within, either, maybe
from spectool.model import Expected, ExpectedCall
from tests.benchmark.toy import TOY

CASES = {
    "a plain value": ({"shelf": "north"}, (), {"shelf": Expected(values=("north",))}),
    "two right values": ({"shelf": either("north", "south")}, (), {"shelf": Expected(values=("north", "south"))}),
    "right values that may be left out": ({"shelf": maybe("north", "south")}, (), {
        "shelf": Expected(values=("north", "south"), optional=True),
    }),
    "a number that may be a little off": ({"limit": Within(3, 0.5)}, (), {"limit": Expected(values=(3,), tolerance=0.5)}),
    "the schema's default may be left out": ({"limit": 10}, (), {"limit": Expected(values=(10,), optional=True)}),
    "another value than the default may not": ({"limit": 3}, (), {"limit": Expected(values=(3,))}),
    "what is free may be anything or nothing": ({"shelf": "north"}, ("limit",), {
        "shelf": Expected(values=("north",)), "limit": Expected(any=True, optional=True),
    }),
    "free although it was executed with a value": ({"limit": 3}, ("limit",), {"limit": Expected(any=True, optional=True)}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_an_argument_becomes(case):
    arguments, free, expected = CASES[case]
    step = Action(name="find_books", arguments=arguments, free=free, stage=1)
    assert gold_path([step], TOY) == (ExpectedCall(name="find_books", arguments=expected, turn=1),)


def test_an_object_is_judged_field_by_field():
    step = Action(name="lend_book", arguments={"book_id": "B1", "reader": {"name": "Ida", "age": 9}})
    (call,) = gold_path([step], TOY)
    assert call.arguments["reader"] == Expected(objects=({"name": Expected(values=("Ida",)), "age": Expected(values=(9,))},))


def test_a_field_that_equals_its_default_may_be_left_out():
    step = Action(name="lend_book", arguments={"book_id": "B1", "reader": {"name": "Ida", "card": "paper"}})
    (call,) = gold_path([step], TOY)
    fields = {"name": Expected(values=("Ida",)), "card": Expected(values=("paper",), optional=True)}
    assert call.arguments["reader"] == Expected(objects=(fields,))
