"""JavaScript as BFCL reads it: one call out of the text, then each argument's text by the type declared for it.

Of a program the first statement that is a call counts, its named arguments alone, each with its source text, quotes around it dropped.
What the grammar marks as an error can not be decoded. A declared type converts the text as in Java (``5n`` is a ``Bigint``, ``5`` none);
what does not convert stays text. Lists and objects are read up to the first bracket that closes, split at commas, one level of lists in
a list and of anything in an object.

Source: behaviour of ``js_parser`` and ``js_type_converter``, gorilla berkeley-function-call-leaderboard.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from spectool.classify.compat.bfcl_java_values import MAX_COLLECTION, number, plain_number
from spectool.classify.compat.bfcl_question import Parameter
from spectool.classify.compat.bfcl_values import Stops
from spectool.classify.compat.python_text import Decoded, Undecodable
from spectool.read.dialects.skeleton import MAX_STRUCTURE
from spectool.read.dialects.syntax_tree import Node, tree

TYPES: Mapping[str, type] = {
    "String": str, "integer": int, "float": float, "Bigint": int, "Boolean": bool, "dict": dict, "array": list, "any": str,
}  # fmt: skip
_LITERAL = {"integer": re.compile(r"-?\d+$"), "float": re.compile(r"-?\d+(?:\.\d+)?$"), "Bigint": re.compile(r"(-?\d+)n$")}
# Lists in a list: side by side, or with anything between the first and the last.
_LISTS = re.compile(
    r"\[\s*+\[[^\]\n]*+\]\s*+(?:,\s*+\[[^\]\n]*+\]\s*+)*+\]|\[\s*+\[.*?\]\s*+\]"
    r"|new\s++Array\(\s*+\[[^\]\n]*+\]\s*+(?:,\s*+\[[^\]\n]*+\]\s*+)*+\)"
)
_INNER = re.compile(r"\[(.*?)\]")
_LIST = re.compile(r"\[(.*?)\]|new\s++Array\((.*?)\)")
_OBJECT = re.compile(r"\{(.*?)\}")
_PAIR = re.compile(r"([^:]+):\s*(.*?)(?:,\s*(?=[^,]+:)|$)")


def decode(text: str) -> Decoded | None:
    """The one call that BFCL finds in ``text``, ``None`` where it finds none and no error.

    Raises:
        Undecodable: it is no JavaScript, or an argument's name occurs twice.
    """
    data = text.encode("utf-8", "replace")
    root = tree(data, "javascript") if len(data) <= MAX_STRUCTURE else None
    if root is None or "ERROR" in str(root):
        raise Undecodable("expected JavaScript, got text that does not parse")
    statements = [child for child in root.children if child.type == "expression_statement"]
    call = next((node for each in statements for node in each.children if node.type == "call_expression"), None)
    return None if call is None else [(_source(data, call.children[0]), _arguments(data, call.children[1]))]


def _arguments(data: bytes, listed: Node) -> dict[Any, Any]:
    """By name; a bare name or ``true`` among them is a value without one."""
    found: dict[Any, Any] = {}
    for node in listed.children:
        if node.type == "assignment_expression":
            name, value = _source(data, node.children[0]), unquoted(_source(data, node.children[2]))
        elif node.type in ("identifier", "true"):
            name, value = None, _source(data, node)
        else:
            continue
        if name in found:
            raise Undecodable(f"expected each argument once, got '{str(name)[:80]}' twice")
        found[name] = value
    return found


def _source(data: bytes, node: Node) -> str:
    return data[node.start_byte : node.end_byte].decode("utf-8", "replace")


def unquoted(text: str) -> str:
    """The text without a pair of like quotes around it."""
    return text[1:-1] if text[:1] in ("'", '"') and text.endswith(text[0]) else text


def kinds(parameter: Parameter, value: Any) -> tuple[Any, type, type | None] | str:
    """The value as BFCL compares it, and the types declared for it and for its items; a label where the argument is no text.

    Raises:
        Stops: the type is none that BFCL converts.
    """
    expected = TYPES.get(parameter.type)
    item = TYPES.get(parameter.item or "") if expected is list else None
    if expected is None or (expected is list and item is None):
        raise Stops(f"expected a type of BFCL's, got '{parameter.type}'")
    if not isinstance(value, str):
        return "type_error:js"
    return converted(value, parameter.type, parameter.item), expected, item


def converted(text: str, declared: str, item: str | None = None) -> Any:
    """What ``text`` means where ``declared``, one of ``TYPES``, is due; the text itself where it is no such literal."""
    if declared in ("array", "dict"):
        if len(text) > MAX_COLLECTION:
            return text
        return _list(text.strip(), item) if declared == "array" else _object(text.strip())
    if declared == "String":
        return unquoted(text)
    if declared == "Boolean":
        return text == "true" if text in ("true", "false") else text
    match = _LITERAL[declared].match(text) if declared in _LITERAL else None
    return number(match[match.lastindex or 0], TYPES[declared]) if match else text


def untyped(text: str) -> Any:
    """What ``text`` means where no type is declared."""
    text = text.strip()
    if text in ("true", "false"):
        return text == "true"
    return plain_number(text) if (bare := unquoted(text)) == text else bare


def _list(text: str, item: str | None) -> Any:
    if match := _LISTS.match(text):
        inner = [part.strip() for part in _INNER.findall(match[0])]
        inner[:1] = [part.removeprefix("[") for part in inner[:1]]
        return [[untyped(part) for part in each.split(",")] for each in inner]
    match = _LIST.match(text)
    if not match or (item is not None and item not in TYPES):
        return text
    content = (match[1] if match[1] is not None else match[2]).strip()
    parts = [part.strip() for part in content.split(",")] if content else []
    return [converted(part, item) if item else untyped(part) for part in parts]


def _object(text: str) -> Any:
    match = _OBJECT.match(text)
    if not match:
        return text
    return {key.strip().strip("'\""): _member(value.strip()) for key, value in _PAIR.findall(match[1])}


def _member(text: str) -> Any:
    if text.startswith("[") and text.endswith("]"):
        return _list(text, None)
    return _object(text) if text.startswith("{") and text.endswith("}") else untyped(text.strip("'\""))
