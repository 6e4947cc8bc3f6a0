"""Tools whose parameters Pydantic itself wrote: what a model accepts is clean, and each slip is found where Pydantic finds it."""

import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal
from uuid import UUID

import pytest
from pydantic import BaseModel, ConfigDict, Field

from tests.classify.build import charged

ARGUMENTS = "$.turns[1].calls[0].arguments"


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Place(BaseModel):
    street: Annotated[str, Field(min_length=1)]
    zip_code: str | None = Field(default=None, pattern=r"^\d{5}$")


class Base(BaseModel):
    note: str = ""


class Card(Base):
    kind: Literal["card"]
    number: str
    cvc: int | None = None


class Cash(Base):
    kind: Literal["cash"]
    coins: bool = False


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sku: str
    quantity: Annotated[int, Field(ge=1, le=99)] = 1


class Node(BaseModel):
    value: int
    children: list["Node"] = []


class Order(BaseModel):
    """Place an order."""

    ship_to: Place
    lines: Annotated[list[Strict], Field(min_length=1, max_length=3)]
    pay: Card | Cash = Field(discriminator="kind")
    colour: Colour = Colour.RED
    size: Literal["S", "M", 42] = "M"
    prices: dict[str, int] = {}
    due: date | None = None
    made: datetime | None = None
    total: Decimal | None = None
    limit: int | Literal["none"] = 5
    tree: Node | None = None
    pair: tuple[int, str] | None = None
    tags: set[str] = set()
    reference: UUID | None = None
    bill_to: Place | None = Field(default=None, alias="billTo")


GOOD = {"ship_to": {"street": "Main"}, "lines": [{"sku": "a"}], "pay": {"kind": "cash"}}


def found(model: type[BaseModel], arguments: dict) -> list[tuple[str, ...]]:
    tool = {"name": "f", "parameters": model.model_json_schema()}
    rows = charged(json.dumps({"tools": [tool], "turns": ["?", [{"f": arguments}]]}))
    return [(error, subtype, path.removeprefix(ARGUMENTS), *more) for error, path, subtype, *more in rows]


CLEAN = {
    "the least": {},
    "an optional model": {"billTo": {"street": "Side", "zip_code": "75001"}},
    "an optional model as null": {"billTo": None, "due": None, "tree": None},
    "inherited fields of a tagged model": {"pay": {"kind": "card", "number": "1", "note": "n", "cvc": None}},
    "an enumeration and a literal of two types": {"colour": "blue", "size": 42},
    "a map": {"prices": {"anything": 1, "else": 2}},
    "dates": {"due": "2024-12-25", "made": "2024-12-25T10:00:00Z"},
    "a decimal as a number, and as text": {"total": 1.5},
    "a decimal as text": {"total": "1.50"},
    "a number or a word": {"limit": "none"},
    "a tree": {"tree": {"value": 1, "children": [{"value": 2}, {"value": 3, "children": []}]}},
    "a tuple and a set": {"pair": [1, "a"], "tags": ["a", "b"]},
    "an identifier": {"reference": "123e4567-e89b-12d3-a456-426614174000"},
}

