"""A call where it stands: whether its tool is offered there, under which name, and what its schema says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from spectool.classify.attempt import Attempt
from spectool.classify.invocation import Invocation, examine
from spectool.model import Call, Step, Tool, Trajectory
from spectool.names import nearest
from spectool.validate import SchemaError, shape_of

# Problems after which nothing more can be said of a call: it was not understood, or never executed.
MASKING = frozenset({"positional", "truncated", "in_reasoning", "bad_shape", "malformed"})
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
NO_TOOLS: Mapping[str, Tool] = {}
# Offers are kept per object; a run shares few, a log with its tools in each row holds many.
MAX_OFFERS = 4_096


class Offers(msgspec.Struct, frozen=True, kw_only=True):
    """What a trajectory's tool sets offer: tools by name, set by set, and the effect of each name."""

    tool_sets: tuple[tuple[Tool, ...], ...]
    catalogues: tuple[Mapping[str, Tool], ...]
    effects: Mapping[str, str]

    def at(self, tool_set: int) -> Mapping[str, Tool]:
        """What is offered with that set, by name."""
        return self.catalogues[tool_set] if 0 <= tool_set < len(self.catalogues) else NO_TOOLS


_known: dict[int, Offers] = {}


def offers_of(tool_sets: tuple[tuple[Tool, ...], ...]) -> Offers:
    """Kept while the same object is offered again: many attempts share their task's tools."""
    known = _known.get(id(tool_sets))
    if known is not None and known.tool_sets is tool_sets:
        return known
    if len(_known) >= MAX_OFFERS:
        _known.clear()
    catalogues = tuple({tool.name: tool for tool in tools} for tools in tool_sets)
    effects = {tool.name: tool.effect for tools in tool_sets for tool in tools}
    offers = _known[id(tool_sets)] = Offers(tool_sets=tool_sets, catalogues=catalogues, effects=effects)
    return offers


def attempt_of(trajectory: Trajectory, step: Step, call: Call, catalogue: Mapping[str, Tool], place: tuple[int, int, int]) -> Attempt:
    """A call judged by itself against the tools offered by name in ``catalogue``; ``place``: its turn, its index there, its user turn."""
    position, index, turn = place
    if call.problem is not None and (call.problem.kind in MASKING or call.arguments is None):
        near = call.name if call.name in catalogue else None
        return Attempt(step=position, index=index, turn=turn, call=call, status="unparsed", name=call.name, near=near)
    tool, alias = catalogue.get(call.name), None
    if tool is None and 0 <= step.tool_set < len(trajectory.tool_sets):
        alias = _alias(call.name, catalogue) if step.dialect == "native" else None
        if alias is None:
            return _unknown(call, catalogue, place)
        tool = catalogue[alias]
    if tool is None:
        return Attempt(step=position, index=index, turn=turn, call=call, name=call.name, arguments=call.arguments or {})
    judged = _judge(trajectory, call, tool, catalogue)
    return Attempt(
        step=position,
        index=index,
        turn=turn,
        call=call,
        name=tool.name,
        tool=tool,
        arguments=judged.arguments,
        slips=judged.slips,
        alias=alias,
        unusable=judged.unusable,
    )


def _unknown(call: Call, catalogue: Mapping[str, Tool], place: tuple[int, int, int]) -> Attempt:
    return Attempt(
        step=place[0],
        index=place[1],
        turn=place[2],
        call=call,
        status="unknown",
        name=call.name,
        arguments=call.arguments or {},
        near=nearest(call.name, catalogue),
    )


def _alias(name: str, catalogue: Mapping[str, Tool]) -> str | None:
    """The offered name that an API's own rule (no dots or slashes in names) turns into ``name``."""
    return next((offered for offered in catalogue if offered != name and _UNSAFE.sub("_", offered) == name), None)


def _judge(trajectory: Trajectory, call: Call, tool: Tool, catalogue: Mapping[str, Tool]) -> Invocation:
    try:
        if trajectory.request.strict or trajectory.request.constrained:
            call = _without_nulls(call, shape_of(tool.parameters).required)
        return examine(call, tool, catalogue)
    except SchemaError as error:
        return Invocation(arguments=call.arguments or {}, unusable=str(error))


def _without_nulls(call: Call, required: tuple[str, ...]) -> Call:
    """Under strict decoding every slot is filled: null in an optional one stands for an omitted argument."""
    given = {name: value for name, value in (call.arguments or {}).items() if value is not None or name in required}
    return msgspec.structs.replace(call, arguments=given)
