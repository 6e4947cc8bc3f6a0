"""What is wrong with a call before anything is executed, in the order in which a model is told.

Format, then the function's name, then the names of arguments, then required ones that are missing, then types, then whatever else the
schema forbids. Of the first class that applies all faults are told at once; the rest waits until it is mended, because a misspelt argument
is also a missing one, and a value of the wrong type has no range.

Whether arguments fit is for ``spectool.validate`` to say, as in the classifier.

Source: the order is that of Kokane et al., SpecTool (arXiv 2411.13547).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from spectool.example import example_arguments
from spectool.model import Call, Tool
from spectool.names import nearest, nearest_first
from spectool.read.dialects.registry import dialect as dialect_of
from spectool.read.record import as_json
from spectool.read.wording import message, show, type_name
from spectool.references import branches_of
from spectool.validate import Path, Violation, shape_of, violations

FaultCode = Literal["invalid_format", "unknown_function", "unknown_argument", "missing_argument", "invalid_type", "invalid_value"]
_CLASSES: tuple[tuple[FaultCode, frozenset[str]], ...] = (
    ("unknown_argument", frozenset({"unknown"})),
    ("missing_argument", frozenset({"missing"})),
    ("invalid_type", frozenset({"type"})),
    ("invalid_value", frozenset({"enum", "bounds"})),
)
# Faults told one by one; a model that sends hundreds is told how many there are.
MAX_TOLD = 20
# Characters of what a reader says of a text that is no call; it quotes the text only in short.
MAX_REASON = 400
# Characters of a name that are compared: no function is called anything longer.
MAX_NAME = 200


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Why a call is not executed.

    ``wrong`` says what is wrong and where; ``right`` is the same with what was expected, and ``options`` are what could be given instead.
    """

    code: FaultCode
    wrong: str
    right: str
    options: Mapping[str, Any]


def fault_of(call: Call, offered: Sequence[Tool], dialect: str | None = None) -> Fault | None:
    """The first fault of ``call``, ``None`` where it can be executed; ``dialect`` is the syntax asked for, ``None`` where unknown.

    Raises:
        SchemaError: the tool's own schema cannot be used.
    """
    if call.arguments is None or (call.problem is not None and not call.problem.recoverable):
        return _unreadable(call, offered, dialect)
    tool = next((tool for tool in offered if tool.name == call.name), None)
    if tool is None:
        return _unknown_function(call.name, [tool.name for tool in offered])
    found = violations(shape_of(tool.parameters), call.arguments)
    for code, kinds in _CLASSES if found else ():
        if of_class := [violation for violation in found if violation.kind in kinds]:
            return _of_arguments(code, tool, of_class)
    return None


def _unreadable(call: Call, offered: Sequence[Tool], dialect: str | None) -> Fault:
    problem = call.problem
    reason = problem.message if problem is not None else "expected an object of arguments, got none"
    said = f"the call could not be read: {reason[:MAX_REASON]}"
    if problem is not None and problem.offset is not None:
        said += f" (at character {problem.offset})"
    return Fault(code="invalid_format", wrong=said, right=said, options={"expected_format": example_call(offered, dialect)})


def example_call(offered: Sequence[Tool], dialect: str | None) -> str:
    """A call of the first tool offered, in the syntax asked for; a plain JSON object where that is unknown or an API's own."""
    tool = offered[0] if offered else Tool(name="function_name")
    call = Call(name=tool.name, arguments=example_arguments(tool.parameters))
    if dialect is None or dialect == "native":
        return as_json({"name": call.name, "arguments": call.arguments})
    return dialect_of(dialect).write([call])


def _unknown_function(name: str, names: Sequence[str]) -> Fault:
    wrong = f"there is no function {show(name)}"
    meant = nearest(name[:MAX_NAME], names)
    options = {"available_functions": nearest_first(name[:MAX_NAME], names)}
    return Fault(code="unknown_function", wrong=wrong, right=wrong + _did_you_mean([meant]), options=options)


def _did_you_mean(names: Iterable[str | None]) -> str:
    meant = [show(name) for name in names if name is not None]
    return f"; did you mean {' and '.join(meant)}?" if meant else ""


def _of_arguments(code: FaultCode, tool: Tool, found: Sequence[Violation]) -> Fault:
    told, further = found[:MAX_TOLD], f" and {len(found) - MAX_TOLD} more" if len(found) > MAX_TOLD else ""
    places = ", ".join(place(violation.path) for violation in told) + further
    several = "s" if len(found) > 1 else ""
    if code == "unknown_argument":
        wrong = f"{tool.name} takes no argument{several} {places}"
        declared = [(*violation.path[:-1], name) for violation in told for name in violation.expected]
        near = [nearest(str(violation.path[-1])[:MAX_NAME], violation.expected) for violation in told]
        return Fault(code=code, wrong=wrong, right=wrong + _did_you_mean(near), options=_arguments("valid_arguments", tool, declared))
    paths = [violation.path for violation in told]
    if code == "missing_argument":
        wrong = f"{tool.name} needs the missing argument{several} {places}"
        return Fault(code=code, wrong=wrong, right=wrong, options=_arguments("missing_arguments", tool, paths))
    what = "value of the wrong type" if code == "invalid_type" else "value that is not allowed"
    wrong = "; ".join(f"{place(violation.path)} has a {what}: {_got(violation)}" for violation in told) + further
    right = "; ".join(f"{place(violation.path)}: {message(violation)}" for violation in told) + further
    return Fault(code=code, wrong=wrong, right=right, options=_arguments("arguments", tool, paths))


def _got(violation: Violation) -> str:
    return f"{type_name(violation.got)} {show(violation.got)}"


def place(path: Path) -> str:
    """Where in the arguments something is: ``'stops.2.city'``, items counted from 0."""
    return show(".".join(map(str, path)))


def _arguments(name: str, tool: Tool, paths: Iterable[Path]) -> dict[str, Any]:
    """The schemas at those places, by their dotted paths, as the tool describes them."""
    return {name: {".".join(map(str, path)): schema_at(tool.parameters, path) for path in dict.fromkeys(paths)}}


def schema_at(schema: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    """What a schema says of the value at ``path``, by the first branch that says anything; empty where none does."""
    for part in path:
        schema = next((inner for node in _branches(schema) if isinstance(inner := _below(node, part), Mapping)), {})
    return schema


def _branches(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    inner = [branch for keyword in ("allOf", "anyOf", "oneOf") for branch in branches_of(schema, keyword)]
    return [schema, *(branch for branch in inner if isinstance(branch, Mapping))]


def _below(schema: Mapping[str, Any], part: str | int) -> Any:
    if isinstance(part, int):
        return schema.get("items")
    properties = schema.get("properties")
    return properties.get(part) if isinstance(properties, Mapping) else None
