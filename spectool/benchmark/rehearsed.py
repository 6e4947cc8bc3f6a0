"""A task played perfectly, as a draft: the calls with the gold calls they make, so that slips can be planted in them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from spectool.benchmark.draft import Draft, Move, Turn
from spectool.benchmark.rehearsal import rehearse
from spectool.environments.episode.finish import with_finish
from spectool.model import ExpectedCall, Message, Step, Task


def draft_of(task: Task, path: int = 0, *, finish: bool = False) -> Draft:
    """The perfect run along gold path number ``path``, with the results that the task's world gives.

    ``finish``: the run ends with a call of the tool of that name, instead of in words.

    Raises:
        StaleWorld: the task's world is not the one here.
        BrokenScript: its user's script cannot be read.
        ValueError: the task names no world, or no such path.
    """
    task = with_finish(task) if finish else task
    trajectory = rehearse(task, path).trajectory
    # In the order in which they are made: by stage, within a stage as the path has them.
    due = iter(sorted(task.gold.paths[path], key=lambda call: call.turn) if task.gold is not None else ())
    parts = _finished(list(_parts(trajectory.turns, due))) if finish else _parts(trajectory.turns, due)
    meta = {name: value for name, value in task.meta.items() if name not in ("user", "script")}
    stages = {name: value for name, value in trajectory.meta.items() if name == "stage_of_turn"}
    return Draft(
        task=msgspec.structs.replace(task, meta=meta),
        parts=tuple(parts),
        tool_sets=task.tool_sets,
        request=task.request,
        gold=task.gold,
        meta={**stages, "stopped": "finished" if finish else "answered"},
    )


def _parts(turns: tuple[Message | Step, ...], due: Iterator[ExpectedCall]) -> Iterator[Message | Turn]:
    """Messages but for the tools' (they are written with the calls), and turns; numbers are those of nothing else in the draft."""
    number = 0
    for turn in turns:
        if isinstance(turn, Message):
            if turn.role != "tool":
                yield turn
            continue
        moves = []
        for call in turn.calls:
            number += 1
            moves.append(Move(id=number, name=call.name, arguments=call.arguments or {}, due=next(due), result=call.result))
        number += 1
        yield Turn(id=number, moves=tuple(moves), say=turn.text, finish=turn.finish_reason or "stop")


def _finished(parts: list[Message | Turn]) -> list[Message | Turn]:
    """The same with the last words told in a call of ``finish``."""
    last = parts[-1]
    if not isinstance(last, Turn):
        return parts
    move = Move(id=last.id + 1, name="finish", arguments={"answer": last.say})
    return [*parts[:-1], msgspec.structs.replace(last, moves=(move,), finish="tool_calls")]
