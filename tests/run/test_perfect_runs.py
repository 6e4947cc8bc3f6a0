"""A model that never errs, through the whole loop: what it does is what the rehearsal does, and nothing is found in it."""

from __future__ import annotations

import json
from random import Random

import msgspec
import pytest

from spectool.benchmark.composing import dialogue_from
from spectool.benchmark.rehearsal import rehearse
from spectool.benchmark.templates.registry import BOOKS
from spectool.classify.classify import classify
from spectool.model import Step
from spectool.run.engines.engine import ToolSection
from spectool.run.episode import Agent
from spectool.run.loop import run_episodes, trajectory
from spectool.run.prompts.registry import prompt

DIALOGUES = [(book, dialogue) for book in BOOKS for dialogue in book.dialogues[:2]]


def written(step: Step) -> str:
    """The step as a model that calls in Hermes' syntax would have written it."""
    calls = [json.dumps({"name": call.name, "arguments": call.arguments}) for call in step.calls]
    return "\n".join(f"<tool_call>\n{call}\n</tool_call>" for call in calls) or step.text


@pytest.mark.parametrize(("book", "dialogue"), DIALOGUES, ids=lambda each: getattr(each, "name", None) or each.environment)
def test_a_dialogue_runs_as_it_was_rehearsed(book, dialogue, scripted):
    task = dialogue_from(book, dialogue, Random(7), "a")
    play = rehearse(task)
    texts = [written(turn) for turn in play.trajectory.turns if isinstance(turn, Step)]
    agent = Agent(engine=scripted({"a": [*texts, "One turn too many."]}, ToolSection(dialect="hermes")), prompt=prompt("chat_template"))
    (episode,) = run_episodes([(task, 0)], agent)
    record = trajectory(episode, model="m", run="r", about={}, key="k")
    assert [call.result for turn in record.turns if isinstance(turn, Step) for call in turn.calls] == [
        call.result for turn in play.trajectory.turns if isinstance(turn, Step) for call in turn.calls
    ]
    assert len(record.turns) == len(play.trajectory.turns)
    assert record.meta["stage_of_turn"] == play.trajectory.meta["stage_of_turn"]
    assert msgspec.to_builtins(record.meta["state"]) == (task.gold.state or {})
    verdict = classify(record)
    assert (verdict.passed, [f for outcome in verdict.outcomes for f in outcome.findings]) == (True, [])
