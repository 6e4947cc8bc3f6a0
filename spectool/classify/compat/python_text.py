"""Calls out of text as BFCL's default decoder reads them: Python source, taken apart and never run.

Backticks, line ends and spaces around the text are dropped, and brackets that are missing around it are added, so that prose is read as
Python too and fails there. What is then no list of calls can not be decoded. Up to v3 all brackets and quotes at both ends were dropped
again before parsing: a surplus one does no harm there, and a space after the first one is an indent, which fails. Quirks that decide
verdicts:

- positional arguments are dropped; a name that occurs twice keeps its last value; ``**mapping`` is an argument without a name;
- a bare name is its own text, a call without keywords its source text, a call with keywords an object ``{name: arguments}``;
- any sign or ``not`` negates a constant, so ``+5`` is -5; tuples stay tuples;
- arithmetic on constants is worked out (BFCL evaluates it; here within narrow limits, and everything else there fails to decode).

Source: the decoder's behaviour, gorilla berkeley-function-call-leaderboard (``default_decode_ast_prompting``).
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from spectool.classify.compat.python_arithmetic import Undecodable, named, worked_out

__all__ = ["Decoded", "Undecodable", "bracketed", "decode", "literal"]

Decoded = list[tuple[str, Any]]
"""Calls in the order written: name and, where they are an object, arguments."""

# Model text is hostile: Python's parser sees only what these allow. 200 levels of brackets is its own limit.
MAX_TEXT = 100_000
MAX_DEPTH = 200
_BRACKETS = re.compile(r"[\[\](){}]")
_SIGNS_IN_A_ROW = re.compile(rf"(?:[-+~]\s*|\bnot\s+){{{MAX_DEPTH}}}")


def bracketed(text: str) -> str:
    """The text of a prompt-mode answer without what surrounds it, in brackets."""
    text = text.strip("`\n ")
    text = text if text.startswith("[") else f"[{text}"
    return text if text.endswith("]") else f"{text}]"


def decode(text: str, *, before_v4: bool = False) -> Decoded:
    """The calls of a prompt-mode answer.

    Args:
        text: as the model wrote it.
        before_v4: whether the brackets go too, as in the decoder that v1 to v3 were scored with.

    Raises:
        Undecodable: BFCL's decoder fails on it.
    """
    text = bracketed(text)
    try:
        body = _parsed(text.strip("[]'") if before_v4 else text.strip().strip("'"))
        if isinstance(body, ast.Call):
            return [_call(body)]
        if not isinstance(body, ast.List | ast.Tuple):
            raise Undecodable(f"expected a list of calls, got {named(body)}")
        return [_call(item) for item in body.elts]
    except RecursionError:
        raise Undecodable("expected less nesting, got more than can be taken apart") from None


def literal(text: str) -> Any:
    """The value of a text that is one Python literal.

    Raises:
        Undecodable: it is something else.
    """
    try:
        return ast.literal_eval(_parsed(text.lstrip(" \t")))
    except (ValueError, TypeError, RecursionError):
        raise Undecodable("expected one Python literal, got something else") from None


def _parsed(text: str) -> ast.expr:
    if len(text) > MAX_TEXT:
        raise Undecodable(f"expected at most {MAX_TEXT:,} characters, got {len(text):,}")
    if _depth(text) > MAX_DEPTH or _SIGNS_IN_A_ROW.search(text):
        raise Undecodable(f"expected at most {MAX_DEPTH} levels of nesting, got more")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes in a model's strings are no concern of the user's
            return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError) as error:
        raise Undecodable(f"expected Python, got text that does not parse: {type(error).__name__}") from None


def _depth(text: str) -> int:
    """How deep brackets may nest: those inside strings count too, which only makes it more."""
    depth = deepest = 0
    for bracket in _BRACKETS.findall(text):
        depth = depth + 1 if bracket in "[({" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _call(node: ast.expr) -> tuple[str, dict[Any, Any]]:
    if not isinstance(node, ast.Call):
        raise Undecodable(f"expected a call, got {named(node)}")
    parts: list[str] = []
    function = node.func
    while isinstance(function, ast.Attribute):
        parts.append(function.attr)
        function = function.value
    if isinstance(function, ast.Name):
        parts.append(function.id)
    return ".".join(reversed(parts)), {keyword.arg: _value(keyword.value) for keyword in node.keywords}


def _value(node: ast.expr | None) -> Any:
    read = _READERS.get(type(node))
    if read is None:
        raise Undecodable(f"expected a literal, got {named(node)}")
    return read(node)


def _constant(node: ast.Constant) -> Any:
    return "..." if node.value is Ellipsis else node.value


def _signed(node: ast.UnaryOp) -> Any:
    if not isinstance(node.operand, ast.Constant) or not isinstance(node.operand.value, int | float | complex):
        raise Undecodable(f"expected a number after a sign, got {named(node.operand)}")
    return -node.operand.value


def _object(node: ast.Dict) -> dict[Any, Any]:
    try:
        return {_value(key): _value(value) for key, value in zip(node.keys, node.values, strict=True)}
    except TypeError:
        raise Undecodable("expected a key that can be looked up, got a list or an object") from None


def _nested_call(node: ast.Call) -> Any:
    if not node.keywords:
        return ast.unparse(node)
    name, arguments = _call(node)
    return {name: arguments}


def _item(node: ast.Subscript) -> str:
    return f"{ast.unparse(node.value)}[{ast.unparse(node.slice)}]"


_READERS: Mapping[type, Callable[[Any], Any]] = {
    ast.Constant: _constant,
    ast.UnaryOp: _signed,
    ast.List: lambda node: [_value(item) for item in node.elts],
    ast.Tuple: lambda node: tuple(_value(item) for item in node.elts),
    ast.Dict: _object,
    ast.BinOp: worked_out,
    ast.Name: lambda node: node.id,
    ast.Call: _nested_call,
    ast.Subscript: _item,
}
