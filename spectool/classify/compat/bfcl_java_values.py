"""A Java argument's text as BFCL compares it: converted by the type declared for it.

A declared number or boolean must be written exactly as a Java literal of that type (``5L`` is a ``long``, ``5`` is none); what does not
convert stays text, and then has the wrong type unless text is allowed. Collections are found by their usual creations alone
(``new int[]{…}``, ``new ArrayList<>(Arrays.asList(…))``, ``add`` and ``put`` in a body), split at every comma.

Source: behaviour of ``java_type_converter``, gorilla berkeley-function-call-leaderboard.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from spectool.classify.compat.bfcl_question import Parameter
from spectool.classify.compat.bfcl_values import Stops

TYPES: Mapping[str, type] = {
    "byte": int, "short": int, "integer": int, "long": int, "float": float, "double": float, "boolean": bool, "char": str, "String": str,
    "any": str, "Array": list, "ArrayList": list, "HashMap": dict,
}  # fmt: skip
# Longer text stays text: the patterns below may take time by the square of its length.
MAX_COLLECTION = 4_000
_LITERAL = {
    "byte": re.compile(r"-?\d+$"), "short": re.compile(r"-?\d+$"), "integer": re.compile(r"-?\d+$"), "long": re.compile(r"(-?\d+)[lL]$"),
    "float": re.compile(r"(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)[fF]$"), "double": re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$"),
}  # fmt: skip
_AS_LIST = re.compile(r"new\s+ArrayList<\w*>\(Arrays\.asList\((.+?)\)\)")
_ADDED = re.compile(r"new\s+ArrayList<\w*>\(\)\s*+\{\{\s*+(.+?)\}\}", re.DOTALL)
_ADD = re.compile(r"add\((.+?)\)")
_EMPTY_LIST = re.compile(r"new\s+ArrayList<\w*>\(\)")
_ARRAY = re.compile(r"new\s+\w+\[\]\s*+\{(.*?)\}")
_MAP = re.compile(r"new\s+HashMap<.*?>\s*+\(\)\s*+\{\s*+(?:\{\s*+)?+([^}]*+)\}", re.DOTALL)
_PUT = re.compile(r'put\("(.*?)",\s*+(.*?)\)')
_EMPTY_MAP = re.compile(r"new\s+HashMap<.*?>\s*+\(\)")


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
        return "type_error:java"
    return converted(value, parameter.type, parameter.item), expected, item


def converted(text: str, declared: str, item: str | None = None) -> Any:
    """What ``text`` means where ``declared`` is due; the text itself where it is no such literal.

    Raises:
        Stops: BFCL converts no such type.
    """
    if declared in _COLLECTIONS:
        return _COLLECTIONS[declared](text, item) if len(text) <= MAX_COLLECTION else text
    if declared == "boolean":
        return text == "true" if text in ("true", "false") else text
    if declared in ("char", "String", "any"):
        return text
    pattern = _LITERAL.get(declared)
    if pattern is None:
        raise Stops(f"expected a type of BFCL's, got '{declared}'")
    match = pattern.match(text)
    return number(match[match.lastindex or 0], TYPES[declared]) if match else text


def number(digits: str, kind: type) -> Any:
    """``digits`` as a number.

    Raises:
        Stops: it is longer than Python converts.
    """
    try:
        return kind(digits)
    except ValueError:
        raise Stops("expected a number of fewer digits") from None


def _array_list(text: str, item: str | None) -> Any:
    if match := _AS_LIST.search(text):
        return [_element(part.strip(), item) for part in match[1].split(",")]
    if match := _ADDED.search(text):
        return [_element(part.strip(), item) for part in _ADD.findall(match[1])]
    return [] if _EMPTY_LIST.search(text) else text


def _element(text: str, item: str | None) -> Any:
    return text[1:-1] if item in ("char", "String") else converted(text, item) if item else untyped(text)


def _array(text: str, item: str | None) -> Any:
    match = _ARRAY.search(text)
    if not match:
        return text
    parts = [part.strip() for part in match[1].split(",") if part.strip()]
    return [converted(part, item) if item else untyped(part) for part in parts]


def _hash_map(text: str, item: str | None) -> Any:
    if match := _MAP.search(text):
        return {key: untyped(value.strip()) for key, value in _PUT.findall(match[1])}
    return {} if _EMPTY_MAP.search(text) else text


def untyped(text: str) -> Any:
    """What ``text`` means where no type is declared."""
    if text in ("true", "false"):
        return text == "true"
    if text.startswith('"') and text.endswith('"'):
        return text[1:-1]
    for name, kind in (("long", int), ("float", float)):
        if match := _LITERAL[name].match(text):
            return number(match[1], kind)
    return plain_number(text)


def plain_number(text: str) -> Any:
    """A whole number, else a decimal one, as Python reads them; else the text."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


_COLLECTIONS: Mapping[str, Callable[[str, str | None], Any]] = {"Array": _array, "ArrayList": _array_list, "HashMap": _hash_map}
