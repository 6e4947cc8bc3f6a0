"""Where a slip can be planted: the arguments of a draft's calls and the values inside them, and what every planted value must hold to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

import msgspec

from spectool.benchmark.alternatives import allows, does, same
from spectool.benchmark.draft import Draft, Mark, Move
from spectool.defaults import NONE_STATED, default_of
from spectool.model import Expected, Tier, Tool
from spectool.references import Path, SchemaError, declared_in, is_open, resolve
from spectool.validate import shape_of, violations

Slipped = tuple[Draft, tuple[Mark, ...]]
MAX_DEPTH = 4


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """A value in the arguments of a call; ``path`` leads to it, ``required`` says whether its schema demands it.

    ``prop`` is its schema, ``types`` the JSON types that allows (empty: any), ``default`` its default in a tuple.
    """

    move: Move
    tool: Tool
    path: Path
    value: Any
    prop: Mapping[str, Any]
    expected: Expected
    required: bool

    @property
    def types(self) -> frozenset[str]:
        """The JSON types that the schema names."""
        declared = self.prop.get("type")
        return frozenset([declared] if isinstance(declared, str) else declared or ())

    @property
    def default(self) -> tuple[Any, ...]:
        """``(default,)`` where the schema or its description has one."""
        default = default_of(self.prop)
        return () if default is NONE_STATED else (default,)

    @property
    def is_plain(self) -> bool:
        """Whether the schema says no more of the value than its type."""
        return not self.prop.keys() & {"enum", "const", "pattern", "format", "minLength", "maxLength", "anyOf", "oneOf", "allOf"}


def open_moves(draft: Draft) -> Iterator[tuple[Move, Tool]]:
    """The gold's calls whose arguments may still be changed, with the tools they name; none where a slip has taken the gold away."""
    for move in draft.moves if draft.gold is not None else ():
        tool = draft.tool_of(move)
        if tool is not None and move.due is not None and move.id not in draft.taken:
            yield move, tool


def leaves(draft: Draft, *, nested: bool = True) -> Iterator[Leaf]:
    """Every value that no slip has touched, from the top of the arguments down."""
    for move, tool in open_moves(draft):
        shape = shape_of(tool.parameters)
        for name, value in move.arguments.items():
            expected = move.due.arguments.get(name) if move.due is not None else None
            if (move.id, name) in draft.taken or expected is None or expected.any or name not in shape.properties:
                continue
            prop = resolve(shape.properties[name], tool.parameters)
            leaf = Leaf(move=move, tool=tool, path=(name,), value=value, prop=prop, expected=expected, required=name in shape.required)
            yield leaf
            if nested:
                yield from _below(leaf)


def _below(leaf: Leaf) -> Iterator[Leaf]:
    """The items or fields of a value that the gold allows in one way only."""
    if len(leaf.path) > MAX_DEPTH or len(leaf.expected.values) + len(leaf.expected.objects) + len(leaf.expected.lists) != 1:
        return
    for part, value, prop, expected, needed in _inner(leaf):
        schema, required = resolve(prop, leaf.tool.parameters), needed and leaf.required
        below = msgspec.structs.replace(leaf, path=(*leaf.path, part), value=value, prop=schema, expected=expected, required=required)
        yield below
        yield from _below(below)


def _inner(leaf: Leaf) -> Iterator[tuple[str | int, Any, Any, Expected, bool]]:
    """(part, value, schema, expected, required) of each item or declared field."""
    if isinstance(leaf.value, list):
        items = leaf.expected.lists[0] if leaf.expected.lists else tuple(Expected(values=(item,)) for item in leaf.value)
        for index, (value, expected) in enumerate(zip(leaf.value, items, strict=False)):
            yield index, value, leaf.prop.get("items"), expected, True
    elif isinstance(leaf.value, Mapping):
        properties, required = declared_in(leaf.prop), leaf.prop.get("required") or ()
        fields = leaf.expected.objects[0] if leaf.expected.objects else {n: Expected(values=(v,)) for n, v in leaf.value.items()}
        for name, value in leaf.value.items():
            if name in properties and name in fields:
                yield name, value, properties[name], fields[name], name in required


