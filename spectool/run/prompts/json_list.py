"""Tools in the system message, calls asked for as one bare JSON array and nothing else: what most models can.

Under ``--constrain`` an answer in words is a JSON string.

Source: the array's shape is that of Salesforce's xLAM-2 models, whose own prompt is ``xlam2``; the wording is ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from spectool.model import Message, Step, Tool
from spectool.read.record import as_json
from spectool.read.writing import write_tool
from spectool.run.engines.engine import ToolSection
from spectool.run.prompts.answer_schema import calls_or_words
from spectool.run.prompts.conversation import Rendered, chat_messages, tool_replies_as_user, with_system

NAME = "json_list"

_INSTRUCTIONS = """\
You can call the functions listed below. To call, answer with a JSON array and nothing else, one object a call:
[{{"name": "function_name", "arguments": {{"argument": "value"}}}}]
When no function fits, answer in plain words instead.

Functions:
{tools}"""


def render(tools: Sequence[Tool], turns: Sequence[Message | Step], section: ToolSection | None) -> Rendered:
    """The turns with tools in the system message, whatever the model's own template could do (``section`` is not used)."""
    messages = chat_messages(turns)
    if tools:
        listed = as_json([write_tool(tool)["function"] for tool in tools])
        messages = with_system(messages, _INSTRUCTIONS.format(tools=listed))
    return Rendered(messages=tool_replies_as_user(messages), dialect="json_list", schema=calls_or_words(tools))
