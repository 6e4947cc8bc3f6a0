"""The argument that a finding's path leads to, the same for every item of a list and every key that is data."""

from __future__ import annotations

import re

MAX_PATH = 500
_INDEX = re.compile(r"\[\d{1,9}\]")
_QUOTED_KEY = re.compile(r'\["((?:[^"\\]|\\.)*)"\]')
_PLAIN_KEY = re.compile(r"[A-Za-z$@][A-Za-z$@:-]{0,60}")
_LONG_NUMBER = re.compile(r"\d{3,}")


def argument_of(path: str) -> str:
    """The argument that a finding's JSONPath leads to, list indexes as ``[*]``: ``items[*].size``; empty where it leads to none."""
    _, found, rest = path[:MAX_PATH].partition(".arguments")
    if not found:
        return ""
    named = _QUOTED_KEY.sub(lambda key: f".{key[1]}" if _PLAIN_KEY.fullmatch(key[1]) else "[*]", rest)
    return _LONG_NUMBER.sub("#", _INDEX.sub("[*]", named)).removeprefix(".")
