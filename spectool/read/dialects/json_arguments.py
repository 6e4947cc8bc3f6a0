"""A JSON object of arguments behind a name that stands outside it; what the dialects that write the name apart share."""

from __future__ import annotations

from spectool.model import Call, ParseProblem
from spectool.read.dialects.broken import Broken, excerpt, skip_balanced
from spectool.read.dialects.found import shifted
from spectool.read.dialects.json_text import read_json, skip_space
from spectool.read.dialects.literals import Literals
from spectool.read.dialects.naming import kind_of


def read_arguments(text: str, name: str, begin: int, pos: int, limit: int | None = None, *, python: bool = False) -> Call:
    """The call ``name`` whose markup begins at ``begin`` and whose arguments are to be at ``pos``; its span ends behind them.

    Args:
        text: the text, cut at the end of the turn.
        name: the call's name, already read.
        begin: where the call starts in the text.
        pos: where the arguments start.
        limit: where they must end at the latest; ``None`` for the end of the text.
        python: whether the dialect also takes Python literals; where it does not, they give ``other_syntax``.
    """
    if limit is None:
        return _read(text, name, begin, pos, python=python)
    # Only the piece is handed on: a copy of all the text before it, for each of many calls, would take quadratic time.
    return shifted(_read(text[begin:limit].rstrip(), name, 0, pos - begin, python=python), begin)


def _read(text: str, name: str, begin: int, pos: int, *, python: bool) -> Call:
    here = skip_space(text, pos)
    problem = None
    try:
        value, end = read_json(text, here)
    except Broken as broken:
        try:
            value, end = Literals(text).value(here)
        except Broken:
            return _unread(text, name, begin, here, broken)
        if not python:
            problem = ParseProblem(kind="other_syntax", message="expected JSON, got a Python literal", offset=here, recoverable=True)
    if not isinstance(value, dict):
        message = f"expected an object of arguments, got {kind_of(value)} '{excerpt(text[here:end])}'"
        bad = ParseProblem(kind="bad_shape", message=message, offset=here)
        return Call(name=name, raw=text[begin:end], span=(begin, end), problem=bad)
    return Call(name=name, arguments=value, raw=text[begin:end], span=(begin, end), problem=problem)


def _unread(text: str, name: str, begin: int, here: int, broken: Broken) -> Call:
    closed = skip_balanced(text, here) if text[here : here + 1] in ("{", "[") else None
    end = len(text) if closed is None else closed
    return Call(name=name, raw=text[begin:end], span=(begin, end), problem=broken.problem())
