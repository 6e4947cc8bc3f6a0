"""BFCL's ``possible_answer`` as ``Gold``.

Single turn: each parameter has a list of allowed values, in which ``""`` means that it may be left out (the empty string itself is accepted
too, as BFCL does). A dictionary among them has such a list for each of its keys. An empty list of allowed values can be met by no
call (seven items of the published sets): it is read as "anything goes", the item being at fault. Parallel categories bind in any order
(``unordered``), the others exactly.

Multi turn: calls as Python text, per turn. BFCL judges by the state that they leave, so other calls that leave the same state are right
as well, and reading more than the gold is never wrong. Without its simulators the nearest honest reading is mode ``required``: what
the gold calls must occur, in the turn it belongs to; what is called besides is not held against the model. A finding of insufficient
calls is then evidence, not proof, which the reward of a score file shows.

Java and JavaScript: a value is compared as what its text means (see ``languages``); gold that is source text is read the same way.

Source: BFCL's possible_answer files and ast_checker (gorilla, Apache-2.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spectool.model import Expected, ExpectedCall, Gold, Tool
from spectool.read.dialects.broken import Broken
from spectool.read.dialects.literals import Literals
from spectool.read.dialects.python_calls import read_call
from spectool.read.formats.bfcl.languages import gold_values
from spectool.read.record import as_list, as_object, quoted
from spectool.read.source import FormatError

_CALL = re.compile(r"\s*([^\W\d][\w.]*)\s*\(")
_KEYWORD = re.compile(r"\s*([^\W\d]\w*)\s*=(?!=)")
_NESTED = frozenset({dict, list})
NO_CALL = Gold(paths=((),), mode="exact")
ANY_CALL = Gold(mode="any_call")


def gold_of(category: str, row: Mapping[str, Any] | None, tool_sets: Sequence[tuple[Tool, ...]], language: str = "python") -> Gold | None:
    """The gold of one question; ``None`` where BFCL gives none.

    Args:
        category: decides between "no call is due", "some call is due" and the answer file.
        row: the question's line of the answer file, ``None`` when it has none.
        tool_sets: of the question, for the order of positional arguments.
        language: of the argument values.

    Raises:
        FormatError: the answer has another shape.
    """
    if "irrelevance" in category or category == "relevance":  # v1 called irrelevance so
        return NO_CALL
    if row is None:
        return ANY_CALL if category.endswith("relevance") else None
    if category.startswith("multi_turn"):
        return _multi_turn(row, tool_sets)
    if category.startswith(("memory", "web_search")):
        return _answer(row)
    calls = tuple(_single_turn(row, tool_sets, language))
    return Gold(paths=(calls,), mode="unordered" if "parallel" in category else "exact")


def _answer(row: Mapping[str, Any]) -> Gold:
    """Agentic categories are judged by the final answer alone; several spellings of it are alternatives, which ``answer`` can not say."""
    spelt = as_list(row.get("ground_truth"), "ground_truth")
    return Gold(mode="state", answer=(str(spelt[0]),) if len(spelt) == 1 else ())


def _single_turn(row: Mapping[str, Any], tool_sets: Sequence[tuple[Tool, ...]], language: str) -> Iterable[ExpectedCall]:
    offered = {tool.name: tool for tools in tool_sets for tool in tools}
    numbered = "ground_truth" not in row
    bare = [{name: value} for name, value in row.items() if name not in ("id", "idx")]
    for call in bare if numbered else as_list(row["ground_truth"], "ground_truth"):
        for name, arguments in as_object(call, "a gold call").items():
            allowed = as_object(arguments, f"the arguments of {name}")
            meant = _offered(name, tuple(offered), numbered=numbered)
            if language != "python":
                allowed = gold_values(allowed, offered.get(meant), language)
            yield ExpectedCall(name=meant, arguments={key: _expected(value) for key, value in allowed.items()})


def _offered(name: str, offered: Sequence[str], *, numbered: bool) -> str:
    """The gold's name as it is offered.

    v1 numbers repeated names. Where one function is offered, BFCL's checker never compares the gold's name, which in a few items differs.
    """
    if name in offered:
        return name
    if len(offered) == 1:
        return offered[0]
    stem, _, number = name.rpartition("_")
    return stem if numbered and number.isdigit() else name


def _expected(allowed: Any) -> Expected:
    """One parameter's alternatives; a bare value stands for itself."""
    if not isinstance(allowed, list):
        return _expected([allowed])
    if not allowed:
        return Expected(any=True, optional=True)
    optional = "" in allowed
    if _NESTED.isdisjoint(map(type, allowed)):
        return Expected(values=tuple(allowed), optional=optional)
    values: list[Any] = []
    objects: list[Mapping[str, Expected]] = []
    lists: list[tuple[Expected, ...]] = []
    for value in allowed:
        if isinstance(value, dict):
            objects.append({name: _expected(inner) for name, inner in value.items()})
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            lists.append(tuple(_expected([item]) for item in value))
        else:
            values.append(value)
    return Expected(values=tuple(values), objects=tuple(objects), lists=tuple(lists), optional=optional)


def _multi_turn(row: Mapping[str, Any], tool_sets: Sequence[tuple[Tool, ...]]) -> Gold:
    tools = {tool.name: tool for offered in tool_sets for tool in offered}
    path = tuple(
        python_call(text, tools, turn)
        for turn, calls in enumerate(as_list(row.get("ground_truth"), "ground_truth"))
        for text in as_list(calls, f"turn {turn} of ground_truth")
    )
    return Gold(paths=(path,), mode="required")


def python_call(text: Any, tools: Mapping[str, Tool], turn: int) -> ExpectedCall:
    """A gold call written in Python, such as ``sort('final_report.pdf')``; positional values are named in the order of the tool's schema.

    Raises:
        FormatError: it is no call of a name with literals.
    """
    match = _CALL.match(text) if isinstance(text, str) else None
    if match is None:
        raise FormatError(f"expected a call as Python text, got {quoted(text)}")
    call, _ = read_call(Literals(text), match[1], 0, match.end() - 1)
    arguments = call.arguments
    if arguments is None:
        tool = tools.get(call.name)
        arguments = _placed(text, match.end(), tuple(tool.parameters.get("properties", {})) if tool else ())
    return ExpectedCall(name=call.name, arguments={name: Expected(values=(value,)) for name, value in arguments.items()}, turn=turn)


def _placed(text: str, start: int, order: Sequence[str]) -> dict[str, Any]:
    """Arguments of which some stand without a name; one more than the schema has gets a number for its name."""
    reader = Literals(text)
    found: dict[str, Any] = {}
    position = reader.space(start)
    try:
        while text[position : position + 1] not in (")", ""):
            keyword = _KEYWORD.match(text, position)
            name = keyword[1] if keyword else order[len(found)] if len(found) < len(order) else f"argument {len(found)}"
            found[name], position = reader.value(keyword.end() if keyword else position)
            position = reader.space(position)
            position = reader.space(position + 1) if text[position : position + 1] == "," else position
    except Broken as broken:
        raise FormatError(f"expected a call of literals, got {quoted(text)}: {broken.message}") from None
    return found
