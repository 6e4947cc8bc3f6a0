"""From the calls of a solution to a gold path: which values are right, what may be left out, what is free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spectool.benchmark.template import Action, Either, Within
from spectool.environments.core.environment import Environment
from spectool.model import Expected, ExpectedCall

_SCALARS = frozenset({str, int, float, bool})


def gold_path(steps: Sequence[Action], environment: Environment) -> tuple[ExpectedCall, ...]:
    """The path that ``steps`` are.

    An argument that equals its schema default may be left out; one that a step lets go may be anything or nothing.
    """
    return tuple(_expected_call(step, environment.functions[step.name].tool.parameters) for step in steps)


def _expected_call(step: Action, schema: Mapping[str, Any]) -> ExpectedCall:
    properties = schema["properties"]
    arguments = {name: _expected(value, properties[name]) for name, value in step.arguments.items() if name not in step.free}
    arguments |= {name: Expected(any=True, optional=True) for name in step.free}
    return ExpectedCall(name=step.name, arguments=arguments, turn=step.stage)


def _expected(value: Any, schema: Mapping[str, Any]) -> Expected:
    if type(value) in _SCALARS:
        return Expected(values=(value,), optional=_is_default(value, schema))
    if isinstance(value, Within):
        return Expected(values=(value.value,), tolerance=value.tolerance)
    if isinstance(value, Either) and all(type(one) in _SCALARS for one in value.values):
        return Expected(values=value.values, optional=value.optional or any(_is_default(one, schema) for one in value.values))
    options = value.values if isinstance(value, Either) else (value,)
    told = [exactly(one, schema) for one in options]
    return Expected(
        values=tuple(one for each in told for one in each.values),
        objects=tuple(one for each in told for one in each.objects),
        lists=tuple(one for each in told for one in each.lists),
        optional=any(each.optional for each in told) or (isinstance(value, Either) and value.optional),
    )


def exactly(value: Any, schema: Mapping[str, Any]) -> Expected:
    """This value and no other; it and its fields may be left out where they equal their schema's default."""
    optional = _is_default(value, schema)
    if isinstance(value, Mapping):
        fields = _fields(schema)
        return Expected(objects=({name: exactly(inner, fields.get(name, {})) for name, inner in value.items()},), optional=optional)
    if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        items = schema.get("items", {})
        return Expected(lists=(tuple(exactly(item, items) for item in value),), optional=optional)
    return Expected(values=(value,), optional=optional)


def _is_default(value: Any, schema: Mapping[str, Any]) -> bool:
    return "default" in schema and bool(schema["default"] == value)


def _fields(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of the object that a schema allows, be it one branch of several."""
    branches = (schema, *schema.get("anyOf", ()))
    return next((branch["properties"] for branch in branches if "properties" in branch), {})
