"""What kind of absence it is when a gold call is never made, told from how the perfect run makes it.

By the taxonomy: nothing was called in its user turn (``no_call``), independent calls of one turn were made and this one not
(``missing_parallel``), later calls were made without it (``missing_call``), or the turn ended before it (``stopped_early``).
"""

from __future__ import annotations

from collections.abc import Collection

from spectool.benchmark.draft import Draft, Mark, Move, Turn
from spectool.benchmark.knowing import values_in
from spectool.model import Message


def stages_of(draft: Draft) -> dict[int, list[Move]]:
    """The gold's calls by the user turn that they answer."""
    found: dict[int, list[Move]] = {}
    for move in draft.moves:
        if move.due is not None:
            found.setdefault(move.due.turn, []).append(move)
    return found


def absent(perfect: Draft, gone: Collection[int]) -> tuple[Mark, ...]:
    """A mark for each of the perfect run's calls that are ``gone``."""
    stages = stages_of(perfect)
    return tuple(
        Mark(error="IAC", subtype=_subtype(perfect, mine, move, gone)) for mine in stages.values() for move in mine if move.id in gone
    )


def due_after(perfect: Draft, turn: Turn, stage: int) -> list[Move]:
    """The calls of a user turn that the perfect run makes after ``turn``."""
    turns = perfect.turns
    place = next((index for index, each in enumerate(turns) if each.id == turn.id), len(turns))
    return [move for each in turns[place + 1 :] for move in each.moves if move.due is not None and move.due.turn == stage]


def _subtype(perfect: Draft, mine: list[Move], move: Move, gone: Collection[int]) -> str:
    made = [each for each in mine if each.id not in gone]
    if not made:
        return "no_call"
    mode = perfect.gold.mode if perfect.gold is not None else None
    if mode == "unordered":
        return "missing_parallel"
    if any(mine.index(each) > mine.index(move) for each in made):
        return "missing_call"
    return "missing_parallel" if mode == "required" and _is_independent(perfect, move, made) else "stopped_early"


def _is_independent(perfect: Draft, move: Move, made: list[Move]) -> bool:
    """Whether the request alone tells all that a call needs: nothing has been changed before, no reply tells one of its values."""
    if any((tool := perfect.tool_of(each)) is not None and tool.effect == "write" for each in made):
        return False
    said = "\n".join(part.content for part in perfect.parts if isinstance(part, Message) and part.role == "user").casefold()
    got = "\n".join(each.result.content for each in made if each.result is not None).casefold()
    return all(value.casefold() in said or value.casefold() not in got for value in values_in(move.arguments))
