"""Benchmark tasks with short lists of tools, so that a small model on a processor reads them in minutes: for tests of real engines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from spectool.model import Task
from spectool.read.tasks import load_tasks
from spectool.run.engines.engine import Completion, CompletionRequest, Engine, Sampling, complete
from spectool.run.episode import Agent, Episode
from spectool.run.loop import run_episodes
from spectool.run.prompts.registry import prompt

DEV = Path(__file__).parents[2] / "data" / "tasks" / "dev.jsonl"
ENVIRONMENTS: Mapping[str, int] = {"movies": 14, "spaceflight": 13, "patent": 13}
FIRST_TURN = Sampling(max_new_tokens=64)


def short_tasks(numbers: Mapping[str, int] = ENVIRONMENTS) -> list[Task]:
    """So many tasks of each environment: those whose gold's own tools, the only ones kept, take the least text."""
    every, rejected = load_tasks([str(DEV)])
    assert rejected == []
    chosen = []
    for environment, number in numbers.items():
        mine = [_with_gold_tools(task) for task in every.values() if task.meta["environment"] == environment]
        mine = sorted((task for task in mine if task.tool_sets[0]), key=_length)
        chosen += mine[:number]
    return chosen


def _with_gold_tools(task: Task) -> Task:
    gold = {call.name for path in (task.gold.paths if task.gold else ()) for call in path}
    (tools,) = task.tool_sets
    return msgspec.structs.replace(task, tool_sets=(tuple(tool for tool in tools if tool.name in gold),))


def _length(task: Task) -> int:
    return len(json.dumps([tool.parameters for tool in task.tool_sets[0]]))


def agent(engine: Engine, sampling: Sampling = FIRST_TURN, name: str = "worked_example", **options: object) -> Agent:
    return Agent(engine=engine, prompt=prompt(name), sampling=sampling, world_steps=3, **options)  # type: ignore[arg-type]


def first_requests(tasks: Sequence[Task], engine: Engine, sampling: Sampling = FIRST_TURN) -> list[CompletionRequest]:
    return [Episode(task, 0, agent(engine, sampling)).request() for task in tasks]


def first_steps(tasks: Sequence[Task], engine: Engine) -> dict[str, Completion]:
    return {done.id: done for done in complete(engine, first_requests(tasks, engine))}


def played(tasks: Sequence[Task], engine: Engine) -> dict[str, Episode]:
    return {episode.id: episode for episode in run_episodes([(task, 0) for task in tasks], agent(engine))}


def differences(ours: Mapping[str, Completion], theirs: Mapping[str, Completion]) -> list[str]:
    """Of each pair of texts that differ: its id, then both, up to and a little beyond the first difference."""
    assert ours.keys() == theirs.keys()
    told = []
    for name in ours:
        one, two = ours[name].text, theirs[name].text
        if one != two:
            end = next((place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))) + 40
            told.append(f"{name}\n  {one[:end]!r}\n  {two[:end]!r}")
    return told
