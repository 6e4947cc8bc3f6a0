"""What a dialect finds in a text, and the small changes that several of them make to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from spectool.model import Call, ParseProblem


class Found(NamedTuple):
    """What a dialect finds in a text.

    ``calls``: in the order written; ``blocks``: (start, end) of all markup that belongs to them, in order;
    ``fenced``: the calls stand in a Markdown fence; ``reasoning``, ``text``: what the markup itself marks as such.
    """

    calls: tuple[Call, ...] = ()
    blocks: tuple[tuple[int, int], ...] = ()
    fenced: bool = False
    reasoning: str = ""
    text: str | None = None


def shifted(call: Call, offset: int) -> Call:
    """The call of a piece of text that begins at ``offset``, with its places counted in the whole text."""
    span = (call.span[0] + offset, call.span[1] + offset) if call.span else None
    problem = call.problem
    if problem is not None and problem.offset is not None:
        problem = replace(problem, offset=problem.offset + offset)
    return replace(call, span=span, problem=problem)


def one_list(found: Found) -> Found:
    """For dialects that want one list of calls: calls from several become ``wrapped``."""
    if len(found.blocks) < 2:
        return found
    return found._replace(calls=tuple(wrapped(call, f"expected one list of calls, got {len(found.blocks)}") for call in found.calls))


def wrapped(call: Call, message: str) -> Call:
    """The call with the problem ``wrapped``, unless it has another one that weighs more."""
    if call.problem is not None and call.problem.kind != "other_syntax":
        return call
    return replace(call, problem=ParseProblem(kind="wrapped", message=message, offset=0, recoverable=True))


def left_over(body: str, start: int, blocks: Sequence[tuple[int, int]]) -> str:
    """The text from ``start`` without ``blocks``: what a user would see."""
    if len(blocks) == 1 and blocks[0][0] == start and blocks[0][1] >= len(body):
        return ""
    parts: list[str] = []
    for begin, end in blocks:
        parts.append(body[start:begin])
        start = max(start, end)
    parts.append(body[start:])
    return "".join(parts).strip()
