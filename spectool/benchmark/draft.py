"""An answer while it is being made up: its calls with the gold calls they stand for, the slips marked in it.

Slips change a draft and mark what they planted by the call's number or the turn's, since places shift while a second slip is still to come.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from spectool.model import ExpectedCall, Gold, Message, Request, Result, Task, Tier, Tool
from spectool.references import Path

NATIVE = "native"
# What an agent does after a call that was refused: makes the right one, makes the same once more before that, stops and says why, or stops
# as if all were well.
Conduct = Literal["mends", "repeats", "gives_up", "passes_over"]


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """One call of a draft.

    ``id`` stays with it wherever it goes; ``due`` is the gold call it makes, ``None`` for one that the gold does not hold;
    ``text`` replaces the JSON of its arguments where an interface returns them as text.
    """

    id: int
    name: str
    arguments: Mapping[str, Any]
    due: ExpectedCall | None = None
    result: Result | None = None
    text: str | None = None


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """One assistant turn of a draft: its moves, or what it says instead.

    ``raw`` replaces what the dialect would write; ``kept`` is how many of its calls the harness records (``None``: all).
    """

    id: int
    moves: tuple[Move, ...] = ()
    say: str = ""
    tool_set: int = 0
    finish: str = "stop"
    raw: str | None = None
    kept: int | None = None


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A finding to be expected: at a move (``path`` leads on from its arguments), at a turn, or (neither) of the whole run."""

    error: str
    subtype: str
    tier: Tier = "certain"
    move: int | None = None
    path: Path | None = None
    turn: int | None = None


class Planted(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A finding that a broken answer must show: which, where (a JSONPath from the trajectory), and how sure."""

    error: str
    subtype: str
    path: str
    tier: Tier = "certain"


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to ``task`` in the making.

    ``parts`` are the user's and system's messages and the model's turns in order; ``dialect`` is the syntax asked for and written;
    ``taken`` names what a slip has used, a move's id or (id, argument), so that a second one stays clear of it.
    """

    task: Task
    parts: tuple[Message | Turn, ...]
    dialect: str = NATIVE
    tool_sets: tuple[tuple[Tool, ...], ...] = ()
    request: Request = Request()
    gold: Gold | None = None
    meta: Mapping[str, Any] = msgspec.field(default_factory=dict)
    taken: frozenset[int | tuple[int, str]] = frozenset()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The model's turns."""
        return tuple(part for part in self.parts if isinstance(part, Turn))

    @property
    def moves(self) -> tuple[Move, ...]:
        """All calls in the order made."""
        return tuple(move for turn in self.turns for move in turn.moves)

    @property
    def free(self) -> tuple[Move, ...]:
        """The calls of the gold that no slip has touched."""
        touched = {one if isinstance(one, int) else one[0] for one in self.taken}
        return tuple(move for move in self.moves if move.id not in touched and move.due is not None)

    def turn_of(self, move: Move) -> Turn:
        """The turn that makes ``move``."""
        return next(turn for turn in self.turns if any(each.id == move.id for each in turn.moves))

    def offered(self, turn: Turn) -> Mapping[str, Tool]:
        """The tools offered at a turn, by name."""
        sets = self.tool_sets
        return {tool.name: tool for tool in sets[turn.tool_set]} if turn.tool_set < len(sets) else {}

    def tool_of(self, move: Move) -> Tool | None:
        """The offered tool that ``move`` calls."""
        return self.offered(self.turn_of(move)).get(move.name)

    def new_id(self) -> int:
        """A number that no turn and no move has."""
        return 1 + max([*(turn.id for turn in self.turns), *(move.id for move in self.moves)], default=0)

    def with_turn(self, changed: Turn, *after: Turn) -> Draft:
        """The draft with the turn of that id changed, and more turns ``after`` it."""
        parts: list[Message | Turn] = []
        for part in self.parts:
            same = isinstance(part, Turn) and part.id == changed.id
            parts.extend((changed, *after) if same else (part,))
        return msgspec.structs.replace(self, parts=tuple(parts))

    def with_move(self, changed: Move, *after: Move) -> Draft:
        """The draft with the move of that id changed, and more moves ``after`` it in the same turn."""
        turn = self.turn_of(changed)
        moves: list[Move] = []
        for move in turn.moves:
            moves.extend((changed, *after) if move.id == changed.id else (move,))
        return self.with_turn(msgspec.structs.replace(turn, moves=tuple(moves)))

    def without(self, *ids: int) -> Draft:
        """The draft without the moves of those ids; a turn left without any goes too, unless it says something."""
        kept: list[Message | Turn] = []
        for part in self.parts:
            if not isinstance(part, Turn) or not any(move.id in ids for move in part.moves):
                kept.append(part)
            elif moves := tuple(move for move in part.moves if move.id not in ids):
                kept.append(msgspec.structs.replace(part, moves=moves))
        return msgspec.structs.replace(self, parts=tuple(kept))

    def ending(self, *words: Turn) -> Draft:
        """The draft without what is said after its last call, and with ``words`` in its place."""
        parts = list(self.parts)
        while parts and isinstance(parts[-1], Turn) and not parts[-1].moves:
            parts.pop()
        return msgspec.structs.replace(self, parts=(*parts, *words))

    def taking(self, *used: int | tuple[int, str]) -> Draft:
        """The draft with more of it taken."""
        return msgspec.structs.replace(self, taken=self.taken.union(used))
