"""Calls out of a model's turn as BFCL's handler of its kind of model reads them, which is part of BFCL's rule.

BFCL decodes by model; here the dialect that was asked for stands for it. ``native`` calls are taken as the API gave them, with JSON
arguments. A list of JSON calls must be the whole text (one object, or several between semicolons, are read too). Every other syntax is
read as our own dialect reads it, where nothing but that syntax is a call. Prompt mode asks for a list of calls as source text of the
question's language.

Source: behaviour of the handlers' ``decode_ast``, gorilla berkeley-function-call-leaderboard.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from spectool.classify.compat import bfcl_java, bfcl_javascript, python_text
from spectool.classify.compat.python_text import Decoded, Undecodable
from spectool.model import Step
from spectool.read.dialects.registry import dialect

# Who asks for source text asks for one of these; ``None`` where nobody called, so nothing shows what was asked for.
_PROMPT_MODE = frozenset({None, "pythonic", "java", "javascript"})
_OPENED, _CLOSED = "<tool_call>\n", "\n</tool_call>"


def decoded(step: Step, asked: str | None, *, language: str, before_v4: bool) -> Decoded | None:
    """The calls of a turn; ``None`` where it is sound Java or JavaScript without a call.

    Args:
        step: the turn, with the text as the model wrote it.
        asked: the dialect asked for; ``None`` (nobody called) is prompt mode, BFCL's default.
        language: of the question's arguments.
        before_v4: whether the results are of v1 to v3.

    Raises:
        Undecodable: BFCL would not get calls out of it.
    """
    if step.dialect == "native":
        return _native(step)
    text = step.raw if step.raw is not None else step.text
    if asked in _PROMPT_MODE:
        read_source = _SOURCES.get(language)
        return read_source(python_text.bracketed(text)[1:-1]) if read_source else python_text.decode(text, before_v4=before_v4)
    read = _READERS.get(asked or "")
    return read(text) if read is not None else _as_read_here(text, asked or "")


def _native(step: Step) -> Decoded:
    return [(call.name, _json(call.raw) if call.raw else call.arguments) for call in step.calls]


def _no_structure(text: str) -> Decoded:
    """What an API returned in place of calls: a text has none, and walking it as a list of calls fails unless it is empty."""
    if text:
        raise Undecodable("expected structured calls, got text")
    return []


def _json_calls(text: str) -> Decoded:
    try:
        found = _json(text)
    except Undecodable:
        found = [_json(part) for part in text.split(";")]
    return [_named(call, "arguments") for call in (found if isinstance(found, list) else [found])]


def _llama(text: str) -> Decoded:
    """Several calls are JSON between semicolons; one, or a list, is read as Python, where ``true`` and ``null`` are no values."""
    text = text.replace("<|python_tag|>", "")
    found = [_json(part) for part in text.split(";")] if ";" in text else python_text.literal(text)
    return [_named(call, "parameters") for call in (found if isinstance(found, list) else [found])]


def _hermes(text: str) -> Decoded:
    """Tagged calls; what between tags is no JSON is passed over, and no tag at all is no call."""
    calls = []
    for inner in _tagged(text):
        try:
            calls.append(_json(inner))
        except Undecodable:
            continue
    named = [_named(call, "arguments") for call in calls]
    if not all(isinstance(arguments, Mapping) for _, arguments in named):
        raise Undecodable("expected arguments as an object, got another value")
    return named


def _tagged(text: str) -> Iterator[str]:
    """What stands between each opening tag and the next closing one, in one walk: without a closing tag a pattern would seek it anew."""
    start = text.find(_OPENED)
    while start >= 0:
        begin = start + len(_OPENED)
        end = text.find(_CLOSED, begin)
        if end < 0:
            return
        yield text[begin:end]
        start = text.find(_OPENED, end + len(_CLOSED))


def _as_read_here(text: str, asked: str) -> Decoded:
    try:
        parsed = dialect(asked).parse(text)
    except ValueError:  # a name that another program gave its own syntax
        raise Undecodable(f"expected a dialect that is known, got '{asked[:80]}'") from None
    if not parsed.calls or parsed.problems or any(call.problem is not None for call in parsed.calls):
        raise Undecodable(f"expected calls in the dialect '{asked}', got none or broken ones")
    return [(call.name, call.arguments) for call in parsed.calls]


def _named(call: Any, arguments: str) -> tuple[str, Any]:
    if not isinstance(call, Mapping) or isinstance(call.get("name"), list | dict) or not {"name", arguments} <= call.keys():
        raise Undecodable(f"expected an object with 'name' and '{arguments}', got another value")
    return str(call["name"]), call[arguments]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Undecodable("expected JSON, got text that does not parse") from None


_SOURCES: Mapping[str, Callable[[str], Decoded | None]] = {"java": bfcl_java.decode, "javascript": bfcl_javascript.decode}
_READERS: Mapping[str, Callable[[str], Decoded]] = {
    "native": _no_structure,
    "json_list": _json_calls,
    "xlam1": _json_calls,
    "xlam2": _json_calls,
    "llama_json": _llama,
    "hermes": _hermes,
}
