"""A trajectory cut to what the tagger looks at, so that the work on a hostile one stays small."""

from __future__ import annotations

from typing import Any

import msgspec

from spectool.model import Call, Message, Step, Trajectory

# Characters of a message or a result, of all texts of one call's arguments, and values in it.
MAX_SAID = 50_000
MAX_WRITTEN = 16_000
MAX_VALUES = 500
MAX_DEPTH = 12
# Turns, the first ones.
MAX_TURNS = 500


def bounded(trajectory: Trajectory) -> Trajectory:
    """The trajectory without its gold, its turns and texts cut where they are too long to be looked at."""
    return msgspec.structs.replace(trajectory, gold=None, turns=tuple(map(_turn, trajectory.turns[:MAX_TURNS])))


def _turn(turn: Message | Step) -> Message | Step:
    if isinstance(turn, Message):
        return turn if len(turn.content) <= MAX_SAID else msgspec.structs.replace(turn, content=turn.content[:MAX_SAID])
    return msgspec.structs.replace(turn, text=turn.text[:MAX_SAID], calls=tuple(map(_call, turn.calls)))


def _call(call: Call) -> Call:
    result = call.result
    if result is not None and len(result.content) > MAX_SAID:
        result = msgspec.structs.replace(result, content=result.content[:MAX_SAID])
    arguments = None if call.arguments is None else _Room().cut(dict(call.arguments), 0)
    return msgspec.structs.replace(call, arguments=arguments, result=result)


class _Room:
    """What one call's arguments may still hold."""

    def __init__(self) -> None:
        self._texts, self._values = MAX_WRITTEN, MAX_VALUES

    def cut(self, value: Any, depth: int) -> Any:
        """The value, as much of it as there is room for."""
        self._values -= 1
        if isinstance(value, str):
            kept = value[: self._texts]
            self._texts -= len(kept)
            return kept
        if isinstance(value, (list, dict)) and depth >= MAX_DEPTH:
            return None
        if isinstance(value, list):
            return [self.cut(each, depth + 1) for each in value[:MAX_VALUES] if self._values > 0]
        if isinstance(value, dict):
            return {name[:MAX_WRITTEN]: self.cut(each, depth + 1) for name, each in value.items() if self._values > 0}
        return value
