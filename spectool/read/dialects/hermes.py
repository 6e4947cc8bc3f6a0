r"""Hermes blocks: ``<tool_call>\n{"name": "f", "arguments": {...}}\n</tool_call>``, repeated, with prose and reasoning before.

The last closing tag may be missing: many engines stop on it. A list of calls in one block is read as its calls.

Source: NousResearch Hermes function calling; the chat templates of Qwen2.5 and Qwen3.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from msgspec.structs import replace

from spectool.model import Call, Parsed, ParseProblem
from spectool.read.dialects.broken import Broken, excerpt
from spectool.read.dialects.found import Found, shifted
from spectool.read.dialects.framing import frame, parse_with
from spectool.read.dialects.json_calls import ARGUMENTS, read_list, read_object
from spectool.read.dialects.json_text import read_json, skip_space, write_json

NAME = "hermes"
DESCRIPTION = "JSON objects in <tool_call> tags (Hermes, Qwen2.5, Qwen3)"
PROSE = True

# Qwen3-Coder and GLM-4.5 write other things into the same tag.
_OPENER = re.compile(r"<tool_call>(?!\s*+(?:<function=|[\w.\-]++\s*+<arg_key>))")
_CLOSER = "</tool_call>"


def find(text: str, start: int, names: Collection[str]) -> Found:
    """All calls in blocks from ``start`` on."""
    calls: list[Call] = []
    blocks: list[tuple[int, int]] = []
    match = _OPENER.search(text, start)
    while match:
        following = _OPENER.search(text, match.end())
        limit = following.start() if following else len(text)
        closed = text.find(_CLOSER, match.end(), limit)
        inner_end = limit if closed < 0 else closed
        inside = _inside(text[match.end() : inner_end], names, closed=closed >= 0)
        calls.extend(shifted(call, match.end()) for call in inside)
        blocks.append((match.start(), limit if closed < 0 else closed + len(_CLOSER)))
        match = following
    return Found(tuple(calls), tuple(blocks))


def _inside(text: str, names: Collection[str], *, closed: bool) -> tuple[Call, ...]:
    here = skip_space(text, 0)
    if here == len(text):
        return (_stray(text, here, here, Broken("expected a call, got an empty block", here, at_end=not closed).problem()),)
    calls: tuple[Call, ...] = ()
    end = here
    if text[here] == "[":
        calls, end = read_list(text, here, names, ARGUMENTS)
    elif text[here] == "{":
        call, end = read_object(text, here, names, ARGUMENTS)
        calls = (call,) if call else ()
    if not calls:
        return (_stray(text, here, len(text), _shape(text, here, closed=closed)),)
    return (*calls[:-1], _closed(text, calls[-1], end, closed=closed))


def _shape(text: str, here: int, *, closed: bool) -> ParseProblem:
    """What is wrong with a block that holds no call: it parses as something else, or does not parse."""
    message = f"expected a call object, got '{excerpt(text[here:])}'"
    try:
        read_json(text, here)
    except Broken as broken:
        return Broken(message, broken.offset, at_end=broken.at_end and not closed).problem()
    return ParseProblem(kind="bad_shape", message=message, offset=here)


def _stray(text: str, here: int, end: int, problem: ParseProblem) -> Call:
    return Call(name="", raw=text[here:end], span=(here, end), problem=problem)


def _closed(text: str, call: Call, end: int, *, closed: bool) -> Call:
    rest = text[end:].strip()
    if closed and call.problem is not None and call.problem.kind == "truncated":
        return replace(call, problem=replace(call.problem, kind="malformed"))
    if closed and rest and call.problem is None:
        problem = ParseProblem(kind="malformed", message=f"expected '{_CLOSER}', got '{excerpt(rest[:40])}'", offset=end)
        return replace(call, arguments=None, problem=problem)
    return call


def parse(text: str, names: Collection[str] = ()) -> Parsed:
    """Reads the calls of one turn; ``names`` are the tools offered."""
    return parse_with(find, text, names, prose=PROSE)


def write(calls: Sequence[Call]) -> str:
    """The calls in this syntax; arguments that could not be read are written as an empty object."""
    blobs = (write_json({"name": call.name, "arguments": dict(call.arguments or {})}) for call in calls)
    return "\n".join(f"<tool_call>\n{blob}\n</tool_call>" for blob in blobs)


def opener(text: str) -> int | None:
    """The offset where the text starts to call, ``None`` where it does not."""
    match = _OPENER.search(text, frame(text).start)
    return match.start() if match else None
