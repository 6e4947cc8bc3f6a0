"""Expressions of Java and JavaScript out of text, by tree-sitter's grammars; what the dialects of these languages share.

tree-sitter sees a skeleton only (see `skeleton`), so its byte offsets are character offsets, and what a literal means is read from the text
itself. Nothing is evaluated. Model text is hostile: beside nesting and size the parser's own work is bounded, because a row of ``a<b<``
costs a general parser quadratic time and memory. Whatever exceeds a bound is ``Broken``, as text that is no expression is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, cast

from spectool.read.dialects.broken import Broken, excerpt
from spectool.read.dialects.skeleton import MAX_STRUCTURE, Language, skeleton_of

__all__ = ["MAX_STRUCTURE", "PYTHON_WORDS", "Elements", "Node", "elements", "one", "tree"]
MAX_NESTING_SIGNS = 100
"""Arrows, signs that may open a generic type, comments: each may nest in the one before, which costs the parser time, memory and stack."""
_CHARACTERS_A_STEP = 6
"""A step is a hundred operations of the parser; sound text takes 13 characters or more a step, text that it has to guess at far fewer."""
PYTHON_WORDS = {"True": True, "False": False, "None": None}
_BEFORE = {"java": "T[]v={", "javascript": "v=["}
_AFTER = {"java": "};", "javascript": "];"}
# A parameter may be named by a word that the language reserves, or hold hyphens: here it is only a name.
_KEYWORD = re.compile(r"(?:(?<=[(,])|\A)(\s*+)([^\W\d][\w.\-$]*+)(?=\s*+=(?![=>]))")


class Node(Protocol):
    """What is used of tree-sitter's nodes, which are loaded late."""

    type: str
    text: bytes | None
    start_byte: int
    end_byte: int
    children: list[Node]
    named_children: list[Node]
    is_named: bool
    is_extra: bool
    is_error: bool
    is_missing: bool
    has_error: bool

    def child_by_field_name(self, name: str, /) -> Node | None:
        """The child in a place that the grammar names."""


class Elements(NamedTuple):
    """Expressions separated by commas: ``nodes`` in order; ``text`` is what they were read from, beginning at ``offset`` of the turn.

    ``foreign`` gathers Python's words met where a name stands: by the grammar they are names, but nobody means them so.
    """

    nodes: list[Node]
    text: str
    offset: int
    language: Language
    foreign: list[str]

    def source(self, node: Node) -> str:
        """The text of a node as written."""
        shift = len(_BEFORE[self.language])
        return self.text[node.start_byte - shift : node.end_byte - shift]

    def name(self, node: Node) -> Any:
        """What a name stands for: itself, or the value that it has in Python."""
        source = self.source(node)
        if source not in PYTHON_WORDS:
            return source
        self.foreign.append(source)
        return PYTHON_WORDS[source]

    def place(self, node: Node) -> int:
        """Where a node starts, in characters of the turn's text."""
        return node.start_byte - len(_BEFORE[self.language]) + self.offset


OfNode = Callable[[Elements, Node], Any]


def elements(text: str, offset: int, language: Language, skeleton: str | None = None) -> Elements:
    """The expressions that ``text`` holds, separated by commas.

    Args:
        text: of the expressions alone.
        offset: where it begins in the turn, for the places in messages.
        language: its grammar.
        skeleton: of the text, where it is at hand.

    Raises:
        Broken: the text is something else, or exceeds the bounds.
    """
    if skeleton is None:
        skeleton = skeleton_of(text, language, offset)
    before = _BEFORE[language]
    root = tree((before + _KEYWORD.sub(_neutral, skeleton) + _AFTER[language]).encode("ascii"), language)
    if root is None:
        raise Broken(f"expected an expression that a parser of {language} can follow, got '{excerpt(text)}'", offset)
    if root.has_error:
        place = min(max(_first_error(root).start_byte - len(before), 0), len(text))
        at_end = not text[place:].strip()
        got = "the end of the text" if at_end else f"'{excerpt(text[place : place + 80])}'"
        raise Broken(f"expected a {language} expression, got {got}", offset + place)
    holder = _holder(root, language)
    if holder is None or holder.end_byte != len(before) + len(skeleton) + 1:
        raise Broken(f"expected a {language} expression, got '{excerpt(text)}'", offset)
    return Elements([node for node in holder.named_children if not node.is_extra], text, offset, language, [])


# Literals that both languages write alike and mean alike: most values are such, and need no parser.
_PLAIN = re.compile(r'(-?(?:0|[1-9]\d{0,8}))|(true|false)|"([^"\\\n]*+)"')


def one(text: str, language: Language, of_node: OfNode) -> Any:
    """The value of a single expression, by the meaning that ``of_node`` gives to nodes.

    Raises:
        Broken: the text is none, exceeds the bounds, or holds words of Python; offsets count in ``text``.
    """
    if plain := _PLAIN.fullmatch(text):
        return int(plain[1]) if plain[1] else plain[2] == "true" if plain[2] else plain[3]
    found = elements(text, 0, language)
    if len(found.nodes) != 1 or found.nodes[0].type == "spread_element":
        raise Broken(f"expected one {language} expression, got '{excerpt(text)}'", 0, at_end=not text.strip())
    value = of_node(found, found.nodes[0])
    if found.foreign:
        raise Broken(f"expected a {language} literal, got '{found.foreign[0]}'", 0)
    return value


def _neutral(match: re.Match[str]) -> str:
    return match[1] + "k" * len(match[2])


def _holder(root: Node, language: Language) -> Node | None:
    """The list that was put around the text; ``None`` where the text broke out of it."""
    if len(root.named_children) != 1:
        return None
    node: Node | None = root.named_children[0] if language == "java" else root.named_children[0].named_children[0]
    for step in ("declarator", "value") if language == "java" else ("right",):
        node = node.child_by_field_name(step) if node is not None else None
    return node if node is not None and node.type in ("array_initializer", "array") else None


def _first_error(node: Node) -> Node:
    while not node.is_error and not node.is_missing:
        inner = next((child for child in node.children if child.has_error or child.is_missing), None)
        if inner is None:
            break
        node = inner
    return node


def tree(data: bytes, language: Language) -> Node | None:
    """The grammar's own tree of a whole source, errors and all; ``None`` where it takes more work than is allowed.

    Offsets count bytes. Who hands over model text bounds its length first (``MAX_STRUCTURE``).
    """
    from tree_sitter import Parser

    # A comment that never ends is searched to the end of the text, each time anew.
    if max(data.count(b"<"), data.count(b"=>") + data.count(b"->"), data.count(b"/*")) > MAX_NESTING_SIGNS:
        return None
    work = 0

    def too_much(_offset: int, _error: bool) -> bool:
        nonlocal work
        work += 1
        return work > 20 + len(data) // _CHARACTERS_A_STEP

    try:
        parser = Parser(_grammar(language))
        return cast(Node, parser.parse(lambda start, _: data[start : start + 65_536], progress_callback=too_much).root_node)
    except ValueError:  # what the library raises when it is told to stop
        return None


@lru_cache(maxsize=2)
def _grammar(language: Language) -> Any:
    import tree_sitter

    if language == "java":
        import tree_sitter_java

        return tree_sitter.Language(tree_sitter_java.language())
    import tree_sitter_javascript

    return tree_sitter.Language(tree_sitter_javascript.language())
