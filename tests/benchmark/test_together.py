"""Requests for two things at once: they ask for different things, and both can be had in one world."""

from random import Random

import pytest

from spectool.benchmark.composing import _may_be_alike, task_from, variants_of
from spectool.benchmark.rehearsal import rehearse
from spectool.benchmark.template import Action, either, maybe
from spectool.benchmark.templates.registry import BOOKS
from spectool.model import Step

TOGETHER = {each.name: (book, each) for book in BOOKS for each in book.templates if "together" in variants_of(each)}


@pytest.mark.parametrize("name", TOGETHER)
def test_nobody_asks_for_the_same_twice(name):
    book, template = TOGETHER[name]
    for seed in range(6):
        task = task_from(book, template, "together", Random(f"{name}/{seed}"), name)
        calls = [turn.calls for turn in rehearse(task).trajectory.turns if isinstance(turn, Step)]
        made = [(call.name, call.arguments) for batch in calls for call in batch]
        assert [each for each in made if made.count(each) > 1] == []
        assert [call.result.content for batch in calls for call in batch if call.result.is_error] == []


def step(name="find", free=(), **arguments):
    return Action(name=name, arguments=arguments, free=free)


ALIKE = {
    "the same call": (step(a=1), step(a=1), True),
    "another value": (step(a=1), step(a=2), False),
    "another tool": (step(a=1), step("get", a=1), False),
    "one of several right values": (step(a=either(1, 2)), step(a=either(3, 2)), True),
    "no right value in common": (step(a=either(1, 2)), step(a=either(3, 4)), False),
    "an argument that may be left out, and one that is": (step(a=1, b=maybe(5)), step(a=1), True),
    "an argument that is needed, and none": (step(a=1, b=5), step(a=1), False),
    "apart only in what is free": (step(a=1, b=5, free=("b",)), step(a=1, b=6), True),
}


@pytest.mark.parametrize(("one", "other", "expected"), ALIKE.values(), ids=ALIKE)
def test_two_steps_may_be_the_same_call(one, other, expected):
    assert (_may_be_alike(one, other), _may_be_alike(other, one)) == (expected, expected)
