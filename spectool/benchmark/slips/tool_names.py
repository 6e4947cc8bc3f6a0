"""IFN: names that were not offered at the step, and the name that only the harness rewrote."""

from __future__ import annotations

import re
from random import Random

import msgspec

from spectool.benchmark.draft import NATIVE, Draft, Mark, Move
from spectool.benchmark.slips.material import VERBS, is_far
from spectool.benchmark.slips.misspelt import misspelt
from spectool.benchmark.slips.places import Slipped, open_moves, shuffled

_FORBIDDEN = re.compile(r"[^A-Za-z0-9_-]")
NAMESPACES = ("functions.", "tools.", "default_api.")


def _known(draft: Draft) -> list[str]:
    return [tool.name for tools in draft.tool_sets for tool in tools]


def _untouched(draft: Draft) -> list[Move]:
    """Calls that may be charged as a whole."""
    touched = {one[0] for one in draft.taken if isinstance(one, tuple)}
    return [move for move, _ in open_moves(draft) if move.id not in touched]


def _called(draft: Draft, move: Move, name: str, error: str, subtype: str) -> Slipped:
    after = draft.with_move(msgspec.structs.replace(move, name=name)).taking(move.id)
    return after, (Mark(error=error, subtype=subtype, move=move.id),)


def near_miss(draft: Draft, rng: Random) -> Slipped | None:
    """An offered name misspelt, or with a namespace before it."""
    known = _known(draft)
    for move in shuffled(_untouched(draft), rng):
        options = [*misspelt(move.name, known, rng), *(space + move.name for space in NAMESPACES if "." not in move.name)]
        for new in shuffled(options, rng):
            if new not in known and not _is_rewritten(new, draft):
                return _called(draft, move, new, "IFN", "near_miss")
    return None


def _is_rewritten(name: str, draft: Draft) -> bool:
    """Whether an interface's own rule for names turns an offered one into ``name``."""
    return draft.dialect == NATIVE and any(_FORBIDDEN.sub("_", offered) == name for offered in _known(draft))


def invented(draft: Draft, rng: Random) -> Slipped | None:
    """A name that is known nowhere and like no other."""
    for move in shuffled(_untouched(draft), rng):
        for new in rng.sample(VERBS, len(VERBS)):
            if is_far(new, _known(draft)):
                return _called(draft, move, new, "IFN", "invented")
    return None


def not_offered(draft: Draft, rng: Random) -> Slipped | None:
    """A tool called after it was withdrawn: it was offered in the conversation, and is not at this step."""
    for move in shuffled(_untouched(draft), rng):
        turn = draft.turn_of(move)
        offered = draft.offered(turn)
        spare = [name for name in offered if name not in {other.name for other in draft.moves} and is_far(name, {move.name})]
        if not spare or len(turn.moves) > 1:
            continue
        gone = rng.choice(spare)
        left = tuple(tool for tool in offered.values() if tool.name != gone)
        after = msgspec.structs.replace(draft, tool_sets=(*draft.tool_sets, left))
        after = after.with_turn(msgspec.structs.replace(turn, tool_set=len(draft.tool_sets)))
        return _called(after, after.turn_of(move).moves[0], gone, "IFN", "not_offered")
    return None


def name_alias(draft: Draft, rng: Random) -> Slipped | None:
    """A dotted name as an interface that forbids dots rewrites it."""
    for move in shuffled(_untouched(draft), rng):
        new = _FORBIDDEN.sub("_", move.name)
        if draft.dialect == NATIVE and new != move.name and new not in _known(draft) and _is_rewritten(new, draft):
            return _called(draft, move, new, "name_alias", "separator")
    return None
