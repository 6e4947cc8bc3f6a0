"""From the calls of a solution to a gold path: which values are right, what may be left out, what is free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spectool.benchmark.template import Either, Near, Step
from spectool.environments.environment import Environment
from spectool.model import Expected, ExpectedCall


def gold_path(steps: Sequence[Step], environment: Environment) -> tuple[ExpectedCall, ...]:
    """The path that ``steps`` are.

    An argument that equals its schema default may be left out; one that a step lets go may be anything or nothing.
    """
    return tuple(_expected_call(step, environment.functions[step.name].tool.parameters) for step in steps)


def _expected_call(step: Step, schema: Mapping[str, Any]) -> ExpectedCall:
    properties = schema["properties"]
    arguments = {name: _expected(value, properties[name]) for name, value in step.arguments.items() if name not in step.free}
    arguments |= {name: Expected(any=True, optional=True) for name in step.free}
    return ExpectedCall(name=step.name, arguments=arguments, turn=step.stage)


def _expected(value: Any, schema: Mapping[str, Any]) -> Expected:
    if isinstance(value, Near):
        return Expected(values=(value.value,), tolerance=value.tolerance)
    options = value.values if isinstance(value, Either) else (value,)
    optional = ("default" in schema and schema["default"] in options) or (isinstance(value, Either) and value.optional)
    objects = tuple({name: exactly(inner) for name, inner in one.items()} for one in options if isinstance(one, Mapping))
    lists = tuple(tuple(map(exactly, one)) for one in options if isinstance(one, list) and any(isinstance(item, Mapping) for item in one))
    values = tuple(one for one in options if not isinstance(one, Mapping) and not (lists and isinstance(one, list)))
    return Expected(values=values, objects=objects, lists=lists, optional=optional)


def exactly(value: Any) -> Expected:
    """This value and no other."""
    if isinstance(value, Mapping):
        return Expected(objects=({name: exactly(inner) for name, inner in value.items()},))
    if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        return Expected(lists=(tuple(map(exactly, value)),))
    return Expected(values=(value,))
