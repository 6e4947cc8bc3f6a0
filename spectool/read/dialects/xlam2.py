"""xLAM-2's list of calls, which its own parser also takes from a fence, after ``</think>``, after ``[TOOL_CALLS]`` and in ``<tool_call>``.

Source: the chat template of Salesforce's Llama-xLAM-2 models and the parser published beside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from spectool.model import Call, Parsed
from spectool.read.dialects.found import Found
from spectool.read.dialects.framing import frame, parse_with
from spectool.read.dialects.json_calls import LIST, find_lists
from spectool.read.dialects.json_text import write_json

NAME = "xlam2"
DESCRIPTION = "a JSON list of calls, bare, fenced or after a marker (xLAM-2)"
PROSE = True

_BEFORE = re.compile(r"(?:\[TOOL_CALLS\]|<tool_call>)\s*\Z")
_AFTER = re.compile(r"\s*+</tool_call>")
_LOOK = 40


def find(text: str, start: int, names: Collection[str]) -> Found:
    """All calls from ``start`` on; a marker before or behind a list belongs to the list."""
    found = find_lists(text, start, names)
    return found._replace(blocks=tuple(_with_marker(text, begin, end) for begin, end in found.blocks), fenced=False)


def _with_marker(text: str, begin: int, end: int) -> tuple[int, int]:
    before = _BEFORE.search(text, max(0, begin - _LOOK), begin)
    after = _AFTER.match(text, end)
    return before.start() if before else begin, after.end() if after else end


def parse(text: str, names: Collection[str] = ()) -> Parsed:
    """Reads the calls of one turn; ``names`` are the tools offered."""
    return parse_with(find, text, names, prose=PROSE)


def write(calls: Sequence[Call]) -> str:
    """The calls in this syntax; arguments that could not be read are written as an empty object."""
    return write_json([{"name": call.name, "arguments": dict(call.arguments or {})} for call in calls])


def opener(text: str) -> int | None:
    """The offset where the text starts to call, ``None`` where it does not."""
    match = LIST.search(text, frame(text).start)
    return match.start() if match else None
