"""Turns of a multi-turn BFCL run: which messages belong to which, and what its log says of tool replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from spectool.model import Message, Result
from spectool.read.record import as_text
from spectool.read.source import FormatError, decode


def by_turn(messages: Sequence[Message]) -> list[list[Message]]:
    """Messages grouped so that each group ends with a user's."""
    groups: list[list[Message]] = [[]]
    for message in messages:
        groups[-1].append(message)
        if message.role == "user":
            groups.append([])
    return [group for group in groups if group]


def logged_turns(raw: msgspec.Raw) -> list[Mapping[str, Any]]:
    """The log's entries of turns; the simulators' states between them are left out."""
    try:
        log = decode(bytes(raw)) if bytes(raw) else []
    except FormatError:
        return []
    return [entry for entry in log if isinstance(entry, Mapping) and "begin_of_turn_query" in entry] if isinstance(log, list) else []


def query(log: Mapping[str, Any]) -> Message:
    """What the user said by the log; empty when unknown, so that turns still count."""
    said = log.get("begin_of_turn_query")
    parts = [as_text(message.get("content")) for message in said if isinstance(message, Mapping)] if isinstance(said, list) else []
    return Message(role="user", content="\n".join(parts))


def replies(log: Mapping[str, Any], step: int) -> list[Result]:
    """What the tools answered in one step of a logged turn, in the order of its calls."""
    entries = log.get(f"step_{step}")
    found = (
        [as_text(entry.get("content")) for entry in entries if isinstance(entry, Mapping) and entry.get("role") == "tool"]
        if isinstance(entries, list)
        else []
    )
    return [Result(content=text, is_error=text.startswith(("Error during execution", '{"error"'))) for text in found]
