"""A JSON call in a Markdown fence, with prose around it allowed, as LangChain's structured chat agent writes it.

All pairs of keys are at home here; the action ``Final Answer`` is an answer, no call.

Source: langchain, ``agents/structured_chat``: ``{"action": TOOL_NAME, "action_input": INPUT}`` in a fence behind ``Action:``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from spectool.model import Call, Parsed
from spectool.read.dialects.found import Found
from spectool.read.dialects.framing import frame, parse_with
from spectool.read.dialects.json_calls import read_list, read_object
from spectool.read.dialects.json_text import write_json
from spectool.read.dialects.naming import KEY_PAIRS

NAME = "fenced"
DESCRIPTION = "a JSON call in a Markdown fence, with prose around"
PROSE = True

_OPENER = re.compile(r"(?:^Action:[ \t]*+\n)?+```+[\w+-]*+\s*+(?=[\[{])", re.MULTILINE)


def find(text: str, start: int, names: Collection[str]) -> Found:
    """All calls in fences from ``start`` on."""
    calls: list[Call] = []
    blocks: list[tuple[int, int]] = []
    match = _OPENER.search(text, start)
    while match:
        here, end = _calls_at(text, match.end(), names)
        closed = text.find("```", end)
        end = len(text) if closed < 0 else closed + 3
        if here:
            calls.extend(here)
            blocks.append((match.start(), end))
        match = _OPENER.search(text, end)
    return Found(tuple(calls), tuple(blocks))


def _calls_at(text: str, pos: int, names: Collection[str]) -> tuple[tuple[Call, ...], int]:
    if text[pos] == "[":
        return read_list(text, pos, names, KEY_PAIRS)
    call, end = read_object(text, pos, names, KEY_PAIRS)
    return (call,) if call else (), end


def parse(text: str, names: Collection[str] = ()) -> Parsed:
    """Reads the calls of one turn; ``names`` are the tools offered."""
    return parse_with(find, text, names, prose=PROSE)


def write(calls: Sequence[Call]) -> str:
    """The calls in this syntax; arguments that could not be read are written as an empty object."""
    blobs = (write_json({"action": call.name, "action_input": dict(call.arguments or {})}) for call in calls)
    return "\n".join(f"Action:\n```json\n{blob}\n```" for blob in blobs)


def opener(text: str) -> int | None:
    """The offset where the text starts to call, ``None`` where it does not."""
    match = _OPENER.search(text, frame(text).start) if "```" in text else None  # a search without a fixed beginning is slow
    return match.start() if match else None
