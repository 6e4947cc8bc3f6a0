"""A JSON list of calls and nothing else: ``[{"name": "f", "arguments": {...}}]``."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spectool.model import Call, Parsed
from spectool.read.dialects.found import Found, one_list
from spectool.read.dialects.framing import frame, parse_with
from spectool.read.dialects.json_calls import LIST, find_lists
from spectool.read.dialects.json_text import write_json

NAME = "json_list"
DESCRIPTION = "a JSON list of objects with name and arguments, and nothing else"
PROSE = False


def find(text: str, start: int, names: Collection[str]) -> Found:
    """All calls from ``start`` on."""
    return one_list(find_lists(text, start, names))


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
