"""The skeleton of source text: what a grammar needs to see of it, one character for each of the text's own.

Each string's content, each comment and each character outside ASCII is blotted out. So a parser that counts bytes counts characters, text
inside quotes can not confuse it, lone surrogates never reach it, and what models write in single quotes in Java is a string, too.
A JavaScript template without substitution is a string as well; one with ``${…}``, and a regular expression, become a name.
"""

from __future__ import annotations

import re
from typing import Literal

from spectool.read.dialects.broken import MAX_DEPTH, Broken

Language = Literal["java", "javascript"]

MAX_STRUCTURE = 20_000
"""Characters of one call or value outside its strings and comments; a list of 3,000 numbers fits."""
MAX_STRETCH = 1_000
"""The same between two commas or semicolons: one operand after another may nest as deep as brackets do."""
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_COMMENT = r"//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)"
_STRINGS = r""""(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'"""
_REST = r"""[\[\](){}]|[^\[\](){}"'`/]++|."""
_TEXT_BLOCK = r'"""(?:[^"\\]|\\.|"(?!""))*+"""'
_TEMPLATE = r"`(?:[^`\\]|\\.)*+`"
# A slash divides, unless it stands where a value begins.
_REGEX = r"(?:\A|(?<=[=(,:\[])|(?<=[=(,:\[] ))/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*+\])++/[a-z]*+"
_PIECES = {
    "java": re.compile("|".join((_COMMENT, _TEXT_BLOCK, _STRINGS, _REST)), re.DOTALL),
    "javascript": re.compile("|".join((_COMMENT, _TEMPLATE, _REGEX, _STRINGS, _REST)), re.DOTALL),
}
_FOREIGN = re.compile(r"[^\x01-\x7f]")


def closing(text: str, opened: int, language: Language) -> tuple[str, int]:
    """The skeleton of what the bracket at ``opened`` holds, and the offset after the bracket that closes it.

    Raises:
        Broken: nothing closes it, or it holds more than the bounds allow.
    """
    skeleton, end = _built(text, opened, language, stop=True)
    if end is None:
        raise Broken("expected the end of the call, got the end of the text", len(text), at_end=True)
    return skeleton[1:-1], end


def skeleton_of(text: str, language: Language, offset: int = 0) -> str:
    """The skeleton of a whole text that begins at ``offset`` of its turn.

    Raises:
        Broken: it exceeds the bounds, or a string in it has no end.
    """
    return _built(text, 0, language, stop=False, base=offset)[0]


def _built(text: str, start: int, language: Language, *, stop: bool, base: int = 0) -> tuple[str, int | None]:
    """The skeleton from ``start`` on: up to the bracket that closes the one there (``stop``), or of the whole text."""
    parts: list[str] = []
    open_: list[str] = []
    structure = stretch = 0
    for match in _PIECES[language].finditer(text, start):
        piece = match[0]
        head = piece[0]
        if head in _CLOSED_BY and len(piece) == 1:
            open_.append(_CLOSED_BY[head])
            if len(open_) > MAX_DEPTH:
                raise Broken(f"expected at most {MAX_DEPTH} levels of nesting, got more", base + match.start())
        elif head in ")]}" and (not open_ or open_.pop() != head):
            raise Broken(f"expected brackets that match, got '{head}'", base + match.start())
        part, counted = _blotted(piece, text, base + match.start())
        structure += counted
        cut = max(part.rfind(","), part.rfind(";"))
        longest = max(stretch + counted, 0) if cut < 0 else max(stretch + part.find(","), *map(len, re.split("[,;]", part)))
        stretch = stretch + counted if cut < 0 else len(part) - cut - 1
        if structure > MAX_STRUCTURE or longest > MAX_STRETCH:
            raise Broken(f"expected a {language} expression of less structure, got more", base + match.start())
        parts.append(part)
        if stop and not open_:
            return "".join(parts), match.end()
    return "".join(parts), None


def _blotted(piece: str, text: str, place: int) -> tuple[str, int]:
    """A piece of the skeleton, and how much structure it holds."""
    head, size = piece[0], len(piece)
    if head in "\"'`":
        if size == 1:
            rest = text[place + 1 :].rstrip()
            raise Broken("expected the end of a string, got none", place, at_end="\n" not in rest and not rest.endswith((")", "]", "}")))
        return ("x" * size if head == "`" and "${" in piece else f'"{"x" * (size - 2)}"'), 1
    if piece.startswith("/*") and not piece.endswith("*/", 2):
        raise Broken("expected the end of a comment, got the end of the text", place, at_end=True)
    if head == "/" and size > 1:
        return (" " if piece[1] in "/*" else "x") * size, 1
    return (piece if piece.isascii() and "\0" not in piece else _FOREIGN.sub(_ascii, piece)), size


def _ascii(match: re.Match[str]) -> str:
    return " " if match[0].isspace() else "x" if match[0].isalnum() else "\x01"
