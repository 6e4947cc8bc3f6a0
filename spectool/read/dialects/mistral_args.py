"""Mistral from tokeniser v11 on: ``[TOOL_CALLS]f[ARGS]{...}`` repeated, also with ``[CALL_ID]`` and without any marker.

Decoding without special tokens leaves ``f{...}``; that form is taken for a call where the turn consists of such calls only,
or where ``f`` is offered.

Source: mistral-common, instruct tokenisers v11 and v13.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from msgspec.structs import replace

from spectool.model import Call, Parsed
from spectool.read.dialects.found import Found
from spectool.read.dialects.framing import frame, parse_with
from spectool.read.dialects.json_arguments import read_arguments
from spectool.read.dialects.json_text import skip_space, write_json

NAME = "mistral_args"
DESCRIPTION = "[TOOL_CALLS]name[ARGS]{...} (Mistral from v11 on)"
PROSE = True

_OPENER = re.compile(r"\[TOOL_CALLS\]\s*+([\w.-]++)\s*+(?:\[CALL_ID\]\s*+([\w-]++)\s*+)?+(?:\[ARGS\]|(?=\{))")
_BARE = re.compile(r"(?<![\w.`'\"/-])([A-Za-z_][\w.-]*+)(?=\{)")
_START = re.compile(r"\s*+([A-Za-z_][\w.-]*+)(?=\{)")


def find(text: str, start: int, names: Collection[str]) -> Found:
    """The calls behind each marker from ``start`` on; without any marker, the bare ones."""
    match = _OPENER.search(text, start)
    if not match:
        return _bare(text, start, names)
    calls: list[Call] = []
    blocks: list[tuple[int, int]] = []
    while match:
        following = _OPENER.search(text, match.end())
        limit = following.start() if following else len(text)
        call = read_arguments(text, match[1], match.start(), match.end(), limit)
        calls.append(replace(call, id=match[2]) if match[2] else call)
        blocks.append(call.span or match.span())
        match = following
    return Found(tuple(calls), tuple(blocks))


def _bare(text: str, start: int, names: Collection[str]) -> Found:
    whole = _bare_run(text, start)
    if whole:
        return Found(whole, tuple(call.span for call in whole if call.span))
    calls: list[Call] = []
    pos = start
    while match := _BARE.search(text, pos):
        pos = match.end()
        if match[1] in names:
            call = read_arguments(text, match[1], match.start(), match.end())
            calls.append(call)
            pos = call.span[1] if call.span else pos
    return Found(tuple(calls), tuple(call.span for call in calls if call.span))


def _bare_run(text: str, start: int) -> tuple[Call, ...]:
    calls: list[Call] = []
    pos = start
    while match := _START.match(text, pos):
        call = read_arguments(text, match[1], match.start(1), match.end())
        if call.problem is not None or call.span is None:
            return ()
        calls.append(call)
        pos = skip_space(text, call.span[1])
    return tuple(calls) if pos == len(text) else ()


def parse(text: str, names: Collection[str] = ()) -> Parsed:
    """Reads the calls of one turn; ``names`` are the tools offered."""
    return parse_with(find, text, names, prose=PROSE)


def write(calls: Sequence[Call]) -> str:
    """The calls in this syntax; arguments that could not be read are written as an empty object."""
    return "".join(f"[TOOL_CALLS]{call.name}[ARGS]{write_json(dict(call.arguments or {}))}" for call in calls)


def opener(text: str) -> int | None:
    """The offset where the text starts to call, ``None`` where it does not."""
    start = frame(text).start
    match = _OPENER.search(text, start) or _START.match(text, start)
    return match.start() if match else None
