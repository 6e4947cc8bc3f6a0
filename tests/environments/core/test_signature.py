"""From typed functions to tools: what the schema says, what is read into which values, and what is refused with which words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest
from msgspec import UNSET, Meta

from spectool.environments.core.errors import ToolError, conflict, invalid, not_found
from spectool.environments.core.signature import Fields, ToolFunction, reads, tool_function, writes
from spectool.environments.core.tables import State
from spectool.environments.registry import ENVIRONMENTS
from spectool.model import Tool
from spectool.validate import shape_of, violations


class Place(Fields, frozen=True, kw_only=True):
    """A seat."""

    row: Annotated[int, Meta(ge=1, le=40, description="Row, from the front.")]
    side: Annotated[Literal["left", "right"] | None, Meta(description="Side of the aisle.")] = None


def reserve(
    state: State,
    *,
    show_id: int | str,
    seats: Annotated[list[Place], Meta(min_length=1, max_length=3)],
    on: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")],
    price: Annotated[float, Meta(ge=0)] = 12.5,
    title: str | None = None,
    near: Place | None = None,
    tags: list[str] | None = None,
    remind: bool = False,
) -> Mapping[str, Any]:
    """Reserve seats for a show,
    all in one go.

    More words for people only.

    Args:
        show_id: Number of the show,
            or its code.
        seats: Which seats.
        on: Day of the show, YYYY-MM-DD.
        price: Highest price a seat in EUR.
        title: Title of the show.
        near: A seat to sit near to.
        tags: Labels of yours.
        remind: Whether to remind you.
    """
    return {"show_id": show_id, "seats": seats, "on": on, "price": price, "title": title, "near": near, "tags": tags, "remind": remind}


RESERVE = writes(reserve)
PLACE = {
    "type": "object",
    "properties": {
        "row": {"type": "integer", "minimum": 1, "maximum": 40, "description": "Row, from the front."},
        "side": {"enum": ["left", "right"], "type": "string", "description": "Side of the aisle."},
    },
    "required": ["row"],
    "additionalProperties": False,
}


def test_a_tool_says_what_its_function_takes() -> None:
    assert RESERVE.tool == Tool(
        name="reserve",
        description="Reserve seats for a show, all in one go. More words for people only.",
        effect="write",
        parameters={
            "type": "object",
            "properties": {
                "show_id": {"anyOf": [{"type": "integer"}, {"type": "string"}], "description": "Number of the show, or its code."},
                "seats": {
                    "type": "array",
                    "items": {**PLACE, "description": "A seat."},
                    "minItems": 1,
                    "maxItems": 3,
                    "description": "Which seats.",
                },
                "on": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": "Day of the show, YYYY-MM-DD."},
                "price": {"type": "number", "minimum": 0, "default": 12.5, "description": "Highest price a seat in EUR."},
                "title": {"type": "string", "description": "Title of the show."},
                "near": {**PLACE, "description": "A seat to sit near to."},
                "tags": {"type": "array", "items": {"type": "string"}, "description": "Labels of yours."},
                "remind": {"type": "boolean", "default": False, "description": "Whether to remind you."},
            },
            "required": ["show_id", "seats", "on"],
            "additionalProperties": False,
        },
    )


def rate(_state: object, *, stars: Literal[1, 2, 3], how: Literal["harshly", "kindly"] | None = None) -> Mapping[str, Any]:
    """Rate a show.

    Args:
        stars: How good it was.
        how: In which manner.
    """
    return {"stars": stars, "how": how}


def test_the_type_of_listed_values_is_said() -> None:
    properties = reads(rate).tool.parameters["properties"]
    assert properties["stars"] == {"enum": [1, 2, 3], "type": "integer", "description": "How good it was."}
    assert properties["how"] == {"enum": ["harshly", "kindly"], "type": "string", "description": "In which manner."}


def test_every_enum_of_the_environments_has_a_type() -> None:
    def untyped(schema: Any) -> list[Any]:
        if not isinstance(schema, Mapping | list):
            return []
        mine = [schema] if isinstance(schema, Mapping) and "enum" in schema and "type" not in schema else []
        return mine + [found for inner in (schema.values() if isinstance(schema, Mapping) else schema) for found in untyped(inner)]

    tools = [tool for each in ENVIRONMENTS for tool in each.tools]
    assert [(tool.name, found) for tool in tools for found in untyped(tool.parameters)] == []


GIVEN = {"show_id": 7, "seats": [{"row": 3}], "on": "2027-03-01"}
READ = {
    "show_id": 7,
    "seats": [Place(row=3)],
    "on": "2027-03-01",
    "price": 12.5,
    "title": None,
    "near": None,
    "tags": None,
    "remind": False,
}

TAKEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "what is left out is the default, or nothing": ({}, {}),
    "either branch of a union": ({"show_id": "S7"}, {"show_id": "S7"}),
    "a number without a fraction is an integer": ({"show_id": 7.0, "seats": [{"row": 3.0}]}, {}),
    "an integer is a number": ({"price": 9}, {"price": 9.0}),
    "a nested object, with a part left out": ({"near": {"row": 40}}, {"near": Place(row=40)}),
    "a nested object in full": ({"near": {"row": 1, "side": "left"}}, {"near": Place(row=1, side="left")}),
    "text of any script": ({"title": "Größe 🚀"}, {"title": "Größe 🚀"}),
    "a line break is text": ({"title": "one\ntwo"}, {"title": "one\ntwo"}),
    "an empty list": ({"tags": []}, {"tags": []}),
    "a lone surrogate becomes a question mark, as no UTF-8 holds it": ({"title": "a\ud800"}, {"title": "a?"}),
}


@pytest.mark.parametrize(("arguments", "expected"), TAKEN.values(), ids=TAKEN)
def test_taken(arguments: dict[str, Any], expected: dict[str, Any]) -> None:
    assert RESERVE.call(State({}), {**GIVEN, **arguments}) == {**READ, **expected}


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "missing": ({"show_id": UNSET}, "expected argument 'show_id', got none"),
    "missing inside": ({"near": {}}, "expected argument 'near.row', got none"),
    "unknown": ({"day": 1}, "expected no argument 'day'"),
    "unknown inside": ({"seats": [{"row": 1, "seat": 2}]}, "expected no argument 'seats.0.seat'"),
    "null for an optional argument": ({"title": None}, "title: expected string, got null"),
    "null inside": ({"near": {"row": 1, "side": None}}, "near.side: expected string, got null"),
    "a text for a number": ({"price": "9"}, "price: expected number, got string '9'"),
    "true for a number": ({"price": True}, "price: expected number, got boolean"),
    "true for an integer": ({"seats": [{"row": True}]}, "seats.0.row: expected integer, got boolean"),
    "a number for true": ({"remind": 1}, "remind: expected boolean, got integer '1'"),
    "a fraction for an integer": ({"near": {"row": 1.5}}, "near.row: expected integer, got number '1.5'"),
    "a list for a text": ({"title": ["a"]}, "title: expected string, got array"),
    "not among the options": ({"near": {"row": 1, "side": "Left"}}, "near.side: expected left or right, got string 'Left'"),
    "below the least": ({"near": {"row": 0}}, "near.row: expected minimum 1, got integer '0'"),
    "far above the most": ({"near": {"row": 10**30}}, "near.row: expected maximum 40, got integer"),
    "no item": ({"seats": []}, "seats: expected minItems 1, got array"),
    "not of the pattern": ({"on": "1 March"}, r"on: expected pattern ^\d{4}-\d{2}-\d{2}$, got string '1 March'"),
    "a line break after the pattern": ({"on": "2027-03-01\n"}, "on: expected pattern ^\\d{4}-\\d{2}-\\d{2}$, got string '2027-03-01\n'"),
    "digits of another script": ({"on": "٢٠٢٧-٠٣-٠١"}, r"on: expected pattern ^\d{4}-\d{2}-\d{2}$, got string '٢٠٢٧-٠٣-٠١'"),
    "a number that JSON does not have": ({"price": float("inf")}, "price: expected number, got number 'inf'"),
    "a number beyond what a float holds": ({"price": 10**400}, "Number out of range - at `$.price`"),
    "a long value is cut": ({"on": "x" * 500}, rf"on: expected pattern ^\d{{4}}-\d{{2}}-\d{{2}}$, got string '{'x' * 80}'"),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(arguments: dict[str, Any], message: str) -> None:
    given = {name: value for name, value in {**GIVEN, **arguments}.items() if value is not UNSET}
    with pytest.raises(ToolError) as caught:
        RESERVE.call(State({}), given)
    assert (caught.value.code, caught.value.message) == ("invalid_argument", message)
    assert violations(shape_of(RESERVE.tool.parameters), given) or message.startswith("Number out of range")


def test_a_value_nested_beyond_the_stack_is_refused() -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ToolError, match="title: expected depth 64, got array"):
        RESERVE.call(State({}), {**GIVEN, "title": deep})


def test_what_a_call_was_given_is_not_what_the_function_holds() -> None:
    tags = ["a"]
    held = RESERVE.call(State({}), {**GIVEN, "tags": tags})["tags"]
    tags.append("b")
    assert held == ["a"]


def test_a_function_without_arguments_is_a_tool_that_takes_none() -> None:
    def today(state: State) -> str:
        """The date."""
        return "2027-03-01"

    tool = reads(today)
    assert tool.tool.parameters == {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
    assert tool.tool.effect == "read"
    assert tool.call(State({}), {}) == "2027-03-01"


def _bare(state: State, *, day: str) -> str:
    """Nothing of the day."""
    return day


def _positional(state: State, day: str) -> str:
    """A day.

    Args:
        day: The day.
    """
    return day


def _untold(state: State, *, day: str) -> str:
    return day


@pytest.mark.parametrize("function", [_bare, _positional, _untold])
def test_an_argument_that_is_not_described_or_not_by_keyword_is_our_mistake(function: Any) -> None:
    with pytest.raises(TypeError, match="argument 'day' must be keyword-only and described under Args"):
        tool_function(function, "read")


def test_a_function_may_refuse_with_its_own_error() -> None:
    def cancel(state: State, *, id: str) -> None:
        """Cancel it.

        Args:
            id: Which.
        """
        raise {"a": not_found("order", id * 90), "b": invalid("expected a day"), "c": conflict("closed")}[id]

    tool: ToolFunction = writes(cancel)
    told = []
    for id in "abc":
        with pytest.raises(ToolError) as caught:
            tool.call(State({}), {"id": id})
        told.append((caught.value.code, caught.value.message, str(caught.value)))
    assert told == [
        ("not_found", f"no order '{'a' * 80}'", f"no order '{'a' * 80}'"),
        ("invalid_argument", "expected a day", "expected a day"),
        ("conflict", "closed", "closed"),
    ]
