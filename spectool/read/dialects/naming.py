"""Decoded JSON objects that stand for a call: which keys hold the name and which the arguments, in one place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from spectool.model import ParseProblem
from spectool.read.dialects.broken import Broken, excerpt
from spectool.read.dialects.json_text import read_json

KEY_PAIRS: tuple[tuple[str, str], ...] = (
    ("name", "arguments"),
    ("name", "parameters"),
    ("action", "action_input"),
    ("tool_name", "tool_arguments"),
    ("tool_name", "arguments"),
    ("tool_name", "parameters"),
    ("tool_name", "tool_input"),
    ("tool_name", "args"),
    ("function_name", "arguments"),
    ("function_name", "parameters"),
    ("function_name", "args"),
    ("function", "arguments"),
    ("function", "parameters"),
    ("function", "args"),
    ("tool", "arguments"),
    ("tool", "parameters"),
    ("tool", "tool_input"),
    ("tool", "args"),
    ("tool", "input"),
    ("name", "params"),
    ("name", "kwargs"),
    ("name", "args"),
    ("name", "input"),
)
"""(name key, arguments key), the most telling pair first."""

FINAL_ANSWERS = ("Final Answer", "final_answer", "final answer")
"""What an agent writes in the name's place to say that it is done: an answer, no call."""

NAME_KEYS = frozenset(name for name, _ in KEY_PAIRS)
_WEAK = frozenset({"args", "input"})
_OPENS = re.compile(r"\s*+[({]")
_NAME_PART = re.compile(r"[\w.\-/]")


def calls_offered(text: str, names: Collection[str], brackets: str = "({") -> bool:
    """Whether an offered name, whole, stands before one of ``brackets`` anywhere in the text."""
    for name in names:
        at = text.find(name)
        while at >= 0:
            opened = _OPENS.match(text, at + len(name))
            if opened and text[opened.end() - 1] in brackets and not (at and _NAME_PART.match(text[at - 1])):
                return True
            at = text.find(name, at + 1)
    return False


def key_pair(obj: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first of ``KEY_PAIRS`` that ``obj`` has whole."""
    for pair in KEY_PAIRS:
        if pair[0] in obj and pair[1] in obj:
            return pair
    return None


def is_call(obj: Any, names: Collection[str] = ()) -> bool:
    """Whether a decoded object tries to be a call: a name key with an arguments key, or a name key that holds an offered name.

    A tool's own definition (``description`` beside ``parameters``) is none, though it has both keys.
    """
    if not isinstance(obj, dict):
        return False
    if obj.get("action") in FINAL_ANSWERS:
        return False
    pair = key_pair(obj)
    if pair is None:
        return "arguments" in obj or any(_offered(obj.get(key), names) for key in NAME_KEYS) or _nested(obj) is not None
    if pair[1] in _WEAK and names and not _offered(obj.get(pair[0]), names):
        return False
    return not _is_definition(obj)


def name_args(obj: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | ParseProblem:
    """The name and arguments of a decoded call object, or why it has none (``bad_shape``).

    OpenAI's nesting ``{"type": "function", "function": {"name", "arguments"}}`` is looked through, and only there may the
    arguments be a JSON string. Anywhere else a string of JSON in the arguments' place is ``bad_shape`` and not recovered:
    no serving engine decodes twice, so the tool would have received a string.
    """
    inner = _nested(obj)
    if inner is not None:
        return _opened(inner)
    pair = key_pair(obj)
    if pair is None:
        return _bad(f"expected a name and arguments, got the keys '{excerpt(', '.join(map(str, obj)))}'")
    name, arguments = obj[pair[0]], obj[pair[1]]
    if not isinstance(name, str) or not name:
        return _bad(f"expected a name in '{pair[0]}', got {kind_of(name)} '{excerpt(str(name))}'")
    if not isinstance(arguments, dict):
        return _bad(f"expected an object in '{pair[1]}', got {kind_of(arguments)} '{excerpt(str(arguments))}'")
    return name, arguments


def name_of(obj: Any) -> str:
    """The name that a broken call object gives all the same, else an empty string."""
    if not isinstance(obj, dict):
        return ""
    inner = _nested(obj)
    obj = obj if inner is None else inner
    return next((obj[key] for key, _ in KEY_PAIRS if isinstance(obj.get(key), str)), "")


def kind_of(value: Any) -> str:
    """The JSON type of a decoded value, with its article, for a message."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "a string"
    return "a list" if isinstance(value, list) else "an object"


def _nested(obj: Mapping[str, Any]) -> Mapping[str, Any] | None:
    inner = obj.get("function")
    return inner if isinstance(inner, dict) and "name" in inner else None


def _opened(inner: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | ParseProblem:
    name, arguments = inner["name"], inner.get("arguments", inner.get("parameters"))
    if isinstance(arguments, str):
        try:
            arguments, _ = read_json(arguments.strip(), 0)
        except Broken as broken:
            return ParseProblem(kind="malformed", message=f"in 'arguments': {broken.message}")
    return name_args({"name": name, "arguments": arguments})


def _offered(name: Any, names: Collection[str]) -> bool:
    return isinstance(name, str) and name in names


def _is_definition(obj: Mapping[str, Any]) -> bool:
    return "description" in obj and "parameters" in obj and "arguments" not in obj


def _bad(message: str) -> ParseProblem:
    return ParseProblem(kind="bad_shape", message=message)
