"""Generated tasks on their way to the file, their requests put into a model's own words: ``spectool tasks generate --rephrase``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from spectool.benchmark.rephrase import Reword, Solve
    from spectool.model import Task
    from spectool.run.engines.engine import Engine

ASK = (
    "Say the following request to an assistant in other words, as another person might. Keep every name, number, date and quoted text "
    "exactly as it is, leave nothing out and add nothing. Answer with the reworded request alone, on one line.\n\n{request}"
)
# Requests that are reworded and solved together, and tokens of a rewording and of a turn of its solution.
AT_ONCE, REWORDING_TOKENS, TURN_TOKENS = 64, 160, 512


def rephrased(
    tasks: Iterable[Task],
    model: str,
    forbidden: Callable[[str], bool],
    outcomes: Counter[str],
    *,
    solved: bool,
    device: str,
    allow_near: bool,
) -> Iterator[Task]:
    """The tasks, reworded where that holds; ``outcomes`` counts what became of the rewordings.

    Raises:
        RunError: the model is not here, or can not be loaded.
    """
    from spectool.benchmark.generate import asked
    from spectool.benchmark.near import NearDuplicates
    from spectool.benchmark.rephrase import rephrase
    from spectool.run.engines.options import EngineOptions
    from spectool.run.engines.registry import load
    from spectool.run.models import resolve

    files = resolve(model)
    engine = load("transformers", files, EngineOptions(device=device))
    reword, solve = _rewording(engine), _solver(engine, files.name) if solved else None
    others = None if allow_near else NearDuplicates()
    remaining = iter(tasks)
    while batch := list(islice(remaining, AT_ONCE)):
        if others is not None:
            for task in batch:
                others.add(task.id, asked(task))
        for each in rephrase(batch, reword, by=files.name, solve=solve, forbidden=forbidden, others=others):
            outcomes[each.outcome] += 1
            yield each.task


def _rewording(engine: Engine) -> Reword:
    from spectool.run.engines.engine import ChatMessage, CompletionRequest, Sampling, complete

    sampling = Sampling(max_new_tokens=REWORDING_TOKENS)

    def reword(requests: Sequence[str]) -> list[str]:
        asks = [
            CompletionRequest(id=str(number), messages=(ChatMessage(role="user", content=ASK.format(request=request)),), sampling=sampling)
            for number, request in enumerate(requests)
        ]
        # What was cut off at the limit is no request.
        said = {each.id: each.text if each.finish_reason == "stop" else "" for each in complete(engine, asks)}
        return [said.get(ask.id, "") for ask in asks]

    return reword


def _solver(engine: Engine, name: str) -> Solve:
    """The model as the agent of ``spectool run``, greedy, in the world of each task."""
    from spectool.model import Trajectory
    from spectool.run.engines.engine import Sampling
    from spectool.run.episode import Agent
    from spectool.run.loop import run_episodes, trajectory
    from spectool.run.prompts.registry import prompt

    agent = Agent(engine=engine, prompt=prompt("chat_template"), sampling=Sampling(max_new_tokens=TURN_TOKENS), live=AT_ONCE)

    def solve(tasks: Sequence[Task]) -> list[Trajectory]:
        ended = run_episodes([(task, 0) for task in tasks], agent)
        attempts = {each.task.id: trajectory(each, model=name, run=name, about={}, key=each.id) for each in ended}
        return [attempts[task.id] for task in tasks]

    return solve


def say_outcomes(outcomes: Counter[str]) -> None:
    """How many rewordings were kept, and why others were not, on stderr."""
    reasons = sorted((-count, reason) for reason, count in outcomes.items() if reason != "kept")
    dropped = ", ".join(f"{-count:,} {reason}" for count, reason in reasons)
    click.echo(f"{outcomes['kept']:,} of {outcomes.total():,} requests reworded{f'; not: {dropped}' if dropped else ''}", err=True)
