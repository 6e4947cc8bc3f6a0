"""The prompt of the first xLAM models: one user message of delimited sections; answers ``{"thought": ..., "tool_calls": [...]}``.

Sections in order: task instruction, available tools, format instruction, query and, once there is one, the history of steps.
A task's system message goes into the task instruction, since these models were trained without one. Under ``--constrain`` a turn ends the
episode as it does without: by an empty list of calls, the thought being the answer.

Source: section names and the order of keys follow the xLAM-1 model cards (Salesforce); the wording of the instructions is ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spectool.model import Message, Step, Tool
from spectool.read.record import as_json
from spectool.run.engines.engine import ChatMessage, ToolSection
from spectool.run.prompts.answer_schema import thought_and_calls
from spectool.run.prompts.conversation import Rendered, earlier_answer

NAME = "xlam1"

_TASK = """\
You solve the user's query by calling functions from a given list.
Work out which functions the query needs and which arguments they take; every value comes from the query or from an earlier result.
If no function fits, or a required argument is not given, say so in "thought" and leave "tool_calls" empty."""

# What properties may refer to, and what would be lost in a flat map of them.
_DEFINITIONS = frozenset({"$defs", "definitions"})

_FORMAT = """\
Answer with one JSON object of this shape and nothing else. To call nothing, make "tool_calls" an empty list.
{"thought": "why these calls, or the answer to the user", "tool_calls": [{"name": "function_name", "arguments": {"argument": "value"}}]}"""


def render(tools: Sequence[Tool], turns: Sequence[Message | Step], section: ToolSection | None) -> Rendered:
    """All turns in one user message, whatever the model's own template could do (``section`` is not used)."""
    system = [turn.content for turn in turns if isinstance(turn, Message) and turn.role == "system" and earlier_answer(turn) is None]
    query, steps = _history(turns)
    parts = [
        _section("TASK INSTRUCTION", "\n\n".join([_TASK, *system])),
        _section("AVAILABLE TOOLS", as_json([_xlam_tool(tool) for tool in tools])),
        _section("FORMAT INSTRUCTION", _FORMAT),
        _section("QUERY", query),
    ]
    if steps:
        parts.append(_section("HISTORY STEPS", as_json(steps)))
    message = ChatMessage(role="user", content="\n\n".join(parts))
    return Rendered(messages=(message,), dialect="xlam1", schema=thought_and_calls(tools))


def _section(title: str, body: str) -> str:
    return f"[BEGIN OF {title}]\n{body}\n[END OF {title}]"


def _xlam_tool(tool: Tool) -> dict[str, Any]:
    """A flat map of parameters where the schema is a plain list of properties, the JSON Schema as it is where it is more."""
    properties = tool.parameters.get("properties")
    flat = dict(properties) if isinstance(properties, dict) else {}
    required = tool.parameters.get("required") or ()
    parameters = {name: {**field, "required": name in required} for name, field in flat.items() if isinstance(field, dict)}
    complete = len(parameters) == len(flat) and _DEFINITIONS.isdisjoint(tool.parameters)
    return {"name": tool.name, "description": tool.description, "parameters": parameters if complete else dict(tool.parameters)}


def _history(turns: Sequence[Message | Step]) -> tuple[str, list[dict[str, Any]]]:
    """The first user message, and each assistant turn with what came back (tool results, or what the user said next)."""
    query = ""
    steps: list[dict[str, Any]] = []
    for turn in turns:
        if isinstance(turn, Step):
            calls = [{"name": call.name, "arguments": dict(call.arguments or {})} for call in turn.calls]
            steps.append(_step(len(steps) + 1, turn.reasoning or turn.text, calls))
        elif (earlier := earlier_answer(turn)) is not None:
            steps.append(_step(len(steps) + 1, earlier, []))
        elif turn.role == "user" and not steps:
            query = f"{query}\n{turn.content}".strip()
        elif turn.role == "user":
            steps[-1]["user_input"] = f"{steps[-1]['user_input']}\n{turn.content}".strip()
        elif turn.role == "tool" and steps:
            steps[-1]["next_observation"] = f"{steps[-1]['next_observation']}\n{turn.content}".strip()
    return query, steps


def _step(number: int, thought: str, calls: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"step_id": number, "thought": thought, "tool_calls": calls, "next_observation": "", "user_input": ""}
