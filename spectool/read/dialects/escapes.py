"""Python's escapes in strings, decoded without a compiler, which would warn of unknown ones."""

from __future__ import annotations

import re
import unicodedata

from spectool.read.dialects.broken import Broken

_ESCAPE = re.compile(r"\\(\n|[0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|N\{[^{}]{1,100}\}|.)", re.DOTALL)
_PLAIN_ESCAPES = {
    "\n": "", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"
}  # fmt: skip


def unescape(content: str, offset: int) -> str:
    r"""The string that ``content`` stands for between quotes; unknown escapes such as ``\d`` stay as written, as in Python.

    Raises:
        Broken: An escape names no character.
    """

    def character(match: re.Match[str]) -> str:
        code = match[1]
        plain = _PLAIN_ESCAPES.get(code)
        if plain is not None:
            return plain
        try:
            return _coded(code)
        except (ValueError, KeyError):
            raise Broken(f"expected a character code, got '\\{code}'", offset + match.start()) from None

    return _ESCAPE.sub(character, content)


def _coded(code: str) -> str:
    if code[0] in "01234567":
        return chr(int(code, 8))
    if code[0] == "N" and len(code) > 1:
        return unicodedata.lookup(code[2:-1])
    if code[0] in "xuU":
        return chr(int(code[1:], 16))
    return "\\" + code
