"""Harmony, gpt-oss' format: messages on channels, a call is a message ``to=functions.f``.

Both orders of a header occur, ``<|channel|>commentary to=functions.f`` and ``to=functions.f<|channel|>commentary``. The analysis channel
is reasoning, the final channel and commentary to nobody are text. What tools say (``to=assistant``) is neither.

Source: OpenAI's Harmony response format guide.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from spectool.model import Call, Parsed
from spectool.read.dialects.found import Found
from spectool.read.dialects.framing import parse_with
from spectool.read.dialects.json_arguments import read_arguments
from spectool.read.dialects.json_text import write_json

NAME = "harmony"
DESCRIPTION = "messages on channels, calls to=functions.name (gpt-oss)"
PROSE = True

_MESSAGE = re.compile(r"<\|message\|>")
_END = re.compile(r"<\|(?:end|call|return|start)\|>")
_HEADER_START = re.compile(r"<\|(?:start|end|call|return)\|>")
_RECIPIENT = re.compile(r"(?:^|[\s>])to=([^\s<]++)")
_CHANNEL = re.compile(r"<\|channel\|>\s*+(\w++)")
_TO_MODEL = frozenset({"assistant", "user", "all"})
_OPENER = re.compile(r"(?:^|[\s>])to=(?!(?:assistant|user|all)\b)[^\s<]++")


def find(text: str, start: int, names: Collection[str]) -> Found:
    """All calls from ``start`` on; reasoning and text by channel."""
    calls: list[Call] = []
    shown: dict[str, list[str]] = {"analysis": [], "final": []}
    position = start
    match = _MESSAGE.search(text, start)
    while match:
        ended = _END.search(text, match.end())
        limit = ended.start() if ended else len(text)
        call = _message(text, position, match, limit, shown)
        if call is not None:
            calls.append(call)
        position = limit
        match = _MESSAGE.search(text, limit)
    if position == start:
        return Found()
    spans = tuple(call.span for call in calls if call.span)
    return Found(tuple(calls), spans, reasoning="\n".join(shown["analysis"]), text="\n".join(shown["final"]))


def _message(text: str, position: int, match: re.Match[str], limit: int, shown: dict[str, list[str]]) -> Call | None:
    header = text[position : match.start()]
    recipient = _RECIPIENT.search(header)
    channel = _CHANNEL.search(header)
    if recipient and recipient[1] not in _TO_MODEL:
        marker = _HEADER_START.match(header)
        begin = position + (marker.end() if marker else 0)
        return read_arguments(text, recipient[1].removeprefix("functions."), begin, match.end(), limit)
    if not recipient:
        shown["analysis" if channel and channel[1] == "analysis" else "final"].append(text[match.end() : limit].strip())
    return None


def parse(text: str, names: Collection[str] = ()) -> Parsed:
    """Reads the calls of one turn; ``names`` are the tools offered."""
    return parse_with(find, text, names, prose=PROSE)


def write(calls: Sequence[Call]) -> str:
    """The calls in this syntax; arguments that could not be read are written as an empty object."""
    return "<|start|>assistant".join(
        f"<|channel|>commentary to=functions.{call.name} <|constrain|>json<|message|>{write_json(dict(call.arguments or {}))}<|call|>"
        for call in calls
    )


def opener(text: str) -> int | None:
    """The offset where the text starts to call, ``None`` where it does not."""
    if "<|message|>" not in text:
        return None
    match = _OPENER.search(text)
    return match.start() if match else None
