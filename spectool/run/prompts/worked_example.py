"""Tools in the system message in Hermes' syntax and one worked example before the conversation, for models that were never taught tools.

Such a model answers a list of functions with small talk; shown one call, it calls. The example calls the first function offered, with
values made from its schema and spelled out in the request, so it shows the syntax and nothing of the task.
"""

from __future__ import annotations

from collections.abc import Sequence

from spectool.example import example_arguments
from spectool.model import Message, Step, Tool
from spectool.read.record import as_json
from spectool.run.engines.engine import ChatMessage, ToolSection
from spectool.run.prompts import chat_template
from spectool.run.prompts.conversation import Rendered

NAME = "worked_example"


def render(tools: Sequence[Tool], turns: Sequence[Message | Step], section: ToolSection | None) -> Rendered:
    """The turns as for a template without tools (``section`` is not used), an exchange about the first tool in front."""
    plain = chat_template.render(tools, turns, None)
    if not tools:
        return plain
    system, *rest = plain.messages
    return Rendered(messages=(system, *_example(tools[0]), *rest), dialect=plain.dialect)


def _example(tool: Tool) -> tuple[ChatMessage, ChatMessage]:
    arguments = example_arguments(tool.parameters)
    stated = ", ".join(f"{name} {as_json(value)}" for name, value in arguments.items())
    call = as_json({"name": tool.name, "arguments": arguments})
    request = f"Call {tool.name} with {stated}." if stated else f"Call {tool.name}."
    return ChatMessage(role="user", content=request), ChatMessage(role="assistant", content=f"<tool_call>\n{call}\n</tool_call>")
