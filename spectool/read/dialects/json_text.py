"""Reads one JSON value at a place in a text, strictly: no NaN, no control characters, bounded depth; lone surrogates survive."""

from __future__ import annotations

import json
import math
from json import JSONDecodeError
from typing import Any, NoReturn

from spectool.read.dialects.broken import MAX_DEPTH, Broken, excerpt


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"expected a JSON number, got '{word}'")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"expected a number in range, got '{excerpt(digits)}'")
    return number


_DECODER = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite)
_SPACE = " \t\n\r"
# What is left where a text breaks off inside a literal.
_WORD_BEGUN = frozenset({"-", *(word[:end] for word in ("true", "false", "null") for end in range(1, len(word)))})


def skip_space(text: str, pos: int) -> int:
    """The offset of the next character that is not JSON white space."""
    end = len(text)
    while pos < end and text[pos] in _SPACE:
        pos += 1
    return pos


def read_json(text: str, pos: int) -> tuple[Any, int]:
    """The JSON value that starts at ``pos`` and the offset after it; text behind it is left alone; the last of equal keys wins.

    Raises:
        Broken: There is no JSON value there, or it nests deeper than ``MAX_DEPTH``.
    """
    try:
        value, end = _DECODER.raw_decode(text, pos)
    except JSONDecodeError as error:
        raise _from_json(error, text) from None
    except ValueError as error:
        raise Broken(str(error).partition(";")[0].lower() if "limit" in str(error) else str(error), pos) from None
    except RecursionError:
        raise Broken(f"expected at most {MAX_DEPTH} levels of nesting, got more", pos) from None
    if text.count("{", pos, end) + text.count("[", pos, end) > MAX_DEPTH and too_deep(value):
        raise Broken(f"expected at most {MAX_DEPTH} levels of nesting, got more", pos)
    return value, end


def too_deep(value: Any) -> bool:
    """Whether a decoded JSON value nests deeper than ``MAX_DEPTH``."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [child for item in level for child in _children(item)]
        if not level:
            return False
    return True


def _children(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


_NUMBER_BEGUN = frozenset({".", "e", "E", "e+", "e-", "E+", "E-"})


def _expected(wanted: str, text: str, pos: int) -> Broken:
    rest = text[pos:].strip()
    if not rest or rest in _WORD_BEGUN or (text[pos - 1 : pos].isdigit() and rest in _NUMBER_BEGUN):
        return Broken(f"expected {wanted}, got the end of the text", pos, at_end=True)
    return Broken(f"expected {wanted}, got '{excerpt(text[pos : pos + 40])}'", pos)


def _from_json(error: JSONDecodeError, text: str) -> Broken:
    if error.msg.startswith("Unterminated string"):
        # A string that swallows the closing brackets lacks a quote; one that does not was cut off.
        return Broken("expected the end of a string, got none", error.pos, at_end=not text.rstrip().endswith(("}", "]")))
    wanted = error.msg.removeprefix("Expecting ").removesuffix(" enclosed in double quotes")
    if error.msg.startswith("Expecting"):
        return _expected({"value": "a JSON value", "property name": "a key in double quotes"}.get(wanted, wanted), text, error.pos)
    return Broken(f"{error.msg[0].lower()}{error.msg[1:]} at '{excerpt(text[error.pos : error.pos + 40])}'", error.pos)


def write_json(value: Any) -> str:
    """The value as one line of JSON, other scripts left readable."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
