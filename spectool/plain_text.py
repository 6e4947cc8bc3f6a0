"""Text that is safe to show: what a model wrote must not move the cursor, colour the screen or reorder a line."""

from __future__ import annotations

import re
import unicodedata

# Escape sequences as terminals read them: CSI (colours, cursor), OSC (titles, links) and the two-character ones.
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-_]?|\x9b[0-?]*[ -/]*[@-~]")
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def safe(text: str, *, newlines: bool = False) -> str:
    """``text`` without escape sequences and control characters, on one line unless ``newlines`` are kept."""
    text = _ESCAPES.sub("", text)
    if not newlines:
        text = " ".join(text.split())
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(character, newlines) for character in text)


def shortened(message: str, columns: int) -> str:
    """At most ``columns`` characters of a finding's message; what was expected is cut before what was got, so that both are seen."""
    expected, got, tail = message.partition(", got ")
    if len(message) <= columns or not got:
        return cut(message, columns)
    tail = cut(got + tail, max(columns - len(expected), columns // 2))
    return cut(expected, columns - len(tail)) + tail


def cut(text: str, columns: int) -> str:
    """The text, or its beginning with an ellipsis."""
    return text if len(text) <= columns else text[: columns - 1] + "…"


def _visible(character: str, newlines: bool) -> str:
    if character == "\n" and newlines:
        return character
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) in _UNSAFE else character
