"""Requests that give away their own answer: what does, what does not, and that a glance never settles it otherwise than a close look."""

from __future__ import annotations

from random import Random

import pytest

from spectool.benchmark.claim_sources import gives_itself_away
from spectool.benchmark.generate import asked, sources
from spectool.benchmark.splits import SPLITS
from spectool.benchmark.templates.registry import BOOKS
from spectool.classify.claims import told

GIVEN_AWAY: dict[str, tuple[tuple[str, ...], str]] = {
    "the figure itself": (("4",), "After round 4, what were the points?"),
    "a figure in words": (("3",), "Of the three rooms, how many are free?"),
    "a figure with thousands apart": (("1250",), "Is it more than 1,250?"),
    "a figure in thousands": (("12000",), "Do they sell more than 12k a year?"),
    "one of them": (("1",), "How many days before arrival can one cancel?"),
    "a dozen": (("12",), "Does a dozen of them fit?"),
    "a date in words": (("2027-03-05",), "Does it begin on the 5th of March 2027?"),
    "a time of day by another clock": (("14:30",), "Is there one at 2:30 pm?"),
    "a name in another case": (("Lena Doyle",), "did lena doyle write it?"),
    "a name with accents": (("Zoë Fält",), "Did Zoe Falt write it?"),
    "an id set apart": (("US9013710",), "Is US 9013710 in force?"),
    "a statement in the plural": (("two open fees",), "Are there 2 open fees?"),
    "a unit in short": (("5 kilometres",), "Is it 5 km long?"),
    "both of two": (("4", "Lena Doyle"), "Did Lena Doyle score 4?"),
}
NOT_GIVEN_AWAY: dict[str, tuple[tuple[str, ...], str]] = {
    "no claim at all": ((), "Cancel it."),
    "another figure": (("4",), "After round 5, what were the points?"),
    "a figure within another": (("4",), "After round 14 of 2024, what were the points?"),
    "a unit of time": (("2",), "How many hours a day is it open?"),
    "a part of a name": (("Lena Doyle",), "Which of the Doyles wrote it?"),
    "one of two": (("4", "Lena Doyle"), "Did Lena Doyle score?"),
    "another day": (("2027-03-05",), "Does it begin in March 2027?"),
    "another word with the same beginning": (("Granted",), "Is there a grandstand?"),
}


@pytest.mark.parametrize(("claims", "request_"), GIVEN_AWAY.values(), ids=GIVEN_AWAY)
def test_a_request_that_tells_its_answer(claims, request_):
    assert gives_itself_away(claims, request_)


@pytest.mark.parametrize(("claims", "request_"), NOT_GIVEN_AWAY.values(), ids=NOT_GIVEN_AWAY)
def test_a_request_that_does_not(claims, request_):
    assert not gives_itself_away(claims, request_)


def test_a_glance_settles_nothing_otherwise_than_a_close_look():
    """Every claim of every template's answers, held against the request that asks for it, and against the one before it."""
    before = ""
    for source, _ in (each for split in SPLITS for each in sources(BOOKS, split)):
        task = source.task(Random(f"glance/{source.name}"), "t")
        for claim in task.gold.answer:
            for text in (asked(task), before, f"{claim} {before}"):
                assert gives_itself_away((claim,), text) == all(told((claim,), text)), (claim, text)
        before = asked(task)
