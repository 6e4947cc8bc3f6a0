"""Types that several tools of the network take."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from spectool.environments.dates import Date, in_order
from spectool.environments.errors import invalid
from spectool.environments.signature import Fields

ME = "U1000"
"""The signed-in member, whose follows, likes, blocks and memberships the tools change."""
TODAY = "2027-03-01"
"""The day that new follows begin."""

Topic = Literal[
    "astronomy", "baking", "birdwatching", "chess", "cycling", "gardening",
    "hiking", "knitting", "photography", "pottery", "running", "sailing",
]  # fmt: skip
Page = Annotated[int, Meta(ge=1, le=1000)]
PageSize = Annotated[int, Meta(ge=1, le=50)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]


class CountRange(Fields):
    """A number between two bounds, both included; either may be left open."""

    at_least: Annotated[Count, Meta(description="Smallest number wanted.")] | None = None
    at_most: Annotated[Count, Meta(description="Largest number wanted.")] | None = None

    def bounds(self) -> tuple[int, int]:
        """Both bounds, an open one as far out as numbers here go.

        Raises:
            ToolError: the upper bound lies below the lower one.
        """
        low, high = self.at_least or 0, 1_000_000 if self.at_most is None else self.at_most
        if high < low:
            raise invalid(f"expected at_most to be at_least or more, got {high} below {low}")
        return low, high


class DateRange(Fields):
    """Days between two, both included; either may be left open."""

    start: Annotated[Date, Meta(description="First day, YYYY-MM-DD.")] | None = None
    end: Annotated[Date, Meta(description="Last day, YYYY-MM-DD.")] | None = None

    def bounds(self) -> tuple[str, str]:
        """Both days, an open one as far out as dates go.

        Raises:
            ToolError: a day is not of the calendar, or the last lies before the first.
        """
        in_order(self.start, self.end)
        return self.start or "0000-01-01", self.end or "9999-12-31"
