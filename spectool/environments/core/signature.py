"""From a typed Python function to the tool that a model is offered, and from a model's arguments to a call of the function.

A tool function takes the state first and its arguments by keyword. Types say the schema: ``str``, ``int``, ``float``, ``bool``,
``Literal`` (an enum), ``list[...]``, unions, ``Annotated[..., Meta(ge=1, pattern=...)]`` and, for nested objects, subclasses of
``Fields``. ``X | None = None`` is an optional argument without a default: ``null`` itself is not allowed. The docstring's first
paragraph is the tool's description, its ``Args`` section describes the arguments.
"""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

import msgspec

from spectool.environments.core.errors import ToolError
from spectool.environments.core.tables import State
from spectool.model import Effect, Tool
from spectool.validate import JSON_TYPE_NAMES, Violation, shape_of, violations

Function = Callable[..., Any]
_ANNOTATED: Any = typing.Annotated  # of types known only when it runs
# msgspec leaves a type out where it lists the values; chat templates and people want it said.
_ENUM_TYPES: Mapping[type, str] = {str: "string", int: "integer"}
_ARGUMENT = re.compile(r"^ {4}(\w+): (.*(?:\n {8,}.*)*)", re.MULTILINE)


class Fields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A nested object among a tool's arguments; describe a field with ``Annotated[..., Meta(description=...)]``."""


class ToolFunction(msgspec.Struct, frozen=True, kw_only=True):
    """A function and the tool that it is to a model; ``arguments`` is the struct its arguments are read into."""

    tool: Tool
    function: Function
    arguments: type[msgspec.Struct]

    def call(self, state: State, arguments: Mapping[str, Any]) -> Any:
        """Calls the function; what it returns may share rows with the records and must not be changed.

        Raises:
            ToolError: the schema does not take ``arguments``, or the function refuses them.
        """
        return self.function(state, **msgspec.structs.asdict(self._read(arguments)))

    def read_plainly(self, arguments: Mapping[str, Any]) -> msgspec.Struct | None:
        """The arguments where a quick look settles that the schema takes them; ``None``: the validator decides."""
        try:
            return msgspec.convert(arguments, self.arguments) if all(map(_is_plain, arguments.values())) else None
        except (msgspec.ValidationError, UnicodeEncodeError, RecursionError):
            return None

    def _read(self, arguments: Mapping[str, Any]) -> msgspec.Struct:
        """The arguments as the function takes them: exactly those in which the classifier finds no violation of the schema."""
        if (plain := self.read_plainly(arguments)) is not None:
            return plain
        if found := violations(shape_of(self.tool.parameters), arguments):
            raise ToolError("invalid_argument", _told(found[0]))
        try:
            return msgspec.convert(_read_as_meant(arguments), self.arguments)
        except msgspec.ValidationError as error:  # such as a number beyond what a float holds
            raise ToolError("invalid_argument", str(error)) from None


def reads(function: Function) -> ToolFunction:
    """A tool that only looks."""
    return tool_function(function, "read")


def writes(function: Function) -> ToolFunction:
    """A tool that changes the state."""
    return tool_function(function, "write")


def tool_function(function: Function, effect: Effect) -> ToolFunction:
    """The tool that a function is.

    Raises:
        TypeError: an argument is not keyword-only or has no description.
    """
    description, described = _docstring(function)
    hints = typing.get_type_hints(function, include_extras=True)
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    _, *parameters = inspect.signature(function).parameters.values()
    for parameter in parameters:
        if parameter.kind is not parameter.KEYWORD_ONLY or parameter.name not in described:
            raise TypeError(f"{function.__name__}: argument '{parameter.name}' must be keyword-only and described under Args")
        hint = _ANNOTATED[hints[parameter.name], msgspec.Meta(description=described[parameter.name])]
        required = parameter.default is parameter.empty
        fields.append((parameter.name, hint) if required else (parameter.name, hint, parameter.default))
    arguments = msgspec.defstruct(function.__name__, fields, frozen=True, kw_only=True, forbid_unknown_fields=True)
    tool = Tool(name=function.__name__, description=description, parameters=_schema(arguments), effect=effect)
    return ToolFunction(tool=tool, function=function, arguments=arguments)


