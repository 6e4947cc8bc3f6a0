"""Attempts at tasks over the patents, played by hand: each turn is what the model says, or the calls it makes, executed as a run would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from spectool.classify.classify import classify
from spectool.environments.episode.finish import with_finish
from spectool.environments.episode.world import World
from spectool.environments.registry import environment
from spectool.model import Call, Expected, ExpectedCall, Gold, GoldMode, Message, Request, Step, Task, Trajectory
from spectool.results.attempts import Attempted

PATENT = environment("patent")
ID, ROW = next((id, row) for id, row in PATENT.records["patents"].items() if id not in PATENT.records["watchlist"])
WATCHED = {"patent": {"watchlist": {ID: {"patent_id": ID, "notify": "daily"}}}}

Turn = str | Sequence[tuple[str, Mapping[str, Any]]]


def task(
    *path: tuple[str, Mapping[str, Any]],
    answer: Sequence[str] = (),
    state: Mapping[str, Any] | None = None,
    mode: GoldMode = "required",
    id: str = "t",
    **meta: Any,
) -> Task:
    """A task whose gold is one path of calls with plain values."""
    calls = tuple(
        ExpectedCall(name=name, arguments={key: Expected(values=(value,)) for key, value in given.items()}) for name, given in path
    )
    return Task(
        id=id,
        tool_sets=(PATENT.tools,),
        messages=(Message(role="user", content=f"Patent {ID}, please: who owns it, and when was it filed? Watch it daily."),),
        gold=Gold(paths=(calls,), mode=mode, answer=tuple(answer), state=state),
        request=Request(max_steps=10),
        meta={"environment": "patent", "split": "dev", "category": "one_constraint", "world": {"patent": PATENT.version}, **meta},
    )


LOOK = ("get_patent", {"patent_id": ID})
WATCH = ("watch_patent", {"patent_id": ID, "notify": "daily"})
READ_TASK = task(LOOK, answer=(ROW["filed"], ROW["assignee"]))
WATCH_TASK = task(WATCH, state=WATCHED, mode="exact")
BOTH_TASK = task(LOOK, WATCH, answer=(ROW["filed"],), state=WATCHED)
UNRELATED_TASK = task(mode="exact", category="unrelated_request")
MISSING_TASK = task(mode="exact", category="missing_information")


def played(of: Task, *turns: Turn, finish: bool = False, sample: int = 0, model: str = "tiny-1.5b", **fields: Any) -> Trajectory:
    """The record of an attempt; ``fields`` replace those of the trajectory, ``meta`` is added to the task's."""
    of = with_finish(of) if finish else of
    world = World.of(of)
    made: list[Message | Step] = list(of.messages)
    for turn in turns:
        if isinstance(turn, str):
            made.append(Step(text=turn, time=0.5))
            continue
        calls = [Call(name=name, arguments=dict(arguments)) for name, arguments in turn]
        answered = tuple(msgspec.structs.replace(call, result=world.reply(call) if world else None) for call in calls)
        made.append(Step(calls=answered, time=1.5))
        made += [Message(role="tool", content=call.result.content) for call in answered if call.result is not None]
    meta = {**of.meta, "prompt_tokens": 100, "completion_tokens": 10, "run": {"prompt": "plain"}, **fields.pop("meta", {})}
    key = f"{model}/{of.id}/{sample}"
    own = {"tool_sets": of.tool_sets, "request": of.request, "turns": tuple(made), "gold": of.gold, "meta": meta}
    return Trajectory(key=key, id=key, task=of.id, sample=sample, model=model, **{**own, **fields})


def attempted(trajectory: Trajectory) -> Attempted:
    """The attempt with what is found in it."""
    return Attempted(trajectory=trajectory, verdict=classify(trajectory))