FLAGGED = {
    "a key that an open model would ignore": (
        {"ship_to": {"street": "Main", "planet": "Mars"}},
        [("IAN", "unknown", ".ship_to.planet", "likely")],
    ),
    "a key that a closed model forbids": ({"lines": [{"sku": "a", "mood": 1}]}, [("IAN", "unknown", ".lines[0].mood")]),
    "a misspelt key of a closed model": ({"lines": [{"sku": "a", "quantty": 2}]}, [("IAN", "near_miss", ".lines[0].quantty")]),
    "the field's name in place of its alias": ({"bill_to": {"street": "Side"}}, [("IAN", "near_miss", ".bill_to")]),
    "an unknown argument": ({"mood": 1}, [("IAN", "unknown", ".mood")]),
    "a nested pattern in an optional model": (
        {"billTo": {"street": "Side", "zip_code": "7"}},
        [("IAV", "outside_bounds", ".billTo.zip_code")],
    ),
    "an empty text": ({"ship_to": {"street": ""}}, [("IAV", "outside_bounds", ".ship_to.street")]),
    "a number beyond its bound, in a list": ({"lines": [{"sku": "a", "quantity": 100}]}, [("IAV", "outside_bounds", ".lines[0].quantity")]),
    "too many items": ({"lines": [{"sku": "a"}] * 4}, [("IAV", "outside_bounds", ".lines")]),
    "a field of the tagged model missing": ({"pay": {"kind": "card"}}, [("IAV", "missing_required", ".pay.number")]),
    "a tag that no model has": ({"pay": {"kind": "cheque", "bank": "B"}}, [("IAV", "outside_enum", ".pay.kind")]),
    "a tag missing": ({"pay": {"number": "1"}}, [("IAV", "missing_required", ".pay.kind")]),
    "a field of the other model": (
        {"pay": {"kind": "cash", "number": "1"}},
        [("IAN", "misplaced", ".pay.number", "likely")],
    ),
    "text for a nested integer": (
        {"pay": {"kind": "card", "number": "1", "cvc": "123"}},
        [("IAT", "coercible", ".pay.cvc")],
    ),
    "a value outside an enumeration": ({"colour": "green"}, [("IAV", "outside_enum", ".colour")]),
    "text for the number of a literal": ({"size": "42"}, [("IAT", "coercible", ".size")]),
    "another word than the literal's": ({"size": "XL"}, [("IAV", "outside_enum", ".size")]),
    "a map's value": ({"prices": {"a": "cheap"}}, [("IAT", "nested", ".prices.a")]),
    "no date": ({"due": "tomorrow"}, [("IAV", "outside_bounds", ".due", "likely")]),
    "text for the number of a number or a word": ({"limit": "7"}, [("IAT", "coercible", ".limit")]),
    "another word than that": ({"limit": "lots"}, [("IAV", "outside_enum", ".limit")]),
    "true for a number": ({"tree": {"value": True}}, [("IAT", "nested", ".tree.value")]),
    "deep in a tree": (
        {"tree": {"value": 1, "children": [{"value": 2, "children": [{}]}]}},
        [("IAV", "missing_required", ".tree.children[0].children[0].value")],
    ),
    "a tuple too short": ({"pair": [1]}, [("IAV", "outside_bounds", ".pair")]),
    "a set with repeats": ({"tags": ["a", "a"]}, [("IAV", "outside_bounds", ".tags")]),
    "a model as text": ({"ship_to": '{"street": "Main"}'}, [("IAT", "coercible", ".ship_to")]),
    "a model where a list of them is due": ({"lines": {"sku": "a"}}, [("IAT", "incompatible", ".lines")]),
    "null for a required model": ({"ship_to": None}, [("IAT", "null", ".ship_to")]),
    "null for an optional field that admits none": ({"colour": None}, [("IAT", "null", ".colour", "likely")]),
}


@pytest.mark.parametrize("more", CLEAN.values(), ids=list(CLEAN))
def test_what_the_model_accepts_is_clean(more):
    arguments = {**GOOD, **more}
    Order.model_validate(arguments)
    assert found(Order, arguments) == []


@pytest.mark.parametrize(("more", "expected"), FLAGGED.values(), ids=list(FLAGGED))
def test_flagged(more, expected):
    assert found(Order, {**GOOD, **more}) == expected


def test_a_recursive_model_as_the_whole_of_the_arguments():
    assert found(Node, {"value": 1, "children": [{"valu": 2}]}) == [("IAN", "near_miss", ".children[0].valu", "likely")]


def test_a_required_model_missing():
    assert found(Order, {key: value for key, value in GOOD.items() if key != "ship_to"}) == [("IAV", "missing_required", ".ship_to")]


def test_the_fields_of_a_required_model_given_one_level_up():
    flat = {**{key: value for key, value in GOOD.items() if key != "pay"}, "kind": "card", "number": "1"}
    assert found(Order, flat) == [("IAN", "misplaced", ".kind"), ("IAN", "misplaced", ".number")]
