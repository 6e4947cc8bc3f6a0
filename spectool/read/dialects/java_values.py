r"""Java literals as JSON values, and back.

- numbers with their suffixes and underscores (``42L``, ``1.5f``, ``0x1F``, ``1_000``), ``true``, ``null``, strings, text blocks and
  characters; a string in single quotes too, which is none in Java but what models write;
- arrays (``new int[]{1, 2}``, ``{1, 2}``), ``Arrays.asList``, ``List.of``, ``Set.of``, ``Collections.singletonList`` and their like, the
  collection classes around them, and their anonymous form ``new ArrayList<>() {{ add(1); }}``, as lists;
- ``Map.of``, ``Map.ofEntries`` and ``new HashMap<>() {{ put("k", 1); }}`` as objects, where every key is a string or a number.

Everything else that is an expression (a name, a lambda, a call, a sum) stands for itself: its value is its source text.

Source: The Java Language Specification, chapters 3.10 (literals) and 10.6 (array initialisers).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from spectool.read.dialects.broken import Broken, excerpt
from spectool.read.dialects.source_escapes import unescape
from spectool.read.dialects.syntax_tree import Elements, Node, one

_WORDS = {"true": True, "false": False, "null_literal": None}
_OF_ITEMS = frozenset(
    {"Arrays.asList", "List.of", "Set.of", "Collections.singletonList", "Collections.singleton", "Collections.emptyList", "Stream.of"}
)
_OF_PAIRS = frozenset({"Map.of", "Collections.singletonMap", "Collections.emptyMap"})
_ENTRY = frozenset({"Map.entry", "new AbstractMap.SimpleEntry"})
_LISTS = frozenset({"ArrayList", "LinkedList", "HashSet", "LinkedHashSet", "TreeSet", "ArrayDeque", "Vector", "Stack"})
_MAPS = frozenset({"HashMap", "LinkedHashMap", "TreeMap", "Hashtable", "ConcurrentHashMap"})
_PACKAGE = re.compile(r"\A(?:java\.util\.(?:concurrent\.)?)?")
_INT_MAX = 2**31


class _Opaque(Exception):
    """An expression of a known name in an unknown form: it stands for itself."""


def value(text: str) -> Any:
    """The value of one Java expression.

    Raises:
        Broken: it is none, exceeds the bounds, or holds words of Python; offsets count in ``text``.
    """
    return one(text, "java", of_node)


def of_node(found: Elements, node: Node) -> Any:
    """The value of one node of an expression.

    Raises:
        Broken: a number is too large.
    """
    kind = node.type
    if kind in ("string_literal", "character_literal"):
        return _string(found.source(node))
    if kind in _WORDS:
        return _WORDS[kind]
    if kind.endswith(("integer_literal", "floating_point_literal")):
        return _number(found, node)
    if kind == "unary_expression":
        return _signed(found, node)
    if kind == "identifier":
        return found.name(node)
    if kind == "parenthesized_expression":
        return of_node(found, node.named_children[0])
    try:
        return _collection(found, node)
    except _Opaque:
        return found.source(node)


def _string(source: str) -> str:
    return unescape(_text_block(source) if source.startswith('"""') else source[1:-1])


def _text_block(source: str) -> str:
    """The lines of a text block, without the indentation that all of them share."""
    lines = source[3:-3].partition("\n")[2].split("\n")
    counted = [line for line in lines[:-1] if line.strip()] + lines[-1:]
    indent = min(len(line) - len(line.lstrip()) for line in counted)
    return "\n".join(line[indent:].rstrip() for line in lines)


def _number(found: Elements, node: Node) -> int | float:
    written = found.source(node).replace("_", "").lower()
    try:
        if "floating" in node.type:
            number = float.fromhex(written.rstrip("fd")) if written.startswith("0x") else float(written.rstrip("fd"))
        else:
            return int(written.rstrip("l"), 8 if re.fullmatch(r"0[0-7]+l?", written) else 0)
    except (ValueError, OverflowError):
        number = math.inf
    if not math.isfinite(number):
        raise Broken(f"expected a finite number, got '{excerpt(written)}'", found.place(node))
    return number


def _signed(found: Elements, node: Node) -> Any:
    sign, operand = found.source(node)[0], node.named_children[0]
    if sign not in "+-" or not operand.type.endswith(("integer_literal", "floating_point_literal")):
        return found.source(node)
    number = _number(found, operand)
    return -number if sign == "-" else number


def _collection(found: Elements, node: Node) -> Any:
    if node.type == "array_initializer":
        return _items(found, _without_names(found, node))
    if node.type == "array_creation_expression":
        initial = node.child_by_field_name("value")
        if initial is not None:
            return _items(found, initial)
    if node.type == "method_invocation":
        return _factory(found, node)
    if node.type == "object_creation_expression":
        return _created(found, node)
    raise _Opaque


