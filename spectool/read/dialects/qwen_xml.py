r"""Qwen3-Coder's tags: ``<tool_call>\n<function=f>\n<parameter=k>\nV\n</parameter>\n</function>\n</tool_call>``.

Values carry no type. A value that is whole a JSON number, ``true``, ``false``, ``null``, object or list is decoded, anything else is the
string as written, without the line break at either end. So a string that looks like a number becomes one, and only a schema could tell:
type findings of this dialect are weaker than of others.

Source: the chat template of Qwen3-Coder.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from spectool.model import Call, Parsed
from spectool.read.dialects.broken import Broken
from spectool.read.dialects.found import Found
from spectool.read.dialects.framing import frame, parse_with
from spectool.read.dialects.json_text import read_json, write_json

NAME = "qwen_xml"
DESCRIPTION = "<function=name> with <parameter=key> tags (Qwen3-Coder)"
PROSE = True

_OPENER = re.compile(r"(?:<tool_call>\s*+)?+<function=([^>\n]*+)(>?)")
_PARAMETER = re.compile(r"\s*+<parameter=([^>\n]++)>")
_VALUE_END = re.compile(r"</parameter>|(?=<parameter=)|(?=</function>)")
_CLOSER = re.compile(r"\s*+</function>(?:\s*+</tool_call>)?+")


def find(text: str, start: int, names: Collection[str]) -> Found:
    """All calls from ``start`` on."""
    calls: list[Call] = []
    match = _OPENER.search(text, start)
    while match:
        call = _call(text, match)
        calls.append(call)
        match = _OPENER.search(text, call.span[1] if call.span else match.end())
    return Found(tuple(calls), tuple(call.span for call in calls if call.span))


def _call(text: str, match: re.Match[str]) -> Call:
    name = match[1].strip()
    try:
        arguments, end = _arguments(text, match.end())
        problem = None if match[2] and name else Broken("expected a function's name and '>', got none", match.start(1)).problem()
    except Broken as broken:
        following = _OPENER.search(text, match.end())
        end, problem, arguments = following.start() if following else len(text), broken.problem(), {}
    span = (match.start(), end)
    return Call(name=name, arguments=None if problem else arguments, raw=text[span[0] : end], span=span, problem=problem)


def _arguments(text: str, pos: int) -> tuple[dict[str, Any], int]:
    arguments: dict[str, Any] = {}
    while parameter := _PARAMETER.match(text, pos):
        ended = _VALUE_END.search(text, parameter.end())
        if not ended:
            raise Broken("expected '</parameter>', got the end of the text", len(text), at_end=True)
        arguments[parameter[1].strip()] = _value(text[parameter.end() : ended.start()])
        pos = ended.end()
    closed = _CLOSER.match(text, pos)
    if not closed:
        rest = text[pos:].strip()
        raise Broken(f"expected '</function>', got {'other text' if rest else 'the end of the text'}", pos, at_end=not rest)
    return arguments, closed.end()


def _value(written: str) -> Any:
    written = written.removeprefix("\n").removesuffix("\n")
    head = written.strip()
    if head[:1] not in ("{", "[", "-", "t", "f", "n") and not head[:1].isdigit():
        return written
    try:
        value, end = read_json(head, 0)
    except Broken:
        return written
    return value if end == len(head) else written


def parse(text: str, names: Collection[str] = ()) -> Parsed:
    """Reads the calls of one turn; ``names`` are the tools offered."""
    return parse_with(find, text, names, prose=PROSE)


def write(calls: Sequence[Call]) -> str:
    """The calls in this syntax; arguments that could not be read are written as an empty object."""
    return "\n".join(_written(call) for call in calls)


def _written(call: Call) -> str:
    lines = ["<tool_call>", f"<function={call.name}>"]
    for key, value in (call.arguments or {}).items():
        lines += [f"<parameter={key}>", value if isinstance(value, str) else write_json(value), "</parameter>"]
    return "\n".join([*lines, "</function>", "</tool_call>"])


def opener(text: str) -> int | None:
    """The offset where the text starts to call, ``None`` where it does not."""
    match = _OPENER.search(text, frame(text).start) if "<function=" in text else None  # a search without a fixed beginning is slow
    return match.start() if match else None