def _docstring(function: Function) -> tuple[str, dict[str, str]]:
    text, _, rest = inspect.getdoc(function).partition("\nArgs:\n") if function.__doc__ else ("", "", "")  # type: ignore[union-attr]
    described = {name: " ".join(words.split()) for name, words in _ARGUMENT.findall(rest)}
    return " ".join(text.split()), described


def _schema(arguments: type[msgspec.Struct]) -> dict[str, Any]:
    schema = msgspec.json.schema(arguments)
    definitions = schema["$defs"]
    plain: dict[str, Any] = _plain(schema["$ref"], definitions)
    return plain


def _plain(node: Any, definitions: Mapping[str, Any]) -> Any:
    """The schema without references, titles, and the null that stands for an argument not given."""
    if isinstance(node, str) and node.startswith("#/$defs/"):
        return _plain(definitions[node.rpartition("/")[2]], definitions)
    if isinstance(node, list):
        return [_plain(item, definitions) for item in node]
    if not isinstance(node, Mapping):
        return node
    if node.get("default", ...) is None:
        node = _without_null({key: value for key, value in node.items() if key != "default"})
    if "$ref" in node:
        inner = _plain(node["$ref"], definitions)
        return {**inner, **{key: value for key, value in node.items() if key != "$ref"}}
    node = {key: value for key, value in node.items() if key != "title" or isinstance(value, Mapping)}
    if (kinds := {type(value) for value in node.get("enum", ())}) <= _ENUM_TYPES.keys() and len(kinds) == 1:
        node["type"] = _ENUM_TYPES[kinds.pop()]
    if isinstance(properties := node.get("properties"), Mapping):
        node["properties"] = {name: _plain(prop, definitions) for name, prop in properties.items()}
    return {key: value if key in ("properties", "default", "enum") else _plain(value, definitions) for key, value in node.items()}


def _without_null(node: dict[str, Any]) -> dict[str, Any]:
    if "enum" in node:
        return {**node, "enum": [value for value in node["enum"] if value is not None]}
    branches = [branch for branch in node.get("anyOf", ()) if branch != {"type": "null"}]
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    return {**rest, **branches[0]} if len(branches) == 1 else {**rest, "anyOf": branches} if branches else rest


def _is_plain(value: Any) -> bool:
    """Whether the struct reads a value just as the schema means it.

    Not so null (an argument not given, in Python), numbers that JSON does not have, lone surrogates, and text on which Python's
    patterns differ from JSON Schema's: an end before a last line break, the digits of every script.
    """
    kind = type(value)
    if kind is str:
        return bool(value.isascii() and value.isprintable())
    if kind is int or kind is bool:
        return True
    if kind is float:
        return isfinite(value)
    if kind is list:
        return all(map(_is_plain, value))
    return kind is dict and all(map(_is_plain, value.values()))


def _read_as_meant(value: Any) -> Any:
    """Numbers like 3.0 as the integers that they are in JSON, which has one kind of number; lone surrogates as question marks."""
    if isinstance(value, dict):
        return {name: _read_as_meant(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_read_as_meant(item) for item in value]
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _told(violation: Violation) -> str:
    place, expected, got = ".".join(map(str, violation.path))[:80], violation.expected, violation.got
    if violation.kind == "missing":
        return f"expected argument '{place}', got none"
    if violation.kind == "unknown":
        return f"expected no argument '{place}'"
    wanted = " or ".join(map(str, expected)) if isinstance(expected, list | tuple) else f"{violation.keyword} {expected}"
    is_short = type(got) in (str, float) or (type(got) is int and abs(got) < 10**15)
    shown = f" '{str(got)[:80]}'" if is_short else ""
    return f"{place}: expected {wanted[:400]}, got {JSON_TYPE_NAMES.get(type(got), 'number')}{shown}"
