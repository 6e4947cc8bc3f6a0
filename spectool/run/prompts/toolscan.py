"""ToolScan's prompt: an action a line, ``Action: name with Action Input: {...}``, until the action ``finish``.

Results come back as ``Observation:`` lines of a user message. ``finish`` is the answer and no call, unless a tool of that name is offered
(``--finish``). ToolScan's harness ended each turn at the first line break; here nothing is cut (see `Rendered`).

Source: Kokane et al., SpecTool / ToolScan (arXiv 2411.13547) and the harness it builds on, AgentBoard; the wording is ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from spectool.model import Message, Step, Tool
from spectool.read.record import as_json
from spectool.read.writing import write_tool
from spectool.run.engines.engine import ToolSection
from spectool.run.prompts.conversation import Rendered, chat_messages, observations_as_user, with_system

NAME = "toolscan"

_INSTRUCTIONS = """\
You solve the user's request by actions. An action calls one of the functions below and takes one line:
Action: function_name with Action Input: {{"argument": "value"}}
Its result comes back as "Observation: ..."; then act again. Several actions may stand in one turn, one a line, if none needs the result of
another.
When the request is done, or no function serves it, or a required value is missing, end with:
Action: finish with Action Input: {{"answer": "what to tell the user"}}

Functions, one a line:
{tools}"""


def render(tools: Sequence[Tool], turns: Sequence[Message | Step], section: ToolSection | None) -> Rendered:
    """The turns with tools in the system message, whatever the model's own template could do (``section`` is not used)."""
    messages = chat_messages(turns)
    if tools:
        listed = "\n".join(as_json(write_tool(tool)["function"]) for tool in tools)
        messages = with_system(messages, _INSTRUCTIONS.format(tools=listed))
    return Rendered(messages=observations_as_user(messages), dialect="toolscan")
