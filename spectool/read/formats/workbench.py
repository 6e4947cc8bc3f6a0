"""WorkBench runs, one a line: an agent's steps as its harness parsed them, with the text they came from.

- The model writes LangChain's structured chat (``Action:`` and a fenced ``{"action", "action_input"}``), which no dialect here asks for,
  so the harness's own reading of name and arguments is taken; ``raw`` is the step's text, and a call's span is the JSON in it.
- An output that the harness could not parse (``parse_error``, or LangChain's message in ``run_error``) is a last step whose call has a
  problem; one that holds Python's ``None`` or quotes in place of JSON's is read (``other_syntax``).
- Gold is the state-changing calls that lead to the right end state (mode ``writes``); no gold call means that nothing may be changed.
- Tools are given with ``--tools``: a list of tools, or WorkBench's own map of name to ``params``, ``required``, ``defaults`` and ``doc``.

Source: olly-styles/WorkBench (MIT).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from spectool.model import Call, Gold, Message, ParseProblem, Rejected, Result, Step, Task, Tool, Trajectory
from spectool.read.dialects.broken import Broken
from spectool.read.dialects.literals import Literals
from spectool.read.gold import expected_call
from spectool.read.join import Joined
from spectool.read.record import as_json, as_list, as_object, as_text, convert
from spectool.read.source import FormatError, Source
from spectool.read.steps import native_call
from spectool.read.tools import tool_from

NAME = "workbench"
DESCRIPTION = "WorkBench agent runs, one a line (tools by --tools)"
EXAMPLE = (
    '{"id": "calendar/some-model/all/0", "domain": "calendar", "model": "some-model", "toolset": "all", "query": "Delete event 7", "gold": '
    '[{"name": "calendar.delete_event", "arguments": {"event_id": "7"}}], "steps": [{"name": "calendar.delete_event", "arguments": '
    '{"event_id": "7"}, "log": "Action: ...", "observation": "Event deleted."}], "final": "Done.", "run_error": null, "parse_error": null}'
)

_KEYS = frozenset({"query", "gold", "steps", "final", "run_error"})
_UNPARSED = re.compile(r"Could not parse LLM output:\s*", re.IGNORECASE)
_ENDS = {"Context window exceeded": "context_length", "Agent stopped due to iteration limit or time limit.": "max_steps"}
_DOCUMENTED = re.compile(r"^(\w+)\s*:\s*(\w+)(?:, optional)?\s*\n((?:[ \t]+\S.*\n?)*)", re.MULTILINE)
_DEFAULTS = {"None": None, "''": "", '""': "", "True": True, "False": False}


def sniff(source: Source) -> float:
    """By the keys of a run, or of a tool map (which holds no runs)."""
    rows = source.sample()
    if not rows or not all(isinstance(row, Mapping) for row in rows):
        return 0.0
    if is_tool_map(rows[0]):
        return 0.9
    return 0.95 if all(row.keys() >= _KEYS for row in rows) else 0.0


def overlay(source: Source) -> str | None:
    """Why a map of tools has no rows; ``None`` for a file of runs."""
    return "WorkBench tools, given with --tools" if is_tool_map(next(iter(source.sample()), None)) else None


def is_tool_map(record: Any) -> bool:
    """Whether a document maps tool names to ``params`` and ``doc``."""
    return (
        isinstance(record, Mapping)
        and bool(record)
        and all(isinstance(v, Mapping) and {"params", "doc"} <= v.keys() for v in record.values())
    )


def read_tools(source: Source) -> tuple[Tool, ...]:
    """The tools of a WorkBench map; types and descriptions come from the NumPy-style docstrings.

    Raises:
        FormatError: the file is no such map.
    """
    document = source.document()
    if not is_tool_map(document):
        raise FormatError(f"{source.name}: expected a map of tool names to 'params' and 'doc'")
    return tuple(_tool(name, spec) for name, spec in document.items())


def _tool(name: str, spec: Mapping[str, Any]) -> Tool:
    doc = as_text(spec["doc"])
    documented = {match[1]: (match[2], " ".join(match[3].split())) for match in _DOCUMENTED.finditer(doc.partition("Returns\n")[0])}
    names = as_list(spec["params"], "params")
    required = as_list(spec.get("required"), "required")
    defaults = dict(zip([each for each in names if each not in required], as_list(spec.get("defaults"), "defaults"), strict=False))
    properties: dict[str, Any] = {}
    for each in names:
        kind, text = documented.get(each, ("any", ""))
        default = {"default": _DEFAULTS[defaults[each]]} if defaults.get(each) in _DEFAULTS else {}
        properties[each] = {"type": kind, "description": text, **default}
    parameters = {"type": "object", "properties": properties, "required": required}
    return tool_from({"name": name, "description": doc.partition("\n\n")[0], "parameters": parameters})


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a run."""
    if overlay(source) is not None:
        return iter(())

    def one(record: Any, line: int) -> Iterator[Trajectory]:
        run = as_object(record, "a run")
        domain, name = as_text(run.get("domain")), as_text(run.get("id"))
        task = f"workbench/{domain}/{name.rpartition('/')[2]}"
        reason = as_text(run.get("run_error"))
        path = tuple(map(expected_call, as_list(run.get("gold"), "gold")))
        joined = Joined(tasks, (task, name))
        trajectory = joined.trajectory(
            source,
            line,
            tuple(_turns(run)),
            form=NAME,
            model=as_text(run.get("model")),
            run=as_text(run.get("toolset")),
            gold=Gold(paths=(path,), mode="writes"),
            meta={
                "category": domain,
                "environment": "workbench",
                **({"termination_reason": _ENDS.get(reason, reason[:80])} if reason else {}),
            },
        )
        yield replace(trajectory, id=name or trajectory.id)

    return convert(source, one)


