"""Calls that nobody needs, in a run with replies, and what the model says of the gold's claims at the end."""

from __future__ import annotations

import re
from random import Random

import msgspec

from spectool.benchmark.alternatives import does
from spectool.benchmark.draft import Draft, Mark, Move, Turn
from spectool.benchmark.knowing import untold
from spectool.benchmark.slips.material import arguments_of
from spectool.benchmark.slips.places import Slipped, fits, shuffled
from spectool.model import Message

# "12 patents": a figure and what it counts, of which a sentence can give another figure.
COUNTED = re.compile(r"(\d+(?:\.\d+)?) ([a-z]{4,}(?: [a-z]{4,})*)")
WRONG = "77310"


def unneeded_call(draft: Draft, rng: Random) -> Slipped | None:
    """A rightly written call of an offered tool where the gold is to call nothing, then the words that were due."""
    if draft.moves or draft.taken or draft.gold is None or draft.gold.paths != ((),) or not draft.turns:
        return None
    return _besides(draft, draft.turns[-1], rng, "unneeded_call", "no_call_due", first=True)


def extra_call(draft: Draft, rng: Random) -> Slipped | None:
    """A rightly written call of another tool besides those needed, where the gold binds every call; a write, where it has a state."""
    gold = draft.gold
    if gold is None or draft.taken or not draft.moves:
        return None
    if gold.mode not in ("exact", "unordered") and gold.state is None:
        return None
    turn = rng.choice([turn for turn in draft.turns if turn.moves])
    return _besides(draft, turn, rng, "extra_call", "unmatched", first=rng.random() < 0.5)


def _besides(draft: Draft, turn: Turn, rng: Random, error: str, subtype: str, *, first: bool) -> Slipped | None:
    gold = draft.gold
    due = [call for path in gold.paths for call in path] if gold is not None else []
    binds = gold is not None and gold.mode in ("exact", "unordered")
    for tool in shuffled(list(draft.offered(turn).values()), rng):
        arguments = arguments_of(tool, rng)
        known = tool.name in {move.name for move in draft.moves} or any(call.name == tool.name for call in due)
        if known or not fits(tool, arguments) or (not binds and tool.effect != "write") or tool.name == draft.request.finish:
            continue
        if any(call.name == tool.name and does(call, arguments) for call in due):
            continue
        number = draft.new_id()
        move = Move(id=number, name=tool.name, arguments=arguments)
        made = Turn(id=number + 1, moves=(move,), tool_set=turn.tool_set, finish="tool_calls")
        parts: list[Message | Turn] = []
        for part in draft.parts:
            here = (made, part) if first else (part, made)
            parts.extend(here if isinstance(part, Turn) and part.id == turn.id else (part,))
        after = msgspec.structs.replace(draft, parts=tuple(parts))
        return after.taking(*(each.id for each in after.moves)), (Mark(error=error, subtype=subtype, move=move.id),)
    return None


def incomplete_answer(draft: Draft, rng: Random) -> Slipped | None:
    """One of the gold's claims left out of the answer."""
    for claim in shuffled(list(draft.gold.answer), rng) if draft.gold is not None else ():
        others = [each for each in draft.gold.answer if each != claim] if draft.gold is not None else []
        if found := _told(draft, others, claim, "incomplete_answer"):
            return found
    return None


def wrong_answer(draft: Draft, rng: Random) -> Slipped | None:
    """One of the gold's claims told with another figure."""
    for claim in shuffled(list(draft.gold.answer), rng) if draft.gold is not None else ():
        if (form := COUNTED.fullmatch(claim)) is not None:
            others = [each for each in draft.gold.answer if each != claim] if draft.gold is not None else []
            if found := _told(draft, [*others, f"{WRONG} {form[2]}"], claim, "wrong_answer"):
                return found
    return None


def _told(draft: Draft, claims: list[str], instead_of: str, error: str) -> Slipped | None:
    """The last words with these claims only, where what remains does not tell the one left out by chance."""
    last = draft.turns[-1]
    words = f"{'; '.join(claims)}." if claims else "All of it is done."
    parts = {part.casefold() for claim in claims for part in re.findall(r"\w+", claim)}
    if draft.taken or last.moves or not last.say or not list(untold([instead_of], words)):
        return None
    if {part.casefold() for part in re.findall(r"\w+", instead_of)} <= parts:
        return None
    after = draft.with_turn(msgspec.structs.replace(last, say=words)).taking(last.id)
    return after, (Mark(error=error, subtype="claim", tier="candidate", turn=last.id),)
