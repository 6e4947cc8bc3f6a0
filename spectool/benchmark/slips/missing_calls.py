"""IAC: gold calls that are not made."""

from __future__ import annotations

from random import Random

from spectool.benchmark.draft import Draft, Mark, Turn
from spectool.benchmark.replay import ANSWER
from spectool.benchmark.slips.places import Slipped, shuffled


def is_one_path(draft: Draft) -> bool:
    """Whether the gold holds one path of calls, all due to the same user message: then what is missing is missing from it."""
    paths = draft.gold.paths if draft.gold is not None else ()
    return len(paths) == 1 and len({due.turn for due in paths[0]}) == 1


def _stops(draft: Draft, made: int) -> Draft:
    """The draft with its first ``made`` calls, and an end after them."""
    gone = [move.id for move in draft.moves[made:]]
    after = draft.without(*gone)
    if made and all(turn.moves for turn in after.turns):
        return after
    return after.ending(Turn(id=draft.new_id(), say=ANSWER))


def _is_fresh(draft: Draft) -> bool:
    return not draft.taken and bool(draft.moves) and is_one_path(draft)


def no_call(draft: Draft, rng: Random) -> Slipped | None:
    """An answer in words instead of calls: one finding for each gold call."""
    if not _is_fresh(draft):
        return None
    return _stops(draft, 0).taking(*(m.id for m in draft.moves)), tuple(Mark(error="IAC", subtype="no_call") for _ in draft.moves)


def missing_parallel(draft: Draft, rng: Random) -> Slipped | None:
    """One of the calls of a parallel batch left out."""
    if not is_one_path(draft) or draft.gold is None or draft.gold.mode != "unordered":
        return None
    for turn in shuffled(draft.turns, rng):
        names = [move.name for move in turn.moves]
        free = [move for move in turn.moves if move in draft.free]
        if len(turn.moves) > 1 and (free := [move for move in free if not draft.taken or names.count(move.name) == 1]):
            gone = rng.choice(free)
            return _left_out(draft, gone.id, gone.name, "missing_parallel")
    return None


def _left_out(draft: Draft, gone: int, name: str, subtype: str) -> Slipped:
    alike = [move.id for move in draft.moves if move.name == name]
    return draft.without(gone).taking(*alike), (Mark(error="IAC", subtype=subtype),)


def stopped_early(draft: Draft, rng: Random) -> Slipped | None:
    """An end half-way: the calls of the first steps, and none of the later ones."""
    steps = [turn for turn in draft.turns if turn.moves]
    if not _is_fresh(draft) or len(steps) < 2:
        return None
    made = sum(len(turn.moves) for turn in steps[: rng.randint(1, len(steps) - 1)])
    if (reply := draft.moves[made - 1].result) is not None and reply.is_error:
        return None
    marks = tuple(Mark(error="IAC", subtype="stopped_early") for _ in draft.moves[made:])
    return _stops(draft, made).taking(*(move.id for move in draft.moves)), marks


def missing_call(draft: Draft, rng: Random) -> Slipped | None:
    """A step before the last left out."""
    steps = [turn for turn in draft.turns if turn.moves]
    if not is_one_path(draft) or len(steps) < 2 or draft.gold is None or draft.gold.mode == "exact":
        return None
    names = [move.name for move in draft.moves]
    for turn in shuffled(steps[:-1], rng):
        free = [move for move in turn.moves if move in draft.free and names.count(move.name) == 1]
        if len(turn.moves) == 1 and free:
            return _left_out(draft, free[0].id, free[0].name, "missing_call")
    return None
