"""The answers that models gave to a task: read from the result folder, and told alike where they hold the same calls."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from spectool.read.source import decode
from spectool.results.tables import rows


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt's calls, as ``name`` and ``arguments`` (``raw`` text where they do not parse), and whether it passed."""

    model: str
    sample: int
    passed: bool | None
    calls: tuple[Mapping[str, Any], ...]


_ANSWERS = """
SELECT v.task, v.model, t.sample, v.passed, t.turns FROM audit_verdicts v JOIN trajectories t USING (key)
WHERE v.task IN (SELECT task FROM suspect_slips) ORDER BY v.task, v.model, t.sample, v.row"""


def answers_by_task(cursor: Any) -> Mapping[str, Sequence[Answer]]:
    """The answers to the tasks of the table ``suspect_slips``, by model and sample."""
    found: dict[str, list[Answer]] = defaultdict(list)
    for row in rows(cursor, _ANSWERS):
        calls = tuple(_calls(decode(row["turns"])))
        found[row["task"]].append(Answer(model=row["model"], sample=row["sample"], passed=row["passed"], calls=calls))
    return found


def _calls(turns: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for turn in turns:
        for call in turn.get("calls", ()):
            readable = call["arguments"] is not None
            yield {"name": call["name"], "arguments": call["arguments"]} if readable else {"name": call["name"], "raw": call["raw"]}


def largest_agreement(answers: Sequence[Answer]) -> int:
    """How many models gave the wrong answer that most models gave: the same calls, in any order, texts without case and outer space.

    No call at all is no answer to agree on: there are many reasons to make none.
    """
    models: dict[str, set[str]] = defaultdict(set)
    for answer in answers:
        if answer.passed is False and answer.calls:
            models["\n".join(sorted(_spelt(call) for call in answer.calls))].add(answer.model)
    return max(map(len, models.values()), default=0)


def _spelt(call: Mapping[str, Any]) -> str:
    return json.dumps(_plain(call), sort_keys=True, default=str)


def _plain(value: Any) -> Any:
    """A value as it is told from others: 3.0 is 3, and a text has neither case nor outer space."""
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, str):
        return value.strip().lower()
    return int(value) if isinstance(value, float) and value.is_integer() else value
