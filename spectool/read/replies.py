"""Scripted tools: what answers a model's calls while a task of several steps runs.

A task's ``meta["script"]`` lists calls with their results. A call is answered by the entry of the same name whose arguments it
gives, read leniently: letter case, surrounding space, ``3`` / ``3.0`` / ``"3"`` and arguments the script does not mention make no
difference, because a model that is nearly right must see a plausible world; whether it was right is the classifier's business.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from spectool.model import Call, Result, Task
from spectool.read.record import as_json


class ScriptedTools:
    """Answers the calls of one episode. Entries alike in name and arguments are used in turn; the last one stays."""

    def __init__(self, script: Collection[Mapping[str, Any]], offered: Collection[str]) -> None:
        self._entries = [entry for entry in script if isinstance(entry, Mapping)]
        self._offered = tuple(offered)
        self._used: set[int] = set()

    def reply(self, call: Call) -> Result:
        """What the tool says: its scripted result, or an error in the form ``{"error": ...}``."""
        if call.problem is not None and not call.problem.recoverable:
            return _error(f"the call could not be read: {call.problem.message}")
        if call.name not in self._offered:
            return _error(f"there is no function named '{call.name[:80]}'; there are {', '.join(self._offered)}")
        index = self._find(call)
        if index is None:
            return _error(f"no record found for {as_json(call.arguments or {})[:200]}")
        self._used.add(index)
        entry = self._entries[index]
        content = entry.get("result")
        text = content if isinstance(content, str) else as_json(content)
        return Result(content=text, is_error=bool(entry.get("is_error", False)))

    def _find(self, call: Call) -> int | None:
        """The first matching entry not used yet, else the last one used; those with most arguments in common first."""
        fitting = [index for index, entry in enumerate(self._entries) if _answers(entry, call)]
        most = max((len(_arguments(self._entries[index])) for index in fitting), default=0)
        fitting = [index for index in fitting if len(_arguments(self._entries[index])) == most]
        fresh = [index for index in fitting if index not in self._used]
        return fresh[0] if fresh else fitting[-1] if fitting else None


def script_of(task: Task) -> tuple[Mapping[str, Any], ...] | None:
    """The task's scripted replies; ``None`` for a task that ends with the model's first turn."""
    script = task.meta.get("script")
    return tuple(script) if isinstance(script, list | tuple) else None


def _error(message: str) -> Result:
    return Result(content=as_json({"error": message}), is_error=True)


def _arguments(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    arguments = entry.get("arguments")
    return arguments if isinstance(arguments, Mapping) else {}


def _answers(entry: Mapping[str, Any], call: Call) -> bool:
    given = call.arguments or {}
    wanted = _arguments(entry)
    return entry.get("name") == call.name and all(name in given and _same(value, given[name]) for name, value in wanted.items())


def _same(wanted: Any, given: Any) -> bool:
    if isinstance(wanted, Mapping) and isinstance(given, Mapping):
        return all(name in given and _same(value, given[name]) for name, value in wanted.items())
    if isinstance(wanted, list | tuple) and isinstance(given, list | tuple):
        return len(wanted) == len(given) and all(map(_same, wanted, given))
    if isinstance(wanted, Mapping | list | tuple) or isinstance(given, Mapping | list | tuple):
        return False
    return _plain(wanted) == _plain(given)


def _plain(value: Any) -> str:
    """A scalar as it would be read aloud."""
    if isinstance(value, bool) or value is None:
        return as_json(value)
    text = str(value).strip().casefold()
    try:
        return repr(float(text))
    except ValueError:
        return text
