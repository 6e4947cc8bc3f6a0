"""xLAM's unified format, 1.0 (steps) and 2.0 (conversation, as in ActionStudio).

- 1.0: ``{"task_instruction", "tools", "format_instruction", "few_shot_examples", "query", "steps": [{"thought", "tool_calls",
  "next_observation", "user_input"}]}``. Instruction and query are a system and a user message; an observation answers its step's calls:
  the only one, or, where it is a list as long as the calls, each its own.
- 2.0: ``{"unique_trajectory_id", "task_instruction", "tools", "conversation": [user | assistant | tool]}`` with OpenAI-style messages
  whose arguments are objects.

Source: xLAM repository, unified data format; ActionStudio.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spectool.model import Message, Rejected, Result, Step, Task, Trajectory
from spectool.read.content import content_text
from spectool.read.formats.answered import PlacedResult, answered
from spectool.read.formats.openai_messages import native_calls, turns_from_messages
from spectool.read.formats.row_fields import attempted, own_fields, written_fields
from spectool.read.join import Joined, Turns
from spectool.read.record import as_list, as_object, as_text, convert, share
from spectool.read.request import request_from
from spectool.read.source import Source
from spectool.read.steps import step_from_native
from spectool.read.tools import tool_sets_from
from spectool.read.writing import Reply, Written, is_structured, with_replies, write_tool

NAME = "xlam_unified"
DESCRIPTION = "xLAM's unified format 1.0 (steps) and 2.0 (conversation)"
EXAMPLE = (
    '{"unique_trajectory_id": "weather-1", "task_instruction": "Use the tools.", "tools": [{"type": "function", '
    '"function": {"name": "get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, '
    '"required": ["city"]}}}], "conversation": [{"role": "user", "content": "Weather in Paris?"}, {"role": '
    '"assistant", "content": "", "tool_calls": [{"type": "function", "id": "call_1", "function": {"name": '
    '"get_weather", "arguments": {"city": "Paris"}}}]}]}'
)
_IDS = ("unique_trajectory_id", "id", "task_id")


def sniff(source: Source) -> float:
    """By a conversation with roles, or steps beside a task instruction."""
    return 0.96 * share(source, lambda row: isinstance(row, Mapping) and (_is_second(row) or _is_first(row)))


def _is_second(row: Mapping[str, Any]) -> bool:
    said = row.get("conversation")
    return isinstance(said, list) and all(isinstance(message, Mapping) and "role" in message for message in said)


def _is_first(row: Mapping[str, Any]) -> bool:
    return isinstance(row.get("steps"), list) and "query" in row and bool(row.keys() & {"task_instruction", "format_instruction"})


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a row."""

    def one(record: Any, line: int) -> Iterator[Trajectory]:
        row = as_object(record, "a row")
        joined = Joined(tasks, (row.get(name) for name in _IDS), tool_sets_from(row.get("tools")), request_from(row))
        instruction = as_text(row.get("task_instruction"))
        before = (Message(role="system", content=instruction),) if instruction else ()
        if "conversation" in row:
            after = turns_from_messages(row["conversation"], names=joined.names, asked=joined.asked)
        else:
            after = _turns_of_steps(row, joined)
        yield joined.trajectory(source, line, attempted((*before, *after)), form=NAME, **own_fields(row))

    return convert(source, one)


def _turns_of_steps(row: Mapping[str, Any], joined: Joined) -> Turns:
    turns: list[Message | Step] = [Message(role="user", content=as_text(row.get("query")))]
    results: list[PlacedResult] = []
    for number, raw in enumerate(as_list(row.get("steps"), "steps")):
        step = as_object(raw, f"step {number}")
        turns.append(step_from_native(as_text(step.get("thought")), native_calls(step), names=joined.names, asked=joined.asked))
        for text in _observations(step):
            results.append((len(turns), None, Result(content=text)))
            turns.append(Message(role="tool", content=text))
        if said := content_text(step.get("user_input")):
            turns.append(Message(role="user", content=said))
    return answered(turns, results)


def _observations(step: Mapping[str, Any]) -> list[str]:
    seen, calls = step.get("next_observation"), as_list(step.get("tool_calls"), "tool_calls")
    if seen in (None, "", [], {}):
        return []
    each = isinstance(seen, list) and len(seen) == len(calls)
    return [as_text(item) for item in seen] if each and isinstance(seen, list) else [as_text(seen)]


def write(trajectory: Trajectory) -> dict[str, Any]:
    """A row of 2.0. Arguments are objects there, so a step with a problem keeps its text instead of calls: nothing is repaired."""
    turns = trajectory.turns
    system = turns[0].content if turns and isinstance(turns[0], Message) and turns[0].role == "system" else ""
    said = turns[1:] if system else turns
    return {
        "unique_trajectory_id": trajectory.id,
        "task_instruction": system,
        "tools": [write_tool(tool) for tool in trajectory.tool_sets[-1]] if trajectory.tool_sets else [],
        "conversation": [_written(turn) for turn in with_replies(said)],
        **written_fields(trajectory),
    }


def _written(turn: Written) -> dict[str, Any]:
    if isinstance(turn, Message):
        return {"role": turn.role, "content": turn.content}
    if isinstance(turn, Reply):
        return {"role": "tool", "name": turn.name, "content": turn.content, "tool_call_id": turn.call_id}
    if not is_structured(turn):
        return {"role": "assistant", "content": turn.raw or turn.text or "\n".join(call.raw for call in turn.calls)}
    calls = [{"type": "function", "id": call.id, "function": {"name": call.name, "arguments": call.arguments}} for call in turn.calls]
    message: dict[str, Any] = {"role": "assistant", "content": turn.text}
    message |= {"reasoning_content": turn.reasoning} if turn.reasoning else {}
    return {**message, "tool_calls": calls} if calls else message
