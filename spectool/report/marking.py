"""Finds the offending part of a call in the text that the model wrote: a value, an argument's name, the tool's name, or the whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from spectool.model import Call, Finding
from spectool.results.place import plain_path

Mark = tuple[int, int]

# Findings about the name of the call.
_NAMES = frozenset({"IFN", "wrong_tool", "unneeded_call", "extra_call", "RAC", "wrong_order", "name_alias"})
_INDEX = re.compile(r"\[\d+\]$")


def mark_of(text: str, call: Call, finding: Finding) -> Mark | None:
    """Where in ``text``, which holds ``call`` as written, the slip is; ``None`` where nothing written is wrong but something is missing."""
    if finding.error == "IFE":
        return (0, len(text))
    if ".arguments" not in finding.path:
        return _word(text, call.name) if finding.error in _NAMES else None
    name = argument_of(finding.path)
    if finding.error == "IAN":
        return _word(text, name)
    if finding.got is None and not _holds_null(call, name):
        return None
    return _value(text, name, finding.got) or _word(text, name)


def argument_of(path: str) -> str:
    """The innermost named part of a path into arguments: ``amount`` of ``$.turns[1].calls[0].arguments.payments[0].amount``."""
    plain = plain_path(path)
    while _INDEX.search(plain):
        plain = _INDEX.sub("", plain)
    return plain.rpartition(".")[2]


def _holds_null(call: Call, name: str) -> bool:
    return bool(call.arguments) and name in (call.arguments or {})


def _word(text: str, word: str) -> Mark | None:
    if not word:
        return None
    found = re.search(rf"(?<![\w]){re.escape(word)}(?![\w])", text)
    return found.span() if found else None


def _value(text: str, name: str, value: Any) -> Mark | None:
    """The value behind its name, as JSON, Python or XML would have it; else where it stands alone, if at one place only."""
    forms = list(dict.fromkeys(_forms(value)))
    for found in re.finditer(rf"(?<!\w){re.escape(name)}[\"'\\]{{0,4}}\s{{0,9}}[=:>]\s{{0,9}}", text):
        for form in forms:
            if text.startswith(form, found.end()):
                return (found.end(), found.end() + len(form))
    for form in forms:
        if len(form) > 2 and text.count(form) == 1:
            start = text.index(form)
            return (start, start + len(form))
    return None


def _forms(value: Any) -> Iterator[str]:
    for options in ({}, {"ensure_ascii": False}, {"separators": (",", ":"), "ensure_ascii": False}):
        try:
            yield json.dumps(value, **options)
        except (TypeError, ValueError, RecursionError):
            return
    escaped = json.dumps(json.dumps(value))[1:-1]
    yield from (escaped, repr(value))
    if isinstance(value, str) and value:
        yield value
