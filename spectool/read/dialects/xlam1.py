"""The older xLAM object: ``{"thought": "", "tool_calls": [{"name": "f", "arguments": {...}}]}``.

The thought is what a user would see; an empty list of calls is a turn without a call.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from spectool.model import Call, Parsed
from spectool.read.dialects.broken import Broken, skip_balanced
from spectool.read.dialects.found import Found
from spectool.read.dialects.framing import frame, parse_with
from spectool.read.dialects.json_calls import ARGUMENTS, read_list, with_fence
from spectool.read.dialects.json_text import read_json, skip_space, write_json

NAME = "xlam1"
DESCRIPTION = "an object with thought and tool_calls (xLAM-1)"
PROSE = False

_OPENER = re.compile(r"\{\s*+\"(?:thought|tool_calls)\"\s*+:")
_LIST = re.compile(r"\"tool_calls\"\s*+:\s*+\[")
_THOUGHT = re.compile(r"\"thought\"\s*+:")


def find(text: str, start: int, names: Collection[str]) -> Found:
    """The calls of the first such object from ``start`` on."""
    opened = _OPENER.search(text, start)
    listed = _LIST.search(text, opened.start()) if opened else None
    if not opened or not listed:
        return Found()
    calls, end = read_list(text, listed.end() - 1, names, ARGUMENTS)
    begin, end, fenced = with_fence(text, opened.start(), _object_end(text, opened.start(), end))
    shown = (text[start:begin], _thought(text, opened.start()), text[end:])
    return Found(calls, ((begin, end),), fenced, text="\n".join(part.strip() for part in shown if part.strip()))


def _object_end(text: str, pos: int, listed_to: int) -> int:
    return max(skip_balanced(text, pos) or len(text), listed_to)


def _thought(text: str, pos: int) -> str:
    match = _THOUGHT.search(text, pos)
    if not match:
        return ""
    try:
        value, _ = read_json(text, skip_space(text, match.end()))
    except Broken:
        return ""
    return value if isinstance(value, str) else ""


def parse(text: str, names: Collection[str] = ()) -> Parsed:
    """Reads the calls of one turn; ``names`` are the tools offered."""
    return parse_with(find, text, names, prose=PROSE)


def write(calls: Sequence[Call]) -> str:
    """The calls in this syntax; arguments that could not be read are written as an empty object."""
    return write_json({"thought": "", "tool_calls": [{"name": call.name, "arguments": dict(call.arguments or {})} for call in calls]})


def opener(text: str) -> int | None:
    """The offset where the text starts to call, ``None`` where it does not."""
    match = _OPENER.search(text, frame(text).start)
    return match.start() if match else None
