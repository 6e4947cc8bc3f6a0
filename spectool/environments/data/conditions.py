"""Nested conditions on companies: as arguments, applied to rows, and as a saved query holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from spectool.environments.core.errors import invalid
from spectool.environments.core.signature import Fields
from spectool.environments.core.tables import Row
from spectool.environments.parts.narrowing import between
from spectool.environments.parts.wording import fold

NUMBERS = ("founded", "employees", "revenue")


class Condition(Fields, frozen=True, kw_only=True):
    """A field of the company, an operator and a value."""

    field: Annotated[
        Literal["name", "sector", "region_id", "country_id", "ownership", "founded", "employees", "revenue"],
        Meta(
            description="Field of the company. sector is one of agriculture, construction, electronics, energy, finance, food, logistics, "
            "pharmaceuticals, software, textiles; ownership is one of listed, private, state; founded is a year; "
            "revenue is in million crowns."
        ),
    ]
    operator: Annotated[
        Literal["is", "is_not", "at_least", "at_most", "one_of"],
        Meta(description="at_least and at_most are for numbers, bounds included; one_of is for text with several admitted values."),
    ]
    value: Annotated[
        Annotated[int, Meta(ge=0, le=1_000_000_000)]
        | Annotated[str, Meta(max_length=80)]
        | Annotated[list[str], Meta(min_length=2, max_length=10)],
        Meta(description="A number for founded, employees and revenue; a text for other fields; for one_of, a list of two or more texts."),
    ]

    def narrow(self, rows: list[Row]) -> list[Row]:
        """The companies that meet it."""
        field, value, same = self.field, self.value, self.operator != "is_not"
        if not isinstance(value, int):
            admitted = {fold(text) for text in ([value] if isinstance(value, str) else value)}
            return [row for row in rows if (fold(row[field]) in admitted) is same]
        if self.operator == "at_least":
            return between(rows, field, first=value)
        if self.operator == "at_most":
            return between(rows, field, last=value)
        return [row for row in rows if (row[field] == value) is same]

    def check(self) -> None:
        """Refuses a value that the field or the operator cannot have.

        Raises:
            ToolError: so it is.
        """
        wanted = "one number" if self.field in NUMBERS else "a list of texts" if self.operator == "one_of" else "one text"
        got = {int: "one number", str: "one text", list: "a list of texts"}[type(self.value)]
        if got != wanted:
            raise invalid(f"expected {wanted} as value of '{self.field}' with '{self.operator}', got {got}")
        if (self.operator in ("at_least", "at_most")) > (self.field in NUMBERS) or (self.operator == "one_of" and self.field in NUMBERS):
            raise invalid(f"expected another operator for '{self.field}', got '{self.operator}'")


Conditions = Annotated[list[Condition], Meta(min_length=1, max_length=8)]


class Where(Fields, frozen=True, kw_only=True):
    """Conditions on companies; give one of the two lists or both."""

    all_of: (
        Annotated[
            Conditions,
            Meta(description="Conditions that must all hold, in the order in which the user names them; also for a single condition."),
        ]
        | None
    ) = None
    any_of: (
        Annotated[
            Annotated[list[Condition], Meta(min_length=2, max_length=8)],
            Meta(description="Alternatives of which at least one must hold, in the order in which the user names them."),
        ]
        | None
    ) = None

    def narrow(self, rows: list[Row]) -> list[Row]:
        """The companies that meet the conditions.

        Raises:
            ToolError: no condition is given, or one makes no sense.
        """
        if self.all_of is None and self.any_of is None:
            raise invalid("expected conditions in all_of or any_of, got none")
        for condition in (*(self.all_of or ()), *(self.any_of or ())):
            condition.check()
        for condition in self.all_of or ():
            rows = condition.narrow(rows)
        if self.any_of is None:
            return rows
        met = {row["company_id"] for condition in self.any_of for row in condition.narrow(rows)}
        return [row for row in rows if row["company_id"] in met]

    def saved(self) -> Mapping[str, Any]:
        """As a saved query holds it."""
        told: dict[str, Any] = msgspec.to_builtins(self)
        return {name: value for name, value in told.items() if value is not None}
