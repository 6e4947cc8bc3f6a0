"""What the text of one task says about its gold: whether its own schema takes it, and whether its value or the models' was said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from spectool.classify.case import build
from spectool.classify.conversation import Conversation, conversation
from spectool.classify.grounding import is_supported, leaves
from spectool.classify.spelling import number_in
from spectool.classify.values import example
from spectool.defaults import NONE_STATED, default_of
from spectool.model import ExpectedCall, Tool, Trajectory
from spectool.patterns.gold_suspects_slips import SharedSlip
from spectool.read.record import as_json, quoted
from spectool.read.source import decode
from spectool.references import SchemaError
from spectool.validate import Shape, shape_of, violations

_WORD = re.compile(r"[^\W_]+")
_ARGUMENT = re.compile(r"\.arguments\.?(.*)\Z", re.DOTALL)
_LAST_NAME = re.compile(r"([A-Za-z_]\w*)(?:\[\d+\])*\Z")


def refusals(trajectory: Trajectory) -> tuple[str, ...]:
    """How the gold breaks the schemas of its own tools, along the path that breaks them least; empty where it does not, or none is known.

    An argument breaks its schema when it is not declared, or when it is needed and each of its values is refused. A refused value of one
    that may be left out does no harm.
    """
    gold, tools = trajectory.gold, {tool.name: tool for offered in trajectory.tool_sets for tool in offered}
    if gold is None or not tools or not gold.paths:
        return ()
    by_path = [[line for call in path for line in _refused(call, tools.get(call.name))] for path in gold.paths]
    fewest = min(by_path, key=len)
    return tuple(dict.fromkeys(fewest))


def _refused(call: ExpectedCall, tool: Tool | None) -> Iterator[str]:
    if tool is None:
        yield f"{quoted(call.name)} is not offered"
        return
    try:
        shape = shape_of(tool.parameters)
        for name, expected in call.arguments.items():
            if name not in shape.properties and _breaks(shape, name, example(expected)):
                yield f"{call.name} has no argument {quoted(name)}"
            elif expected.values and not expected.optional and all(_breaks(shape, name, value) for value in expected.values):
                yield f"{call.name}.{name} = {quoted(expected.values[0])} breaks the schema"
        for name in shape.required:
            if name not in call.arguments and default_of(shape.properties.get(name, {})) is NONE_STATED:
                yield f"{call.name} lacks the required {quoted(name)}"
    except SchemaError:
        return


def _breaks(shape: Shape, name: str, value: Any) -> bool:
    return any(found.path[:1] == (name,) for found in violations(shape, {name: value}))


def grounding_gap(trajectory: Trajectory, slip: SharedSlip) -> float | None:
    """How much more of the models' value than of the gold's was said before the call: -1 (only the gold's) to 1 (only theirs).

    A value left out is neither said nor unsaid: where the models leave out what the gold needs, or give what it does not expect, the one
    value that is there is held against half. ``None`` where nothing can be said: no value at stake, no words of a user, or values that
    need no source (true and false, a small count).
    """
    if slip.error != "IAV" or slip.step is None:
        return None
    talk = conversation(build(trajectory))
    if not talk.known:
        return None
    said = _Said(talk, slip, trajectory)
    gold = said.share(slip.expected) if slip.subtype != "unexpected" else None
    theirs = said.share(slip.got) if slip.subtype != "omitted" else None
    if gold is None and theirs is None:
        return None
    if slip.subtype == "omitted":
        return None if gold is None else 1 - 2 * gold
    if slip.subtype == "unexpected":
        return None if theirs is None else 2 * theirs - 1
    return None if gold is None or theirs is None else theirs - gold


class _Said:
    """Shares of a value's words that were said before a slip, or that its tool writes."""

    def __init__(self, talk: Conversation, slip: SharedSlip, trajectory: Trajectory) -> None:
        self._talk, self._step = talk, slip.step or 0
        found = _LAST_NAME.search(slip.path)
        self._name = found[1] if found else ""
        self._written = frozenset(_WORD.findall(_text_of(slip.tool, trajectory).lower()))

    def share(self, value: str | None) -> float | None:
        """0-1; ``None`` for no value, or one without words or figures."""
        if value is None:
            return None
        shares = [share for path, leaf in leaves(decode(value), ()) if (share := self._of(leaf)) is not None]
        return sum(shares) / len(shares) if shares else None

    def _of(self, leaf: Any) -> float | None:
        if leaf is None or type(leaf) is bool:
            return None
        if type(leaf) is not str:
            return self._of_number(leaf)
        words = _WORD.findall(leaf.lower())
        if not words:
            return None
        return sum(word in self._written or self._talk.has(word, self._step) for word in words) / len(words)

    def _of_number(self, number: int | float) -> float | None:
        """1 for one that was said, 0 for one that needs a source and has none; a small count or a result needs none and says nothing."""
        value = number_in(number)
        if value is None or self._talk.numbers.get(abs(value), self._step) < self._step:
            return None if value is None else 1.0
        return None if is_supported(number, self._name, self._talk, self._step) else 0.0


def _text_of(name: str | None, trajectory: Trajectory) -> str:
    tool = next((tool for offered in trajectory.tool_sets for tool in offered if tool.name == name), None)
    return f"{tool.description} {as_json(tool.parameters)}" if tool is not None else ""