def _turns(run: Mapping[str, Any]) -> Iterator[Message | Step]:
    yield Message(role="user", content=as_text(run.get("query")))
    for raw in as_list(run.get("steps"), "steps"):
        step = _step(as_object(raw, "a step"))
        yield step
        yield from (Message(role="tool", content=call.result.content) for call in step.calls if call.result)
    unparsed = as_text(run.get("parse_error")) or as_text(run.get("run_error"))
    if run.get("parse_error") or _UNPARSED.search(unparsed):
        yield _broken(_UNPARSED.split(unparsed, maxsplit=1)[-1])
    elif run.get("final"):
        yield Step(text=as_text(run["final"]), raw=as_text(run["final"]))


def _step(raw: Mapping[str, Any]) -> Step:
    log, arguments, seen = as_text(raw.get("log")), raw.get("arguments"), as_text(raw.get("observation"))
    # The harness has decoded the input: what is then still a text was one, and is not decoded again.
    call = native_call(None, as_text(raw.get("name")), arguments if isinstance(arguments, Mapping) else as_json(arguments))
    start, end = log.find("{"), log.rfind("}") + 1
    span = (start, end) if 0 <= start < end else None
    failed = "is not a valid tool, try one of" in seen or seen.startswith("Error")
    call = replace(call, raw=log[start:end] if span else call.raw, span=span, result=Result(content=seen, is_error=failed))
    return Step(text=log.partition("Action:")[0].strip(), calls=(call,), raw=log)


def _broken(text: str) -> Step:
    """The step that the harness could not parse: a call all the same where Python's literals are all that is wrong with its JSON."""
    call = _in_python(text)
    if call is None:
        problem = ParseProblem(kind="malformed", message=f"the harness could not parse it: got '{text.strip()[:80]}'", offset=0)
        call = Call(name="", raw=text, span=(0, len(text)), problem=problem)
    return Step(raw=text, calls=(call,))


def _in_python(text: str) -> Call | None:
    start = text.find("{")
    try:
        value, end = Literals(text).value(start) if start >= 0 else (None, 0)
    except Broken:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("action"), str) or not isinstance(value.get("action_input"), dict):
        return None
    problem = ParseProblem(kind="other_syntax", message="expected JSON, got a Python literal", offset=start, recoverable=True)
    return Call(name=value["action"], arguments=value["action_input"], raw=text[start:end], span=(start, end), problem=problem)
