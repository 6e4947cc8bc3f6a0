"""Looks for ways to an answer that a template does not declare: calls of other tools that come to the same claims and changes.

On one draw, the tools are called with every value that the reference solution uses or finds, and with what these calls tell in turn. Sets
of calls that tell all claims are put together backwards: from the calls that tell a claim to those that tell their arguments. Each way is
written down by where its values come from and tried on further draws; what works on all of them is no accident. Told are only ways by
other tools than every declared solution's: whether one is right is for a person to say, who then adds it as a solution.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from random import Random
from typing import Any

import msgspec

from spectool.benchmark.candidates import Arguments, Origin, Pool, candidates, text_of
from spectool.benchmark.drawing import Drawn, drawn
from spectool.benchmark.leaves import claims_in, first_values, leaves_of, scalars
from spectool.benchmark.template import Action, Template, executed
from spectool.environments.core.environment import Environment
from spectool.environments.core.errors import ToolError
from spectool.environments.core.tables import State
from spectool.environments.registry import environment

DRAWS = 8
# What is the same on every draw proves nothing: so many must differ in their claims.
CLAIMS_APART = 3
# How often calls are made with what earlier ones told, calls tried of a tool in a round, calls of one way.
ROUNDS, TRIED, LONGEST = 3, 60, 4
# Calls that tell one thing: so many of each tool, so many in all; and ways kept of the first draw.
OF_A_TOOL, TELLING, WAYS = 2, 10, 2_000

Way = tuple[tuple[str, Arguments], ...]


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """A call that was made: the values it needs to know, all that its result tells, the claims among it, the first value of each key."""

    needs: frozenset[str]
    tells: frozenset[str]
    claims: frozenset[str]
    first: Mapping[str, Any]


def undeclared(environment_name: str, template: Template, *, seed: int = 0, draws: int = DRAWS) -> list[Way]:
    """Ways that a template does not declare and that work on every draw tried; of those by the same tools the shortest.

    Raises:
        TemplateError: the template cannot be drawn from.
    """
    here = environment(environment_name)
    tried = [_drawn(here, template, f"search/{seed}/{number}") for number in range(draws)] if template.solve else []
    if len({(each.claims, text_of(each.changes)) for each in tried}) < min(CLAIMS_APART, draws):
        return []
    declared = [_tools(solution) for solution in tried[0].solutions]
    found: dict[frozenset[str], Way] = {}
    for way in sorted(_ways(here, tried[0]), key=lambda way: (len(way), str(way))):
        tools = frozenset(name for name, _ in way)
        if tools not in found and not any(known <= tools for known in declared) and all(_works(here, way, draw) for draw in tried[1:]):
            found[tools] = way
    return [way for tools, way in found.items() if not any(other < tools for other in found)]


def _drawn(here: Environment, template: Template, seed: str) -> Drawn:
    return drawn(here, template.split, template.draw, (template.solve,), Random(f"{seed}/{template.name}"), template.name)


def _tools(solution: Sequence[Action]) -> frozenset[str]:
    return frozenset(step.name for step in solution)


def _ways(here: Environment, draw: Drawn) -> Iterator[Way]:
    """Sets of calls that tell every claim of a draw and make its changes, each call knowing its arguments by then."""
    reference, known = draw.solutions[0], _known(here, draw)
    tried = _closure(here, draw, known)
    writes: list[tuple[str, Arguments]] = []
    for number, step in enumerate(reference):
        if here.functions[step.name].tool.effect == "write":
            call = (step.name, tuple((name, ("used", number, name)) for name in step.arguments if name not in step.free))
            nothing: frozenset[str] = frozenset()
            needs = scalars([_value(step, name) for name, _ in call[1]])
            tried[call] = Tried(needs=needs, tells=nothing, claims=nothing, first={})
            writes.append(call)
    claims = [_varied(call for call in tried if claim in tried[call].claims) for claim in draw.claims]
    ways = (way for told in product(*claims) for way in _grounded(tuple(dict.fromkeys((*told, *writes))), tried, known))
    return iter(dict.fromkeys(islice(ways, WAYS)))


def _varied(calls: Iterable[tuple[str, Arguments]]) -> list[tuple[str, Arguments]]:
    """A few calls of each tool."""
    count: Counter[str] = Counter()
    kept: list[tuple[str, Arguments]] = []
    for call in calls:
        count[call[0]] += 1
        if count[call[0]] <= OF_A_TOOL and len(kept) < TELLING:
            kept.append(call)
    return kept


def _known(here: Environment, draw: Drawn) -> frozenset[str]:
    """The values that the request tells or lets choose: all that the reference uses without a result having told it."""
    state, told, known = here.fresh(), set[str](), set(scalars(list(draw.slots.values())))
    for step in draw.solutions[0]:
        known |= scalars([_value(step, name) for name in step.arguments]) - told
        told |= leaves_of(_called(here, state, step.name, {name: _value(step, name) for name in step.arguments}))[0]
    return frozenset(known)


def _closure(here: Environment, draw: Drawn, known: frozenset[str]) -> dict[tuple[str, Arguments], Tried]:
    """Every reading call whose arguments are places of the request, values that the reference uses, or what a call before tells alone."""
    pool = Pool(draw)
    tried: dict[tuple[str, Arguments], Tried] = {}
    for _ in range(ROUNDS):
        fresh: list[tuple[str, Any]] = []
        for function in here.functions.values():
            if function.tool.effect == "read":
                for call, arguments in islice(candidates(function.tool.name, function.tool.parameters, pool), TRIED):
                    if call not in tried and (one := _try(here, function.tool.name, arguments, draw.claims, known)) is not None:
                        tried[call] = one
                        fresh += one.first.items()
        for key, value in fresh:
            # The value only keeps calls with different values apart: on another draw the key alone says what to take.
            pool.add(key, value, ("told", key, text_of(value)))
    return tried


def _grounded(way: Way, tried: Mapping[tuple[str, Arguments], Tried], known: frozenset[str]) -> Iterator[Way]:
    """``way`` with the calls before it that tell what it needs to know."""
    for place, call in enumerate(way):
        told = known.union(*(tried[before].tells for before in way[:place]))
        if lacking := sorted(tried[call].needs - told):
            if len(way) < LONGEST:
                for provider in _varied(one for one in tried if one not in way and lacking[0] in tried[one].tells):
                    yield from _grounded((provider, *way), tried, known)
            return
    yield way


def _works(here: Environment, way: Way, draw: Drawn) -> bool:
    """Whether a way found on one draw comes to the claims and changes of another, knowing each argument when it needs it."""
    known = _known(here, draw)
    state, told = here.fresh(), set(known)
    first: dict[str, Any] = {}
    claims = set(draw.claims)
    for tool, origins in way:
        try:
            arguments = {name: _origin_value(origin, draw, first) for name, origin in origins}
        except LookupError:
            return False
        result = _called(here, state, tool, arguments)
        if result is None or not scalars(arguments) <= told:
            return False
        told |= leaves_of(result)[0]
        claims -= claims_in(result, draw.claims, known)
        first |= first_values(result)
    return not claims and state.changes() == draw.changes


def _origin_value(origin: Origin, draw: Drawn, first: Mapping[str, Any]) -> Any:
    match origin:
        case ("used", int(step), str(name)):
            return _value(draw.solutions[0][step], name)
        case ("place", str(name)):
            return draw.slots[name]
        case ("object", fields):
            return {name: _origin_value(inner, draw, first) for name, inner in fields}
        case ("list", inner):
            return [_origin_value(inner, draw, first)]
        case ("enum", value):
            return value
    return first[origin[1]]


def _try(here: Environment, tool: str, arguments: Mapping[str, Any], claims: Sequence[str], known: frozenset[str]) -> Tried | None:
    result = _called(here, here.fresh(), tool, arguments)
    if result is None:
        return None
    return Tried(needs=scalars(arguments), tells=leaves_of(result)[0], claims=claims_in(result, claims, known), first=first_values(result))


def _called(here: Environment, state: State, tool: str, arguments: Mapping[str, Any]) -> Any:
    """The result of a call, ``None`` where it is refused."""
    try:
        return here.call(state, tool, arguments)
    except ToolError:
        return None


def _value(step: Action, name: str) -> Any:
    return executed(step.arguments[name])