def put(value: Any, path: Path, new: Any) -> Any:
    """A copy of ``value`` with ``new`` at ``path``."""
    if not path:
        return new
    if isinstance(value, list):
        return [put(item, path[1:], new) if index == path[0] else item for index, item in enumerate(value)]
    return {**value, path[0]: put(value.get(path[0]), path[1:], new)}


def dropped(value: Any, path: Path) -> Any:
    """A copy of ``value`` without what is at ``path``."""
    if isinstance(value, list):
        return [item if index != path[0] else dropped(item, path[1:]) for index, item in enumerate(value)]
    if len(path) == 1:
        return {name: inner for name, inner in value.items() if name != path[0]}
    return {name: dropped(inner, path[1:]) if name == path[0] else inner for name, inner in value.items()}


def fits(tool: Tool, arguments: Mapping[str, Any]) -> bool:
    """Whether a tool's schema takes these arguments."""
    try:
        return not violations(shape_of(tool.parameters), arguments)
    except SchemaError:
        return False


def is_closed(tool: Tool) -> bool:
    """Whether a name that the tool does not declare is certainly wrong."""
    root = resolve(tool.parameters, tool.parameters)
    return bool(declared_in(root)) and not is_open(root) and not root.keys() & {"allOf", "anyOf", "oneOf"}


def changed(draft: Draft, move: Move, arguments: Mapping[str, Any], *used: str) -> Draft | None:
    """The draft with other ``arguments`` of a call; ``None`` where it then does what another gold call, or any path, asks for."""
    others = [other for other in draft.moves if other.id != move.id]
    if any(other.name == move.name and same(other.arguments, arguments) for other in others):
        return None
    if any(other.due is not None and other.due.name == move.name and does(other.due, arguments) for other in others):
        return None
    paths = draft.gold.paths if draft.gold is not None else ()
    if len(paths) > 1 and any(due.name == move.name and does(due, arguments) for path in paths for due in path):
        return None
    return draft.with_move(msgspec.structs.replace(move, arguments=arguments)).taking(*((move.id, name) for name in used))


def planted(
    draft: Draft, leaf: Leaf, new: Any, error: str, subtype: str, *, tier: Tier = "certain", path: Path | None = None
) -> Slipped | None:
    """``new`` in the place of a value, marked there (or at ``path``)."""
    after = changed(draft, leaf.move, put(leaf.move.arguments, leaf.path, new), str(leaf.path[0]))
    if after is None:
        return None
    return after, (Mark(error=error, subtype=subtype, tier=tier, move=leaf.move.id, path=path or leaf.path),)


def shuffled(items: Iterator[Any] | tuple[Any, ...] | list[Any], rng: Random) -> list[Any]:
    """The items in an order that ``rng`` decides."""
    out = list(items)
    rng.shuffle(out)
    return out


Propose = Callable[[Leaf, Random], Iterator[Any]]


def replaced(propose: Propose, error: str, subtype: str, *, nested: bool = True) -> Callable[[Draft, Random], Slipped | None]:
    """The slip that puts one of the values that ``propose`` names in a value's place: valid by the schema, wrong by the gold."""

    def plant(draft: Draft, rng: Random) -> Slipped | None:
        for leaf in shuffled(leaves(draft, nested=nested), rng):
            for new in propose(leaf, rng):
                if allows(leaf.expected, new) or any(same(new, value) for value in leaf.default):
                    continue
                arguments = put(leaf.move.arguments, leaf.path, new)
                if fits(leaf.tool, arguments) and (found := planted(draft, leaf, new, error, subtype)):
                    return found
        return None

    return plant
