"""Arithmetic on constants in model-written Python, worked out from the syntax tree within narrow limits and never by running it."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

# Digits and items that arithmetic in an argument may come to.
MAX_BITS = 4_096
MAX_ITEMS = 10_000
_ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod, ast.Pow: operator.pow,
}  # fmt: skip
_SIGNS: Mapping[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Not: operator.not_, ast.Invert: operator.invert,
}  # fmt: skip


class Undecodable(ValueError):
    """A text that BFCL's decoder does not read as calls; the message says where it stops."""


def worked_out(node: ast.expr) -> Any:
    """Arithmetic on constants, with Python's own meaning of signs.

    Raises:
        Undecodable: it holds anything else, divides by zero or grows out of bounds.
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float | str):
        return node.value
    if isinstance(node, ast.List | ast.Tuple):
        items = [worked_out(item) for item in node.elts]
        return items if isinstance(node, ast.List) else tuple(items)
    if isinstance(node, ast.UnaryOp):
        return _operated(_SIGNS[type(node.op)], worked_out(node.operand))
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        left, right = worked_out(node.left), worked_out(node.right)
        _ensure_small(node.op, left, right)
        return _operated(_ARITHMETIC[type(node.op)], left, right)
    raise Undecodable(f"expected a constant in arithmetic, got {named(node)}")


def _operated(operation: Callable[..., Any], *sides: Any) -> Any:
    try:
        return operation(*sides)
    except (TypeError, ValueError, ArithmeticError):
        raise Undecodable("expected arithmetic on numbers, got what has no value") from None


def _ensure_small(operation: ast.operator, left: Any, right: Any) -> None:
    """Refuses what could come out large, and formatted text.

    Raises:
        Undecodable: the result may exceed ``MAX_BITS`` or ``MAX_ITEMS``.
    """
    sizes = [_size(side) for side in (left, right)]
    counts = [abs(side) for side in (left, right) if isinstance(side, int)]
    if any(sizes):
        repeats = max(counts, default=1) if isinstance(operation, ast.Mult) else 2
        if isinstance(operation, ast.Mod) or max(sizes) * repeats > MAX_ITEMS:
            raise Undecodable("expected arithmetic on numbers, got what has no small value")
        return
    bits = [count.bit_length() for count in counts]
    grown = bits[0] * max(counts[-1], 1) if isinstance(operation, ast.Pow) and len(counts) == 2 else sum(bits)
    if grown > MAX_BITS:
        raise Undecodable(f"expected a number of at most {MAX_BITS} bits, got more")


def _size(value: Any) -> int:
    """Characters and items that a text or a sequence holds on all its levels, 0 for a number."""
    if isinstance(value, list | tuple):
        return sum(1 + _size(item) for item in value)
    return len(value) if isinstance(value, str) else 0


def named(node: ast.AST | None) -> str:
    """A node's kind, for a message."""
    return f"'{type(node).__name__}'"
