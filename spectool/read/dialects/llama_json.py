"""Llama 3.1's and 3.2's bare JSON, ``{"name": "f", "parameters": {...}}``, with ``;`` between calls and ``<|python_tag|>`` before them.

The built-in tools' form ``<|python_tag|>brave_search.call(query="...")`` is read too; the call is then named ``brave_search``.

Source: Meta's prompt format for Llama 3.1; vLLM's llama3_json parser takes ``arguments`` as well as ``parameters``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from spectool.model import Call, Parsed
from spectool.read.dialects.found import Found
from spectool.read.dialects.framing import frame, parse_with
from spectool.read.dialects.json_calls import ARGUMENTS, OBJECT, find_objects
from spectool.read.dialects.json_text import write_json
from spectool.read.dialects.literals import Literals
from spectool.read.dialects.python_calls import read_call

NAME = "llama_json"
DESCRIPTION = "bare JSON objects with name and parameters (Llama 3.1, 3.2)"
PROSE = False

_PAIRS = ARGUMENTS | {("name", "parameters")}
_TAG = "<|python_tag|>"
_BUILT_IN = re.compile(r"<\|python_tag\|>\s*+([A-Za-z_]\w*+)\.call\(")
_MARKUP = re.compile(r"(?:\s|;|<\|python_tag\|>)*+")


def find(text: str, start: int, names: Collection[str]) -> Found:
    """All calls from ``start`` on."""
    built_in = _BUILT_IN.search(text, start)
    if built_in:
        call, end = read_call(Literals(text, bare_names=True), built_in[1], built_in.start(1), built_in.end() - 1)
        return Found((call,), ((built_in.start(), len(text) if end is None else end),))
    found = find_objects(text, start, names, _PAIRS)
    return found._replace(blocks=_joined(text, start, found.blocks))


def _joined(text: str, start: int, blocks: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """The blocks with tags and semicolons between them counted as markup."""
    joined: list[tuple[int, int]] = []
    last = start
    for begin, end in blocks:
        markup = _MARKUP.match(text, last)
        tag = text.rfind(_TAG, last, begin)
        first = last if markup and markup.end() == begin else begin
        joined.append((tag if tag >= 0 and not text[tag + len(_TAG) : begin].strip() and first == begin else first, end))
        last = end
    if joined and (rest := _MARKUP.match(text, last)):
        joined[-1] = (joined[-1][0], rest.end())
    return tuple(joined)


def parse(text: str, names: Collection[str] = ()) -> Parsed:
    """Reads the calls of one turn; ``names`` are the tools offered."""
    return parse_with(find, text, names, prose=PROSE)


def write(calls: Sequence[Call]) -> str:
    """The calls in this syntax; arguments that could not be read are written as an empty object."""
    return "; ".join(write_json({"name": call.name, "parameters": dict(call.arguments or {})}) for call in calls)


def opener(text: str) -> int | None:
    """The offset where the text starts to call, ``None`` where it does not."""
    start = frame(text).start
    match = _BUILT_IN.search(text, start) or OBJECT.search(text, start)
    return match.start() if match else None
