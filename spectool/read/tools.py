"""Tool definitions of every API and data set, as ``Tool``s with JSON-Schema parameters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from spectool.model import Effect, Tool
from spectool.read.effects import effect_of
from spectool.read.record import as_text, kind, quoted
from spectool.read.source import FormatError, decode
from spectool.schema import normalise

# Where each API keeps the schema: OpenAI and BFCL, Anthropic, MCP.
_SCHEMA_KEYS = ("parameters", "input_schema", "inputSchema")
# Where lists of tools are kept inside an object: MCP and most rows, JSON-RPC replies, Gemini.
_LIST_KEYS = ("tools", "result", "function_declarations", "functionDeclarations", "functions")
_FREE_TEXT = {"type": "object", "properties": {"input": {"type": "string"}}, "required": ["input"]}


def tool_from(raw: Any) -> Tool:
    """One tool: OpenAI nested or flat, Anthropic ``input_schema``, MCP ``inputSchema``, BFCL, or xLAM's flat parameter map.

    Raises:
        FormatError: it is not an object with a name.
    """
    if isinstance(raw, str):
        raw = decode(raw)
    blob = _blob(raw) if isinstance(raw, Mapping) else None
    return _build(raw) if blob is None else _tool(blob)


def tool_from_json(text: bytes) -> Tool:
    """`tool_from` for JSON that nobody has decoded yet; the same text gives the same tool.

    Raises:
        FormatError: it is no JSON, or not an object with a name.
    """
    return _tool(text)


def tools_from(raw: Any) -> tuple[Tool, ...]:
    """A list of tools, an object that holds one (``{"tools": […]}``), or either as a JSON string; ``None`` is no tools.

    Equal lists give the same tuple, so that a million rows with the same tools hold them once.

    Raises:
        FormatError: it is none of these, or an item is no tool.
    """
    if isinstance(raw, str):
        return _tools(raw) if raw.strip() else ()
    if not raw:
        return ()
    blob = _blob(raw)
    return _tool_list(raw) if blob is None else _tools(blob)


def tool_sets_from(raw: Any) -> tuple[tuple[Tool, ...], ...]:
    """What was offered throughout, as tool sets: none where there are no tools, since "none known" and "none offered" look alike in a row.

    Raises:
        FormatError: as `tools_from`.
    """
    tools = tools_from(raw)
    return (tools,) if tools else ()


def _blob(raw: Any) -> bytes | None:
    try:
        return msgspec.json.encode(raw)
    except (UnicodeError, TypeError, ValueError, RecursionError):
        return None


@lru_cache(maxsize=4096)
def _tool(blob: bytes) -> Tool:
    return _build(decode(blob))


@lru_cache(maxsize=512)
def _tools(blob: bytes | str) -> tuple[Tool, ...]:
    return _tool_list(decode(blob))


def _tool_list(raw: Any) -> tuple[Tool, ...]:
    if isinstance(raw, str):
        return tools_from(raw)
    if isinstance(raw, Mapping):
        if "name" in raw or "function" in raw:
            return (tool_from(raw),)
        held = next((raw[name] for name in _LIST_KEYS if isinstance(raw.get(name), list | Mapping | str)), None)
        if held is None:
            keys = ", ".join(map(quoted, list(raw)[:8])) or "none"
            raise FormatError(f"expected a tool with a name, or an object with 'tools', got one with the keys {keys}")
        return _tool_list(held)
    if not isinstance(raw, list | tuple):
        raise FormatError(f"expected a list of tools, got {kind(raw)} {quoted(raw)}")
    found: list[Tool] = []
    for item in raw:
        declarations = item.get("function_declarations") or item.get("functionDeclarations") if isinstance(item, Mapping) else None
        found.extend(_tool_list(declarations) if declarations else (tool_from(item),))
    return tuple(found)


def _build(raw: Any) -> Tool:
    if not isinstance(raw, Mapping):
        raise FormatError(f"expected a tool to be an object, got {kind(raw)} {quoted(raw)}")
    inner = raw.get("function") or raw.get("custom") or raw
    if not isinstance(inner, Mapping):
        raise FormatError(f"expected a tool's 'function' to be an object, got {kind(inner)} {quoted(inner)}")
    # Tools an API runs itself (web_search, code_interpreter) have a type and no name.
    name = inner.get("name") or (raw.get("type") if raw.get("type") != "function" else None)
    if not isinstance(name, str) or not name:
        raise FormatError(f"a tool without name: {quoted(raw)}")
    return Tool(name=name, description=as_text(inner.get("description")), parameters=_parameters(raw, inner), effect=_effect(raw, inner))


def _parameters(raw: Mapping[str, Any], inner: Mapping[str, Any]) -> Mapping[str, Any]:
    if raw.get("type") == "custom":
        return _FREE_TEXT
    schema: Any = next((inner[name] for name in _SCHEMA_KEYS if inner.get(name) is not None), {})
    return normalise(decode(schema) if isinstance(schema, str) and schema.strip() else schema)


def _effect(raw: Mapping[str, Any], inner: Mapping[str, Any]) -> Effect:
    """Whether a call changes state: our own ``effect``, MCP's ``readOnlyHint`` where given (its default says nothing), or the name."""
    effect = inner.get("effect", raw.get("effect"))
    if effect in ("read", "write"):
        return "read" if effect == "read" else "write"
    hints = inner.get("annotations")
    hint = hints.get("readOnlyHint") if isinstance(hints, Mapping) else None
    if isinstance(hint, bool):
        return "read" if hint else "write"
    name = inner.get("name")
    return effect_of(name) if isinstance(name, str) and effect is None else "unknown"
