"""What an agent can know at each step of a run: what users said and what its calls brought, beside what the perfect run brought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spectool.benchmark.draft import Draft, Move, Turn
from spectool.model import Message

# Shorter values stand everywhere and tell nothing of where they come from.
SHORT = 2


class Known:
    """Follows a run that may depart from the perfect one.

    A value is out of reach where the perfect run had it from a reply, no message says it, and no reply of this run has brought it. All else
    (options of a schema, figures that one counts out) is known to anybody.
    """

    def __init__(self, perfect: Draft) -> None:
        self._said = "\n".join(part.content for part in perfect.parts if isinstance(part, Message)).casefold()
        self._due = {move.result.content for move in perfect.moves if move.result is not None}
        self._before = {move.id: earlier for move, earlier in _with_earlier(perfect)}
        self._got: list[str] = []

    def hear(self, message: Message) -> None:
        """What a message of this run says."""
        self._said += "\n" + message.content.casefold()

    def read(self, turn: Turn) -> None:
        """What the calls of a turn brought."""
        self._got += [move.result.content for move in turn.moves if move.result is not None]

    @property
    def has_all(self) -> bool:
        """Whether this run has brought all that the perfect one did."""
        return self._due <= set(self._got)

    def covers(self, move: Move) -> bool:
        """Whether all that a call of the perfect run gives can be known by now."""
        earlier = self._before.get(move.id, "")
        got = "\n".join(self._got)
        return all(value.casefold() in self._said or value not in earlier or value in got for value in values_in(move.arguments))


def _with_earlier(perfect: Draft) -> Iterator[tuple[Move, str]]:
    """Each call with all that replies had told before its turn."""
    told = ""
    for turn in perfect.turns:
        for move in turn.moves:
            yield move, told
        told += "\n".join(move.result.content for move in turn.moves if move.result is not None)


def values_in(value: Any) -> Iterator[str]:
    """The texts and numbers in arguments that are long enough to come from somewhere, as text."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from values_in(inner)
    elif isinstance(value, str | int | float) and not isinstance(value, bool) and len(str(value)) > SHORT:
        yield str(value)


def untold(claims: Sequence[str], said: str) -> Iterator[str]:
    """The claims that a text does not hold as they stand."""
    said = said.casefold()
    yield from (claim for claim in claims if claim.casefold() not in said)
