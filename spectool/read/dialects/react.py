r"""ReAct: ``Thought: ...\nAction: f\nAction Input: {...}``, until ``Final Answer: ...``.

The input may be JSON or a Python dict: the prompts in use show both. Text from ``Observation:`` on is the model playing the tool;
calls behind it count as written. A turn with a final answer behind its calls keeps both.

Source: Yao et al., ReAct (arXiv 2210.03629); LangChain's ReAct agent; ToolBench's ReAct prompt.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from spectool.model import Call, Parsed, ParseProblem
from spectool.read.dialects.broken import Broken, excerpt
from spectool.read.dialects.found import Found, left_over
from spectool.read.dialects.framing import frame, parse_with
from spectool.read.dialects.json_arguments import read_arguments
from spectool.read.dialects.json_text import write_json

NAME = "react"
DESCRIPTION = "Thought, Action, Action Input lines (ReAct)"
PROSE = True

_ACTION = re.compile(r"^[ \t]*+(?:\*\*)?+Action(?:\*\*)?+[ \t]*+:(?:\*\*)?+[ \t]*+(?![^\n]*Action Input)([^\n`]*+)(?:\n|\Z)", re.MULTILINE)
_INPUT = re.compile(r"[ \t\n]*+(?:\*\*)?+Action Input(?:\*\*)?+[ \t]*+:(?:\*\*)?+[ \t]*+(?:\n?+```\w*+\s*+)?+")
_STOP = re.compile(r"^[ \t]*+(?:\*\*)?+(?:Thought|Action|Observation|Final Answer|End Action)(?:\*\*)?+[ \t]*+(?::|$)", re.MULTILINE)
_LABEL = re.compile(r"^[ \t]*+(?:\*\*)?+(?:Thought|Final Answer|Observation)(?:\*\*)?+[ \t]*+:(?:\*\*)?+[ \t]*+", re.MULTILINE)
_THOUGHT = re.compile(r"\s*+Thought[ \t]*+:")
_NONE = frozenset({"", "none", "n/a", "final answer"})


def find(text: str, start: int, names: Collection[str]) -> Found:
    """All actions from ``start`` on."""
    calls: list[Call] = []
    blocks: list[tuple[int, int]] = []
    match = _ACTION.search(text, start)
    while match:
        end = match.end()
        name = match[1].strip().strip("*\"'`").removesuffix("()")
        if name.lower() not in _NONE:
            call = _call(text, match, name)
            end = call.span[1] if call.span else end
            calls.append(call)
            blocks.append((match.start(), _block_end(text, end)))
        match = _ACTION.search(text, end)
    if not calls:
        return Found(text=_LABEL.sub("", text[start:]).strip())
    return _shown(text, start, tuple(calls), tuple(blocks))


def _shown(text: str, start: int, calls: tuple[Call, ...], blocks: tuple[tuple[int, int], ...]) -> Found:
    first = blocks[0][0]
    thought = text[start:first].strip() if _THOUGHT.match(text, start) else ""
    rest = left_over(text, first if thought else start, blocks)
    return Found(calls, blocks, reasoning=_LABEL.sub("", thought).strip(), text=_LABEL.sub("", rest).strip())


def _call(text: str, match: re.Match[str], name: str) -> Call:
    begin = match.start(1)
    asked = _INPUT.match(text, match.end())
    if not asked:
        return _without_input(text, match, name)
    stop = _STOP.search(text, asked.end())
    limit = stop.start() if stop else len(text)
    got = text[asked.end() : limit].strip()
    if got[:1] not in ("{", "["):
        return _no_object(text, name, begin, asked.end(), limit, got)
    return read_arguments(text, name, begin, asked.end(), limit, python=True)


def _without_input(text: str, match: re.Match[str], name: str) -> Call:
    end = match.end(1)
    problem = Broken("expected an Action Input, got none", end, at_end=not text[match.end() :].strip()).problem()
    return Call(name=name, raw=text[match.start(1) : end], span=(match.start(1), end), problem=problem)


def _no_object(text: str, name: str, begin: int, pos: int, limit: int, got: str) -> Call:
    end = max(begin, pos + len(text[pos:limit].rstrip()))
    raw, span = text[begin:end], (begin, end)
    if got.lower() in ("", "none", "null"):
        return Call(name=name, arguments={}, raw=raw, span=span)
    problem = ParseProblem(kind="bad_shape", message=f"expected an object of arguments, got '{excerpt(got)}'", offset=pos)
    return Call(name=name, raw=raw, span=span, problem=problem)


def _block_end(text: str, end: int) -> int:
    while end < len(text) and text[end] in " \n\t`":
        end += 1
    return end


def parse(text: str, names: Collection[str] = ()) -> Parsed:
    """Reads the calls of one turn; ``names`` are the tools offered."""
    return parse_with(find, text, names, prose=PROSE)


def write(calls: Sequence[Call]) -> str:
    """The calls in this syntax; arguments that could not be read are written as an empty object."""
    return "\n".join(f"Action: {call.name}\nAction Input: {write_json(dict(call.arguments or {}))}" for call in calls)


def opener(text: str) -> int | None:
    """The offset where the text starts to call, ``None`` where it does not."""
    match = _ACTION.search(text, frame(text).start) if "Action" in text else None  # a search without a fixed beginning is slow
    return match.start() if match else None
