"""ToolAlpaca outputs, one a line, with gold and GPT-4's verdict; its API files are the tasks that hold the tools.

- Calls are JSON texts, as written. Gold arguments that stand for an earlier answer (``${animeId from searchAnime}``) accept any value.
- Gold is one way of several (mode ``required``: what it calls must be called).
- GPT-4's ``process_correctness`` is the reward (``Yes`` 1, ``No`` 0, ``Uncertain`` none) and another checker's verdict.
- API files (``Name``, ``Function_Description``, ``Instructions``, ``Golden_Answers``) are read with ``--tasks`` and joined by API and
  instruction. ``getDetails``, with which the agent asks the user, is offered beside each API.

Source: tangqiaoyu/ToolAlpaca (Apache-2.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from spectool.model import Expected, Gold, Message, Rejected, Result, Step, Task, Tool, Trajectory
from spectool.read.gold import expected_call
from spectool.read.join import Joined
from spectool.read.record import as_list, as_object, as_text, convert, first_of
from spectool.read.source import FormatError, Source, decode
from spectool.read.steps import native_call
from spectool.read.tools import tool_from

NAME = "toolalpaca"
DESCRIPTION = "ToolAlpaca outputs with gold and GPT-4's verdict (tools by --tasks with its API files)"
EXAMPLE = (
    '{"model": "some-model", "api": "Weather", "i": 0, "instruction": "Weather in Paris?", "gold": [{"name": "getWeather", '
    '"arguments_raw": '
    '"{\\"city\\": \\"Paris\\"}"}], "calls": [{"name": "getWeather", "arguments_raw": "{\\"city\\": \\"Paris\\"}", '
    '"returns": "Status Code: 200. '
    'Response: 18C"}], "final": "18C", "process_correctness": "Yes", "final_response_correctness": "Yes"}'
)

_PLACEHOLDER = re.compile(r'"?\$\{[^}]*\}"?')
_EARLIER = "${…}"
# A gold text that is nothing but a name in braces: the value is for the user or an earlier answer to say.
_BLANK = re.compile(r"\{[A-Za-z][\w .-]*\}")
_OPTIONAL = re.compile(r"\[Optional\]\s*", re.IGNORECASE)
_REWARDS = {"Yes": 1.0, "No": 0.0}
_FIELD = re.compile(
    r"(?P<required>Required\. )?(?P<type>[A-Za-z]+)(?:\[(?P<items>[^\]]*)\])?(?:\{[^}]*\})?\. ?"
    r"(?:One of: \[(?P<enum>[^\]]*)\]\. ?)?(?P<text>.*)",
    re.DOTALL,
)
_PARAMETERS = re.compile(r"^Parameters: (\{.*\})$", re.MULTILINE)
_STATUS = re.compile(r"Status Code: (\d+)")
_ASKS = {
    "name": "getDetails",
    "description": "Asks the user for what is missing.",
    "parameters": {"type": "object", "properties": {"Question": {"type": "string"}}, "required": ["Question"]},
    "effect": "read",
}  # fmt: skip


def sniff(source: Source) -> float:
    """By an output's keys, or an API file's."""
    rows = source.sample()
    if rows and all(isinstance(row, Mapping) and {"api", "instruction", "calls", "process_correctness"} <= row.keys() for row in rows):
        return 0.95
    return 0.95 if overlay(source) is not None else 0.0


def overlay(source: Source) -> str | None:
    """Why an API file has no rows; ``None`` for a file of outputs."""
    first = next(iter(source.sample()), None)
    if isinstance(first, Mapping) and {"Name", "Function_Description", "Instructions"} <= first.keys():
        return "ToolAlpaca APIs: tools and gold for outputs, given with --tasks"
    return None


def read_tasks(source: Source) -> Iterator[Task | Rejected]:
    """A task for each instruction of each API, and one named as the API for instructions that the file does not have."""

    def one(record: Any, line: int) -> Iterator[Task]:
        api = as_object(record, "an API")
        name = as_text(api["Name"])
        methods = as_object(api.get("Function_Projection") or {}, "Function_Projection")
        described = as_object(api["Function_Description"], "Function_Description")
        tools = tuple(_tool(each, as_text(text), methods.get(each)) for each, text in described.items() if each != "components")
        sets = ((*tools, tool_from(_ASKS)),)
        yield Task(id=name, tool_sets=sets, meta={"category": name})
        answers = as_list(api.get("Golden_Answers"), "Golden_Answers")
        for number, text in enumerate(as_list(api["Instructions"], "Instructions")):
            gold = _gold(answers[number]) if number < len(answers) else None
            user = (Message(role="user", content=as_text(text)),)
            yield Task(id=f"{name}/{as_text(text)}", tool_sets=sets, messages=user, gold=gold, meta={"category": name})

    return convert(source, one)


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory an output."""
    if overlay(source) is not None:
        return iter(())

    def one(record: Any, line: int) -> Iterator[Trajectory]:
        row = as_object(record, "an output")
        api, instruction, verdict = as_text(row["api"]), as_text(row["instruction"]), as_text(row.get("process_correctness"))
        joined = Joined(tasks, (f"{api}/{instruction}", api))
        label = "ok" if verdict == "Yes" else f"process:{verdict.lower()}"
        trajectory = joined.trajectory(
            source,
            line,
            tuple(_turns(row, instruction)),
            form=NAME,
            model=as_text(row.get("model")),
            gold=_gold(row["gold"]) if "gold" in row else None,
            reward=_REWARDS.get(verdict),
            meta={"category": api, "environment": api, **({"compat_label": label} if verdict else {})},
        )
        yield replace(trajectory, id=f"{api}/{row.get('i', line)}/{row.get('model')}", task=f"{api}/{instruction}")

    return convert(source, one)


