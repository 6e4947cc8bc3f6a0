"""Reads the arguments of an API's structured tool call, which are a string of JSON that the model wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spectool.model import ParseProblem
from spectool.read.dialects.broken import MAX_DEPTH, Broken, excerpt
from spectool.read.dialects.json_text import read_json, skip_space, too_deep
from spectool.read.dialects.literals import Literals
from spectool.read.dialects.naming import kind_of

Arguments = tuple[Mapping[str, Any] | None, ParseProblem | None]


def arguments_from(raw: str | Mapping[str, Any] | None) -> Arguments:
    """The arguments of a structured call, and what is wrong with them.

    Nothing, ``""`` and white space stand for no arguments: engines send them for calls of functions without parameters.
    A string that holds JSON in a string (encoded twice) is ``bad_shape`` and not recovered: the caller decodes once, so the tool
    received a string. A Python dict in JSON's place is recovered as ``other_syntax``. Of equal keys the last wins.
    Offsets count in ``raw``.

    Args:
        raw: the JSON string of an OpenAI-style call, the object of an Anthropic-style one, or ``None``.
    """
    if raw is None:
        return {}, None
    if isinstance(raw, str):
        return _from_text(raw)
    return _from_value(raw)


def _from_value(value: Any) -> Arguments:
    if not isinstance(value, Mapping):
        return None, _bad_shape(value, str(value), None)
    if too_deep(dict(value)):
        return None, ParseProblem(kind="malformed", message=f"expected at most {MAX_DEPTH} levels of nesting, got more")
    return value, None


def _from_text(raw: str) -> Arguments:
    start = skip_space(raw, 0)
    if start == len(raw):
        return {}, None
    try:
        value, end = read_json(raw, start)
        end = skip_space(raw, end)
        if end < len(raw):
            raise Broken(f"expected the end of the arguments, got '{excerpt(raw[end : end + 40])}'", end)
    except Broken as broken:
        return _python(raw, start) or (None, broken.problem())
    if not isinstance(value, dict):
        return None, _bad_shape(value, raw, start)
    return value, None


def _python(raw: str, start: int) -> Arguments | None:
    if raw[start] != "{":
        return None
    reader = Literals(raw)
    try:
        value, end = reader.value(start)
    except Broken:
        return None
    if reader.space(end) != len(raw):
        return None
    return value, ParseProblem(kind="other_syntax", message="expected JSON, got a Python literal", offset=start, recoverable=True)


def _bad_shape(value: Any, raw: str, offset: int | None) -> ParseProblem:
    return ParseProblem(kind="bad_shape", message=f"expected an object of arguments, got {kind_of(value)} '{excerpt(raw)}'", offset=offset)
