"""One BFCL question: what the user says in each turn, and which functions are offered then.

Functions of a multi-turn question are those of its ``involved_classes`` (one document a class) without ``excluded_function``; those
named in ``missed_function`` are offered only from the turn given there on, so such a question has several tool sets. Assistant turns
inside a question were written by its authors: they are context, not the model's, and kept as system messages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from spectool.model import Message, Role, Tool
from spectool.read.record import as_list, as_object, as_text
from spectool.read.source import FormatError
from spectool.read.tools import tool_from_json

EARLIER_ANSWER = "earlier answer: "
MORE_TOOLS = "(more functions are offered from here on)"
# Categories in which calls are executed, and further calls follow from what they return.
_EXECUTED = ("multi_turn", "memory", "web_search")
_ROLES: Mapping[str, Role] = {"system": "system", "developer": "system", "user": "user", "tool": "tool"}
_RAW_LIST = msgspec.json.Decoder(list[msgspec.Raw])

ToolSets = tuple[tuple[Tool, ...], ...]


class Question(msgspec.Struct, frozen=True):
    """The fields of a question's row that are used; the rest (simulators' first states, class paths) is skipped while decoding."""

    id: str | int | None = None
    idx: int | None = None
    question: Any = None
    function: msgspec.Raw = msgspec.Raw()
    involved_classes: tuple[str, ...] = ()
    excluded_function: tuple[str, ...] | None = None
    missed_function: dict[str, tuple[str, ...]] | None = None


def task_id(value: str | int | None, category: str, line: int) -> str:
    """The row's own id; v1 has none, or a number, and counts from 0."""
    return value if isinstance(value, str) else f"{category}_{line - 1 if value is None else value}"


def turns_of(question: Any) -> list[tuple[Message, ...]]:
    """Messages per turn, of v1's bare text, v2's list of messages or the later list of turns.

    Raises:
        FormatError: it is none of these.
    """
    if isinstance(question, str):
        return [(Message(role="user", content=question),)]
    listed = as_list(question, "question")
    turns: Sequence[Any] = [listed] if listed and isinstance(listed[0], Mapping) else listed
    return [tuple(map(_message, as_list(turn, "a turn"))) or (Message(role="user", content=MORE_TOOLS),) for turn in turns]


def _message(raw: Any) -> Message:
    message = as_object(raw, "a message")
    text = as_text(message.get("content"))
    role = _ROLES.get(as_text(message.get("role")))
    return Message(role=role, content=text) if role else Message(role="system", content=f"{EARLIER_ANSWER}{text}")


def about_running(category: str, question: Question, turns: Sequence[Sequence[Message]]) -> dict[str, Any]:
    """What a run has to know: ``executor`` is who executes the calls, ``opening`` how many messages come before the model first speaks."""
    if category.startswith(_EXECUTED):
        classes = ", ".join(question.involved_classes)
        return {"executor": f"BFCL's Python classes{f' ({classes})' if classes else ''}"}
    first = turns[0] if turns else ()
    return {"opening": len(first)} if sum(message.role == "user" for message in first) > 1 else {}


class Offers:
    """Which tools hold at which turn; documents and the sets made of them are kept, because hundreds of questions share them.

    Args:
        document: gives the functions of a class.
    """

    def __init__(self, document: Callable[[str], tuple[Tool, ...]]) -> None:
        self._document = document
        self._sets: dict[Any, tuple[Tool, ...]] = {}

    def of(self, question: Question, turns: int) -> tuple[ToolSets, tuple[int, ...]]:
        """The tool sets of a question in the order they come, and for each turn the index of the one offered.

        Raises:
            FormatError: a class has no document, or a function no name.
        """
        if not question.involved_classes:
            return self._single(question), (0,) * turns
        held_back = {name: _turn(turn) for turn, names in (question.missed_function or {}).items() for name in names}
        sets: list[tuple[Tool, ...]] = []
        of_turn: list[int] = []
        for turn in range(turns):
            hidden = (*(question.excluded_function or ()), *(name for name, first in held_back.items() if first > turn))
            tools = self._without(question.involved_classes, hidden)
            if not sets or sets[-1] is not tools:
                sets.append(tools)
            of_turn.append(len(sets) - 1)
        return tuple(sets), tuple(of_turn)

    def _single(self, question: Question) -> ToolSets:
        """The question's own functions; equal text gives the same tool, which live questions repeat a hundred times."""
        text = bytes(question.function)
        if text[:1] == b"{":
            return ((tool_from_json(text),),)
        # An empty list is known to offer nothing, which is not the same as not knowing.
        return (tuple([tool_from_json(bytes(raw)) for raw in _RAW_LIST.decode(text)]),) if text[:1] == b"[" else ()

    def _without(self, classes: tuple[str, ...], hidden: tuple[str, ...]) -> tuple[Tool, ...]:
        tools = self._sets.get((classes, hidden))
        if tools is None:
            tools = tuple(tool for name in classes for tool in self._document(name) if tool.name not in hidden)
            self._sets[classes, hidden] = tools
        return tools


def _turn(text: str) -> int:
    if not text.isdigit():
        raise FormatError(f"expected a turn's number as key of 'missed_function', got '{text[:80]}'")
    return int(text)
