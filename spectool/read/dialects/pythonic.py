"""Python calls in a list, ``[f(a='x'), g(b=1)]``, as Llama 3.2, Llama 4, ToolACE and BFCL's own prompt ask for.

The brackets may be left out, on either side, or doubled: BFCL's reference harness mends that before it parses. Calls may stand one a line.
In running prose only an offered name with at least one argument is a call (``the function get_time() returns...`` is not), and a
broken one only where it opens a list or a line.

Source: BFCL's ``default_decode_ast_prompting``; Meta's prompt formats for Llama 3.2 and Llama 4 (``<|python_start|>``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import partial

from msgspec.structs import replace

from spectool.model import Call, Parsed
from spectool.read.dialects.broken import Broken, excerpt
from spectool.read.dialects.found import Found, one_list
from spectool.read.dialects.framing import frame, parse_with
from spectool.read.dialects.json_calls import with_fence
from spectool.read.dialects.literals import Literals
from spectool.read.dialects.naming import calls_offered
from spectool.read.dialects.python_calls import read_call

NAME = "pythonic"
DESCRIPTION = "Python calls with keyword arguments, in a list or bare"
PROSE = False

_START = re.compile(r"\s*+(?:<\|python_start\|>\s*+)?+(\[[\s\[]*+)?+([^\W\d][\w.\-/]*+)(?(1)\s*+)\(")
_OPENER = re.compile(r"\[\s*+[^\W\d][\w.\-/]*+\s*+\(")
_PROSE = re.compile(r"(?P<list>\[\s*+)?+(?<![\w.\-/])(?P<name>[^\W\d][\w.\-/]*+)(?(list)\s*+)\(")
_NEXT = re.compile(r"\s*+([,;])?+\s*+([^\W\d][\w.\-/]*+)\s*+\(")
_CLOSE = re.compile(r"\s*+,?+\s*+\]")
_AFTER = re.compile(r"[\s\]]*+(?:<\|python_end\|>\s*+)?+\Z")

ReadCall = Callable[[str, int, int], tuple[Call, int | None]]
"""Reads the call of a name that begins at an offset and whose parenthesis opens at another: as ``python_calls.read_call``."""


def find(text: str, start: int, names: Collection[str]) -> Found:
    """All calls from ``start`` on."""
    return find_calls(text, start, names, partial(read_call, Literals(text, bare_names=True)))


def find_calls(text: str, start: int, names: Collection[str], read: ReadCall) -> Found:
    """All calls of this shape from ``start`` on, whatever language their arguments are in."""
    opening = _START.match(text, start)
    if opening:
        calls, end, closed = _run(text, read, opening)
        if (closed or opening[1] or opening[2] in names) and _AFTER.match(text, end):
            return Found(calls, ((opening.start(), len(text)),))
    if not _OPENER.search(text, start) and not calls_offered(text, names, "("):
        return Found()
    return one_list(_in_prose(text, start, names, read))


def _run(text: str, read: ReadCall, opening: re.Match[str]) -> tuple[tuple[Call, ...], int, bool]:
    """The calls from ``opening`` on, the offset after them, and whether the last one is closed."""
    calls: list[Call] = []
    match: re.Match[str] | None = opening
    end = opening.end()
    closed = True
    while match:
        call, after = read(match[2], match.start(2), match.end() - 1)
        calls.append(call)
        closed = after is not None
        end = len(text) if after is None else after
        match = _NEXT.match(text, end) if closed else None
    if opening[1]:
        end = _close_list(text, end, calls)
    return tuple(calls), end, closed


def _close_list(text: str, end: int, calls: list[Call]) -> int:
    """The offset after the list; its bracket may be missing where nothing follows on the line, but not after a comma."""
    closed = _CLOSE.match(text, end)
    if closed:
        return closed.end()
    got = text[end : end + 40].partition("\n")[0].strip()
    last = calls[-1]
    if not got or (last.problem is not None and not last.problem.recoverable):
        return end
    cut_off = got == "," and not text[end:].strip(", \n")
    broken = Broken(f"expected ',' or ']', got '{excerpt(got)}'", end, at_end=cut_off)
    calls[-1] = replace(last, arguments=None, problem=broken.problem())
    return len(text) if cut_off else end


def _in_prose(text: str, start: int, names: Collection[str], read: ReadCall) -> Found:
    calls: list[Call] = []
    blocks: list[tuple[int, int]] = []
    fenced = False
    match = _PROSE.search(text, start)
    while match:
        end = match.end()
        if match["list"] or match["name"] in names:
            run, stop, _ = _run(text, read, match)
            if _meant(run, match, text, names):
                begin, end, in_fence = with_fence(text, match.start(), stop)
                fenced |= in_fence
                calls.extend(run)
                blocks.append((begin, end))
        match = _PROSE.search(text, end)
    return Found(tuple(calls), tuple(blocks), fenced)


def _meant(run: tuple[Call, ...], match: re.Match[str], text: str, names: Collection[str]) -> bool:
    """Whether calls met in prose were meant to be executed."""
    first = run[0]
    alone = not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip(" \t`")
    if first.name in names:
        return alone or bool(match["list"]) or bool(first.arguments)
    return bool(match["list"]) and first.arguments is not None and (alone or not names)


def parse(text: str, names: Collection[str] = ()) -> Parsed:
    """Reads the calls of one turn; ``names`` are the tools offered."""
    return parse_with(find, text, names, prose=PROSE)


def write(calls: Sequence[Call]) -> str:
    """The calls in this syntax; arguments that could not be read are written as an empty object."""
    return "[" + ", ".join(write_call(call) for call in calls) + "]"


def write_call(call: Call) -> str:
    """One call, its values as Python literals."""
    return f"{call.name}({', '.join(f'{key}={value!r}' for key, value in (call.arguments or {}).items())})"


def opener(text: str) -> int | None:
    """The offset where the text starts to call, ``None`` where it does not."""
    start = frame(text).start
    match = _START.match(text, start) or _OPENER.search(text, start)
    return match.start() if match else None
