"""The agent loop: all live episodes advance together, each as soon as its turn is done, so that the engine always has a full batch."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from spectool.model import Task, Trajectory
from spectool.run.engines.engine import Completion, CompletionRequest, EngineError, check_all_answered
from spectool.run.episode import Agent, Episode

Attempt = tuple[Task, int]
# Parts of a task's meta that stay behind: what they answered is in the turns, and a user's script is nobody else's to read.
_NOT_KEPT = frozenset({"script", "user"})


def run_episodes(attempts: Sequence[Attempt], agent: Agent, on_turn: Callable[[Completion], None] | None = None) -> Iterator[Episode]:
    """Yields each episode as it ends; ``on_turn`` hears of every assistant turn.

    An episode whose turn is done asks for its next one at once, beside those that are still being generated.

    Raises:
        EngineError: the engine gave up, or left a request without an answer.
    """
    waiting = deque(attempts)
    live: dict[str, Episode] = {}
    engine = agent.engine
    most = agent.live or engine.capacity
    done: Sequence[Completion] = ()
    while waiting or live:
        advanced = deque((live.pop(completion.id), completion) for completion in done)
        ended: list[Episode] = []
        requests: list[CompletionRequest] = []
        # First those that are under way, so that the place of one that ends is taken at once.
        while advanced or (waiting and len(live) < most):
            episode, completion = advanced.popleft() if advanced else (Episode(*waiting.popleft(), agent), None)
            request = _next(episode, completion)
            if request is None:
                ended.append(episode)
            else:
                live[episode.id] = episode
                requests.append(request)
        # First the engine gets its work, then whoever watches hears of what is done.
        engine.submit(requests)
        for completion in done:
            if on_turn is not None:
                on_turn(completion)
        yield from ended
        done = engine.finished()
        if not done and not ended:
            check_all_answered(engine, live)


def _next(episode: Episode, completion: Completion | None) -> CompletionRequest | None:
    """The episode's next request, after this turn or at its start; ``None`` when it has ended.

    What goes wrong inside one episode (an environment, a user) ends that one, with the reason, and not the hours of work around it.
    """
    try:
        if completion is not None:
            episode.advance(completion)
        return episode.request() if episode.stopped is None else None
    except EngineError:
        # Of a model that plays the user, say: it serves no other episode either.
        raise
    except Exception as error:
        episode.fail(f"internal error: {type(error).__name__}: {str(error)[:200]}")
        return None


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
        "prompt": completions[0].prompt if completions else None,
        "prompt_hash": completions[0].prompt_hash if completions else "",
        "prompt_tokens": sum(completion.prompt_tokens for completion in completions),
        "completion_tokens": sum(completion.completion_tokens for completion in completions),
        "turn_tokens": [[completion.prompt_tokens, completion.completion_tokens] for completion in completions],
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
