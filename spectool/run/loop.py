"""The agent loop: all live episodes advance together, one batch of assistant turns at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from spectool.model import Task, Trajectory
from spectool.run.engines.engine import Completion, EngineError
from spectool.run.episode import Agent, Episode

Attempt = tuple[Task, int]
# Parts of a task's meta that stay behind: what they answered is in the turns, and a user's script is nobody else's to read.
_NOT_KEPT = frozenset({"script", "user"})


def run_episodes(attempts: Sequence[Attempt], agent: Agent, on_turn: Callable[[Completion], None] | None = None) -> Iterator[Episode]:
    """Yields each episode as it ends; ``on_turn`` hears of every assistant turn.

    Raises:
        EngineError: the engine gave up, or left a request without an answer.
    """
    waiting = deque(attempts)
    live: dict[str, Episode] = {}
    while waiting or live:
        while waiting and len(live) < agent.live:
            episode = Episode(*waiting.popleft(), agent)
            live[episode.id] = episode
        unanswered = set(live)
        for completion in agent.engine.complete([episode.request() for episode in live.values()], agent.sampling):
            unanswered.discard(completion.id)
            episode = live[completion.id]
            episode.advance(completion)
            if on_turn is not None:
                on_turn(completion)
            if episode.stopped is not None:
                yield live.pop(completion.id)
        if unanswered:
            left = f"{len(unanswered)} requests without an answer, among them '{min(unanswered)}'"
            raise EngineError(f"engine '{agent.engine.name}' left {left}")


def trajectory(episode: Episode, *, model: str, run: str, about: Mapping[str, Any], key: str) -> Trajectory:
    """The record of an episode that ended, self-contained: tools, gold, request and turns.

    ``about`` is what is the same for the whole run (prompt, engine, versions), kept in ``meta["run"]``.
    """
    task = episode.task
    return Trajectory(
        key=key,
        id=task.id if episode.sample == 0 else episode.id,
        task=task.id,
        sample=episode.sample,
        model=model,
        run=run,
        tool_sets=task.tool_sets,
        request=episode.request_made,
        turns=tuple(episode.turns),
        gold=task.gold,
        tags=task.tags,
        meta=_meta(episode, about),
    )


def _meta(episode: Episode, about: Mapping[str, Any]) -> dict[str, Any]:
    completions = episode.completions
    meta = {name: value for name, value in episode.task.meta.items() if name not in _NOT_KEPT}
    meta |= {
        "stopped": episode.stopped,
        "prompt_hash": completions[0].prompt_hash,
        "prompt_tokens": sum(completion.prompt_tokens for completion in completions),
        "completion_tokens": sum(completion.completion_tokens for completion in completions),
        "seconds": round(sum(completion.seconds for completion in completions), 3),
        "run": dict(about),
        **_about_world(episode),
    }
    return meta if episode.error is None else {**meta, "error": episode.error}


def _about_world(episode: Episode) -> dict[str, Any]:
    """How the world was left, what the model was told in it, whether it ended the task itself, and whom it talked to."""
    about: dict[str, Any] = {}
    if episode.world is not None:
        about |= {"state": episode.world.changes(), "feedback": episode.world.feedback}
    if episode.task.request.finish is not None:
        about["finished"] = episode.stopped == "finished"
    if episode.stage_of_turn:
        about["stage_of_turn"] = episode.stage_of_turn
    return about
