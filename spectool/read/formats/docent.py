"""Docent agent runs: ``{"id", "transcripts": [{"messages": […]}], "metadata": {…}}``, one a line, in a list, or one document.

- Each transcript is one trajectory: runs of several agents have several. Messages are Inspect's: ``function`` is a name and
  ``arguments`` an object.
- ``parse_error`` of a call is a problem of the call. Runs carry no tools: give them with ``--tools`` or ``--tasks``.
- Scores stand in the metadata: the first number under ``scores`` (or ``reward``, ``score``) is the reward.
- Docent's examples also hold tau-bench runs as tau-bench wrote them; those are read as ``tau_bench``.

Source: TransluceAI/docent, ``docent/data_models`` (Apache-2.0).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spectool.model import Rejected, Task, Trajectory
from spectool.read.formats.inspect_log import with_problems
from spectool.read.formats.openai_messages import turns_from_messages
from spectool.read.join import Joined
from spectool.read.record import as_list, as_object, as_text, convert, first_of
from spectool.read.source import Source

NAME = "docent"
DESCRIPTION = "Docent agent runs, one trajectory a transcript (tools by --tools)"
EXAMPLE = (
    '{"id": "run-1", "transcripts": [{"id": "t-1", "messages": [{"role": "user", "content": "Weather in Paris?"}, '
    '{"role": "assistant", "content": "", '
    '"tool_calls": [{"id": "c1", "type": "function", "function": "get_weather", "arguments": {"city": "Paris"}}]}]}], '
    '"metadata": {"model": "some-model", "task_id": "weather-1", "scores": {"match": 1.0}}}'
)


def sniff(source: Source) -> float:
    """By ``transcripts`` that hold messages."""
    rows = source.sample()
    return 0.95 if rows and all(isinstance(row, Mapping) and _listed(row.get("transcripts")) for row in rows) else 0.0


def _listed(raw: Any) -> list[Any]:
    """Transcripts; older exports have a map of them."""
    found = list(raw.values()) if isinstance(raw, Mapping) else raw if isinstance(raw, list) else []
    return found if all(isinstance(item, Mapping) and "messages" in item for item in found) else []


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a transcript."""

    def one(record: Any, line: int) -> Iterator[Trajectory]:
        run = as_object(record, "an agent run")
        meta = run.get("metadata") or {}
        joined = Joined(tasks, (first_of(meta, "task_id", "sample_id"), run.get("id")))
        for number, transcript in enumerate(_listed(run.get("transcripts"))):
            messages = as_list(transcript["messages"], "messages")
            turns = with_problems(messages, turns_from_messages(messages, names=joined.names, asked="native"))
            yield joined.trajectory(
                source,
                line,
                turns,
                form=NAME,
                index=number,
                model=as_text(first_of(meta, "model", "model_name")),
                reward=_reward(meta),
                meta={"run": as_text(run.get("id")), "environment": as_text(first_of(meta, "benchmark_id", "environment"))},
            )

    return convert(source, one)


def _reward(meta: Mapping[str, Any]) -> float | None:
    scores = first_of(meta, "scores", "score", "reward")
    value = next(iter(scores.values()), None) if isinstance(scores, Mapping) else scores
    return float(value) if isinstance(value, bool | int | float) else None
