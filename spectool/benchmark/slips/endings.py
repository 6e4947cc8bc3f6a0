"""How a run ends and what the harness does to it: failures passed over, budgets used up, turns cut or lost."""

from __future__ import annotations

from random import Random

import msgspec

from spectool.benchmark.draft import NATIVE, Draft, Mark, Turn
from spectool.benchmark.slips.formats import JSON
from spectool.benchmark.slips.missing_calls import stopped_early
from spectool.benchmark.slips.places import Slipped
from spectool.benchmark.slips.repeats import ADMITTED, FAILED
from spectool.benchmark.written import text_of

PASSED_OVER = "All done, enjoy your day!"
REFUSED = "I'm sorry, but I can't help with that."
ENGINE_FAILED = "Error during inference: 429 Too Many Requests"


def _ends_with_a_call(draft: Draft) -> bool:
    return not draft.taken and bool(draft.turns) and len(draft.turns[-1].moves) == 1


def _failing(draft: Draft, words: str) -> tuple[Draft, int]:
    """The draft whose last call fails, with ``words`` after it, and that call's number."""
    turn = next(turn for turn in reversed(draft.turns) if turn.moves)
    last = turn.moves[-1]
    after = draft.with_move(msgspec.structs.replace(last, result=FAILED))
    return after.ending(Turn(id=draft.new_id(), say=words)).taking(last.id), last.id


def ignored_tool_error(draft: Draft, rng: Random) -> Slipped | None:
    """The last call fails, and the answer passes over it."""
    if draft.taken or not draft.moves or len(next(t for t in reversed(draft.turns) if t.moves).moves) != 1:
        return None
    after, last = _failing(draft, PASSED_OVER)
    return after, (Mark(error="ignored_tool_error", subtype="continued", tier="likely", move=last),)


def unrecovered_error(draft: Draft, rng: Random) -> Slipped | None:
    """A call fails half-way, the model admits it and ends, and the later calls never come."""
    stopped = stopped_early(draft, rng)
    if stopped is None:
        return None
    after, last = _failing(stopped[0], ADMITTED)
    return after, (*stopped[1], Mark(error="unrecovered_error", subtype="gave_up", tier="likely", move=last))


def out_of_steps(draft: Draft, rng: Random) -> Slipped | None:
    """The last step that the request allows still calls."""
    steps = [turn for turn in draft.turns if turn.moves]
    if draft.taken or len(steps) < 2:
        return None
    if not all(turn.moves for turn in draft.ending().turns):
        return None
    after = msgspec.structs.replace(draft.ending(), request=msgspec.structs.replace(draft.request, max_steps=len(steps)))
    return after, (Mark(error="budget_limit", subtype="steps", turn=steps[-1].id),)


def out_of_tokens(draft: Draft, rng: Random) -> Slipped | None:
    """The harness reports that the context was used up."""
    if draft.taken or not draft.turns:
        return None
    after = msgspec.structs.replace(draft, meta={**draft.meta, "termination_reason": "context_length"})
    return after, (Mark(error="budget_limit", subtype="tokens", turn=draft.turns[-1].id),)


def cut(draft: Draft, rng: Random) -> Slipped | None:
    """The engine's length limit in the middle of a call."""
    if not _ends_with_a_call(draft) or draft.dialect not in JSON or not draft.moves[-1].arguments:
        return None
    turn = draft.turns[-1]
    text = text_of(draft.dialect, turn.moves)
    raw = text[: text.index(next(iter(turn.moves[0].arguments))) + 2]
    after = draft.with_turn(msgspec.structs.replace(turn, raw=raw, finish="length")).taking(turn.moves[0].id)
    return after, (Mark(error="truncated", subtype="length", turn=turn.id),)


def engine_failed(draft: Draft, rng: Random) -> Slipped | None:
    """An error message of the engine in place of the last turn."""
    if draft.taken or not draft.turns:
        return None
    turn = draft.turns[-1]
    failed = Turn(id=turn.id, say=ENGINE_FAILED, tool_set=turn.tool_set, finish="error")
    return draft.with_turn(failed).taking(*(move.id for move in turn.moves)), (
        Mark(error="inference_error", subtype="error", turn=turn.id),
    )


def lost_call(draft: Draft, rng: Random) -> Slipped | None:
    """Several calls written, and all but the last recorded."""
    for turn in draft.turns:
        if draft.dialect == NATIVE and not draft.taken and len(turn.moves) > 1:
            changed = msgspec.structs.replace(turn, raw=text_of("hermes", turn.moves), kept=len(turn.moves) - 1)
            after = draft.with_turn(changed).taking(*(move.id for move in turn.moves))
            return after, (Mark(error="lost_call", subtype="parallel", turn=turn.id),)
    return None


def refused(draft: Draft, rng: Random) -> Slipped | None:
    """Words that decline where the gold is to call nothing."""
    if draft.taken or draft.moves or not draft.turns:
        return None
    turn = draft.turns[-1]
    after = draft.with_turn(msgspec.structs.replace(turn, say=REFUSED)).taking(turn.id)
    return after, (Mark(error="refusal", subtype="refused", tier="likely", turn=turn.id),)
