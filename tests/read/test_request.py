"""What requests ask of a model, as every API writes it."""

from __future__ import annotations

from typing import Any

import pytest

from spectool.model import Request
from spectool.read.request import request_from

REQUESTS: dict[str, tuple[dict[str, Any], Request]] = {
    "nothing said": ({}, Request()),
    "a word": ({"tool_choice": "required"}, Request(tool_choice="required")),
    "Anthropic's any": ({"tool_choice": {"type": "any"}}, Request(tool_choice="required")),
    "Anthropic's tool": ({"tool_choice": {"type": "tool", "name": "f"}}, Request(tool_choice="f")),
    "Anthropic's ban on parallel calls": (
        {"tool_choice": {"type": "auto", "disable_parallel_tool_use": True}},
        Request(tool_choice="auto", parallel_tool_calls=False),
    ),
    "a function by name": ({"tool_choice": {"type": "function", "function": {"name": "f"}}}, Request(tool_choice="f")),
    "a function by name, Responses API": ({"tool_choice": {"type": "function", "name": "f"}}, Request(tool_choice="f")),
    "one call at a time": ({"parallel_tool_calls": False}, Request(parallel_tool_calls=False)),
    "at most two calls": ({"max_tool_calls": 2}, Request(max_calls=2)),
    "a strict tool": ({"tools": [{"type": "function", "function": {"name": "f", "strict": True}}]}, Request(strict=True)),
    "a strict tool, flat": ({"tools": [{"type": "function", "name": "f", "strict": True}]}, Request(strict=True)),
    "a response format": ({"response_format": {"type": "json_schema"}}, Request(response_format="json_schema")),
    "values of no use": (
        {"tool_choice": 3, "parallel_tool_calls": "no", "max_tool_calls": True, "tools": "f", "response_format": []},
        Request(),
    ),
}


@pytest.mark.parametrize(("body", "request_"), REQUESTS.values(), ids=REQUESTS)
def test_requests(body: dict[str, Any], request_: Request) -> None:
    assert request_from(body) == request_
