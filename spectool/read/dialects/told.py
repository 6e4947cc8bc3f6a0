"""Tells calls that are made from calls that are only told of: part of a JSON document that answers the user, such as a proposal.

An agent that shows what it is about to do, for the user to confirm, writes ``{"proposed_action": {"action": "cancel_order", "order_id":
"7"}, "question": "Shall I?"}``. A whole document that is no call itself holds calls only where they have a name *and* arguments, or
stand under a key that says so (``"function_calls": […]``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spectool.model import Call
from spectool.read.dialects.broken import Broken
from spectool.read.dialects.json_text import read_json, skip_space
from spectool.read.dialects.naming import key_pair

_CALLS_KEY = re.compile(r"calls?[\"']\s*+:\s*+\[?\s*+\Z", re.IGNORECASE)
_KEY_LOOK = 80


def are_sketches(calls: Sequence[Call], text: str, pos: int) -> bool:
    """Whether the calls read at ``pos`` name functions, if any, beside other keys of which none holds arguments."""
    return all(map(_is_sketch, calls)) and not _CALLS_KEY.search(text, max(0, pos - _KEY_LOOK), pos)


def _is_sketch(call: Call) -> bool:
    if call.problem is None or call.problem.kind != "bad_shape":
        return False
    try:
        value, _ = read_json(call.raw, 0)
    except Broken:
        return False
    return not isinstance(value, dict) or (len(value) > 1 and key_pair(value) is None)


def is_document(text: str, start: int) -> bool:
    """Whether the text from ``start`` on is one JSON object."""
    begin = skip_space(text, start)
    if text[begin : begin + 1] != "{":
        return False
    try:
        _, end = read_json(text, begin)
    except Broken:
        return False
    return skip_space(text, end) == len(text)
