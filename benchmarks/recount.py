"""Counts natural errors straight from raw logs, with the standard library alone: what the tool's own counts are held against.

Nothing of ``spectool`` is imported here (a test holds this file to that), and no rule is shared with it: a tool is unknown when its name
is no key of the tool list, an argument when its name is no key of that tool's, an input when it decodes to something else than an
object, and JSON is broken when Python's own decoder refuses it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

UNKNOWN_TOOL, UNKNOWN_ARGUMENT, NON_OBJECT, BROKEN_JSON = "unknown tool", "unknown argument", "non-object input", "broken JSON"
CLASSES = (UNKNOWN_TOOL, UNKNOWN_ARGUMENT, NON_OBJECT, BROKEN_JSON)

Key = tuple[str, str, int]
"""(file or run, what tells the call from others there, how manieth of its like)."""
Tools = Mapping[str, list[str]]
"""The declared arguments of each tool."""


@dataclass
class Recounted:
    """One call as the log holds it: its errors as (class, name), the tool's reply and the decoded arguments."""

    key: Key
    name: str
    errors: tuple[tuple[str, str], ...]
    reply: str = ""
    arguments: Any = None


@dataclass
class Recount:
    """All calls of a log, by key, and records that look like calls and are none."""

    calls: dict[Key, Recounted] = field(default_factory=dict)
    no_calls: Counter[str] = field(default_factory=Counter)
    unlike: list[str] = field(default_factory=list)
    _seen: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, place: str, call: str, name: str, errors: tuple[tuple[str, str], ...], reply: str = "", arguments: Any = None) -> None:
        """One call more; ``call`` is what tells it from others at its place."""
        self._seen[place, call] += 1
        key = (place, call, self._seen[place, call])
        self.calls[key] = Recounted(key, name, errors, reply, arguments)

    def count(self, kind: str) -> int:
        """How many errors of a class there are (an argument each, otherwise a call each)."""
        return sum(found == kind for call in self.calls.values() for found, _ in call.errors)


def errors_of(name: str, arguments: Any, tools: Tools) -> tuple[tuple[str, str], ...]:
    """The errors of one decoded call."""
    if not isinstance(arguments, dict):
        return ((NON_OBJECT, type(arguments).__name__),)
    if name not in tools:
        return ((UNKNOWN_TOOL, name),)
    return tuple((UNKNOWN_ARGUMENT, each) for each in arguments if each not in tools[name])


def workbench(runs: Path, specs: Path) -> Recount:
    """Every step of every run, decoded anew from the model's text, and the outputs that the harness gave up on."""
    tools: Tools = {name: spec["params"] for name, spec in json.loads(specs.read_text()).items()}
    found = Recount()
    for line in runs.read_text().splitlines():
        run = json.loads(line)
        for step in run["steps"]:
            _workbench_step(found, run["id"], step, tools)
        text = str(run["parse_error"] or run["run_error"] or "")
        if run["parse_error"] or "Could not parse LLM output" in text:
            found.add(run["id"], "step", "", ((BROKEN_JSON, "the harness could not parse it"),))
    return found


def _workbench_step(found: Recount, place: str, step: Mapping[str, Any], tools: Tools) -> None:
    name, arguments = step["name"], step["arguments"]
    try:
        written = json.JSONDecoder(strict=False).raw_decode(step["log"], step["log"].index("{"))[0]
        if (written.get("action"), written.get("action_input", {})) != (name, arguments):
            found.unlike.append(f"{place}: the text says {written!r:.120}")
    except ValueError:
        found.unlike.append(f"{place}: the text holds no JSON: {step['log']!r:.120}")
    found.add(place, "step", name, errors_of(name, arguments, tools), str(step["observation"]), arguments)


def toolbench(folder: Path) -> Recount:
    """Every action input of every search tree once, however many branches share it."""
    found = Recount()
    for path in sorted(folder.glob("*/*.json")):
        answer = json.loads(path.read_text())
        tools: Tools = {tool["name"]: list(tool["parameters"]["properties"]) for tool in answer["answer_generation"]["function"]}
        for action, node in _inputs(answer["tree"]["tree"], None):
            if action is None:
                found.no_calls["an input without an action: the root of a tree"] += 1
            else:
                _toolbench_input(found, path.relative_to(folder.parent).as_posix(), action, node, tools)
    return found


def _inputs(root: Mapping[str, Any], above: str | None) -> Iterator[tuple[str | None, Mapping[str, Any]]]:
    """(the action above it, node) of every action input."""
    waiting = [(above, root)]
    while waiting:
        action, node = waiting.pop()
        if node["node_type"] == "Action Input":
            yield action, node
        action = node["description"] if node["node_type"] == "Action" else action
        waiting += [(action, child) for child in node["children"]]


def _toolbench_input(found: Recount, place: str, name: str, node: Mapping[str, Any], tools: Tools) -> None:
    text, arguments = node["description"], None
    try:
        arguments = json.loads(text, parse_constant=_refused) if text.strip() else {}
        errors = errors_of(name, arguments, tools)
    except ValueError as error:
        errors = ((BROKEN_JSON, str(error)),)
    # Branches are read in another order than the tree's, so a call is known by its text and reply.
    found.add(place, f"{name} {text} {node['observation']}", name, errors, node["observation"], arguments)


def _refused(constant: str) -> Any:
    """NaN and the infinities, which Python's decoder takes and JSON has not."""
    raise ValueError(f"{constant} is no JSON")


def says_so(kind: str, name: str, reply: str) -> bool:
    """Whether a tool's reply itself tells of the error: it names the tool or argument and says that it is not known."""
    refused = re.search(
        r"not a valid|no such|unexpected|unknown|not found|does not exist|not supported|invalid|not permitted|extra", reply, re.I
    )
    return bool(refused) and name.casefold() in reply.casefold() and kind in (UNKNOWN_TOOL, UNKNOWN_ARGUMENT)


_CHOICES = re.compile(r"(?:one of|choose from)(.*)", re.DOTALL | re.IGNORECASE)
_KIND = re.compile(r"(\w+) must be an? (integer|number|string|boolean)", re.IGNORECASE)
_KINDS: Mapping[str, type | tuple[type, ...]] = {"integer": int, "number": (int, float), "string": str, "boolean": bool}


def bears_out(call: Recounted, argument: str) -> bool | None:
    """Whether the raw arguments are as the reply says of one of them; ``None`` where it says nothing of the kinds known here."""
    if not isinstance(call.arguments, dict):
        return None
    choices, kind = _CHOICES.search(call.reply), _KIND.search(call.reply)
    given = call.arguments.get(argument)
    if choices:
        allowed = re.findall(r"'([^']*)'", choices[1])
        return bool(allowed) and given is not None and any(item not in allowed for item in (given if isinstance(given, list) else [given]))
    if kind:
        wanted = _KINDS[kind[2].lower()]
        return (
            kind[1] == argument and given is not None and (not isinstance(given, wanted) or isinstance(given, bool) is not (wanted is bool))
        )
    if re.search(r"required|missing|not provided", call.reply, re.IGNORECASE):
        return given is None
    return None
