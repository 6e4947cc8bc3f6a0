"""Dates as arguments."""

from datetime import date

import pytest

from spectool.environments.core.errors import ToolError
from spectool.environments.parts.dates import day, in_order

NO_DAYS = ("2027-02-29", "2027-13-01", "0000-01-01", "2027-3-1", "", "today", "２０２７-03-01")
SPANS = {
    "no bounds": (None, None),
    "one bound": ("2027-03-01", None),
    "a single day": ("2027-03-01", "2027-03-01"),
    "in order": ("2026-12-31", "2027-01-01"),
}


def test_a_day_of_a_leap_year_is_one():
    assert day("2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day_is_refused_and_told(text):
    with pytest.raises(ToolError) as caught:
        day(text)
    assert (caught.value.code, caught.value.message) == ("invalid_argument", f"expected a date of the calendar, YYYY-MM-DD, got '{text}'")


@pytest.mark.parametrize(("earliest", "latest"), SPANS.values(), ids=SPANS)
def test_a_span_may_be_open_or_one_day_long(earliest, latest):
    assert in_order(earliest, latest) is None


def test_a_span_backwards_is_refused():
    with pytest.raises(ToolError, match="expected a span that ends on or after '2027-01-01', got '2026-12-31'"):
        in_order("2027-01-01", "2026-12-31")


def test_an_open_span_needs_a_day_that_exists():
    with pytest.raises(ToolError, match="expected a date of the calendar, YYYY-MM-DD, got '2027-02-30'"):
        in_order(None, "2027-02-30")
