"""Mistral before tokeniser v11: ``[TOOL_CALLS] [{"name": "f", "arguments": {...}}]``.

Source: mistral-common, instruct tokenisers v3 and v7; the ids in a call's object are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from spectool.model import Call, Parsed
from spectool.read.dialects.broken import Broken, excerpt
from spectool.read.dialects.found import Found
from spectool.read.dialects.framing import frame, parse_with
from spectool.read.dialects.json_calls import ARGUMENTS, read_list, read_object
from spectool.read.dialects.json_text import write_json

NAME = "mistral"
DESCRIPTION = "[TOOL_CALLS] before a JSON list (Mistral before v11)"
PROSE = True

_OPENER = re.compile(r"\[TOOL_CALLS\]\s*+(?![\w.-]++\s*+(?:\[|\{))")


def find(text: str, start: int, names: Collection[str]) -> Found:
    """The calls behind each marker from ``start`` on."""
    calls: list[Call] = []
    blocks: list[tuple[int, int]] = []
    match = _OPENER.search(text, start)
    while match:
        here, end = _calls_at(text, match.end(), names)
        calls.extend(here)
        blocks.append((match.start(), end))
        match = _OPENER.search(text, end)
    return Found(tuple(calls), tuple(blocks))


def _calls_at(text: str, pos: int, names: Collection[str]) -> tuple[tuple[Call, ...], int]:
    calls: tuple[Call, ...] = ()
    end = pos
    if text[pos : pos + 1] == "[":
        calls, end = read_list(text, pos, names, ARGUMENTS)
    elif text[pos : pos + 1] == "{":
        call, end = read_object(text, pos, names, ARGUMENTS)
        calls = (call,) if call else ()
    if calls:
        return calls, end
    got = excerpt(text[pos:])
    problem = Broken(f"expected a list of calls, got '{got}'", pos, at_end=not got).problem()
    return (Call(name="", raw=text[pos:], span=(pos, len(text)), problem=problem),), len(text)


def parse(text: str, names: Collection[str] = ()) -> Parsed:
    """Reads the calls of one turn; ``names`` are the tools offered."""
    return parse_with(find, text, names, prose=PROSE)


def write(calls: Sequence[Call]) -> str:
    """The calls in this syntax; arguments that could not be read are written as an empty object."""
    return "[TOOL_CALLS] " + write_json([{"name": call.name, "arguments": dict(call.arguments or {})} for call in calls])


def opener(text: str) -> int | None:
    """The offset where the text starts to call, ``None`` where it does not."""
    match = _OPENER.search(text, frame(text).start)
    return match.start() if match else None
