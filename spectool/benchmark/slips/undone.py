"""IAC in a run with replies: calls of one user turn that are not made, each marked as the kind of absence that it is."""

from __future__ import annotations

from random import Random

from spectool.benchmark.absences import absent, stages_of
from spectool.benchmark.draft import Draft, Move
from spectool.benchmark.slips.places import Slipped, shuffled


def no_call(draft: Draft, rng: Random) -> Slipped | None:
    """Words instead of all calls of a user turn."""
    stages = stages_of(draft)
    return _left_out(draft, rng.choice(list(stages.values())), "no_call") if stages else None


def missing_parallel(draft: Draft, rng: Random) -> Slipped | None:
    """One of several independent calls left out."""
    for mine in shuffled(list(stages_of(draft).values()), rng):
        for move in shuffled(mine, rng) if len(mine) > 1 else ():
            if (found := _left_out(draft, [move], "missing_parallel")) is not None:
                return found
    return None


def stopped_early(draft: Draft, rng: Random) -> Slipped | None:
    """The first calls of a user turn, and none of the later ones."""
    for mine in shuffled(list(stages_of(draft).values()), rng):
        for made in shuffled(list(range(1, len(mine))), rng):
            if (found := _left_out(draft, mine[made:], "stopped_early")) is not None:
                return found
    return None


def missing_call(draft: Draft, rng: Random) -> Slipped | None:
    """A call before the last of its user turn left out."""
    for mine in shuffled(list(stages_of(draft).values()), rng):
        for move in shuffled(mine[:-1], rng):
            if (found := _left_out(draft, [move], "missing_call")) is not None:
                return found
    return None


def _left_out(draft: Draft, gone: list[Move], subtype: str) -> Slipped | None:
    """The draft without some calls, where one of them is then missing in that way."""
    if draft.taken or draft.gold is None:
        return None
    ids = [move.id for move in gone]
    marks = absent(draft, ids)
    if not any(mark.subtype == subtype for mark in marks):
        return None
    return draft.without(*ids).taking(*(move.id for move in draft.moves)), marks
