"""RAC: the same call again, in one batch, at the next step, in a loop, or unchanged after it failed."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

import msgspec

from spectool.benchmark.alternatives import does, same
from spectool.benchmark.draft import Draft, Mark, Move, Turn
from spectool.benchmark.slips.places import Slipped, open_moves, shuffled
from spectool.model import Result

# Tools that one asks again by their nature: what they say may have changed.
ASKED_AGAIN = re.compile(r"random|shuffl|dice|coin|poll|wait|status|progress|next|current|now\b|latest|live|refresh", re.IGNORECASE)
REPLY = Result(content='{"outcome":"as requested"}')
FAILED = Result(content='{"error":"the id must be a number"}', is_error=True)
ADMITTED = "I could not finish this: the tool reported an error."


def _candidates(draft: Draft, rng: Random) -> list[Move]:
    """Free calls that no path of the gold makes more than once, of tools that one does not ask again."""
    made = draft.moves
    paths = draft.gold.paths if draft.gold is not None else ()
    return [
        move
        for move, tool in shuffled(open_moves(draft), rng)
        if move in draft.free
        and not ASKED_AGAIN.search(f"{tool.name} {tool.description}")
        and sum(each.name == move.name and same(each.arguments, move.arguments) for each in made) == 1
        and all(sum(due.name == move.name and does(due, move.arguments) for due in path) <= 1 for path in paths)
    ]


def _again(draft: Draft, move: Move) -> Move:
    return msgspec.structs.replace(move, id=draft.new_id(), due=None)


def _taken(draft: Draft, *moves: Move) -> Draft:
    names = {move.name for move in moves}
    return draft.taking(*(move.id for move in draft.moves if move.name in names))


def same_batch(draft: Draft, rng: Random) -> Slipped | None:
    """A call twice in one batch."""
    for move in _candidates(draft, rng):
        copy = _again(draft, move)
        turn = draft.turn_of(move)
        after = draft.with_turn(msgspec.structs.replace(turn, moves=(*turn.moves, copy)))
        return _taken(after, move), (Mark(error="RAC", subtype="same_batch", move=copy.id),)
    return None


def exact(draft: Draft, rng: Random) -> Slipped | None:
    """A call that only looks, once more at the next step, with the same reply; one that acts may do a further step."""
    for move in _candidates(draft, rng):
        turn, tool = draft.turn_of(move), draft.tool_of(move)
        if len(turn.moves) > 1 or tool is None or tool.effect != "read" or (move.result is not None and move.result.is_error):
            continue
        return _repeated(draft, turn, move, move.result or REPLY, "exact")
    return None


def _repeated(draft: Draft, turn: Turn, move: Move, result: Result, subtype: str) -> Slipped:
    first = msgspec.structs.replace(move, result=result)
    again = _again(draft, first)
    later = Turn(id=again.id + 1, moves=(again,), tool_set=turn.tool_set, finish=turn.finish)
    after = draft.with_turn(msgspec.structs.replace(turn, moves=(first,)), later)
    return _taken(after, move), (Mark(error="RAC", subtype=subtype, move=again.id),)


def retry_same_error(draft: Draft, rng: Random) -> Slipped | None:
    """A call that fails, made again as it was, failing as before; then the failure is told."""
    moves = draft.moves
    if not moves or draft.turn_of(moves[-1]) is not draft.turns[-1]:
        return None
    for move in _candidates(draft, rng):
        turn = draft.turn_of(move)
        if len(turn.moves) > 1 or move.id != moves[-1].id:
            continue
        after, marks = _repeated(draft, turn, move, FAILED, "retry_same_error")
        words = Turn(id=after.new_id(), say=ADMITTED)
        return msgspec.structs.replace(after, parts=(*after.parts, words)), marks
    return None


def loop(draft: Draft, rng: Random) -> Slipped | None:
    """Two reading steps, and both once more with the same replies: a repeat at first, a loop once the second follows too."""
    steps = [turn for turn in draft.turns if turn.moves]
    able = {move.id for move in _candidates(draft, rng)}
    for first, second in shuffled(list(pairwise(steps)), rng):
        pair = [*first.moves, *second.moves]
        if len(pair) != 2 or not all(m.id in able and m.result is not None and not m.result.is_error for m in pair):
            continue
        if any((tool := draft.tool_of(move)) is None or tool.effect != "read" for move in pair):
            continue
        number = draft.new_id()
        copies = [msgspec.structs.replace(move, id=number + i, due=None) for i, move in enumerate(pair)]
        turns = [Turn(id=number + 2 + i, moves=(copy,), tool_set=second.tool_set, finish=second.finish) for i, copy in enumerate(copies)]
        marks = tuple(Mark(error="RAC", subtype=kind, move=copy.id) for kind, copy in zip(("exact", "loop"), copies, strict=True))
        return _taken(draft.with_turn(second, *turns), *pair), marks
    return None
