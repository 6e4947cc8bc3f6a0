"""Beyond the seven: another tool than the one needed, calls too many, calls in the wrong order, limits not kept."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import msgspec

from spectool.benchmark.alternatives import does, same
from spectool.benchmark.draft import Draft, Mark, Move, Turn
from spectool.benchmark.slips.conversation import all_said
from spectool.benchmark.slips.material import arguments_of
from spectool.benchmark.slips.places import Slipped, fits, open_moves, shuffled
from spectool.model import Message, Tool


def _binds_all(draft: Draft) -> bool:
    """Whether the gold is one path that binds the whole set of calls."""
    return draft.gold is not None and draft.gold.mode in ("exact", "unordered") and len(draft.gold.paths) == 1


def _spare(draft: Draft, turn: Turn, rng: Random) -> list[Tool]:
    """Offered tools that neither the gold nor the answer calls."""
    used = {move.name for move in draft.moves} | {due.name for path in (draft.gold.paths if draft.gold else ()) for due in path}
    return shuffled([tool for tool in draft.offered(turn).values() if tool.name not in used], rng)


def wrong_tool(draft: Draft, rng: Random) -> Slipped | None:
    """Another offered tool, rightly called, in the place of a gold call."""
    if not _binds_all(draft) or draft.taken:
        return None
    names = [move.name for move in draft.moves]
    for move in [move for move, _ in shuffled(open_moves(draft), rng) if names.count(move.name) == 1]:
        for tool in _spare(draft, draft.turn_of(move), rng):
            arguments = arguments_of(tool, rng)
            if fits(tool, arguments):
                after = draft.with_move(msgspec.structs.replace(move, name=tool.name, arguments=arguments, due=None))
                return after.taking(move.id), (Mark(error="wrong_tool", subtype="offered", move=move.id),)
    return None


def forced(draft: Draft, rng: Random) -> Slipped | None:
    """A request that names one tool, no gold, and a call of another."""
    if draft.taken or len(draft.moves) != 1 or not all_said(draft):
        return None
    turn = draft.turn_of(draft.moves[0])
    for tool in _spare(draft, turn, rng):
        request = msgspec.structs.replace(draft.request, tool_choice=tool.name)
        after = msgspec.structs.replace(draft, request=request, gold=None)
        return after.taking(draft.moves[0].id), (Mark(error="wrong_tool", subtype="forced", move=draft.moves[0].id),)
    return None


def unneeded_call(draft: Draft, rng: Random) -> Slipped | None:
    """A rightly written call of an offered tool where the gold is to call nothing."""
    if draft.moves or draft.taken or not _binds_all(draft) or not draft.turns:
        return None
    turn = draft.turns[-1]
    for tool in _spare(draft, turn, rng):
        arguments = arguments_of(tool, rng)
        if fits(tool, arguments):
            move = Move(id=draft.new_id(), name=tool.name, arguments=arguments)
            after = draft.with_turn(msgspec.structs.replace(turn, say="", moves=(move,)))
            return after.taking(move.id), (Mark(error="unneeded_call", subtype="no_call_due", move=move.id),)
    return None


def switched_off(draft: Draft, rng: Random) -> Slipped | None:
    """A request without gold that switches calls off, and is answered with calls."""
    if draft.taken or not draft.moves or not all_said(draft):
        return None
    after = msgspec.structs.replace(draft, request=msgspec.structs.replace(draft.request, tool_choice="none"), gold=None)
    marks = tuple(Mark(error="unneeded_call", subtype="tool_choice_none", move=move.id) for move in draft.moves)
    alike = any(same((a.name, a.arguments), (b.name, b.arguments)) for i, a in enumerate(draft.moves) for b in draft.moves[:i])
    return None if alike else (after.taking(*(move.id for move in draft.moves)), marks)


def extra_call(draft: Draft, rng: Random) -> Slipped | None:
    """A rightly written call of a tool that the task does not need, beside the calls that it needs."""
    if not _binds_all(draft) or not draft.moves:
        return None
    turn = draft.turn_of(draft.moves[-1])
    if turn.moves[-1].result is not None:
        return None
    for tool in _spare(draft, turn, rng):
        arguments = arguments_of(tool, rng)
        due = [due for path in (draft.gold.paths if draft.gold else ()) for due in path]
        if fits(tool, arguments) and not any(each.name == tool.name and does(each, arguments) for each in due):
            move = Move(id=draft.new_id(), name=tool.name, arguments=arguments)
            after = draft.with_turn(msgspec.structs.replace(turn, moves=(*turn.moves, move)))
            return after.taking(move.id), (Mark(error="extra_call", subtype="unmatched", move=move.id),)
    return None


def wrong_order(draft: Draft, rng: Random) -> Slipped | None:
    """Two neighbouring steps of an ordered gold in the other order, each with its own reply."""
    steps = [turn for turn in draft.turns if turn.moves]
    if draft.gold is None or draft.gold.mode != "ordered" or len(draft.gold.paths) > 1:
        return None
    for first, second in shuffled(list(pairwise(steps)), rng):
        pair = [*first.moves, *second.moves]
        if len(pair) != 2 or not all(move in draft.free for move in pair) or pair[0].name == pair[1].name:
            continue
        swapped = {first.id: second, second.id: first}
        parts: tuple[Message | Turn, ...] = tuple(swapped.get(p.id, p) if isinstance(p, Turn) else p for p in draft.parts)
        after = msgspec.structs.replace(draft, parts=parts)
        return after.taking(*(move.id for move in pair)), (Mark(error="wrong_order", subtype="order", move=pair[0].id),)
    return None


def parallel(draft: Draft, rng: Random) -> Slipped | None:
    """Several calls in one step although the request switched parallel calls off."""
    turn = next((turn for turn in draft.turns if len(turn.moves) > 1), None)
    if turn is None:
        return None
    after = msgspec.structs.replace(draft, request=msgspec.structs.replace(draft.request, parallel_tool_calls=False))
    return after, (Mark(error="constraint_violation", subtype="parallel", turn=turn.id),)


def limit(draft: Draft, rng: Random) -> Slipped | None:
    """One call more than the request allows."""
    moves = draft.moves
    if len(moves) < 2:
        return None
    after = msgspec.structs.replace(draft, request=msgspec.structs.replace(draft.request, max_calls=len(moves) - 1))
    return after, (Mark(error="constraint_violation", subtype="limit", move=moves[-1].id),)
