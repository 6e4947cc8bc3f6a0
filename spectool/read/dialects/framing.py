"""What surrounds the calls of a turn: special tokens, reasoning and text; every dialect reads its text through ``parse_with``.

Reasoning before a call is the trained format and clean, also with an unclosed tag: then it ends where the calls that end the
text begin. A call drafted inside reasoning is never executed; it is reported (``in_reasoning``) only where no call follows
and the draft was meant to act: nothing is left for a user, or it stands in a dialect's own markup. Thinking that breaks off
without either never came to a call, whatever it had drafted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from spectool.model import Call, Parsed, ParseProblem
from spectool.read.dialects.broken import excerpt
from spectool.read.dialects.found import Found, left_over, wrapped

_REASONING = (("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<reasoning>", "</reasoning>"), ("[THINK]", "[/THINK]"))
_TURN_START = re.compile(
    r"\s*+(?:<s>|<bos>|<\|begin_of_text\|>)?+\s*+(?:<\|start_header_id\|>assistant<\|end_header_id\|>|<\|im_start\|>assistant|<start_of_turn>model)\s*+"
)
_TURN_END = re.compile(
    r"<\|(?:eot_id|eom_id|eot|im_end|im_start|start_header_id|endoftext|end_of_text|end_of_turn|END_OF_TURN_TOKEN)\|>"
    r"|<(?:end|start)_of_turn>|<｜end▁of▁sentence｜>"
)
_TRAILING = ("</s>", "<eos>", "<pad>", "<|end|>", "<unk>", "<s>")
MARKUP = re.compile(r"<tool_call>|\[TOOL_CALLS\]|<\|python_(?:tag|start)\|>|to=functions\.")


class Frame(NamedTuple):
    """A turn without its special tokens: ``body`` is the text up to its end, calls start at ``start`` or later (offsets as in the text)."""

    body: str
    start: int
    reasoning: tuple[int, int] | None = None
    unclosed: bool = False


Finder = Callable[[str, int, Collection[str]], Found]


@lru_cache(maxsize=4)
def frame(text: str) -> Frame:
    """Splits off what a chat template adds around a turn, and the reasoning at its start; kept for the dialects tried one by one."""
    if "<" not in text and "[/THINK]" not in text and "[THINK]" not in text:
        return Frame(text, 0)
    start = 0
    opening = _TURN_START.match(text)
    if opening:
        start = opening.end()
    ending = _TURN_END.search(text, start)
    body = _without_trailing(text[: ending.start()] if ending else text)
    for opened, closed in _REASONING:
        if opened in body or closed in body:
            return _reasoning_frame(body, start, opened, closed)
    return Frame(body, start)


def _without_trailing(text: str) -> str:
    end = here = len(text)
    while here:
        token = next((token for token in _TRAILING if text.endswith(token, 0, here)), None)
        if token is not None:
            end = here = here - len(token)
        elif text[here - 1].isspace():
            here -= 1
        else:
            break
    return text[:end]


def _reasoning_frame(body: str, start: int, opened: str, closed: str) -> Frame:
    before = body.find(opened, start)
    leading = before >= 0 and not body[start:before].strip()
    end = body.find(closed, start)
    # Without an opening tag the chat template wrote it into the prompt; a turn that begins with a call has no reasoning before it.
    implied = (before < 0 or end < before) and body[start:].lstrip()[:1] not in ("[", "{", "<")
    if end >= 0 and (leading or implied):
        inner = before + len(opened) if leading else start
        after = _after_more_reasoning(body, end + len(closed), opened, closed)
        return Frame(body, after, (inner, end))
    if leading:
        return Frame(body, before + len(opened), (before + len(opened), len(body)), unclosed=True)
    return Frame(body, start)


def _after_more_reasoning(body: str, pos: int, opened: str, closed: str) -> int:
    while True:
        ahead = pos
        while ahead < len(body) and body[ahead].isspace():
            ahead += 1
        end = body.find(closed, ahead) if body.startswith(opened, ahead) else -1
        if end < 0:
            return pos
        pos = end + len(closed)


def answer(text: str) -> Parsed:
    """A turn without calls: its reasoning, and the text that a user sees."""
    framed = frame(text)
    reasoning = text[slice(*framed.reasoning)].strip() if framed.reasoning else ""
    return Parsed(text="" if framed.unclosed else framed.body[framed.start :].strip(), reasoning=reasoning)


def parse_with(find: Finder, text: str, names: Collection[str], *, prose: bool) -> Parsed:
    """Reads ``text`` with a dialect's ``find``.

    Args:
        find: gets the text, the offset to start at and the offered names.
        text: one assistant turn, as generated.
        names: the tools offered; an empty collection means unknown.
        prose: whether the dialect allows text around its calls; where it does not, such text makes good calls ``wrapped``.
    """
    framed = frame(text)
    found = find(framed.body, framed.start, names)
    if framed.reasoning:
        return _with_reasoning(find, framed, found, names, prose=prose)
    return _parsed(found, framed.body, framed.start, found.reasoning, prose=prose)


def _with_reasoning(find: Finder, framed: Frame, found: Found, names: Collection[str], *, prose: bool) -> Parsed:
    begin, end = framed.reasoning or (0, 0)
    if framed.unclosed:
        return _unclosed(framed, found)
    thought = framed.body[begin:end].strip()
    parsed = _parsed(found, framed.body, framed.start, thought, prose=prose)
    if parsed.calls:
        return parsed
    draft = find(framed.body[:end], begin, names)
    return replace(parsed, calls=drafted(draft, framed.body[begin:end], parsed.text))


def drafted(draft: Found, thought: str, text: str) -> tuple[Call, ...]:
    """The last run of calls drafted in reasoning, each with the problem ``in_reasoning``; none where the draft was not meant to act."""
    if not draft.calls or (text.strip() and not MARKUP.search(thought)):
        return ()
    return tuple(_in_reasoning(call) for call in draft.calls[-1:])


def _in_reasoning(call: Call) -> Call:
    offset = call.span[0] if call.span else None
    message = "expected the call after the reasoning, got it inside"
    return replace(call, problem=ParseProblem(kind="in_reasoning", message=message, offset=offset))


def _unclosed(framed: Frame, found: Found) -> Parsed:
    body = framed.body
    last = found.blocks[-1][1] if found.blocks else framed.start
    if found.blocks and not body[last:].strip() and all(call.arguments is not None for call in found.calls[-1:]):
        first = _start_of_last_run(body, found.blocks)
        calls = tuple(call for call in found.calls if call.span is None or call.span[0] >= first)
        return Parsed(calls=calls, reasoning=body[framed.start : first].strip())
    drafts = drafted(found, body, "") if MARKUP.search(body, framed.start) else ()
    return Parsed(calls=drafts, reasoning=body[framed.start :].strip())


def _start_of_last_run(body: str, blocks: Sequence[tuple[int, int]]) -> int:
    first = blocks[-1][0]
    for start, end in reversed(blocks[:-1]):
        if body[end:first].strip():
            break
        first = start
    return first


def _parsed(found: Found, body: str, start: int, reasoning: str, *, prose: bool) -> Parsed:
    if not found.calls:
        return Parsed(text=body[start:].strip() if found.text is None else found.text, reasoning=reasoning)
    outside = left_over(body, start, found.blocks)
    calls = found.calls
    if not prose and (outside or found.fenced):
        around = f"'{excerpt(outside)}'" if outside else "a Markdown fence"
        calls = tuple(wrapped(call, f"expected nothing but calls, got {around} around them") for call in calls)
    return Parsed(calls=calls, text=outside if found.text is None else found.text, reasoning=reasoning)
