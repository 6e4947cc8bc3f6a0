"""One attempt scored: success, progress, the paper's accuracies, what was found in it, and what it cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal

import msgspec

from spectool.benchmark.progress_rate import progress_rate
from spectool.benchmark.success import Success, success
from spectool.classify.compat.toolscan import NO_SUCCESS, rule
from spectool.classify.counted import counts
from spectool.model import Outcome, Step, Trajectory
from spectool.results.attempts import Attempted

Slice = Literal["model", "environment", "kind", "split", "prompt"]


class Costs(msgspec.Struct, frozen=True, kw_only=True):
    """What an attempt took; ``None`` where the log does not say. ``seconds`` are those of its ``turns`` that have a time."""

    turns: int = 0
    seconds: float | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What one pattern came to: places assessed, findings that count; ``skipped``: why it could not be judged."""

    error: str
    assessed: int
    found: int
    skipped: str | None = None


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt, scored. ``accuracies`` maps the paper's metrics that could be judged to a fraction; ``unjudged`` says why others not."""

    model: str
    task: str
    sample: int
    slices: Mapping[Slice, str]
    success: Success
    progress: float | None
    accuracies: Mapping[str, float]
    unjudged: str
    found: tuple[Found, ...]
    costs: Costs
    parameters: str = ""


def score(attempt: Attempted) -> Scored:
    """Scores one attempt by its own gold; nothing of it is changed."""
    trajectory, verdict = attempt.trajectory, attempt.verdict
    succeeded = success(trajectory, verdict)
    ruling = rule(trajectory, verdict)
    about = trajectory.meta.get("run")
    told = about.get("parameters") if isinstance(about, Mapping) else None
    return Scored(
        model=trajectory.model,
        task=trajectory.task or trajectory.id,
        sample=trajectory.sample,
        slices={by: slice_of(trajectory) for by, slice_of in SLICES.items()},
        success=succeeded,
        progress=progress_rate(trajectory, verdict, succeeded, attempt.gold_mode),
        accuracies=ruling.scores,
        unjudged=ruling.reason.removeprefix(NO_SUCCESS),
        found=tuple(map(_found, verdict.outcomes)),
        costs=_costs(trajectory),
        parameters=str(told) if told else "",
    )


def _found(outcome: Outcome) -> Found:
    return _one_found(outcome.error, outcome.assessed, sum(map(counts, outcome.findings)), outcome.skipped)


@lru_cache(maxsize=4_096)
def _one_found(error: str, assessed: int, found: int, skipped: str | None) -> Found:
    """One object serves all attempts that look alike: a board of many attempts stays small."""
    return Found(error=error, assessed=assessed, found=found, skipped=skipped)


def _costs(trajectory: Trajectory) -> Costs:
    steps = [turn for turn in trajectory.turns if isinstance(turn, Step)]
    timed = [step.time for step in steps if step.time is not None]
    return Costs(
        turns=len(timed),
        seconds=sum(timed) if timed else None,
        prompt_tokens=_count(trajectory, "prompt_tokens"),
        completion_tokens=_count(trajectory, "completion_tokens"),
    )


def _count(trajectory: Trajectory, name: str) -> int | None:
    value = trajectory.meta.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _environment(trajectory: Trajectory) -> str:
    world = trajectory.meta.get("world")
    return _text(trajectory, "environment") or ("+".join(map(str, world)) if isinstance(world, Mapping) else "")


def _prompt(trajectory: Trajectory) -> str:
    about = trajectory.meta.get("run")
    return str(about.get("prompt") or "") if isinstance(about, Mapping) else ""


def _text(trajectory: Trajectory, name: str) -> str:
    value = trajectory.meta.get(name)
    return value if isinstance(value, str) else ""


SLICES: Mapping[Slice, Callable[[Trajectory], str]] = {
    "model": lambda trajectory: trajectory.model,
    "environment": _environment,
    "kind": lambda trajectory: _text(trajectory, "category"),
    "split": lambda trajectory: _text(trajectory, "split"),
    "prompt": _prompt,
}
"""By what scores may be told apart; an empty text where a trajectory does not say."""
