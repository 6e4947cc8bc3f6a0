"""Defaults that a schema or its description states."""

from __future__ import annotations

from typing import Any

import pytest

from spectool.defaults import NONE_STATED, default_of

STATED: list[tuple[str, Any, Any]] = [
    ("the schema's own", {"type": "integer", "default": 3, "description": "Default is 5."}, 3),
    ("null as the schema's own", {"type": "string", "default": None}, None),
    ("a number at the end", {"type": "integer", "description": "How many. Default is 5"}, 5),
    ("a decimal", {"type": "number", "description": "Gravity, default value is 9.81."}, 9.81),
    ("a type of another world", {"type": "float", "description": "Default 0.0"}, 0.0),
    ("a word", {"type": "string", "description": "The unit. Default is metric."}, "metric"),
    ("a word and a condition", {"type": "string", "description": "Defaults to global if not specified."}, "global"),
    ("quoted words", {"type": "string", "description": "The state (default: 'New York')."}, "New York"),
    ("a truth", {"type": "boolean", "description": "Default: False"}, False),
]
NOT_STATED: list[tuple[str, Any]] = [
    ("no schema", True),
    ("nothing said", {"type": "string", "description": "The city."}),
    ("a number with a unit", {"type": "number", "description": "Default is 5 m/s."}),
    ("several words", {"type": "string", "description": "Default is the current year."}),
    ("no text", {"type": "string", "description": "Default is None."}),
    ("not of its type", {"type": "integer", "description": "Default is metric."}),
    ("a sum", {"type": "number", "description": "Default is 4*pi*10^-7."}),
    ("of no known type", {"description": "Default is 5."}),
]


@pytest.mark.parametrize(("prop", "default"), [case[1:] for case in STATED], ids=[case[0] for case in STATED])
def test_a_default_is_read(prop: Any, default: Any) -> None:
    assert default_of(prop) == default
    assert type(default_of(prop)) is type(default)


@pytest.mark.parametrize("prop", [case[1] for case in NOT_STATED], ids=[case[0] for case in NOT_STATED])
def test_anything_else_is_none(prop: Any) -> None:
    assert default_of(prop) is NONE_STATED
