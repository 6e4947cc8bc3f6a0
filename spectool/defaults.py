"""The default of an argument: what its schema says, else what its description says in so many words.

Descriptions are read strictly ("Default is 5.", "defaults to 'metric' if not specified"): a value that is not plainly of the argument's
type, or that more words follow, is none. A stated default only ever clears a value that equals it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from spectool.schema import FOREIGN_TYPES

NONE_STATED = msgspec.UNSET
# Longer descriptions say more of a default than one value.
MAX_DESCRIPTION = 600
_STATED = re.compile(
    r"\bdefaults?(?: value)?(?:(?: is| to|:|=)(?: set to)?)?\s+"
    r"(?:'(?P<single>[^'\n]{1,40})'|\"(?P<double>[^\"\n]{1,40})\"|(?P<plain>\[\]|[^\s'\"\[(][^\s,;:()\"\[\]]*))"
    r"(?=\s*(?:\.(?!\w)|[,;)]|$)|\s+(?:if|unless|when) )",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"-?\d{1,18}")
_DECIMAL = re.compile(r"-?\d{1,18}\.\d{1,18}")
_TRUTHS: Mapping[str, bool] = {"true": True, "false": False}


def default_of(prop: Any) -> Any:
    """The default of a property's schema or description; ``NONE_STATED`` where neither says one."""
    if not isinstance(prop, Mapping):
        return NONE_STATED
    if "default" in prop:
        return prop["default"]
    described, kind = prop.get("description"), prop.get("type")
    if not isinstance(described, str) or not isinstance(kind, str) or len(described) > MAX_DESCRIPTION:
        return NONE_STATED
    return _stated(described, FOREIGN_TYPES.get(kind.lower(), kind.lower()))


@lru_cache(maxsize=4096)
def _stated(described: str, kind: str) -> Any:
    match = _STATED.search(described)
    if match is None:
        return NONE_STATED
    text = match["single"] or match["double"] or (match["plain"] or "").rstrip(".")
    if kind == "string":
        return text if text.lower() not in ("none", "null") else NONE_STATED
    if kind == "boolean":
        return _TRUTHS.get(text.lower(), NONE_STATED)
    if kind in ("number", "integer"):
        return _number(text)
    return [] if kind == "array" and text == "[]" else NONE_STATED


def _number(text: str) -> Any:
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else NONE_STATED
