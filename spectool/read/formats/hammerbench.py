"""HammerBench logs: one snapshot of a growing conversation a row, with the raw answer and the call that was due.

- ``predict`` is raw text, often with the next turn's special tokens; reading stops at the first of them. The dialect asked for is not
  recorded.
- ``label`` is the one call due (mode ``exact``); its arguments are what the user has said so far.
- Conversations with their tools are in another file (``messages``, ``multiple_tools``), read with ``--tasks`` and joined by the id
  without its last number, which counts the snapshots. The larger of a conversation's two tool lists is offered.

Source: MadeAgents/HammerBench (Apache-2.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from spectool.model import Gold, Message, Rejected, Task, Trajectory
from spectool.read.gold import expected_call
from spectool.read.join import Joined
from spectool.read.record import as_object, as_text, convert, first_of
from spectool.read.source import Source
from spectool.read.steps import step_from_text
from spectool.read.tools import tools_from

NAME = "hammerbench"
DESCRIPTION = "HammerBench logs: raw answers with the call that was due (tools by --tasks with its data file)"
EXAMPLE = (
    '{"id": "Based_0_1", "input": "user:Weather in Paris?", "predict": "{\\"name\\": \\"get_weather\\", '
    '\\"arguments\\": {\\"city\\": \\"Paris\\"}}", '
    '"label": {"name": "get_weather", "arguments": {"city": "Paris"}}}'
)

_SPEAKER = re.compile(r"^(user|assistant|system|function call|function|observation):", re.MULTILINE)
_SNAPSHOT = re.compile(r"_\d+$")


def sniff(source: Source) -> float:
    """By the keys of a log row, or of a conversation with its tools."""
    rows = source.sample()
    if rows and all(isinstance(row, Mapping) and {"id", "input", "predict", "label"} <= row.keys() for row in rows):
        return 0.95
    return 0.95 if overlay(source) is not None else 0.0


def overlay(source: Source) -> str | None:
    """Why a file of conversations has no rows; ``None`` for a log."""
    first = next(iter(source.sample()), None)
    if isinstance(first, Mapping) and "messages" in first and ("multiple_tools" in first or "single_tool" in first):
        return "HammerBench conversations: tools for logs, given with --tasks"
    return None


def read_tasks(source: Source) -> Iterator[Task | Rejected]:
    """A task a conversation, with its tools; the query is in the log."""

    def one(record: Any, line: int) -> Iterator[Task]:
        row = as_object(record, "a conversation")
        tools = tools_from(first_of(row, "multiple_tools", "single_tool"))
        yield Task(id=_conversation(row["id"]), tool_sets=(tools,) if tools else ())

    return convert(source, one)


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a snapshot."""
    if overlay(source) is not None:
        return iter(())

    def one(record: Any, line: int) -> Iterator[Trajectory]:
        row = as_object(record, "a log row")
        joined = Joined(tasks, (row["id"], _conversation(row["id"])))
        step = step_from_text(as_text(row["predict"]), names=joined.names)
        label = row.get("label")
        gold = Gold(paths=((expected_call(label),),), mode="exact") if isinstance(label, Mapping) and "name" in label else None
        category = as_text(row["id"]).partition("_")[0]
        found = joined.trajectory(
            source, line, (*_messages(as_text(row["input"])), step), form=NAME, gold=gold, meta={"category": category}
        )
        yield replace(found, task=as_text(row["id"]))

    return convert(source, one)


def _conversation(name: Any) -> str:
    return _SNAPSHOT.sub("", as_text(name))


def _messages(text: str) -> Iterator[Message]:
    """The conversation so far; what the assistant said is context, because another row judges it."""
    places = list(_SPEAKER.finditer(text))
    if not places:
        yield Message(role="user", content=text)
    for place, following in zip(places, [*places[1:], None], strict=True):
        said = text[place.end() : following.start() if following else len(text)].strip()
        speaker = place[1]
        if speaker == "user":
            yield Message(role="user", content=said)
        else:
            yield Message(role="system", content=said if speaker == "system" else f"earlier {speaker}: {said}")
