"""What a chat template does with tools, found out by rendering one: whether it shows them, and which call syntax it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from spectool.run.engines.engine import ToolSection

_PROBE = "spectool_probe"
_TOOL = {
    "type": "function",
    "function": {
        "name": _PROBE,
        "description": "A probe.",
        "parameters": {"type": "object", "properties": {"x": {"type": "string", "description": "A probe."}}, "required": ["x"]},
    },
}
# Marks in a rendered prompt and the dialect they ask for, in the order they are looked for: a later mark also occurs in earlier kinds.
# Source: the chat templates of Qwen3-Coder, Qwen2.5 and Hermes 2 Pro, Mistral, Llama 3.1 to 4, xLAM-2, gpt-oss; vLLM's for Llama 3.2 and
# 4 with calls in Python.
_MARKS: tuple[tuple[str, str], ...] = (
    ("<function=", "qwen_xml"),
    ("<tool_call>", "hermes"),
    ("[AVAILABLE_TOOLS]", "mistral"),
    ('{"name": function name, "parameters":', "llama_json"),
    ('[{"name": "tool_call_name"', "xlam2"),
    ('[{"name":', "json_list"),
    ("[func_name1(param", "pythonic"),
    ("namespace functions", "harmony"),
    ("<|channel|>", "harmony"),
)
# Marks in the template itself: what it writes an earlier call as, where the text before any call does not tell two syntaxes apart.
_NEWER: Mapping[str, tuple[str, str]] = {"mistral": ("[ARGS]", "mistral_args")}


def tool_section(render: Callable[[Sequence[Mapping[str, Any]]], str], template: str = "") -> ToolSection | None:
    """Renders a conversation with a made-up tool and looks for it.

    Args:
        render: Renders a short conversation with the given tools.
        template: The template's source.

    Returns:
        ``None`` when the tool is not in the text: the template has no place for tools.
    """
    try:
        text = render([_TOOL])
    except Exception:
        # Templates are programs of the model's author and raise what they like; one that refuses tools can not show them.
        return None
    if _PROBE not in text:
        return None
    dialect = next((dialect for mark, dialect in _MARKS if mark in text), None)
    mark, newer = _NEWER.get(dialect or "", ("", dialect))
    return ToolSection(dialect=newer if mark in template else dialect)
