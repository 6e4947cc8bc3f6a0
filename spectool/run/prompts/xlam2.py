"""The prompt of xLAM-2: each tool in the system message as indented JSON, calls as one JSON array.

The models' own chat templates do the same for a conversation without a system message; with one, they list the tools and leave out how to
call. This prompt always says it, and serves copies of the models whose template has lost its tool section. ``json_list`` asks for the same
array and forbids all else; here an array is also taken from a fence or behind a marker, as the models' own parser does. So both stay.
Replies go back in the tool role where the template is xLAM-2's own, else in a user message.

Source: the chat templates ``tool_chat_template_xlam_llama`` and ``_qwen`` in vLLM's examples; the wording is ours.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from spectool.model import Message, Step, Tool
from spectool.read.record import as_json
from spectool.read.writing import write_tool
from spectool.run.engines.engine import ToolSection
from spectool.run.prompts.answer_schema import calls_or_words
from spectool.run.prompts.conversation import Rendered, chat_messages, tool_replies_as_user, with_system

NAME = "xlam2"

_INSTRUCTIONS = """\
A set of tools is at your disposal. To use them, answer with a single JSON array of calls:

[{{"name": "tool_name", "arguments": {{"argument": "value"}}}}]

Put calls that do not need each other's results into one array. If no tool fits, or a required argument is not known, say so in plain words.
After the results have come, call again or answer in plain words. The tools are:

{tools}"""


def render(tools: Sequence[Tool], turns: Sequence[Message | Step], section: ToolSection | None) -> Rendered:
    """The turns with tools in the system message; of ``section`` only the dialect counts: whether the template knows replies."""
    messages = chat_messages(turns)
    if tools:
        listed = "\n\n".join(map(_indented, tools))
        messages = with_system(messages, _INSTRUCTIONS.format(tools=listed))
    if section is None or section.dialect != "xlam2":
        messages = tool_replies_as_user(messages)
    return Rendered(messages=messages, dialect="xlam2", schema=calls_or_words(tools))


def _indented(tool: Tool) -> str:
    compact = as_json(write_tool(tool))
    try:
        return msgspec.json.format(compact, indent=4)
    except (msgspec.DecodeError, UnicodeEncodeError):
        # NaN and lone surrogates are no JSON; what the model reads is the same text without line breaks.
        return compact
