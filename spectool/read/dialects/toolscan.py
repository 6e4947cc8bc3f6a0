r"""SpecTool's own prompt (ToolScan): ``Action: f with Action Input: {...}``, until ``Action: finish with Action Input: {"answer": ...}``.

``finish`` is the answer, no call, unless a tool of that name is offered. The input may be JSON or a Python dict, as in the
few-shot examples; backslashes before underscores (``get\_movie``, Vicuna) are taken away.

Source: Kokane et al., SpecTool (arXiv 2411.13547), prompts and ``llm/vllm.py`` of the code released with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from spectool.model import Call, Parsed
from spectool.read.dialects.found import Found, left_over
from spectool.read.dialects.framing import frame, parse_with
from spectool.read.dialects.json_arguments import read_arguments
from spectool.read.dialects.json_text import write_json

NAME = "toolscan"
DESCRIPTION = "Action: name with Action Input: {...} (SpecTool, ToolScan)"
PROSE = True

_OPENER = re.compile(r"Action[ \t]*+:[ \t]*+([^\s:]++)\s++with\s++Action Input[ \t]*+:[ \t]*+", re.IGNORECASE)
FINISH = "finish"


def find(text: str, start: int, names: Collection[str]) -> Found:
    """All actions from ``start`` on; the answer of ``finish`` becomes the text."""
    calls: list[Call] = []
    blocks: list[tuple[int, int]] = []
    answers: list[str] = []
    match = _OPENER.search(text, start)
    while match:
        following = _OPENER.search(text, match.end())
        limit = following.start() if following else len(text)
        call = _call(text, match, limit)
        if call.name.lower() == FINISH and call.name not in names:
            answers.append(_answer(call, text[match.end() : limit]))
        else:
            calls.append(call)
        blocks.append((match.start(), call.span[1] if call.span else limit))
        match = following
    rest = left_over(text, start, blocks)
    return Found(tuple(calls), tuple(blocks), text="\n".join(part for part in (rest, *answers) if part))


def _call(text: str, match: re.Match[str], limit: int) -> Call:
    name = match[1].replace("\\_", "_")
    begin = match.start(1)
    written = text[match.end() : limit].rstrip()
    if "\\_" in written:
        plain = read_arguments(written.replace("\\_", "_"), name, 0, 0, python=True)
        if plain.arguments is not None:
            end = match.end() + len(written)
            return Call(name=name, arguments=plain.arguments, raw=text[begin:end], span=(begin, end))
    return read_arguments(text, name, begin, match.end(), limit, python=True)


def _answer(call: Call, raw: str) -> str:
    answer = (call.arguments or {}).get("answer")
    return answer if isinstance(answer, str) else raw.strip()


def parse(text: str, names: Collection[str] = ()) -> Parsed:
    """Reads the calls of one turn; ``names`` are the tools offered."""
    return parse_with(find, text, names, prose=PROSE)


def write(calls: Sequence[Call]) -> str:
    """The calls in this syntax; arguments that could not be read are written as an empty object."""
    return "\n".join(f"Action: {call.name} with Action Input: {write_json(dict(call.arguments or {}))}" for call in calls)


def opener(text: str) -> int | None:
    """The offset where the text starts to call, ``None`` where it does not."""
    if "action input" not in text.lower():  # a search that ignores case is slow
        return None
    match = _OPENER.search(text, frame(text).start)
    return match.start() if match else None
