"""Looks for ways to an answer that a template does not declare: calls of other tools that come to the same claims and changes.

On one draw, the tools are called with every value that the reference solution uses or finds, and with what these calls tell in turn. Sets
of calls that tell all claims are put together backwards: from the calls that tell a claim to those that tell their arguments. Each way is
written down by where its values come from and tried on further draws; what works on all of them is no accident. Told are only ways by
other tools than every declared solution's: whether one is right is for a person to say, who then adds it as a solution.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from random import Random
from typing import Any

import msgspec

from spectool.benchmark.drawing import Drawn, drawn
from spectool.benchmark.template import Step, Template, executed
from spectool.environments.environment import Environment
from spectool.environments.errors import ToolError
from spectool.environments.registry import environment
from spectool.environments.tables import State

DRAWS = 8
# What is the same on every draw proves nothing: so many must differ in their claims.
CLAIMS_APART = 3
# How often calls are made with what earlier ones told, calls tried of a tool in a round, calls of one way, calls kept that tell one thing,
# and ways kept of the first draw.
ROUNDS, TRIED, LONGEST, TELLING, WAYS = 2, 40, 4, 8, 300

Origin = tuple[str, int | str, str]
"""("used", step, argument) of the reference solution, or ("told", tool, key) of an earlier call of the way."""
Arguments = tuple[tuple[str, Origin], ...]
Way = tuple[tuple[str, Arguments], ...]


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """A call that was made: the values it needs to know, all that its result tells, and the keys that have one value there."""

    needs: frozenset[str]
    tells: frozenset[str]
    single: Mapping[str, Any]

    def claims(self, claim: str) -> bool:
        """Whether the result says what ``claim`` claims."""
        return _claimed(claim, self.tells, self.single)


def undeclared(environment_name: str, template: Template, *, seed: int = 0, draws: int = DRAWS) -> list[Way]:
    """Ways that a template does not declare and that work on every draw tried; of those by the same tools the shortest.

    Raises:
        TemplateError: the template cannot be drawn from.
    """
    here = environment(environment_name)
    tried = [_drawn(here, template, f"search/{seed}/{number}") for number in range(draws)] if template.solve else []
    if not tried or not tried[0].claims or len({each.claims for each in tried}) < min(CLAIMS_APART, draws):
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


def _tools(solution: Sequence[Step]) -> frozenset[str]:
    return frozenset(step.name for step in solution)


def _ways(here: Environment, draw: Drawn) -> Iterator[Way]:
    """Sets of calls that tell every claim of a draw and make its changes, each call knowing its arguments by then."""
    reference = draw.solutions[0]
    known = _known(here, draw)
    tried = _closure(here, reference)
    writes: list[tuple[str, Arguments]] = []
    for number, step in enumerate(reference):
        if here.functions[step.name].tool.effect == "write":
            call = (step.name, tuple((name, ("used", number, name)) for name in step.arguments if name not in step.free))
            tried[call] = Tried(needs=_scalars([_value(step, name) for name, _ in call[1]]), tells=frozenset(), single={})
            writes.append(call)
    claims = [islice((call for call in tried if tried[call].claims(claim)), TELLING) for claim in draw.claims]
    ways = (way for told in product(*claims) for way in _grounded(tuple(dict.fromkeys((*told, *writes))), tried, known))
    return iter(dict.fromkeys(islice(ways, WAYS)))


def _known(here: Environment, draw: Drawn) -> frozenset[str]:
    """The values that the request tells or lets choose: all that the reference uses without a result having told it."""
    state, told, known = here.fresh(), set[str](), set(_scalars(list(draw.slots.values())))
    for step in draw.solutions[0]:
        known |= _scalars([_value(step, name) for name in step.arguments]) - told
        told |= _leaves(_called(here, state, step.name, {name: _value(step, name) for name in step.arguments}))[0]
    return frozenset(known)


def _closure(here: Environment, reference: Sequence[Step]) -> dict[tuple[str, Arguments], Tried]:
    """Every reading call whose arguments are values of the same name that the reference uses, or that a call before tells alone."""
    pool: dict[str, dict[str, tuple[Any, Origin]]] = {}
    for number, step in enumerate(reference):
        for name in step.arguments:
            pool.setdefault(name, {}).setdefault(_json(_value(step, name)), (_value(step, name), ("used", number, name)))
    tried: dict[tuple[str, Arguments], Tried] = {}
    for _ in range(ROUNDS):
        fresh: list[tuple[str, str, Any]] = []
        for function in here.functions.values():
            if function.tool.effect == "read":
                for call, arguments in islice(_candidates(function.tool.name, function.tool.parameters, pool), TRIED):
                    if call not in tried and (one := _try(here, here.fresh(), function.tool.name, arguments)) is not None:
                        tried[call] = one
                        fresh += [(function.tool.name, key, value) for key, value in one.single.items()]
        for tool, key, value in fresh:
            pool.setdefault(key, {}).setdefault(_json(value), (value, ("told", tool, key)))
    return tried


def _candidates(
    tool: str, schema: Mapping[str, Any], pool: Mapping[str, Mapping[str, tuple[Any, Origin]]]
) -> Iterator[tuple[tuple[str, Arguments], dict[str, Any]]]:
    """Arguments by name from the pool: the required ones alone, then with all others that it holds."""
    required = [name for name in schema["properties"] if name in schema["required"]]
    optional = [name for name in schema["properties"] if name in pool and name not in required]
    if not all(name in pool for name in required):
        return
    for names in dict.fromkeys((tuple(required), (*required, *optional))):
        for chosen in product(*(pool[name].values() for name in names)):
            arguments = tuple((name, origin) for name, (_, origin) in zip(names, chosen, strict=True))
            yield (tool, arguments), {name: value for name, (value, _) in zip(names, chosen, strict=True)}


def _grounded(way: Way, tried: Mapping[tuple[str, Arguments], Tried], known: frozenset[str]) -> Iterator[Way]:
    """``way`` with the calls before it that tell what it needs to know."""
    for place, call in enumerate(way):
        told = known.union(*(tried[before].tells for before in way[:place]))
        if lacking := sorted(tried[call].needs - told):
            if len(way) < LONGEST:
                providers = (one for one in tried if one not in way and lacking[0] in tried[one].tells)
                for provider in islice(providers, TELLING):
                    yield from _grounded((provider, *way), tried, known)
            return
    yield way


def _works(here: Environment, way: Way, draw: Drawn) -> bool:
    """Whether a way found on one draw comes to the claims and changes of another, knowing each argument when it needs it."""
    state, told = here.fresh(), set(_known(here, draw))
    single: dict[tuple[str, str], Any] = {}
    claims = set(draw.claims)
    for tool, origins in way:
        try:
            arguments = {name: _origin_value(origin, draw.solutions[0], single) for name, origin in origins}
        except LookupError:
            return False
        result = _called(here, state, tool, arguments)
        if result is None or not _scalars(arguments) <= told:
            return False
        leaves, alone = _leaves(result)
        told |= leaves
        claims = {claim for claim in claims if not _claimed(claim, leaves, alone)}
        single |= {(tool, key): value for key, value in alone.items()}
    return not claims and state.changes() == draw.changes


def _origin_value(origin: Origin, reference: Sequence[Step], single: Mapping[tuple[str, str], Any]) -> Any:
    kind, source, name = origin
    return _value(reference[int(source)], name) if kind == "used" else single[str(source), name]


def _try(here: Environment, state: State, tool: str, arguments: Mapping[str, Any]) -> Tried | None:
    result = _called(here, state, tool, arguments)
    if result is None:
        return None
    leaves, single = _leaves(result)
    return Tried(needs=_scalars(arguments), tells=leaves, single=single)


def _called(here: Environment, state: State, tool: str, arguments: Mapping[str, Any]) -> Any:
    """The result of a call, ``None`` where it is refused."""
    try:
        return here.call(state, tool, arguments)
    except ToolError:
        return None


def _value(step: Step, name: str) -> Any:
    return executed(step.arguments[name])


def _leaves(result: Any) -> tuple[frozenset[str], dict[str, Any]]:
    """All scalars of a result as text, and those keys that have one value in it."""
    by_key: dict[str, dict[str, Any]] = {}
    waiting = [("", result)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += value.items()
        elif isinstance(value, list | tuple):
            waiting += [(key, item) for item in value]
        elif value is not None and not isinstance(value, bool):
            by_key.setdefault(key, {})[_json(value)] = value
    single = {key: next(iter(values.values())) for key, values in by_key.items() if len(values) == 1 and key}
    return frozenset(text for values in by_key.values() for text in values), single


def _claimed(claim: str, leaves: frozenset[str], single: Mapping[str, Any]) -> bool:
    """A name may stand anywhere in a result, a figure only by itself: among many figures each small one occurs."""
    if claim.replace(".", "").replace("-", "").isdigit():
        return any(_json(value) == claim for value in single.values())
    return claim in leaves


def _scalars(value: Any) -> frozenset[str]:
    """Every scalar in a value, as text; flags, which anybody may set, left out."""
    return _leaves(value)[0]


def _json(value: Any) -> str:
    """A scalar as a claim says it; anything else as JSON."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
