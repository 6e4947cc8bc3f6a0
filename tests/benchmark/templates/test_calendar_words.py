"""How requests say dates."""

from __future__ import annotations

import pytest

from spectool.benchmark.template import said
from spectool.benchmark.templates.calendar_words import day_said, month_said, ordinal


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (22, "22nd"), (31, "31st")],
)
def test_a_number_counts_in_order(number, words):
    assert ordinal(number) == words


def test_a_day_is_said_with_its_year():
    assert day_said("2027-03-05") == said("2027-03-05", "5 March 2027", "the 5th of March 2027", "March 5, 2027")


def test_a_month_is_said_with_its_year():
    assert month_said("2027-12-31") == said("2027-12", "December 2027")
