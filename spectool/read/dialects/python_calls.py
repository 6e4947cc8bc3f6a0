"""Reads one call in Python syntax, ``name(key=literal, ...)``; what the dialects with Python calls share.

Names may hold dots and hyphens, and keywords may be Python's own words (``from=``): tools are named by people who do not write Python.
Nothing is evaluated: an argument such as ``5 * 60`` or ``datetime(2024, 1, 1)`` is no literal, and its call is ``malformed``. JSON's
words and bare names (``true``, ``data=my_data``) are understood, so their call is recovered as ``other_syntax``.
"""

from __future__ import annotations

import re
from typing import Any

from spectool.model import Call, ParseProblem
from spectool.read.dialects.broken import Broken, excerpt, skip_balanced
from spectool.read.dialects.literals import SCALAR, Literals, scalar

NAME = re.compile(r"[^\W\d][\w.\-/]*+")
_ARGUMENT = re.compile(rf"\s*+([^\W\d][\w.\-]*+)\s*+=\s*+{SCALAR}\s*+(?:,\s*+|(?=\)))")
_KEYWORD = re.compile(r"\s*+([^\W\d][\w.\-]*+)\s*+=(?!=)")


class Positional(Broken):
    """An argument without a name."""

    def problem(self) -> ParseProblem:
        """As data: of kind ``positional``."""
        return ParseProblem(kind="positional", message=self.message, offset=self.offset)


def read_call(reader: Literals, name: str, begin: int, opened: int) -> tuple[Call, int | None]:
    """The call whose ``(`` stands at ``opened``, and the offset after it; ``None`` when nothing closes it.

    Args:
        reader: over the text; what it has met of foreign words before is forgotten.
        name: the call's name, already read.
        begin: where the call starts in the text.
        opened: where its parenthesis stands.
    """
    reader.foreign.clear()
    text = reader.text
    try:
        arguments, end = _arguments(reader, opened)
    except Broken as broken:
        closed = skip_balanced(text, opened)
        stop = len(text) if closed is None else closed
        return Call(name=name, raw=text[begin:stop], span=(begin, stop), problem=broken.problem()), closed
    return Call(name=name, arguments=arguments, raw=text[begin:end], span=(begin, end), problem=_foreign(reader, begin)), end


def _arguments(reader: Literals, opened: int) -> tuple[dict[str, Any], int]:
    text = reader.text
    arguments: dict[str, Any] = {}
    pos = opened + 1
    while True:
        # One match a plain argument keeps the usual call fast; whatever is not plain takes the way below.
        while plain := _ARGUMENT.match(text, pos):
            arguments[plain[1]] = scalar(plain, 2)
            pos = plain.end()
        pos = reader.space(pos)
        if text[pos : pos + 1] == ")":
            return arguments, pos + 1
        keyword = _KEYWORD.match(text, pos)
        if not keyword:
            raise _no_keyword(reader, pos)
        arguments[keyword[1]], pos = reader.value(keyword.end())
        pos = reader.space(pos)
        if text[pos : pos + 1] == ",":
            pos += 1
        elif text[pos : pos + 1] != ")":
            raise reader.unexpected("',' or ')'", pos)


def _no_keyword(reader: Literals, pos: int) -> Broken:
    try:
        _, end = reader.value(pos)
        end = reader.space(end)
    except Broken as broken:
        word = NAME.match(reader.text, pos)
        after = reader.space(word.end()) if word else 0
        if word and reader.text[after : after + 1] in (",", ")") and not broken.at_end:
            return Positional(f"expected name=value, got '{excerpt(word[0])}'", pos)
        return broken if broken.at_end else Broken(f"expected name=value, got '{excerpt(reader.text[pos : pos + 80])}'", pos)
    if reader.text[end : end + 1] in (",", ")"):
        return Positional(f"expected name=value, got '{excerpt(reader.text[pos:end])}'", pos)
    return reader.unexpected("name=value", pos)


def _foreign(reader: Literals, begin: int) -> ParseProblem | None:
    if not reader.foreign:
        return None
    message = f"expected a Python literal, got '{reader.foreign[0]}'"
    return ParseProblem(kind="other_syntax", message=message, offset=begin, recoverable=True)
