"""The model's own chat template with its own tool section; where it has none, tools in the system message in Hermes' syntax.

Hermes' syntax is the most widely trained of those that need no special tokens, so it is the one a template without tools gets.

Source: the convention (``<tools>``, ``<tool_call>``, ``<tool_response>``) is that of the Hermes 2 Pro and Qwen2.5 chat templates; the
wording here is ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from spectool.model import Message, Step, Tool
from spectool.read.record import as_json
from spectool.read.writing import write_tool
from spectool.run.engines.engine import ToolSection
from spectool.run.prompts.conversation import Rendered, chat_messages, tool_replies_as_user, with_system

NAME = "chat_template"

_INSTRUCTIONS = """\
# Tools

You can call functions to help the user. These are the functions you have, one JSON object each:
<tools>
{tools}
</tools>

To call a function, write a JSON object with its name and arguments inside <tool_call></tool_call> tags, one pair of tags a call:
<tool_call>
{{"name": "function_name", "arguments": {{"argument": "value"}}}}
</tool_call>

When no function fits, answer in plain words."""


def render(tools: Sequence[Tool], turns: Sequence[Message | Step], section: ToolSection | None) -> Rendered:
    """The turns for a chat template with (``section``) or without (``None``) a place for tools."""
    messages = chat_messages(turns)
    offered = tuple(map(write_tool, tools))
    if section is not None:
        return Rendered(messages=messages, tools=offered, dialect=section.dialect)
    if offered:
        messages = with_system(messages, _INSTRUCTIONS.format(tools="\n".join(map(as_json, offered))))
    return Rendered(messages=tool_replies_as_user(messages), dialect="hermes")
