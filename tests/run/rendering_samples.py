"""One conversation that shows everything a prompt has to put into words, and chat templates rendered as transformers renders them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from spectool.model import Call, Message, Step, Tool
from spectool.read.dialects.registry import dialect
from spectool.read.steps import step_from_text
from spectool.run.engines.engine import ChatMessage
from spectool.run.engines.rendering import template_row

TEMPLATES = Path(__file__).parent / "templates"
WEATHER = Tool(
    name="get_weather",
    description="Weather of a city on a day.",
    parameters={
        "type": "object",
        "properties": {
            "city": {"type": "string", "description": "Name of the city."},
            "day": {"type": "string", "enum": ["today", "tomorrow"], "default": "today"},
        },
        "required": ["city"],
    },
)
RAIN = Tool(
    name="rain_map",
    description="Where it rains.",
    parameters={"type": "object", "properties": {"hours": {"type": "integer", "minimum": 1}, "exact": {"type": "boolean"}}, "required": []},
)
TOOLS = (WEATHER, RAIN)
CALLS = (
    Call(name="get_weather", arguments={"city": "Paris", "day": "tomorrow"}),
    Call(name="rain_map", arguments={"hours": 0, "exact": True}),
)
SYSTEM = Message(role="system", content="Today is Monday.")


def conversation(asked: str) -> list[Message | Step]:
    """A system message, a request, two calls in the syntax asked for, a reply and an error, an answer, a second request."""
    return [
        SYSTEM,
        Message(role="user", content="How will the weather be in Paris tomorrow, and where does it rain now?"),
        step_from_text(dialect(asked).write(CALLS), asked=asked, names=[tool.name for tool in TOOLS]),
        Message(role="tool", content='{"celsius":18,"sky":"Überwiegend klar"}'),
        Message(role="tool", content='{"error":"hours: 0 is less than 1"}'),
        Step(text="18 degrees and clear.", raw="18 degrees and clear."),
        Message(role="user", content="And in Rome?"),
    ]


def templated(name: str, messages: Sequence[ChatMessage], tools: Sequence[Mapping[str, Any]] = ()) -> str:
    """The text that the chat template ``name`` makes of messages, in the environment that transformers gives templates.

    Source: transformers, ``utils/chat_template_utils.py``.
    """
    sandbox = pytest.importorskip("jinja2.sandbox")
    environment = sandbox.ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"])
    environment.filters["tojson"] = _tojson
    environment.globals["raise_exception"] = _refuse
    rows = [template_row(number, message) for number, message in enumerate(messages)]
    template = environment.from_string((TEMPLATES / f"{name}.jinja").read_text(encoding="utf-8"))
    return template.render(messages=rows, tools=list(tools) or None, add_generation_prompt=True, bos_token="<s>", eos_token="</s>")


def _tojson(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _refuse(message: str) -> None:
    raise ValueError(message)
