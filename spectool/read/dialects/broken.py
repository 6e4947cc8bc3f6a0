"""What goes wrong inside a call's text, and how far a reader may go into hostile text."""

from __future__ import annotations

import re

from spectool.model import ParseProblem

MAX_DEPTH = 64
"""Levels of nesting in one call's arguments; real ones stay below 10, and the limit keeps every reader off the recursion limit."""

_EXCERPT = 80
_TOKEN = re.compile(
    r"""'''(?:[^'\\]|\\.|'(?!''))*+'''|\"""(?:[^"\\]|\\.|"(?!""))*+\"""|"(?:[^"\\]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|[\[\](){}]|[^'"\[\](){}]++|.""",
    re.DOTALL,
)


class Broken(Exception):
    """A value could not be read.

    ``offset`` counts characters from the start of the text; ``at_end`` means that the text ended before the value did.
    """

    def __init__(self, message: str, offset: int, *, at_end: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.at_end = at_end

    def problem(self) -> ParseProblem:
        """The same as data: ``truncated`` where the text ended too early, else ``malformed``."""
        return ParseProblem(kind="truncated" if self.at_end else "malformed", message=self.message, offset=self.offset)


def excerpt(text: str) -> str:
    """The text in one line, cut at 80 characters, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"


def skip_balanced(text: str, pos: int) -> int | None:
    """The offset after the bracket that closes the one at ``pos``, strings skipped; ``None`` when nothing closes it.

    Closing brackets need not be of the right kind: this steps over text that is already known to be broken.
    """
    depth = 0
    for match in _TOKEN.finditer(text, pos):
        token = match[0]
        if token in "[({":
            depth += 1
        elif token in "])}":
            depth -= 1
            if depth <= 0:
                return match.end()
    return None
