"""What a request asked of the model: tool choice, parallel calls, strictness."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spectool.model import Request

_SETTINGS = frozenset({"tool_choice", "parallel_tool_calls", "max_tool_calls", "response_format", "tools"})
_UNKNOWN = Request()
# Anthropic's "any" is everybody else's "required".
_CHOICES = {"any": "required", "auto": "auto", "none": "none", "required": "required"}


def request_from(body: Mapping[str, Any]) -> Request:
    """The settings in an OpenAI, Anthropic or Responses-API request body (or a row that repeats them); absent ones stay unknown."""
    if not _SETTINGS & body.keys():
        return _UNKNOWN
    choice = body.get("tool_choice")
    parallel = body.get("parallel_tool_calls")
    if isinstance(choice, Mapping) and isinstance(choice.get("disable_parallel_tool_use"), bool):
        parallel = not choice["disable_parallel_tool_use"]
    limit = body.get("max_tool_calls")
    return Request(
        tool_choice=_choice(choice),
        parallel_tool_calls=parallel if isinstance(parallel, bool) else None,
        strict=_strict(body.get("tools")),
        response_format=_response_format(body.get("response_format")),
        max_calls=limit if isinstance(limit, int) and not isinstance(limit, bool) else None,
    )


def _choice(choice: Any) -> str | None:
    """``auto``, ``none``, ``required`` or a tool's name."""
    if isinstance(choice, str):
        return _CHOICES.get(choice, choice) or None
    if not isinstance(choice, Mapping):
        return None
    function = choice.get("function")
    name = function.get("name") if isinstance(function, Mapping) else choice.get("name")
    if isinstance(name, str):
        return name
    kind = choice.get("type")
    return _CHOICES.get(kind) if isinstance(kind, str) else None


def _strict(tools: Any) -> bool:
    """Whether any tool was sent with ``strict: true``."""
    for tool in tools if isinstance(tools, list) else ():
        if isinstance(tool, dict):
            function = tool.get("function")
            if (function if isinstance(function, dict) else tool).get("strict") is True:
                return True
    return False


def _response_format(value: Any) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("type")
    return value if isinstance(value, str) else None
