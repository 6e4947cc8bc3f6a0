"""IAN: argument names that the tool does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from spectool.benchmark.draft import Draft, Mark, Move
from spectool.benchmark.slips.material import NAMES, is_far
from spectool.benchmark.slips.misspelt import misspelt
from spectool.benchmark.slips.places import Slipped, changed, is_closed, open_moves, shuffled
from spectool.model import Tool
from spectool.references import declared_in, resolve
from spectool.validate import shape_of

VALUE = "Kravenholt"


def near_miss(draft: Draft, rng: Random) -> Slipped | None:
    """A given argument under a misspelling of its name, or the only one required under quite another name."""
    for move, tool in shuffled(_closed(draft), rng):
        names = list(shape_of(tool.parameters).properties)
        for name in shuffled([name for name in move.arguments if name in names and (move.id, name) not in draft.taken], rng):
            for new in shuffled(misspelt(name, names, rng), rng):
                if new not in move.arguments and not _is_known(new, draft, move):
                    return _renamed(draft, move, name, new)
    return _by_position(draft, rng)


def _by_position(draft: Draft, rng: Random) -> Slipped | None:
    """A required argument under a name that is like none: no other slot is open that it could mean."""
    for move, tool in shuffled(_closed(draft), rng):
        shape = shape_of(tool.parameters)
        for name in shuffled([name for name in shape.required if name in move.arguments and (move.id, name) not in draft.taken], rng):
            for new in rng.sample(NAMES, len(NAMES)):
                if is_far(new, [*shape.properties, *_inner_names(tool)]):
                    return _renamed(draft, move, name, new)
    return None


def _renamed(draft: Draft, move: Move, name: str, new: str) -> Slipped | None:
    arguments = {new if key == name else key: value for key, value in move.arguments.items()}
    after = changed(draft, move, arguments, name, new)
    return None if after is None else (after, (Mark(error="IAN", subtype="near_miss", move=move.id, path=(new,)),))


def misplaced(draft: Draft, rng: Random) -> Slipped | None:
    """A name that the schema declares inside an object, given at the top as well."""
    for move, tool in shuffled(_closed(draft), rng):
        names = shape_of(tool.parameters).properties
        inner = [name for name in _inner_names(tool) if is_far(name, names)]
        for name in shuffled(inner, rng):
            if found := _added(draft, move, name, "misplaced"):
                return found
    return None


def other_tool(draft: Draft, rng: Random) -> Slipped | None:
    """An argument of another offered tool."""
    for move, tool in shuffled(_closed(draft), rng):
        own = [*shape_of(tool.parameters).properties, *_inner_names(tool)]
        others = [each for each in draft.offered(draft.turn_of(move)).values() if each.name != tool.name]
        foreign = sorted({name for each in others for name in shape_of(each.parameters).properties if is_far(name, own)})
        for name in shuffled(foreign, rng):
            if found := _added(draft, move, name, "other_tool"):
                return found
    return None


def unknown(draft: Draft, rng: Random) -> Slipped | None:
    """A name that is declared nowhere."""
    for move, tool in shuffled(_closed(draft), rng):
        own = [*shape_of(tool.parameters).properties, *_inner_names(tool)]
        for name in rng.sample(NAMES, len(NAMES)):
            if is_far(name, own) and not _is_known(name, draft, move) and (found := _added(draft, move, name, "unknown")):
                return found
    return None


def _added(draft: Draft, move: Move, name: str, subtype: str) -> Slipped | None:
    if name in move.arguments:
        return None
    after = changed(draft, move, {**move.arguments, name: VALUE}, name)
    return None if after is None else (after, (Mark(error="IAN", subtype=subtype, move=move.id, path=(name,)),))


def _closed(draft: Draft) -> Iterator[tuple[Move, Tool]]:
    """Calls of tools whose schema settles which names there are, with what they require given and no slip that frees a slot."""
    for move, tool in open_moves(draft):
        required = shape_of(tool.parameters).required
        touched = any(one[0] == move.id for one in draft.taken if isinstance(one, tuple))
        if is_closed(tool) and not touched and all(name in move.arguments for name in required):
            yield move, tool


def _is_known(name: str, draft: Draft, move: Move) -> bool:
    """Whether any offered tool declares ``name``, at any level."""
    return any(name in (*shape_of(tool.parameters).properties, *_inner_names(tool)) for tool in draft.offered(draft.turn_of(move)).values())


def _inner_names(tool: Tool) -> list[str]:
    """The names that a tool's schema declares below the top."""
    found: list[str] = []
    for prop in shape_of(tool.parameters).properties.values():
        found += _declared(prop, tool.parameters, 0)
    return sorted(set(found))


def _declared(node: Any, root: Mapping[str, Any], depth: int) -> list[str]:
    if not isinstance(node, Mapping) or depth > 5:
        return []
    schema = resolve(node, root)
    properties = declared_in(schema)
    below = [*properties.values(), schema.get("items")]
    return [*properties, *(name for inner in below for name in _declared(inner, root, depth + 1))]
