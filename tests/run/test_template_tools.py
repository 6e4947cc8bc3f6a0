"""Whether and how a chat template offers tools, told from one rendered prompt."""

from __future__ import annotations

import json

import pytest

from spectool.run.engines.engine import ToolSection
from spectool.run.engines.template_tools import tool_section


def shown(around):
    return lambda tools: around + json.dumps(tools)


def refuses(tools):
    raise TypeError("no tools here")


CASES = {
    "no tools in the text": (lambda tools: "<|im_start|>user\nhi", None),
    "a template that raises": (refuses, None),
    "Hermes and Qwen2.5": (shown("inside <tool_call></tool_call> XML tags:\n"), ToolSection(dialect="hermes")),
    "Qwen3-Coder": (shown("<tool_call>\n<function=example>\n"), ToolSection(dialect="qwen_xml")),
    "Mistral": (shown("[AVAILABLE_TOOLS]"), ToolSection(dialect="mistral")),
    "Llama 3.1": (
        shown('Respond in the format {"name": function name, "parameters": dictionary of argument name and its value}'),
        ToolSection(dialect="llama_json"),
    ),
    "a syntax nobody knows": (shown("Tools: "), ToolSection(dialect=None)),
}


@pytest.mark.parametrize(("render", "expected"), CASES.values(), ids=CASES)
def test_tool_section(render, expected):
    assert tool_section(render) == expected