def _turns(row: Mapping[str, Any], instruction: str) -> Iterator[Message | Step]:
    yield Message(role="user", content=instruction)
    for raw in as_list(row.get("calls"), "calls"):
        call = as_object(raw, "a call")
        reply = as_text(call.get("returns"))
        made = native_call(None, as_text(call.get("name")), as_text(call.get("arguments_raw")))
        yield Step(calls=(replace(made, result=Result(content=reply, is_error=_failed(reply))),), dialect="native")
        yield Message(role="tool", content=reply)
    if row.get("final"):
        yield Step(text=as_text(row["final"]), raw=as_text(row["final"]))


def _failed(reply: str) -> bool:
    status = _STATUS.match(reply)
    return status is not None and int(status[1]) >= 400


def _gold(raw: Any) -> Gold | None:
    """Gold calls of an output (``name``, ``arguments_raw``) or an API file (``Action``, ``Action_Input``); ``None`` if one is no JSON.

    A call marked ``[Optional]`` is welcome and not due: there is a path with it and one without.
    """
    path, due = [], []
    for item in as_list(raw, "gold"):
        call = as_object(item, "a gold call")
        arguments = as_text(first_of(call, "arguments_raw", "Action_Input", default="{}"))
        try:
            decoded = decode(_PLACEHOLDER.sub(f'"{_EARLIER}"', arguments))
        except FormatError:
            return None
        name = as_text(first_of(call, "name", "Action"))
        wanted = expected_call({"name": _OPTIONAL.sub("", name), "arguments": decoded})
        path.append(replace(wanted, arguments={each: _accepting(value.values[0]) for each, value in wanted.arguments.items()}))
        if not _OPTIONAL.match(name):
            due.append(path[-1])
    return Gold(paths=(tuple(path),) if len(due) in (0, len(path)) else (tuple(path), tuple(due)), mode="required")


def _accepting(value: Any) -> Expected:
    """What a gold value allows: anything where it, or a text in a list, only names the answer that it comes from.

    In an object that is said of each field by itself.
    """
    if isinstance(value, Mapping):
        return Expected(objects=({name: _accepting(inner) for name, inner in value.items()},))
    if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        return Expected(lists=(tuple(map(_accepting, value)),))
    text = as_text(value)
    return Expected(any=True) if _EARLIER in text or _BLANK.fullmatch(text) else Expected(values=(value,))


def _tool(name: str, text: str, projection: Any) -> Tool:
    """A function from its description: ``Parameters: {"city": "Required. string. One of: [a, b]. The city."}``."""
    match = _PARAMETERS.search(text)
    fields = as_object(decode(match[1]), f"the parameters of {name}") if match else {}
    parsed = {each: _FIELD.fullmatch(as_text(field)) for each, field in fields.items()}
    properties = {each: _property(found) if found else {"description": as_text(fields[each])} for each, found in parsed.items()}
    required = [each for each, found in parsed.items() if found and found["required"]]
    parameters = {"type": "object", "properties": properties, "required": required}
    read_only = isinstance(projection, list) and projection[-1:] == ["get"]
    return tool_from(
        {"name": name, "description": text.partition("\n")[0], "parameters": parameters, "effect": "read" if read_only else None}
    )


def _property(found: re.Match[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": found["type"].lower(), "description": found["text"].strip()}
    if found["items"]:
        schema["items"] = {"type": found["items"].lower()}
    if found["enum"]:
        schema["enum"] = [value.strip() for value in found["enum"].split(",")]
    return schema
