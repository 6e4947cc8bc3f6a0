r"""Escapes in strings of Java and JavaScript: ``\n``, ``\"``, octal and Unicode codes, of which two may make one character.

An escape that the language does not know (``\d``) is a slip of the model's: it stays as written, which loses nothing.
"""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(u\{[\da-fA-F]{1,6}\}|u++[\da-fA-F]{4}|x[\da-fA-F]{2}|[0-3]?[0-7]{1,2}|\r?\n|.)", re.DOTALL)
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_PLAIN = {
    "b": "\b", "f": "\f", "n": "\n", "r": "\r", "s": " ", "t": "\t", "v": "\v",
    "'": "'", '"': '"', "`": "`", "\\": "\\", "/": "/", "$": "$", "\n": "", "\r\n": "",
}  # fmt: skip


def unescape(content: str) -> str:
    """The string that ``content`` stands for between its quotes."""
    if "\\" not in content:
        return content
    return _SURROGATES.sub(_joined, _ESCAPE.sub(_character, content))


def _character(match: re.Match[str]) -> str:
    code = match[1]
    plain = _PLAIN.get(code)
    if plain is not None:
        return plain
    if code[0] in "01234567":
        return chr(int(code, 8))
    if len(code) > 1:
        point = int(code.lstrip("ux").strip("{}"), 16)
        return chr(point) if point <= 0x10FFFF else match[0]
    return match[0]


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
