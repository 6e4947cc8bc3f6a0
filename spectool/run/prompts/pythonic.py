"""Calls asked for in Python syntax, ``[f(a=1), g(b="x")]``, as BFCL asks models without native function calling.

Results come back as one JSON object a line in a user message, each with the name of the function it is from: BFCL puts a list of such
objects there.

Source: the prompting mode of BFCL's evaluation (``[func_name1(params_name1=params_value1, ...)]``); Meta's zero-shot function calling for
Llama 3.2, which has the same shape. The wording is ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from spectool.model import Message, Step, Tool
from spectool.read.record import as_json
from spectool.read.writing import write_tool
from spectool.run.engines.engine import ChatMessage, ToolSection
from spectool.run.prompts.conversation import Rendered, chat_messages, replies_as_user, with_system

NAME = "pythonic"

_INSTRUCTIONS = """\
You can call the functions listed below. To call, answer with a list of calls in Python syntax and nothing else:
[function_name(argument="value", other_argument=2), other_function(argument=True)]
Name every argument and write its value as a Python literal. What the functions return comes in the next message; call again while there is
more to do. When nothing is left to call, or no function fits, or a required value is missing, answer in plain words instead.

Functions, as JSON:
{tools}"""


def render(tools: Sequence[Tool], turns: Sequence[Message | Step], section: ToolSection | None) -> Rendered:
    """The turns with tools in the system message, whatever the model's own template could do (``section`` is not used)."""
    messages = chat_messages(turns)
    if tools:
        listed = as_json([write_tool(tool)["function"] for tool in tools])
        messages = with_system(messages, _INSTRUCTIONS.format(tools=listed))
    return Rendered(messages=replies_as_user(messages, _results), dialect="pythonic")


def _results(replies: Sequence[ChatMessage]) -> str:
    return "\n".join(as_json({"role": "tool", "name": reply.name or "", "content": reply.content}) for reply in replies)
