"""Writes a draft down: as a trajectory, by the readers that read a model's output, and its marks as the paths of what must be found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import msgspec

from spectool.benchmark.draft import NATIVE, Draft, Mark, Move, Planted, Turn
from spectool.model import Call, Message, Step, Trajectory
from spectool.read.dialects.registry import dialect as dialect_named
from spectool.read.record import as_json
from spectool.read.steps import step_from_native, step_from_text
from spectool.references import Path


class Unwritable(ValueError):
    """A draft's dialect has no way to write one of its calls."""


def written(draft: Draft, marks: tuple[Mark, ...] = (), *, id: str = "", model: str = "") -> tuple[Trajectory, tuple[Planted, ...]]:
    """The draft as a trajectory, and its marks as what must be found there.

    Raises:
        Unwritable: the draft's dialect cannot express a call, so that reading it back would give another.
    """
    turns: list[Message | Step] = []
    places: dict[int, str] = {}
    for part in draft.parts:
        if isinstance(part, Message):
            turns.append(part)
            continue
        here = places[part.id] = f"$.turns[{len(turns)}]"
        places.update((move.id, f"{here}.calls[{index}]") for index, move in enumerate(part.moves))
        step = step_of(draft, part)
        turns.append(step)
        turns.extend(Message(role="tool", content=call.result.content) for call in step.calls if call.result is not None)
    name = id or draft.task.id
    return _trajectory(draft, tuple(turns), name, model), tuple(sorted(_planted(marks, places)))


def _trajectory(draft: Draft, turns: tuple[Message | Step, ...], name: str, model: str) -> Trajectory:
    task = draft.task
    kept = {key: value for key, value in task.meta.items() if key != "script"}  # what it answered is in the turns
    return Trajectory(
        key=name,
        id=name,
        task=task.id,
        model=model,
        tool_sets=draft.tool_sets,
        request=msgspec.structs.replace(draft.request, dialect=None if draft.dialect == NATIVE else draft.dialect),
        turns=turns,
        gold=draft.gold,
        tags=task.tags,
        meta={**kept, **draft.meta},
    )


def jsonpath(path: Path) -> str:
    """A path as JSONPath (RFC 9535); written here once more, so that a place is not checked by what it is meant to check."""
    parts = []
    for part in path:
        plain = isinstance(part, str) and part.isascii() and part.isidentifier()
        parts.append(f".{part}" if plain else f"[{json.dumps(part)}]")
    return "".join(parts)


def _planted(marks: tuple[Mark, ...], places: Mapping[int, str]) -> Iterator[Planted]:
    for mark in marks:
        path = "$"
        if mark.move is not None:
            path = places[mark.move] + ("" if mark.path is None else ".arguments" + jsonpath(mark.path))
        elif mark.turn is not None:
            path = places[mark.turn]
        yield Planted(error=mark.error, subtype=mark.subtype, path=path, tier=mark.tier)


def step_of(draft: Draft, turn: Turn) -> Step:
    """A turn as the reader of its dialect reads it, each call with the result that its move has; calls that were lost have none.

    Raises:
        Unwritable: the draft's dialect cannot express a call, so that reading it back would give another.
    """
    names = tuple(draft.offered(turn))
    if draft.dialect == NATIVE and turn.moves:
        step = _native(turn)
    elif turn.raw is not None or not turn.moves:
        step = step_from_text(
            turn.say if turn.raw is None else turn.raw, asked=_asked(draft), names=names, tool_set=turn.tool_set, finish_reason=turn.finish
        )
    else:
        step = _texted(draft, turn, names)
    if not any(move.result for move in turn.moves) or len(step.calls) > len(turn.moves):
        return step
    calls = [msgspec.structs.replace(call, result=move.result) for call, move in zip(step.calls, turn.moves, strict=False)]
    return msgspec.structs.replace(step, calls=tuple(calls))


def _asked(draft: Draft) -> str | None:
    return None if draft.dialect == NATIVE else draft.dialect


def _native(turn: Turn) -> Step:
    calls = [(None, move.name, as_json(move.arguments) if move.text is None else move.text) for move in turn.moves]
    content = turn.say if turn.raw is None else turn.raw
    return step_from_native(content or None, calls[: turn.kept], tool_set=turn.tool_set, finish_reason=turn.finish)


def _texted(draft: Draft, turn: Turn, names: tuple[str, ...]) -> Step:
    text = text_of(draft.dialect, turn.moves)
    step = step_from_text(text, asked=draft.dialect, names=names, tool_set=turn.tool_set, finish_reason=turn.finish)
    read = [(call.name, call.arguments, call.problem) for call in step.calls]
    if as_json(read) != as_json([(move.name, move.arguments, None) for move in turn.moves]):
        raise Unwritable(f"expected calls that {draft.dialect} can write, got {as_json(read)[:80]}")
    return step


def text_of(dialect: str, moves: tuple[Move, ...]) -> str:
    """The moves in the syntax of a dialect."""
    return dialect_named(dialect).write([Call(name=move.name, arguments=dict(move.arguments)) for move in moves])
