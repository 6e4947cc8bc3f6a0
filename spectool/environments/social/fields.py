"""Types that several tools of the network take."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from spectool.environments.core.errors import invalid
from spectool.environments.core.signature import Fields
from spectool.environments.core.tables import Row
from spectool.environments.parts.arguments import DateRange
from spectool.environments.parts.dates import in_order
from spectool.environments.parts.narrowing import between

ME = "U1000"
"""The signed-in member, whose follows, likes, blocks and memberships the tools change."""

Topic = Literal[
    "astronomy", "baking", "birdwatching", "chess", "cycling", "gardening",
    "hiking", "knitting", "photography", "pottery", "running", "sailing",
]  # fmt: skip
Count = Annotated[int, Meta(ge=0, le=1_000_000)]


class CountRange(Fields, frozen=True, kw_only=True):
    """A number between two bounds, both included; either may be left open."""

    at_least: Annotated[Count, Meta(description="Smallest number wanted.")] | None = None
    at_most: Annotated[Count, Meta(description="Largest number wanted.")] | None = None


def counted(rows: list[Row], name: str, wanted: CountRange | None) -> list[Row]:
    """Rows with a number in the range.

    Raises:
        ToolError: the range ends before it begins.
    """
    if wanted is None:
        return rows
    if wanted.at_least is not None and wanted.at_most is not None and wanted.at_most < wanted.at_least:
        raise invalid(f"expected at_most to be {wanted.at_least} or more, got {wanted.at_most}")
    return between(rows, name, wanted.at_least, wanted.at_most)


def dated(rows: list[Row], name: str, wanted: DateRange | None) -> list[Row]:
    """Rows with a day in the range.

    Raises:
        ToolError: a day is not of the calendar, or the last lies before the first.
    """
    if wanted is None:
        return rows
    in_order(wanted.start, wanted.end)
    return between(rows, name, wanted.start, wanted.end)
