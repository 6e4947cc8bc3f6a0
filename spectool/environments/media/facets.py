"""What outlets, articles and podcasts are described and narrowed by."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from spectool.environments.dates import Date, in_order
from spectool.environments.signature import Fields

Topic = Literal["politics", "business", "science", "technology", "health", "climate", "culture", "sport", "food", "travel"]
Language = Literal["en", "da", "de", "es", "fr", "it", "sv"]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$", max_length=2)]


class DateRange(Fields):
    """Days from ``since`` to ``until``, both included; a bound not given is open."""

    since: Annotated[Date | None, Meta(description="First day, YYYY-MM-DD.")] = None
    until: Annotated[Date | None, Meta(description="Last day, YYYY-MM-DD.")] = None


def bounds(span: DateRange | None) -> tuple[str, str]:
    """The first and the last day of a span, as ISO dates that compare like strings.

    Raises:
        ToolError: a day that the calendar does not have, or a span that ends before it begins.
    """
    if span is None:
        return "0000-00-00", "9999-99-99"
    in_order(span.since, span.until)
    return span.since or "0000-00-00", span.until or "9999-99-99"
