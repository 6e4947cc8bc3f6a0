"""Secrets that have no form of their own and are known by the name of the field they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from spectool.redact_checks import is_key, is_value

_PASSWORD = re.compile(r"(?:password|passwd|pwd|passphrase|passcode)$")
_KEY = re.compile(
    "(?:apikey|(?:access|secret|private|auth|session|signing)key|secret|authorization|credentials?|(?<!page)(?<!sync)(?<!next)token)$"
)
_SEPARATORS = re.compile(r"[\W_]+")


def secret_name(name: str) -> str | None:
    """What a field of this name holds: ``password``, ``key``, or ``None`` for anything else."""
    plain = _SEPARATORS.sub("", name[-80:]).casefold()
    if _PASSWORD.search(plain):
        return "password"
    return "key" if _KEY.search(plain) else None


def secret_under(name: Any, value: Any) -> tuple[str, str] | None:
    """Kind and text of a value that its name makes a secret."""
    kind = secret_name(name) if isinstance(name, str) else None
    if kind is None or isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value)
    likely = len(text) >= 4 and is_value(text) if kind == "password" else len(text) >= 8 and is_key(text)
    return (kind, text) if likely else None


def named(value: Any) -> Iterator[tuple[str, str]]:
    """Kind and text of everything in JSON-like data that its name makes a secret."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            several = inner if isinstance(inner, list | tuple) else (inner,)
            yield from (secret for each in several if (secret := secret_under(name, each)))
            yield from named(inner)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from named(each)


def texts(value: Any) -> Iterator[str]:
    """Every text in JSON-like data, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from (*texts(name), *texts(inner))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
