"""Tool schemas that cannot be used, so that a call cannot be held against them."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import msgspec

from spectool.benchmark.draft import Draft, Mark
from spectool.benchmark.slips.places import Slipped, leaves, shuffled

ELSEWHERE: Mapping[str, Any] = {"$ref": "https://example.com/schemas/argument.json"}
NO_SCHEMA: Mapping[str, Any] = {"type": "string", "minLength": "three"}


def reference(draft: Draft, rng: Random) -> Slipped | None:
    """A given argument's schema replaced by a reference that leads outside the document."""
    return _unusable(draft, rng, ELSEWHERE, "reference")


def invalid(draft: Draft, rng: Random) -> Slipped | None:
    """A given argument's schema replaced by something that is no schema."""
    return _unusable(draft, rng, NO_SCHEMA, "invalid")


def _unusable(draft: Draft, rng: Random, schema: Mapping[str, Any], subtype: str) -> Slipped | None:
    """The tool's schema broken wherever it is offered: every call of that tool is marked."""
    for leaf in [] if draft.taken else shuffled(leaves(draft, nested=False), rng):
        name = str(leaf.path[0])
        calls = [move for move in draft.moves if move.name == leaf.tool.name]
        if not all(name in move.arguments for move in calls) or name not in leaf.tool.parameters.get("properties", {}):
            continue
        parameters = {**leaf.tool.parameters, "properties": {**leaf.tool.parameters["properties"], name: schema}}
        broken = msgspec.structs.replace(leaf.tool, parameters=parameters)
        sets = tuple(tuple(broken if tool.name == broken.name else tool for tool in tools) for tools in draft.tool_sets)
        marks = tuple(Mark(error="schema_unresolvable", subtype=subtype, move=move.id) for move in calls)
        return msgspec.structs.replace(draft, tool_sets=sets).taking(*(move.id for move in draft.moves)), marks
    return None
