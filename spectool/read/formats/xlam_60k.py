"""xlam-function-calling-60k: a query, its tools and its answers, the last two as JSON strings.

As ``--tasks`` a row is a task whose gold is its answers, in any order (mode ``unordered``; an empty list: no call is due). A row that
also holds what a model said (``output``, ``response``, ``completion`` or ``generated_text``) is an attempt with that gold. Parameters
are a flat map of ``{"name": {"type": "int, optional", …}}`` and are read as JSON Schema.

Source: Salesforce/xlam-function-calling-60k, data set card.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spectool.model import Message, Rejected, Task, Trajectory
from spectool.read.formats.row_fields import ANSWER_KEYS, own_fields, row_id
from spectool.read.gold import gold_from
from spectool.read.join import Joined
from spectool.read.record import as_name, as_object, as_text, convert, first_of, quoted, share
from spectool.read.source import FormatError, Source
from spectool.read.steps import step_from_text
from spectool.read.tools import tool_sets_from

NAME = "xlam_60k"
DESCRIPTION = "xlam-function-calling-60k rows (query, tools, answers), as tasks or with a model's output"
EXAMPLE = (
    '{"id": 1, "query": "Weather in Paris?", "tools": "[{\\"name\\": \\"get_weather\\", \\"description\\": \\"Weather of a '
    'city.\\", \\"parameters\\": {\\"city\\": {\\"type\\": \\"str\\", \\"description\\": \\"The city.\\"}}}]", "answers": '
    '"[{\\"name\\": \\"get_weather\\", \\"arguments\\": {\\"city\\": \\"Paris\\"}}]", "output": "[{\\"name\\": \\"get_weather\\", '
    '\\"arguments\\": {\\"city\\": \\"Paris\\"}}]"}'
)


def sniff(source: Source) -> float:
    """By the three fields, in rows without a conversation."""
    return 0.96 * share(source, lambda row: isinstance(row, Mapping) and row.keys() >= {"query", "tools", "answers"})


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a row that holds an output."""

    def one(record: Any, line: int) -> Iterator[Trajectory]:
        row = as_object(record, "a row")
        answer = first_of(row, *ANSWER_KEYS)
        if not isinstance(answer, str):
            names = " or ".join(map(quoted, ANSWER_KEYS))
            raise FormatError(f"no text under {names}: this row is a task, not an output; pass the file with --tasks")
        joined = Joined(tasks, (row.get("id"),), tool_sets_from(row.get("tools")))
        step = step_from_text(answer, asked=joined.asked, names=joined.names, finish_reason=as_name(row.get("finish_reason")))
        turns = (Message(role="user", content=as_text(row.get("query"))), step)
        yield joined.trajectory(source, line, turns, form=NAME, **own_fields(row))

    return convert(source, one)


def read_tasks(source: Source) -> Iterator[Task | Rejected]:
    """One task a row, its answers as gold."""

    def one(record: Any, line: int) -> Iterator[Task]:
        row = as_object(record, "a row")
        query = Message(role="user", content=as_text(row.get("query")))
        sets = tool_sets_from(row.get("tools"))
        yield Task(id=row_id(row, source, line), tool_sets=sets, messages=(query,), gold=gold_from(row.get("answers")))

    return convert(source, one)