def _items(found: Elements, holder: Node | None) -> list[Any]:
    return [of_node(found, node) for node in _plain(holder)]


def _without_names(found: Elements, node: Node) -> Node:
    """``{k=v}`` is how Java prints a map; the grammar takes it for a list of assignments, which nobody means."""
    named = next((item for item in _plain(node) if item.type == "assignment_expression"), None)
    if named is not None:
        raise Broken(f"expected a java value, got '{excerpt(found.source(named))}'", found.place(named))
    return node


def _plain(holder: Node | None) -> Iterator[Node]:
    return (node for node in (holder.named_children if holder is not None else ()) if not node.is_extra)


def _factory(found: Elements, node: Node) -> Any:
    """``Arrays.asList(1, 2)``, ``Map.of("k", 1)`` and the like."""
    arguments = node.child_by_field_name("arguments")
    named = "".join(found.source(node)[: (arguments.start_byte if arguments else node.end_byte) - node.start_byte].split())
    name = _PACKAGE.sub("", re.sub(r"<[^<>]*>", "", named))
    if name in _OF_ITEMS:
        return _items(found, arguments)
    if name in _OF_PAIRS:
        return _object(_items(found, arguments))
    if name == "Map.ofEntries":
        return _object([part for entry in _plain(arguments) for part in _entry(found, entry)])
    raise _Opaque


def _entry(found: Elements, node: Node) -> list[Any]:
    arguments = node.child_by_field_name("arguments")
    if arguments is None or not found.source(node).startswith(tuple(_ENTRY)):
        raise _Opaque
    return _items(found, arguments)


def _object(flat: list[Any]) -> dict[str, Any]:
    """Keys and values in turn as an object; JSON has only strings as keys."""
    if len(flat) % 2 or not all(isinstance(key, str | int | float) for key in flat[::2]):
        raise _Opaque
    return {key if isinstance(key, str) else _key(key): item for key, item in zip(flat[::2], flat[1::2], strict=True)}


def _key(key: float) -> str:
    return str(key).lower() if isinstance(key, bool) else str(key)


def _created(found: Elements, node: Node) -> Any:
    """``new ArrayList<>(…)``, ``new HashMap<>() {{ put(…); }}``: what they begin with, and what their initialiser adds."""
    kind = node.child_by_field_name("type")
    name = _PACKAGE.sub("", found.source(kind).partition("<")[0].strip()) if kind is not None else ""
    if name not in _LISTS | _MAPS:
        raise _Opaque
    begun = _items(found, node.child_by_field_name("arguments"))
    # A lone number is the room to reserve, of which the value knows nothing.
    first = begun[0] if len(begun) == 1 and not isinstance(begun[0], int) else None
    body = next((child for child in node.named_children if child.type == "class_body"), None)
    if name in _LISTS:
        added = [item for (item,) in _calls_in(found, body, "add", 1)]
        return [*_of_type(first, list, begun), *added]
    put = [part for pair in _calls_in(found, body, "put", 2) for part in pair]
    return {**_of_type(first, dict, begun), **_object(put)}


def _of_type(first: Any, kind: type, begun: list[Any]) -> Any:
    if isinstance(first, kind):
        return first
    if first is not None or len(begun) > 1:
        raise _Opaque
    return kind()


def _calls_in(found: Elements, body: Node | None, method: str, count: int) -> list[list[Any]]:
    """Arguments of the calls of ``method`` in an initialiser block, which may hold nothing else."""
    calls: list[list[Any]] = []
    for block in _plain(body):
        for statement in _plain(block):
            call = statement.named_children[0] if statement.type == "expression_statement" else statement
            name = call.child_by_field_name("name")
            arguments = _items(found, call.child_by_field_name("arguments"))
            if call.type != "method_invocation" or name is None or found.source(name) != method or len(arguments) != count:
                raise _Opaque
            calls.append(arguments)
    return calls


def write(item: Any) -> str:
    """A JSON value as a Java expression that ``value`` reads back."""
    if isinstance(item, dict):
        puts = " ".join(f"put({write(key)}, {write(inner)});" for key, inner in item.items())
        return f"new HashMap<>() {{{{ {puts} }}}}"
    if isinstance(item, list | tuple):
        return f"Arrays.asList({', '.join(map(write, item))})"
    if isinstance(item, int) and not isinstance(item, bool) and not -_INT_MAX <= item < _INT_MAX:
        return f"{item}L"
    return json.dumps(item, ensure_ascii=False)
