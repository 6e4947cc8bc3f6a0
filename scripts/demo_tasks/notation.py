"""The words the demo tasks are written in: parameters, tools, expected values, tasks.

A domain file reads top to bottom as *what is offered*, then *what is asked and what would be right*. Plain values stand for
exactly that value; the functions here mark everything looser.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from typing import Any, Literal

import msgspec

from spectool.model import Effect, Expected, ExpectedCall, GoldMode

Kind = Literal["simple", "multiple", "parallel", "irrelevance", "multi_step"]
Path = tuple[ExpectedCall, ...]


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """One argument of an offered tool: its JSON Schema and whether it must be given."""

    schema: Mapping[str, Any]
    required: bool = True


class Reply(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the scripted tool answers to one call."""

    name: str
    arguments: Mapping[str, Any]
    result: Any
    is_error: bool = False


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One task: what the user says, which tools are offered (names, in order), and the gold.

    ``traits`` are extra tags; ``dated`` puts the domain's system message (role and today's date) in front.
    """

    kind: Kind
    ask: str
    offered: tuple[str, ...]
    paths: tuple[Path, ...]
    mode: GoldMode = "exact"
    script: tuple[Reply, ...] = ()
    traits: tuple[str, ...] = ()
    dated: bool = False


class Domain(msgspec.Struct, frozen=True, kw_only=True):
    """A made-up service: its name, system message, functions (as OpenAI writes them) by name, and tasks."""

    name: str
    system: str
    tools: Mapping[str, Mapping[str, Any]]
    cases: tuple[Case, ...]


def text(description: str, **keywords: Any) -> Parameter:
    """A string; ``default=`` makes it optional. An empty description is left out, here and below."""
    return _parameter({"type": "string", "description": description, **keywords})


def whole(description: str, **keywords: Any) -> Parameter:
    """An integer; ``default=`` makes it optional."""
    return _parameter({"type": "integer", "description": description, **keywords})


def number(description: str, **keywords: Any) -> Parameter:
    """A number; ``default=`` makes it optional."""
    return _parameter({"type": "number", "description": description, **keywords})


def flag(description: str, **keywords: Any) -> Parameter:
    """A boolean; ``default=`` makes it optional."""
    return _parameter({"type": "boolean", "description": description, **keywords})


def choice(description: str, *values: str, **keywords: Any) -> Parameter:
    """A string out of a fixed list."""
    return _parameter({"type": "string", "enum": list(values), "description": description, **keywords})


def array(description: str, of: Parameter, **keywords: Any) -> Parameter:
    """A list whose items follow ``of``."""
    return _parameter({"type": "array", "items": dict(of.schema), "description": description, **keywords})


def record(description: str, **fields: Parameter) -> Parameter:
    """A nested object without further keys."""
    return _parameter({**_object(fields), "description": description, "additionalProperties": False})


def optional(parameter: Parameter) -> Parameter:
    """The same argument, which may be left out."""
    return Parameter(schema=parameter.schema, required=False)


def reads(name: str, description: str, /, **parameters: Parameter) -> tuple[str, dict[str, Any]]:
    """A function that changes nothing, as OpenAI's chat API offers it, under its name."""
    return name, _tool(name, description, parameters, "read")


def writes(name: str, description: str, /, **parameters: Parameter) -> tuple[str, dict[str, Any]]:
    """A function that changes something, as OpenAI's chat API offers it, under its name."""
    return name, _tool(name, description, parameters, "write")


def either(*values: Any) -> Expected:
    """Any of these values is right."""
    return Expected(values=values)


def may(*values: Any) -> Expected:
    """Any of these values is right, and so is leaving the argument out."""
    return Expected(values=values, optional=True)


def free() -> Expected:
    """Every value is right, and so is leaving the argument out."""
    return Expected(any=True, optional=True)


def near(value: float, tolerance: float) -> Expected:
    """A number, give or take ``tolerance``."""
    return Expected(values=(value,), tolerance=tolerance)


def set_of(*values: Any) -> Expected:
    """A list whose order means nothing."""
    return Expected(values=tuple(list(order) for order in permutations(values)))


def fields(**values: Any) -> Expected:
    """A nested object, judged field by field."""
    return Expected(objects=({name: _expected(value) for name, value in values.items()},))


def want(name: str, /, **arguments: Any) -> ExpectedCall:
    """A call the gold needs; a plain value stands for exactly that value."""
    return ExpectedCall(name=name, arguments={key: _expected(value) for key, value in arguments.items()})


def reply(name: str, result: Any, /, **arguments: Any) -> Reply:
    """The scripted answer to ``name(**arguments)`` and whatever else is given; leave out arguments that keep their default."""
    return Reply(name=name, arguments=arguments, result=result)


def fails(name: str, message: str, /, **arguments: Any) -> Reply:
    """The same for a call that goes wrong."""
    return Reply(name=name, arguments=arguments, result={"error": message}, is_error=True)


def simple(ask: str, call: ExpectedCall, *, dated: bool = False) -> Case:
    """One tool offered, one call due."""
    return Case(kind="simple", ask=ask, offered=(call.name,), paths=((call,),), dated=dated)


def multiple(ask: str, *calls: ExpectedCall, offered: str, dated: bool = False) -> Case:
    """Several tools offered, one call due; further ``calls`` are other right answers."""
    return Case(kind="multiple", ask=ask, offered=tuple(offered.split()), paths=tuple((call,) for call in calls), dated=dated)


def parallel(ask: str, *calls: ExpectedCall, offered: str, dated: bool = False) -> Case:
    """Several independent calls due, in any order."""
    return Case(kind="parallel", ask=ask, offered=tuple(offered.split()), paths=(calls,), mode="unordered", dated=dated)


def irrelevance(ask: str, *, offered: str, dated: bool = False) -> Case:
    """Nothing offered does what is asked: no call is due."""
    return Case(kind="irrelevance", ask=ask, offered=tuple(offered.split()), paths=((),), dated=dated)


def multi_step(ask: str, *paths: Path, offered: str, script: tuple[Reply, ...], mode: GoldMode = "ordered", traits: str = "") -> Case:
    """Dependent calls: later ones need what earlier replies say. Each of ``paths`` is right."""
    tags = tuple(f"trait:{trait}" for trait in traits.split())
    return Case(kind="multi_step", ask=ask, offered=tuple(offered.split()), paths=paths, mode=mode, script=script, traits=tags, dated=True)


def _parameter(schema: dict[str, Any]) -> Parameter:
    if not schema["description"]:
        del schema["description"]
    return Parameter(schema=schema, required="default" not in schema)


def _tool(name: str, description: str, parameters: Mapping[str, Parameter], effect: Effect) -> dict[str, Any]:
    function = {"name": name, "description": description, "parameters": _object(parameters)}
    # Outside "function": a model that is shown the function never sees it.
    return {"type": "function", "function": function, "effect": effect}


def _object(parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    required = [name for name, parameter in parameters.items() if parameter.required]
    properties = {name: dict(parameter.schema) for name, parameter in parameters.items()}
    return {"type": "object", "properties": properties, "required": required}


def _expected(value: Any) -> Expected:
    return value if isinstance(value, Expected) else Expected(values=(value,))
