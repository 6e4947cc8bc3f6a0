"""Gold calls as data sets write them, as ``Gold``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from spectool.model import Expected, ExpectedCall, Gold, GoldMode
from spectool.read.record import as_list, as_object, as_text, first_of, kind, quoted
from spectool.read.source import FormatError, decode

# Modes that say what is right by themselves.
_WITHOUT_PATHS = ("any_call", "state")


def gold_from(raw: Any, mode: GoldMode = "unordered") -> Gold | None:
    """Gold in any of these forms, also as a JSON string; ``None`` for ``None``.

    - ``{"paths": […], "mode": …}``: SpecTool's own, with alternatives
    - ``[{"name": …, "arguments": {…}}, …]`` or OpenAI ``tool_calls``: one path of plain values
    - ``[[…], […]]``: several valid paths of those
    - ``[]``: no call is due

    Args:
        raw: the value of a row's gold field.
        mode: for lists, which do not say how strictly they bind.

    Raises:
        FormatError: it is none of these.
    """
    if isinstance(raw, str):
        raw = decode(raw)
    if raw is None:
        return None
    if isinstance(raw, Mapping):
        return _own(raw) if "name" not in raw and "function" not in raw else Gold(paths=((expected_call(raw),),), mode=mode)
    listed = as_list(raw, "gold")
    if not listed:
        return Gold(paths=((),), mode="exact")
    if all(isinstance(path, list) for path in listed):
        return Gold(paths=tuple(tuple(map(expected_call, path)) for path in listed), mode=mode)
    return Gold(paths=(tuple(map(expected_call, listed)),), mode=mode)


def _own(raw: Mapping[str, Any]) -> Gold:
    if raw.keys().isdisjoint(("paths", "answer", "state")) and raw.get("mode") not in _WITHOUT_PATHS:
        raise FormatError(f"expected gold with 'paths', 'answer' or 'state', got keys {', '.join(map(quoted, list(raw)[:8]))}")
    try:
        return msgspec.convert(raw, Gold)
    except msgspec.ValidationError as error:
        raise FormatError(f"gold: {str(error)[0].lower()}{str(error)[1:]}") from None


def expected_call(raw: Any) -> ExpectedCall:
    """One gold call with plain values: ``{"name", "arguments"}`` (also ``kwargs``, ``parameters``, a nested ``function``).

    Raises:
        FormatError: it has no name or its arguments are no object.
    """
    call = as_object(raw, "a gold call")
    call = as_object(call["function"], "a gold call's 'function'") if isinstance(call.get("function"), Mapping) else call
    name = first_of(call, "name", "function")
    if not isinstance(name, str):
        raise FormatError(f"a gold call without name: {quoted(raw)}")
    arguments = first_of(call, "arguments", "kwargs", "parameters", "args", "input", default={})
    if isinstance(arguments, str):
        arguments = decode(arguments) if arguments.strip() else {}
    turn = call.get("turn", 0)
    if not isinstance(turn, int):
        raise FormatError(f"expected a gold call's turn to be a number, got {kind(turn)} {quoted(as_text(turn))}")
    return ExpectedCall(name=name, arguments=_expected(as_object(arguments, f"the arguments of {name}")), turn=turn)


def _expected(arguments: Mapping[str, Any]) -> dict[str, Expected]:
    return {name: Expected(values=(value,)) for name, value in arguments.items()}
