"""Types of arguments that tools of several environments take."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from spectool.environments.core.signature import Fields
from spectool.environments.parts.dates import Date, in_order

TimeOfDay = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length=5)]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$", max_length=2)]
"""A country by its two-letter ISO code, upper case."""
Page = Annotated[int, Meta(ge=1)]
PageSize = Annotated[int, Meta(ge=1, le=50)]


class Near(Fields, frozen=True, kw_only=True):
    """A point on the map and how far around it to look."""

    latitude: Annotated[float, Meta(ge=-90, le=90, description="Degrees north; negative is south.")]
    longitude: Annotated[float, Meta(ge=-180, le=180, description="Degrees east; negative is west.")]
    radius_km: Annotated[float, Meta(gt=0, le=20_000, description="Greatest distance from the point in kilometres.")] = 10


class DateRange(Fields, frozen=True, kw_only=True):
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
