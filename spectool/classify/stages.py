"""Which stage of a scripted user's wishes each user turn belongs to: gold counts stages, a conversation counts turns.

A user who is asked back speaks more often than the script has stages. The harness says which turn belongs to which
(``meta["stage_of_turn"]``); where it does not, but the task's script is there, a turn that opens the next stage in its words begins it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spectool.model import Message, Step, Trajectory


def stages_of(trajectory: Trajectory) -> Sequence[Any]:
    """The stage of each user turn; empty where nothing tells, so that every turn is a stage of its own."""
    told = trajectory.meta.get("stage_of_turn")
    if isinstance(told, list | tuple):
        return told
    openings = list(_openings(trajectory.meta.get("user")))
    if not openings:
        return ()
    stages: list[int] = []
    for said in _user_turns(trajectory.turns):
        stage = stages[-1] if stages else 0
        stages.append(stage + (bool(stages) and stage + 1 < len(openings) and said == openings[stage + 1]))
    return stages


def stage(stages: Sequence[Any], turn: int) -> int:
    """The stage of a user turn."""
    found = stages[turn] if turn < len(stages) else turn
    return found if isinstance(found, int) else turn


def _openings(script: object) -> Iterator[str]:
    """What opens each stage of a user's script; nothing where it is no script."""
    stages = script.get("stages") if isinstance(script, Mapping) else None
    for each in stages if isinstance(stages, list | tuple) else ():
        yield str(each.get("says", "")) if isinstance(each, Mapping) else ""


def _user_turns(turns: Sequence[Message | Step]) -> Iterator[str]:
    """The first message of each user turn."""
    spoke = True
    for turn in turns:
        if isinstance(turn, Message):
            if turn.role == "user" and spoke:
                spoke = False
                yield turn.content
        else:
            spoke = True
