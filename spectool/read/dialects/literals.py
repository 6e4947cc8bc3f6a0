"""Reads Python literals and calls out of text, one value at a time: nothing is evaluated and nothing is handed to a compiler.

``ast.parse`` would do for well-formed text, but it counts bytes, gives up on a whole text for one slip, and can exhaust the C stack;
this reader keeps the place of every call, so that two good calls beside a broken one survive.
"""

from __future__ import annotations

import math
import re
from typing import Any

from spectool.read.dialects.broken import MAX_DEPTH, Broken, excerpt
from spectool.read.dialects.escapes import unescape

SCALAR = r"""(?:'([^'\\\n]*+)'|"([^"\\\n]*+)"|(-?(?:0|[1-9]\d{0,17}))|(-?\d{1,17}\.\d{1,17})|(True|False|None))"""
"""A plain value in five groups: string, string, integer, float, word; see ``scalar``."""

# Python itself refuses to read or write a decimal number of more than 4,300 digits; in other bases it would read one and not write it.
MAX_BITS = 14_000
_ITEM = re.compile(rf"\s*+{SCALAR}\s*+,\s*+")
_MEMBER = re.compile(rf"""\s*+(?:'([^'\\\n]*+)'|"([^"\\\n]*+)")\s*+:\s*+{SCALAR}\s*+(?:,\s*+|(?=}}))""")
_SIMPLE = re.compile(rf"\s*+{SCALAR}(?=[,)\]}}:])")
_NO_SPACE = frozenset("()[]{},:='\"_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_SPACE = re.compile(r"(?:\s|\\\n|#[^\n]*+)*+")
_STRING_START = re.compile(r"([rRbBuUfF]{0,2})('''|\"\"\"|'|\")")
_STRING_REST = {
    "'": re.compile(r"(?:[^'\\\n]|\\.)*+'", re.DOTALL),
    '"': re.compile(r'(?:[^"\\\n]|\\.)*+"', re.DOTALL),
    "'''": re.compile(r"(?:[^'\\]|\\.|'(?!''))*+'''", re.DOTALL),
    '"""': re.compile(r'(?:[^"\\]|\\.|"(?!""))*+"""', re.DOTALL),
}
_NUMBER = re.compile(
    r"[+-]?+\s*+(0[xX][\da-fA-F_]++|0[oO][0-7_]++|0[bB][01_]++|(?:\d[\d_]*+(?:\.[\d_]*+)?+|\.\d[\d_]*+)(?:[eE][+-]?\d++)?+)"
)
_NAME = re.compile(r"[^\W\d]\w*+(?:\.[^\W\d]\w*+)*+")
_DELIMITERS = ",)]}"
_WORD = re.compile(r"[^\W\d]\w*+")
_CONSTANTS = {"True": True, "False": False, "None": None}
_FOREIGN = {"true": True, "false": False, "null": None}
_CLOSE = {"[": "]", "(": ")", "{": "}"}


class Literals:
    """A reader over one text.

    ``foreign`` holds the words met that are no Python literals but are understood: JSON's ``true``, ``false`` and ``null``, and, with
    ``bare_names``, names (``data=my_data``), which stand for themselves as strings, as BFCL's reference parser reads them.
    """

    __slots__ = ("bare_names", "foreign", "text")

    def __init__(self, text: str, *, bare_names: bool = False) -> None:
        self.text = text
        self.bare_names = bare_names
        self.foreign: list[str] = []

    def space(self, pos: int) -> int:
        """The offset after white space, comments and line continuations."""
        if self.text[pos : pos + 1] in _NO_SPACE:
            return pos
        match = _SPACE.match(self.text, pos)
        return match.end() if match else pos

    def value(self, pos: int, depth: int = 0) -> tuple[Any, int]:
        """The literal at ``pos`` and the offset after it.

        Raises:
            Broken: There is no literal there, or it nests deeper than ``MAX_DEPTH``.
        """
        simple = _SIMPLE.match(self.text, pos)
        if simple:
            return scalar(simple, 1), simple.end()
        pos = self.space(pos)
        head = self.text[pos : pos + 1]
        if not head:
            raise Broken("expected a value, got the end of the text", pos, at_end=True)
        if head in "[({":
            return self._container(pos, head, depth)
        if _STRING_START.match(self.text, pos):
            return self._string(pos)
        if head.isdigit() or head in "+-.":
            return self._number(pos)
        return self._word(pos)

    def _container(self, pos: int, head: str, depth: int) -> tuple[Any, int]:
        if depth >= MAX_DEPTH:
            raise Broken(f"expected at most {MAX_DEPTH} levels of nesting, got more", pos)
        if head == "{":
            return self._dict(pos, depth + 1)
        return self._sequence(pos, head, depth + 1)

    def _sequence(self, opened: int, head: str, depth: int) -> tuple[Any, int]:
        items: list[Any] = []
        comma = False
        pos = self.space(opened + 1)
        while self.text[pos : pos + 1] != _CLOSE[head]:
            if plain := _ITEM.match(self.text, pos):
                items.append(scalar(plain, 1))
                pos, comma = plain.end(), True
                continue
            item, pos = self.value(pos, depth)
            items.append(item)
            pos, comma = self._separator(pos, _CLOSE[head])
        if head == "(" and len(items) == 1 and not comma:
            return items[0], pos + 1
        return items, pos + 1

    def _dict(self, opened: int, depth: int) -> tuple[dict[str, Any], int]:
        members: dict[str, Any] = {}
        pos = self.space(opened + 1)
        while self.text[pos : pos + 1] != "}":
            if plain := _MEMBER.match(self.text, pos):
                members[plain[1] if plain[1] is not None else plain[2]] = scalar(plain, 3)
                pos = plain.end()
                continue
            key, after = self.value(pos, depth)
            after = self.space(after)
            if not isinstance(key, str):
                raise Broken(f"expected a string as key, got '{excerpt(self.text[pos:after])}'", pos)
            if self.text[after : after + 1] != ":":
                raise self.unexpected("':'", after)
            members[key], pos = self.value(after + 1, depth)
            pos, _ = self._separator(pos, "}")
        return members, pos + 1

    def _separator(self, pos: int, close: str) -> tuple[int, bool]:
        pos = self.space(pos)
        head = self.text[pos : pos + 1]
        if head == ",":
            return self.space(pos + 1), True
        if head != close:
            raise self.unexpected(f"',' or '{close}'", pos)
        return pos, False

    def _string(self, pos: int) -> tuple[str, int]:
        parts: list[str] = []
        start = _STRING_START.match(self.text, pos)
        while start:
            prefix, quote = start[1].lower(), start[2]
            if "f" in prefix or "b" in prefix:
                raise Broken(f"expected a plain string, got one with the prefix '{start[1]}'", pos)
            rest = _STRING_REST[quote].match(self.text, start.end())
            if not rest:
                raise Broken("expected the end of a string, got none", pos, at_end=self._runs_out(quote, start.end()))
            content = self.text[start.end() : rest.end() - len(quote)]
            parts.append(content if "r" in prefix or "\\" not in content else unescape(content, start.end()))
            pos = self.space(rest.end())
            start = _STRING_START.match(self.text, pos)
        return "".join(parts), pos

    def _runs_out(self, quote: str, pos: int) -> bool:
        """Whether a string without an end was cut off; one that swallows closing brackets lacks its quote instead."""
        rest = self.text[pos:].rstrip()
        return (len(quote) == 3 or "\n" not in rest) and not rest.endswith((")", "]", "}"))

    def _number(self, pos: int) -> tuple[int | float, int]:
        match = _NUMBER.match(self.text, pos)
        if not match:
            raise self.unexpected("a value", pos)
        digits = match[0].replace(" ", "")
        try:
            number = int(digits, 0) if not _is_float(digits) else float(digits)
        except ValueError:
            raise Broken(f"expected a number, got '{excerpt(match[0])}'", pos) from None
        if isinstance(number, float) and not math.isfinite(number):
            raise Broken(f"expected a finite number, got '{excerpt(match[0])}'", pos)
        if isinstance(number, int) and number.bit_length() > MAX_BITS:
            raise Broken(f"expected a number of fewer digits, got '{excerpt(match[0])}'", pos)
        return number, match.end()

    def _word(self, pos: int) -> tuple[Any, int]:
        match = _WORD.match(self.text, pos)
        if not match:
            raise self.unexpected("a value", pos)
        word = match[0]
        if word in _CONSTANTS:
            return _CONSTANTS[word], match.end()
        if word in _FOREIGN:
            self.foreign.append(word)
            return _FOREIGN[word], match.end()
        return self._bare_name(pos)

    def _bare_name(self, pos: int) -> tuple[str, int]:
        match = _NAME.match(self.text, pos)
        end = match.end() if match else pos
        after = self.text[self.space(end) :][:1]
        if match and self.bare_names and after and after in _DELIMITERS:
            self.foreign.append(match[0])
            return match[0], end
        raise Broken(f"expected a literal, got '{excerpt(self.text[pos : pos + 80])}'", pos, at_end=not after)

    def unexpected(self, wanted: str, pos: int) -> Broken:
        """The error of finding something else than ``wanted`` at ``pos``."""
        got = self.text[pos : pos + 40]
        if not got:
            return Broken(f"expected {wanted}, got the end of the text", pos, at_end=True)
        return Broken(f"expected {wanted}, got '{excerpt(got)}'", pos)


def _is_float(digits: str) -> bool:
    return digits.lstrip("+-")[:2].lower() not in ("0x", "0o", "0b") and any(mark in digits for mark in ".eE")


def scalar(match: re.Match[str], first: int) -> str | int | float | None:
    """The value of a match of ``SCALAR``, which holds its last groups; they begin at ``first``."""
    index = match.lastindex or first
    text = match[index]
    if index < first + 2:
        return text
    if index == first + 2:
        return int(text)
    return float(text) if index == first + 3 else _CONSTANTS[text]
