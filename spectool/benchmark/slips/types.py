"""IAT: values whose JSON type is not the schema's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from spectool.benchmark.alternatives import allows
from spectool.benchmark.draft import Draft, Mark
from spectool.benchmark.slips.places import Leaf, Slipped, changed, leaves, open_moves, planted, shuffled
from spectool.model import Tier
from spectool.read.record import as_json
from spectool.references import resolve
from spectool.validate import PYTHON_TYPES, shape_of

CONTAINERS = frozenset({"array", "object"})


def coercible(draft: Draft, rng: Random) -> Slipped | None:
    """The text of a number, boolean, list or object in its place."""
    for leaf in shuffled(leaves(draft), rng):
        if isinstance(leaf.value, str) or leaf.value is None or not _is_typed(leaf) or "string" in leaf.types:
            continue
        new = as_json(leaf.value)
        if not allows(leaf.expected, new) and (found := planted(draft, leaf, new, "IAT", "coercible")):
            return found
    return None


def null(draft: Draft, rng: Random) -> Slipped | None:
    """Null where the schema does not allow it: certain for a required argument, likely for an optional one."""
    return _null_given(draft, rng) if rng.random() < 0.7 else _null_added(draft, rng) or _null_given(draft, rng)


def _null_given(draft: Draft, rng: Random) -> Slipped | None:
    for leaf in shuffled(leaves(draft, nested=False), rng):
        if not _is_typed(leaf) or "null" in leaf.types or allows(leaf.expected, None) or None in leaf.default:
            continue
        if found := planted(draft, leaf, None, "IAT", "null", tier="certain" if leaf.required else "likely"):
            return found
    return None


def _null_added(draft: Draft, rng: Random) -> Slipped | None:
    """An optional argument that nobody needs, given as null."""
    for move, tool in shuffled(open_moves(draft), rng):
        shape = shape_of(tool.parameters)
        due = move.due.arguments if move.due is not None else {}
        for name in shuffled([name for name in shape.properties if name not in move.arguments and name not in due], rng):
            prop = resolve(shape.properties[name], tool.parameters)
            if not isinstance(prop.get("type"), str) or prop["type"] == "null" or prop.keys() & {"anyOf", "oneOf", "allOf", "enum"}:
                continue
            if prop.get("default", 0) is None:
                continue
            if after := changed(draft, move, {**move.arguments, name: None}, name):
                tier: Tier = "certain" if name in shape.required else "likely"
                return after, (Mark(error="IAT", subtype="null", tier=tier, move=move.id, path=(name,)),)
    return None


def container(draft: Draft, rng: Random) -> Slipped | None:
    """A single value where a list is due, or a list where a single value is."""
    for leaf in shuffled(leaves(draft, nested=False), rng):
        for new in _boxed(leaf):
            if not allows(leaf.expected, new) and (found := planted(draft, leaf, new, "IAT", "container")):
                return found
    return None


def _boxed(leaf: Leaf) -> Iterator[Any]:
    if not _is_typed(leaf):
        return
    if isinstance(leaf.value, list):
        if leaf.types == {"array"} and leaf.value and not isinstance(leaf.value[0], list | Mapping) and not _reads_as_json(leaf.value[0]):
            yield leaf.value[0]
    elif not leaf.types & CONTAINERS and not isinstance(leaf.value, Mapping):
        yield [leaf.value]


def _reads_as_json(value: Any) -> bool:
    return isinstance(value, str) and value.strip()[:1] in ("[", "{")


def nested(draft: Draft, rng: Random) -> Slipped | None:
    """An item of a list or a field of an object of a type that nothing turns into the right one."""
    return _unfit([leaf for leaf in shuffled(leaves(draft), rng) if len(leaf.path) > 1], draft, rng, "nested")


def incompatible(draft: Draft, rng: Random) -> Slipped | None:
    """A single value of a type that nothing turns into the right one."""
    return _unfit(shuffled(leaves(draft, nested=False), rng), draft, rng, "incompatible")


def _unfit(places: list[Leaf], draft: Draft, rng: Random, subtype: str) -> Slipped | None:
    for leaf in places:
        if not _is_typed(leaf) or leaf.types & CONTAINERS or "null" in leaf.types:
            continue
        for new in shuffled(("plenty", True, 2.5), rng):
            wrong = not any(type(new) in PYTHON_TYPES[kind] for kind in leaf.types)
            textual = "string" in leaf.types and not isinstance(new, bool)  # a number may be written for its text
            if wrong and not textual and not allows(leaf.expected, new) and (found := planted(draft, leaf, new, "IAT", subtype)):
                return found
    return None


def _is_typed(leaf: Leaf) -> bool:
    """Whether the schema names types, and the right value is of one of them."""
    united = leaf.prop.keys() & {"anyOf", "oneOf", "allOf", "enum", "const"}
    return bool(leaf.types) and not united and leaf.types <= PYTHON_TYPES.keys()
