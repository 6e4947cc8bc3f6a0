"""Calls with JavaScript values, ``[f(a='x', b=[1, 2]), g({c: list})]``: one or several, with or without the brackets.

Arguments are named with ``=``, as the prompt of a tool-calling model asks, or are the members of one object; one without a name is
``positional``. Values are read as `javascript_values` says: literals into JSON values, every other expression as its source text.

``value`` reads a single expression, for formats that carry values as text in this language; ``write_value`` writes one.

Source: BFCL's JavaScript category, whose calls are read so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from spectool.model import Call, Parsed
from spectool.read.dialects.found import Found
from spectool.read.dialects.framing import parse_with
from spectool.read.dialects.javascript_values import of_node, value
from spectool.read.dialects.javascript_values import write as write_value
from spectool.read.dialects.pythonic import find_calls, opener
from spectool.read.dialects.source_calls import read_call

NAME = "javascript"
DESCRIPTION = "calls with named arguments, their values written in JavaScript"
PROSE = False

__all__ = ["DESCRIPTION", "NAME", "PROSE", "find", "opener", "parse", "value", "write", "write_value"]


def find(text: str, start: int, names: Collection[str]) -> Found:
    """All calls from ``start`` on."""
    return find_calls(text, start, names, partial(read_call, text, language="javascript", of_node=of_node))


def parse(text: str, names: Collection[str] = ()) -> Parsed:
    """Reads the calls of one turn; ``names`` are the tools offered."""
    return parse_with(find, text, names, prose=PROSE)


def write(calls: Sequence[Call]) -> str:
    """The calls in this syntax; arguments that could not be read are written as none."""
    return "[" + ", ".join(_written(call) for call in calls) + "]"


def _written(call: Call) -> str:
    return f"{call.name}({', '.join(f'{key}={write_value(item)}' for key, item in (call.arguments or {}).items())})"
