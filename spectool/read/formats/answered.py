"""Which call a tool's reply answers, where logs number calls anew in every step or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from spectool.model import Message, Result, Step
from spectool.read.join import Turns
from spectool.read.steps import with_results

PlacedResult = tuple[int, str | None, Result]
"""(number of turns before it, call id, result)."""


def answered(turns: Sequence[Message | Step], replies: Sequence[PlacedResult]) -> Turns:
    """The turns with each reply joined to the nearest step before it that made a call of that id, else to the nearest step that called.

    Ids need only be unique within a step: several agents' logs begin again at ``call_0`` every turn.
    """
    done = list(turns)
    by_step: dict[int, list[tuple[str | None, Result]]] = {}
    for before, call_id, result in replies:
        place = _place(turns, before, call_id)
        if place is not None:
            by_step.setdefault(place, []).append((call_id, result))
    for place, results in by_step.items():
        done[place] = with_results((done[place],), results)[0]
    return tuple(done)


def _place(turns: Sequence[Message | Step], before: int, call_id: str | None) -> int | None:
    nearest = None
    for place in range(before - 1, -1, -1):
        turn = turns[place]
        if not isinstance(turn, Step) or not turn.calls:
            continue
        if nearest is None:
            nearest = place
        if call_id is None or any(call.id == call_id for call in turn.calls):
            return place
    return nearest
