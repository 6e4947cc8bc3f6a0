r"""JavaScript literals as JSON values, and back.

- numbers of every base, with underscores and the suffix of big ones (``10n``), ``true``, ``null``, ``undefined`` (as null), strings;
  template strings without substitution;
- array and object literals, ``new Map([["k", 1]])`` as an object, ``new Set([1])`` and ``new Array(1, 2)`` as lists; holes are null.

Everything else that is an expression (a name, a function, a regular expression, a template with ``${…}``) stands for itself: its value is
its source text. So does an object with methods or spread parts, as a whole.

Source: ECMA-262, chapters 12.9 (literals) and 13.2 (array and object initialisers).
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from spectool.read.dialects.broken import Broken, excerpt
from spectool.read.dialects.source_escapes import unescape
from spectool.read.dialects.syntax_tree import Elements, Node, one

_WORDS = {"true": True, "false": False, "null": None, "undefined": None}


def value(text: str) -> Any:
    """The value of one JavaScript expression.

    Raises:
        Broken: it is none, exceeds the bounds, or holds words of Python; offsets count in ``text``.
    """
    return one(text, "javascript", of_node)


def of_node(found: Elements, node: Node) -> Any:
    """The value of one node of an expression.

    Raises:
        Broken: a number is too large.
    """
    kind = node.type
    if kind == "string":
        return unescape(found.source(node)[1:-1])
    if kind in _WORDS:
        return _WORDS[kind]
    if kind == "number":
        return _number(found, node)
    if kind == "unary_expression":
        return _signed(found, node)
    if kind == "parenthesized_expression" and len(node.named_children) == 1:
        return of_node(found, node.named_children[0])
    if kind == "identifier":
        return found.name(node)
    if kind == "array":
        return _items(found, node)
    known = _object(found, node) if kind == "object" else _created(found, node) if kind == "new_expression" else None
    return found.source(node) if known is None else known


def _number(found: Elements, node: Node) -> int | float:
    written = found.source(node).replace("_", "").lower()
    try:
        if re.fullmatch(r"(?:0[xob][\da-f]+|\d+)n?", written):
            return int(written.rstrip("n"), 8 if re.fullmatch(r"0[0-7]+", written) else 10 if written[0] != "0" or written.isdigit() else 0)
        number = float(written)
    except (ValueError, OverflowError):
        number = math.inf
    if not math.isfinite(number):
        raise Broken(f"expected a finite number, got '{excerpt(written)}'", found.place(node))
    return number


def _signed(found: Elements, node: Node) -> Any:
    sign, operand = found.source(node)[0], node.named_children[-1]
    if sign not in "+-" or operand.type != "number":
        return found.source(node)
    number = _number(found, operand)
    return -number if sign == "-" else number


def _items(found: Elements, holder: Node) -> list[Any]:
    """The items of an array or of arguments; a comma without a value before it is a hole."""
    items: list[Any] = []
    hole = True
    for child in holder.children[1:]:
        if child.is_extra:
            continue
        if child.is_named:
            items.append(of_node(found, child))
        elif child.type == "," and hole:
            items.append(None)
        hole = not child.is_named
    return items


def _object(found: Elements, node: Node) -> dict[str, Any] | None:
    members: dict[str, Any] = {}
    for child in node.named_children:
        if child.is_extra:
            continue
        if child.type == "shorthand_property_identifier":
            members[found.source(child)] = found.source(child)
            continue
        key, item = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type != "pair" or key is None or item is None or key.type == "computed_property_name":
            return None
        members[str(of_node(found, key))] = of_node(found, item)
    return members


def _created(found: Elements, node: Node) -> Any:
    constructor, arguments = node.child_by_field_name("constructor"), node.child_by_field_name("arguments")
    name = found.source(constructor) if constructor is not None else ""
    given = _items(found, arguments) if arguments is not None else []
    if name == "Array" and (len(given) != 1 or isinstance(given[0], str | list | dict)):
        return given
    if name not in ("Map", "Set") or len(given) > 1 or not all(isinstance(item, list) for item in given):
        return None
    items = given[0] if given else []
    if name == "Set":
        return items
    pairs = all(isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str | int | float) for pair in items)
    return {key if isinstance(key, str) else json.dumps(key): item for key, item in items} if pairs else None


def write(item: Any) -> str:
    """A JSON value as a JavaScript expression that ``value`` reads back."""
    return json.dumps(item, ensure_ascii=False)
