"""Requests for two things at once: they ask for different things, and both can be had in one world."""

from random import Random

import pytest

from spectool.benchmark.composing import task_from, variants_of
from spectool.benchmark.rehearsal import rehearse
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
