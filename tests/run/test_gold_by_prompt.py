"""A model that answers gold in the syntax it is asked for, through the whole loop: nothing is found in what it does.

So what a prompt asks for is what the reader of that dialect takes, replies included, and no pattern is made by a prompt.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spectool.benchmark.rehearsal import rehearse
from spectool.benchmark.replay import replay
from spectool.classify.classify import classify
from spectool.model import Step, Task, Trajectory
from spectool.read.dialects.registry import dialect
from spectool.read.tasks import load_tasks
from spectool.run.episode import Agent
from spectool.run.loop import run_episodes, trajectory
from spectool.run.prompts.registry import PROMPTS, Prompt

DATA = Path(__file__).parents[2] / "data"
DEMO = load_tasks([DATA / "demo" / "tasks.jsonl"])[0]
# Every seventh task of the benchmark: all environments, in the time that a test has.
WORLDS = dict(list(load_tasks([DATA / "tasks" / "dev.jsonl"])[0].items())[::7])
ENDINGS = {
    "xlam1": lambda text: json.dumps({"thought": text, "tool_calls": []}, ensure_ascii=False),
    "toolscan": lambda text: f"Action: finish with Action Input: {json.dumps({'answer': text}, ensure_ascii=False)}",
    "react": lambda text: f"Thought: That is all.\nFinal Answer: {text}",
}


def asked_for(module: Prompt) -> str:
    return module.render((), (), None).dialect or ""


def written(step: Step, asked: str) -> str:
    """The step as a model would have written it, in the syntax asked for."""
    return dialect(asked).write(step.calls) if step.calls else ENDINGS.get(asked, str)(step.text)


def gold_answer(task: Task) -> Trajectory | None:
    if "world" in task.meta:
        return rehearse(task).trajectory if task.gold and task.gold.mode != "writes" else None
    played = replay(task)
    return played if isinstance(played, Trajectory) else None


def slips(tasks: dict[str, Task], module: Prompt, scripted) -> tuple[int, dict[str, list[str]]]:
    """How many tasks could be answered, and what is found in which of them."""
    asked = asked_for(module)
    answers = {name: played for name, task in tasks.items() if (played := gold_answer(task)) is not None}
    texts = {name: [written(turn, asked) for turn in played.turns if isinstance(turn, Step)] for name, played in answers.items()}
    agent = Agent(engine=scripted(texts), prompt=module)
    found: dict[str, list[str]] = {}
    for episode in run_episodes([(tasks[name], 0) for name in answers], agent):
        record = trajectory(episode, model="m", run="r", about={}, key="k")
        steps = [turn for turn in record.turns if isinstance(turn, Step)]
        verdict = classify(record)
        findings = [each for outcome in verdict.outcomes for each in outcome.findings if each.fault == "agent"]
        slips = [f"{each.error}.{each.subtype}: {each.message}" for each in findings]
        slips += [f"another syntax: {step.dialect}" for step in steps if step.calls and step.dialect != asked]
        slips += [] if steps[-1].text.endswith(answers[episode.task.id].turns[-1].text) else [f"another answer: {steps[-1].text}"]
        if slips or verdict.passed is False:
            found[episode.task.id] = slips or ["failed"]
    return len(answers), found


@pytest.mark.parametrize("module", PROMPTS, ids=lambda module: module.NAME)
def test_gold_of_the_demo_tasks_is_clean(module, scripted):
    assert slips(DEMO, module, scripted) == (136, {})


@pytest.mark.parametrize("module", PROMPTS, ids=lambda module: module.NAME)
def test_gold_of_tasks_in_worlds_is_clean(module, scripted):
    assert slips(WORLDS, module, scripted) == (len(WORLDS), {})
