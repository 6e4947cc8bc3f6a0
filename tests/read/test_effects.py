"""Effects guessed from names."""

from __future__ import annotations

import pytest

from spectool.read.effects import effect_of
from spectool.read.tools import tool_from

CASES = [
    ("a verb of looking", "get_weather", "read"),
    ("a verb of change", "cancel_reservation", "write"),
    ("camel case", "deleteCustomer", "write"),
    ("the last part of a dotted name", "calendar.search_events", "read"),
    ("a name that is a verb", "think", "read"),
    ("a name without verb", "math.factorial", "unknown"),
    ("a hand-over changes no record", "transfer_to_human_agents", "read"),
    ("a transfer of money does", "transfer_money", "write"),
    ("no letters", "123", "unknown"),
]


@pytest.mark.parametrize(("name", "effect"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_effects(name: str, effect: str) -> None:
    assert effect_of(name) == effect


def test_what_the_definition_says_wins() -> None:
    assert tool_from({"name": "get_x", "effect": "write"}).effect == "write"
    assert tool_from({"name": "delete_x", "annotations": {"readOnlyHint": True}}).effect == "read"
    assert tool_from({"name": "delete_x"}).effect == "write"
