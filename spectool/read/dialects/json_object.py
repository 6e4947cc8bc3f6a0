"""JSON objects that are calls, one a line and nothing else: ``{"name": "f", "arguments": {...}}``."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spectool.model import Call, Parsed
from spectool.read.dialects.framing import frame, parse_with
from spectool.read.dialects.json_calls import OBJECT, find_objects
from spectool.read.dialects.json_text import write_json

NAME = "json_object"
DESCRIPTION = "one JSON object with name and arguments a call, and nothing else"
PROSE = False


find = find_objects


def parse(text: str, names: Collection[str] = ()) -> Parsed:
    """Reads the calls of one turn; ``names`` are the tools offered."""
    return parse_with(find, text, names, prose=PROSE)


def write(calls: Sequence[Call]) -> str:
    """The calls in this syntax; arguments that could not be read are written as an empty object."""
    return "\n".join(write_json({"name": call.name, "arguments": dict(call.arguments or {})}) for call in calls)


def opener(text: str) -> int | None:
    """The offset where the text starts to call, ``None`` where it does not."""
    match = OBJECT.search(text, frame(text).start)
    return match.start() if match else None
