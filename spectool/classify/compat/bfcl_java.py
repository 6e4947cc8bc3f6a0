"""Java as BFCL decodes it: one call out of the text.

The first method call counts, its named arguments alone; a value is its source without space between the tokens, a string loses its quotes,
an object creation its body, an array creation its size. What the grammar marks as an error can not be decoded. Slices count bytes, so
text after a character outside ASCII is shifted, as it is in BFCL.

Source: behaviour of ``java_parser``, gorilla berkeley-function-call-leaderboard.
"""

from __future__ import annotations

from typing import Any

from spectool.classify.compat.python_text import Decoded, Undecodable
from spectool.read.dialects.skeleton import MAX_STRUCTURE
from spectool.read.dialects.syntax_tree import Node, tree


def decode(text: str) -> Decoded | None:
    """The one call that BFCL finds in ``text``, ``None`` where it finds none and no error.

    Raises:
        Undecodable: it is no Java, or an argument's name occurs twice.
    """
    root = tree(text.encode("utf-8", "replace"), "java") if len(text) <= MAX_STRUCTURE else None
    if root is None or "ERROR" in str(root):
        raise Undecodable("expected Java, got text that does not parse")
    call = _first_call(root)
    try:
        return None if call is None else [_Reading(text).call(call)]
    except RecursionError:
        raise Undecodable("expected less nesting, got more than can be taken apart") from None


def _first_call(root: Node) -> Node | None:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.type == "method_invocation":
            return node
        waiting.extend(reversed(node.children))
    return None


class _Reading:
    """Nodes of one text as BFCL writes them out."""

    def __init__(self, text: str) -> None:
        self.text = text

    def call(self, node: Node) -> tuple[str, dict[Any, Any]]:
        name, owner = node.child_by_field_name("name"), node.child_by_field_name("object")
        listed = node.child_by_field_name("arguments")
        full = ".".join(self.source(part) for part in (owner, name) if part is not None)
        return full, self.arguments(listed) if listed is not None else {}

    def arguments(self, listed: Node) -> dict[Any, Any]:
        """By name; a bare name among them is a value without one."""
        found: dict[Any, Any] = {}
        for node in listed.children:
            if node.type == "assignment_expression":
                name, value = self.source(node.children[0]), self.written(node.children[2], inside=False)
            elif node.type in ("identifier", "class_literal"):
                name, value = None, self.source(node)
            else:
                continue
            if name in found:
                raise Undecodable(f"expected each argument once, got '{str(name)[:80]}' twice")
            found[name] = value
        return found

    def source(self, node: Node) -> str:
        return self.text[node.start_byte : node.end_byte]

    def written(self, node: Node | None, *, inside: bool = True) -> str:
        """The text of a value; of a string ``inside`` another value with its quotes."""
        if node is None:
            raise Undecodable("expected the items of an array, got none")
        if node.type in ("string_literal", "character_literal"):
            return self.source(node) if inside else self.source(node)[1:-1]
        if node.type == "array_creation_expression":
            return f"new {self.written(node.child_by_field_name('type'))}[]{self.written(node.child_by_field_name('value'))}"
        if node.type == "object_creation_expression":
            listed = node.child_by_field_name("arguments")
            given = [self.written(child) for child in listed.children if child.type not in (",", "(", ")")] if listed else []
            return f"new {self.written(node.child_by_field_name('type'))}({', '.join(given)})"
        if node.type in ("identifier", "class_literal", "type_identifier", "method_invocation") or not node.children:
            return self.source(node)
        return "".join(self.written(child) for child in node.children)
