"""Reads calls written as JSON objects, alone or in a list, out of a text; what the JSON dialects share."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from msgspec.structs import replace

from spectool.model import Call, ParseProblem
from spectool.read.dialects.broken import Broken, excerpt, skip_balanced
from spectool.read.dialects.found import Found
from spectool.read.dialects.json_text import read_json, skip_space
from spectool.read.dialects.literals import Literals
from spectool.read.dialects.naming import FINAL_ANSWERS, is_call, key_pair, name_args, name_of
from spectool.read.dialects.told import are_sketches, is_document

ARGUMENTS: frozenset[tuple[str, str]] = frozenset({("name", "arguments")})

_KEYS = "name|arguments|parameters|action|action_input|tool_name|tool|tool_input|args|function|function_name|type|id"
OBJECT = re.compile(r"\{\s*+[\"'](?:" + _KEYS + r")[\"']\s*+:")
LIST = re.compile(r"\[\s*+\{\s*+[\"'](?:" + _KEYS + r")[\"']\s*+:")
_TRIED = re.compile(r"[\"'](?:arguments|parameters|action_input|tool_input|tool_arguments)[\"']\s*+:")
_NAME = re.compile(r"[\"'](?:name|action|tool_name|function_name|function|tool)[\"']\s*+:\s*+[\"']([^\"'\\\n]{1,200})[\"']")
_DEFINITION = re.compile(r"\"name\"\s*+:\s*+\"[^\"]*+\"\s*+,\s*+\"description\"\s*+:")
_FENCE_BEFORE = re.compile(r"```[\w+-]*[ \t]*\s*\Z")
_FENCE_AFTER = re.compile(r"\s*+```")
_FENCE_LOOK = 40


def read_object(text: str, pos: int, names: Collection[str], pairs: Collection[tuple[str, str]]) -> tuple[Call | None, int]:
    """The call object at ``pos`` (a ``{``) and the offset after it; ``None`` for an object that does not try to call.

    Args:
        text: the text, cut at the end of the turn.
        pos: where the object starts.
        names: the tools offered.
        pairs: the (name key, arguments key) pairs that the dialect knows; others give ``other_syntax``.
    """
    python = False
    try:
        value, end = read_json(text, pos)
    except Broken as broken:
        try:
            value, end = Literals(text).value(pos)
            python = True
        except Broken:
            return _broken_object(text, pos, broken, names)
    if not is_call(value, names):
        return None, end
    return _decoded(value, text[pos:end], pos, python, pairs), end


def _decoded(value: dict[str, Any], raw: str, pos: int, python: bool, pairs: Collection[tuple[str, str]]) -> Call:
    span = (pos, pos + len(raw))
    named = name_args(value)
    if isinstance(named, ParseProblem):
        return Call(name=name_of(value), raw=raw, span=span, problem=replace(named, offset=pos))
    if key_pair(value) in pairs and not python:
        return Call(name=named[0], arguments=named[1], raw=raw, span=span)
    message = "expected JSON, got a Python literal" if python else f"expected the keys {_wanted(pairs)}, got '{excerpt(', '.join(value))}'"
    problem = ParseProblem(kind="other_syntax", message=message, offset=pos, recoverable=True)
    return Call(name=named[0], arguments=named[1], raw=raw, span=span, problem=problem)


def _wanted(pairs: Collection[tuple[str, str]]) -> str:
    return " or ".join(f"'{name}, {arguments}'" for name, arguments in sorted(pairs))


def _broken_object(text: str, pos: int, broken: Broken, names: Collection[str]) -> tuple[Call | None, int]:
    closed = skip_balanced(text, pos)
    end = len(text) if closed is None else closed
    raw = text[pos:end]
    match = _NAME.search(raw)
    name = match[1] if match else ""
    if name in FINAL_ANSWERS or (not _TRIED.search(raw) and name not in names) or _DEFINITION.search(raw):
        return None, end
    return Call(name=name, raw=raw, span=(pos, end), problem=broken.problem()), end


def read_list(text: str, pos: int, names: Collection[str], pairs: Collection[tuple[str, str]]) -> tuple[tuple[Call, ...], int]:
    """The calls of the JSON list at ``pos`` (a ``[``) and the offset after it; no calls for a list of anything else."""
    calls: list[Call] = []
    strays: list[Call] = []
    here = skip_space(text, pos + 1)
    while here < len(text) and text[here] != "]":
        call, here = _element(text, here, names, pairs)
        if call is None:
            break
        (calls if call.name or call.problem is None or call.problem.kind != "bad_shape" else strays).append(call)
        here = skip_space(text, here)
        if text[here : here + 1] == ",":
            here = skip_space(text, here + 1)
        elif text[here : here + 1] != "]":
            _expect_end(text, here, calls)
            if text[here : here + 1] != "{":
                return _in_order(calls, strays), here
    if here >= len(text):
        _expect_end(text, here, calls)
    return _in_order(calls, strays), here + (text[here : here + 1] == "]")


def _element(text: str, pos: int, names: Collection[str], pairs: Collection[tuple[str, str]]) -> tuple[Call | None, int]:
    end = pos
    if text[pos] == "{":
        call, end = read_object(text, pos, names, pairs)
        if call is not None:
            return call, end
    else:
        try:
            _, end = read_json(text, pos)
        except Broken:
            return None, pos
    problem = ParseProblem(kind="bad_shape", message=f"expected a call object, got '{excerpt(text[pos:end])}'", offset=pos)
    return Call(name="", raw=text[pos:end], span=(pos, end), problem=problem), end


def _expect_end(text: str, here: int, calls: list[Call]) -> None:
    """Charges the last good call with what stands where a comma or the list's end should."""
    if calls and calls[-1].problem is None:
        got = text[here : here + 40]
        what = f"'{excerpt(got)}'" if got else "the end of the text"
        broken = Broken(f"expected ',' or ']', got {what}", here, at_end=not got)
        calls[-1] = replace(calls[-1], arguments=None, problem=broken.problem())


def _in_order(calls: list[Call], strays: list[Call]) -> tuple[Call, ...]:
    if not calls:
        return ()
    return tuple(sorted((*calls, *strays), key=lambda call: call.span or (0, 0))) if strays else tuple(calls)


def find_lists(text: str, start: int, names: Collection[str], pairs: Collection[tuple[str, str]] = ARGUMENTS) -> Found:
    """All calls in JSON lists from ``start`` on."""
    pos = skip_space(text, start)
    if text[pos : pos + 1] == "[":
        calls, end = read_list(text, pos, names, pairs)
        if calls and skip_space(text, end) == len(text):
            return Found(calls, ((pos, end),))
    return _find(text, start, names, pairs, LIST)


def find_objects(text: str, start: int, names: Collection[str], pairs: Collection[tuple[str, str]] = ARGUMENTS) -> Found:
    """All call objects from ``start`` on, each standing alone."""
    pos = skip_space(text, start)
    if text[pos : pos + 1] == "{":
        call, end = read_object(text, pos, names, pairs)
        if call and skip_space(text, end) == len(text):
            return Found((call,), ((pos, end),))
    return _find(text, start, names, pairs, OBJECT)


def _find(text: str, start: int, names: Collection[str], pairs: Collection[tuple[str, str]], opener: re.Pattern[str]) -> Found:
    calls: list[Call] = []
    blocks: list[tuple[int, int]] = []
    fenced = False
    told: bool | None = None  # asked once a text, and only where it matters
    match = opener.search(text, start)
    while match:
        pos = match.start()
        if text[pos] == "[":
            here, end = read_list(text, pos, names, pairs)
        else:
            call, end = read_object(text, pos, names, pairs)
            here = (call,) if call else ()
        if here and are_sketches(here, text, pos):
            told = is_document(text, start) if told is None else told
            here = () if told else here
        if here:
            begin, end, in_fence = with_fence(text, pos, end)
            fenced |= in_fence
            here, end = _stray_brackets(text, here, end)
            calls.extend(here)
            blocks.append((begin, end))
        match = opener.search(text, max(end, pos + 1))
    return Found(tuple(calls), tuple(blocks), fenced)


def _stray_brackets(text: str, calls: tuple[Call, ...], end: int) -> tuple[tuple[Call, ...], int]:
    here = skip_space(text, end)
    if text[here : here + 1] not in ("}", "]", ")"):
        return calls, end
    last = calls[-1]
    if last.problem is None:
        problem = ParseProblem(kind="malformed", message=f"expected the end of the call, got '{text[here]}'", offset=here)
        last = replace(last, arguments=None, problem=problem)
    while here < len(text) and text[here] in "}]) \n":
        here += 1
    return (*calls[:-1], last), here


def with_fence(text: str, begin: int, end: int) -> tuple[int, int, bool]:
    """The block widened by the Markdown fence around it, and whether there is one."""
    before = _FENCE_BEFORE.search(text, max(0, begin - _FENCE_LOOK), begin)
    if not before:
        return begin, end, False
    after = _FENCE_AFTER.match(text, end)
    return before.start(), after.end() if after else end, True
