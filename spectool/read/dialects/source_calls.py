"""Calls whose values are expressions of a programming language, ``name(key=expression, …)``; what ``java`` and ``javascript`` share.

Each call is read by itself, so that two good ones beside a broken one survive. One that is no sound expression is ``malformed``. Python's
words (``flag=True``) are understood, so their call is recovered as ``other_syntax``.
"""

from __future__ import annotations

import re
from typing import Any

from spectool.model import Call, ParseProblem
from spectool.read.dialects.broken import Broken, excerpt, skip_balanced
from spectool.read.dialects.python_calls import Positional
from spectool.read.dialects.skeleton import Language, closing
from spectool.read.dialects.syntax_tree import PYTHON_WORDS, Elements, OfNode, elements

_PLAIN = re.compile(
    r"""\s*+([^\W\d][\w.\-]*+)\s*+=\s*+(?:'([^'\\\n]*+)'|"([^"\\\n]*+)"|(-?(?:0|[1-9]\d{0,17}))|(-?\d{1,17}\.\d{1,17})|([^\W\d]\w*+))\s*+([,)])"""
)
_WORDS = {"true": True, "false": False, "null": None}


def read_call(text: str, name: str, begin: int, opened: int, language: Language, of_node: OfNode) -> tuple[Call, int | None]:
    """The call whose ``(`` stands at ``opened``, and the offset after it; ``None`` when nothing closes it.

    Args:
        text: the whole turn.
        name: the call's name, already read.
        begin: where the call starts in the text.
        opened: where its parenthesis stands.
        language: of its values.
        of_node: gives a value's meaning in that language.
    """
    try:
        if (plain := _plain(text, opened)) is not None:
            arguments, end = plain
            return Call(name=name, arguments=arguments, raw=text[begin:end], span=(begin, end)), end
        skeleton, end = closing(text, opened, language)
        found = elements(text[opened + 1 : end - 1], opened + 1, language, skeleton)
        arguments = _arguments(found, of_node)
    except Broken as broken:
        closed = skip_balanced(text, opened)
        stop = len(text) if closed is None else closed
        return Call(name=name, raw=text[begin:stop], span=(begin, stop), problem=broken.problem()), closed
    problem = _foreign(found, begin) if found.foreign else None
    return Call(name=name, arguments=arguments, raw=text[begin:end], span=(begin, end), problem=problem), end


def _foreign(found: Elements, begin: int) -> ParseProblem:
    message = f"expected a {found.language} literal, got '{found.foreign[0]}'"
    return ParseProblem(kind="other_syntax", message=message, offset=begin, recoverable=True)


def _plain(text: str, opened: int) -> tuple[dict[str, Any], int] | None:
    """The arguments of a call of plain values alone, which most are, and the offset after it; the same in both languages."""
    arguments: dict[str, Any] = {}
    match = _PLAIN.match(text, opened + 1)
    while match and match[6] not in PYTHON_WORDS:
        keyword, single, double, whole, real, word, after = match.groups()
        if word is not None:
            arguments[keyword] = _WORDS.get(word, word)
        else:
            string = single if single is not None else double
            arguments[keyword] = string if string is not None else int(whole) if whole is not None else float(real)
        if after == ")":
            return arguments, match.end()
        match = _PLAIN.match(text, match.end())
    return None


def _arguments(found: Elements, of_node: OfNode) -> dict[str, Any]:
    nodes = found.nodes
    if len(nodes) == 1 and nodes[0].type == "object":
        members = of_node(found, nodes[0])
        if isinstance(members, dict):
            return members
    arguments: dict[str, Any] = {}
    for node in nodes:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if node.type != "assignment_expression" or left is None or right is None:
            raise Positional(f"expected name=value, got '{excerpt(found.source(node))}'", found.place(node))
        arguments[found.source(left)] = of_node(found, right)
    return arguments
