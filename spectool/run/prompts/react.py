"""ReAct: ``Thought``, ``Action`` and ``Action Input`` lines, until a ``Final Answer``.

Results come back as ``Observation:`` lines of a user message. Models that go on to write the observation themselves are not cut off
(see `Rendered`): the reader takes calls behind an invented observation as written.

Source: Yao et al., ReAct (arXiv 2210.03629), with the labels of LangChain's ReAct agent; the wording is ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from spectool.model import Message, Step, Tool
from spectool.read.record import as_json
from spectool.read.writing import write_tool
from spectool.run.engines.engine import ToolSection
from spectool.run.prompts.conversation import Rendered, chat_messages, observations_as_user, with_system

NAME = "react"

_INSTRUCTIONS = """\
Answer the user's request; the functions below help. To call one, write:
Thought: what is needed next
Action: function_name
Action Input: {{"argument": "value"}}
Then stop: the result comes back as "Observation: ...". Pairs of Action and Action Input may follow one another if none needs the result of
another. When nothing is left to call, or no function fits, or a required value is missing, write:
Thought: why this is the end
Final Answer: what to tell the user

Functions, one a line:
{tools}"""


def render(tools: Sequence[Tool], turns: Sequence[Message | Step], section: ToolSection | None) -> Rendered:
    """The turns with tools in the system message, whatever the model's own template could do (``section`` is not used)."""
    messages = chat_messages(turns)
    if tools:
        listed = "\n".join(as_json(write_tool(tool)["function"]) for tool in tools)
        messages = with_system(messages, _INSTRUCTIONS.format(tools=listed))
    return Rendered(messages=observations_as_user(messages), dialect="react")
