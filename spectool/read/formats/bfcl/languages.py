"""Java and JavaScript categories: every value is asked for as text of that language and judged as what it means.

BFCL rewrites each parameter's type to string before it prompts ("in string representation"), whatever type the dataset declares. So a
string that reads as a literal of the language counts as that value (``"42L"`` for a ``long`` as 42, ``"new int[]{1, 2}"`` as a list), and
gold's values are compared with it. What the language writes as an expression (a variable, a lambda, a call) may stand for any type and
stays its text, so every declared type admits a string beside its own. A ``String`` is the text itself, quotes around it dropped.

The notation is part of what was asked. A value that is no text at all (``["-v"]`` in JSON arguments), or is a collection or a word in the
text of JSON or Python, is understood and judged further, but its call is ``other_syntax``. Calls as source text are read as the
dialects ``java`` and ``javascript``, in which ``f(a=5)`` is as good as ``f(a="5")``.

Source: BFCL's Java and JavaScript categories and the language hint of its prompts (gorilla, Apache-2.0).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from spectool.model import Call, ParseProblem, Step, Tool
from spectool.read.dialects import java, javascript
from spectool.read.dialects.broken import Broken
from spectool.read.dialects.literals import Literals
from spectool.read.record import kind, quoted

_VALUE_OF = {"java": java.value, "javascript": javascript.value}
_QUOTES = ("'", '"', "`")


def asked(dialect: str | None, language: str) -> str | None:
    """The dialect asked for: calls as source text are the language's own."""
    return language if dialect == "pythonic" and language in _VALUE_OF else dialect


def with_expressions(tool: Tool) -> Tool:
    """The tool with a string admitted beside every declared type, for what the language writes as an expression."""
    return replace(tool, parameters={**tool.parameters, "properties": _properties(tool.parameters)})


def _properties(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _beside_text(inner) for name, inner in schema.get("properties", {}).items()}


def _beside_text(schema: Any) -> Any:
    if not isinstance(schema, Mapping):
        return schema
    out = dict(schema)
    if isinstance(declared := schema.get("type"), str) and declared != "string":
        out["type"] = [declared, "string"]
    if "items" in schema:
        out["items"] = _beside_text(schema["items"])
    if "properties" in schema:
        out["properties"] = _properties(schema)
    return out


def with_values(step: Step, tools: Sequence[Tool], language: str) -> Step:
    """The step with its arguments as what they mean; ``raw`` stays as written. Nothing changes where values are JSON's or Python's."""
    if language not in _VALUE_OF:
        return step
    by_name = {tool.name.replace(".", "_"): tool for tool in tools} | {tool.name: tool for tool in tools}
    return replace(step, calls=tuple(_meant(call, by_name.get(call.name), step.dialect, language) for call in step.calls))


def _meant(call: Call, tool: Tool | None, dialect: str | None, language: str) -> Call:
    if tool is None or call.arguments is None:
        return call
    declared = tool.parameters.get("properties", {})
    arguments: dict[str, Any] = {}
    foreign = ""
    for name, given in call.arguments.items():
        elsewhere = dialect != language and not isinstance(given, str)
        arguments[name] = given
        if isinstance(given, str) and name in declared:
            arguments[name], elsewhere = _read(given, declared[name], language)
        if elsewhere and not foreign:
            foreign = f"expected '{name}' written in {language}, got {kind(given)} {quoted(given)}"
    if foreign and call.problem is None:
        problem = ParseProblem(kind="other_syntax", message=foreign, offset=call.span[0] if call.span else None, recoverable=True)
        return replace(call, arguments=arguments, problem=problem)
    return replace(call, arguments=arguments)


def gold_values(arguments: Mapping[str, Any], tool: Tool | None, language: str) -> dict[str, Any]:
    """The lists of allowed values by parameter, with text as what it means: gold holds ``"10d"`` as source text, too."""
    declared = tool.parameters.get("properties", {}) if tool is not None else {}
    return {name: _gold(allowed, declared.get(name, {}), language) for name, allowed in arguments.items()}


def _gold(allowed: Any, schema: Any, language: str) -> Any:
    if not isinstance(allowed, list):
        return allowed
    return [_read(value, schema, language)[0] if isinstance(value, str) and value else value for value in allowed]


def _read(text: str, schema: Any, language: str) -> tuple[Any, bool]:
    """What ``text`` means where ``schema`` is due, and whether it is text of another syntax."""
    declared = schema.get("type") if isinstance(schema, Mapping) else None
    types = (declared,) if isinstance(declared, str) else tuple(declared or ())
    if types == ("string",) and not (text[:1] in _QUOTES and text[-1:] == text[:1]):
        return text, False
    try:
        meant = _VALUE_OF[language](text)
    except Broken:
        return _elsewhere(text) if types and types != ("string",) else (text, False)
    return (meant, False) if types != ("string",) or isinstance(meant, str) else (text, False)


def _elsewhere(text: str) -> tuple[Any, bool]:
    """A collection or a word written in JSON or Python, else the text itself."""
    reader = Literals(text)
    try:
        meant, end = reader.value(0)
    except Broken:
        return text, False
    whole = not isinstance(meant, str) and reader.space(end) == len(text)
    return (meant, True) if whole else (text, False)
