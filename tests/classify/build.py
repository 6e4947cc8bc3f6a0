"""Compact raw JSON into trajectories, and a detector's two tables into tests.

A trajectory is an object with
  turns    a string (the user speaks), a list of calls (the model's step), or an object: {"say": text} (the model answers),
           {"raw": text} (the model's text, parsed in request.dialect), {"calls": [...], "say", "finish", "tool_set", "dialect", "raw"},
           {"tool": text} and {"system": text}
  a call   {"get_weather": {"city": "Paris"}}; the arguments may be a string, the JSON text of an API; "->" holds its reply, "!" its error
  tools    names from CATALOGUE, or whole tools; absent: the CATALOGUE; null: unknown. tool_sets: a list of those, for tools that change
  gold     a list of calls, [] for none due (paths: several such lists); an argument is a plain value or has only EXPECTED keys
  answer   of the gold, its claims; state of the gold; mode of the gold, "exact" unless said; request, reward, meta, key: as in the model
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
import pytest

from spectool.classify.classify import classify
from spectool.classify.taxonomy import load
from spectool.model import Expected, ExpectedCall, Finding, Gold, Message, Outcome, Request, Result, Step, Tool, Trajectory, Verdict
from spectool.read.steps import step_from_native, step_from_text
from spectool.read.tools import tool_from

Place = tuple[str, ...]
"""(path, subtype), then the tier where it is not "certain" and the fault where it is not the error's usual one."""

EXPECTED = frozenset({"one_of", "objects", "lists", "optional", "any", "tolerance"})


def _object(required: Sequence[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


_TEXT: dict[str, Any] = {"type": "string"}
_CITY: dict[str, Any] = {"type": "string", "description": "The city's name"}
_ADDRESS = _object(["street"], street=_TEXT, zip=_TEXT)
CATALOGUE: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            name="get_weather",
            effect="read",
            parameters=_object(
                ["city"],
                city=_CITY,
                unit={"type": "string", "enum": ["celsius", "fahrenheit"], "default": "celsius"},
                days={"type": "integer", "minimum": 1, "maximum": 14},
                hourly={"type": "boolean", "default": False},
            ),
        ),
        Tool(name="get_time", effect="read", parameters=_object(["city"], city=_CITY)),
        Tool(
            name="convert",
            effect="read",
            parameters=_object(
                ["amount", "currency"], amount={"type": "number"}, currency=_TEXT, date={"type": "string", "format": "date"}
            ),
        ),
        Tool(
            name="plan_trip",
            effect="read",
            parameters=_object(
                ["stops"],
                stops={"type": "array", "items": {"type": "string"}},
                budget={"type": "number"},
                note={"type": ["string", "null"]},
                sizes={"type": "array", "items": {"type": "integer"}},
                address=_ADDRESS,
            ),
        ),
        Tool(name="send_mail", effect="write", parameters=_object(["to", "body"], to=_TEXT, body=_TEXT, urgent={"type": "boolean"})),
        Tool(name="cancel_order", effect="write", parameters=_object(["order_id"], order_id={"type": "integer"})),
        Tool(name="return_order", effect="write", parameters=_object(["order_id"], order_id={"type": "integer"})),
        Tool(name="roll_dice", effect="read", description="Throw a random die", parameters=_object([], sides={"type": "integer"})),
        Tool(name="poke", effect="unknown", parameters=_object([], what=_TEXT)),
    )
}


def trajectory(raw: str) -> Trajectory:
    """The trajectory that the compact JSON text ``raw`` describes."""
    row = json.loads(raw)
    sets = row.get("tool_sets", [row["tools"] if "tools" in row else list(CATALOGUE)])
    tool_sets = () if sets == [None] else tuple(tuple(map(_tool, tools)) for tools in sets)
    request = msgspec.convert(row.get("request", {}), Request)
    return Trajectory(
        key=row.get("key", "0" * 16),
        id="case",
        tool_sets=tool_sets,
        request=request,
        turns=tuple(_turn(turn, tool_sets, request) for turn in row["turns"]),
        gold=_gold(row),
        reward=row.get("reward"),
        meta=row.get("meta", {}),
    )


def _tool(raw: Any) -> Tool:
    return CATALOGUE[raw] if isinstance(raw, str) else tool_from(raw)


def _turn(raw: Any, tool_sets: tuple[tuple[Tool, ...], ...], request: Request) -> Message | Step:
    if isinstance(raw, str):
        return Message(role="user", content=raw)
    if isinstance(raw, list):
        raw = {"calls": raw}
    if "tool" in raw or "system" in raw:
        return Message(role="tool" if "tool" in raw else "system", content=raw.get("tool", raw.get("system")))
    kept = {"tool_set": raw.get("tool_set", 0), "finish_reason": raw.get("finish")}
    if "calls" not in raw and "raw" in raw:
        offered = tool_sets[kept["tool_set"]] if kept["tool_set"] < len(tool_sets) else ()
        return step_from_text(raw["raw"], asked=request.dialect, names=tuple(tool.name for tool in offered), **kept)
    if "calls" not in raw:
        return Step(text=raw["say"], raw=raw.get("raw"), **kept)
    step = step_from_native(raw.get("say"), [(None, *_written(call)) for call in raw["calls"]], **kept)
    calls = tuple(msgspec.structs.replace(c, result=_result(given)) for c, given in zip(step.calls, raw["calls"], strict=True))
    return msgspec.structs.replace(step, calls=calls, dialect=raw.get("dialect", "native"), raw=raw.get("raw", step.raw))


def _written(call: Mapping[str, Any]) -> tuple[str, Any]:
    return next((name, arguments) for name, arguments in call.items() if name not in ("->", "!", "turn"))


def _result(call: Mapping[str, Any]) -> Result | None:
    if "!" in call:
        return Result(content=call["!"], is_error=True)
    return Result(content=call["->"]) if "->" in call else None


def _gold(row: Mapping[str, Any]) -> Gold | None:
    if "gold" not in row and "paths" not in row:
        return None
    paths = row["paths"] if "paths" in row else [row["gold"]]
    return Gold(
        paths=tuple(tuple(map(_due, path)) for path in paths),
        mode=row.get("mode", "exact"),
        answer=tuple(row.get("answer", ())),
        state=row.get("state"),
    )


def _due(call: Mapping[str, Any]) -> ExpectedCall:
    name, arguments = _written(call)
    return ExpectedCall(name=name, arguments={k: _expected(v) for k, v in arguments.items()}, turn=call.get("turn", 0))


def _expected(raw: Any) -> Expected:
    if not isinstance(raw, dict) or not raw or not raw.keys() <= EXPECTED:
        return Expected(values=(raw,))
    return Expected(
        values=tuple(raw.get("one_of", ())),
        objects=tuple({k: _expected(v) for k, v in fields.items()} for fields in raw.get("objects", ())),
        lists=tuple(tuple(map(_expected, items)) for items in raw.get("lists", ())),
        optional=raw.get("optional", False),
        any=raw.get("any", False),
        tolerance=raw.get("tolerance"),
    )


def verdict(raw: str) -> Verdict:
    """The verdict on a compact trajectory, whose detectors all ran to the end."""
    found = classify(trajectory(raw))
    assert found.crashed == ()
    return found


def outcome(raw: str, code: str) -> Outcome:
    """What the detector of ``code`` says of a compact trajectory."""
    return next(found for found in verdict(raw).outcomes if found.error == code)


def place(finding: Finding) -> Place:
    """A finding as the tables write it."""
    usual = load().error(finding.error).fault
    tail = (finding.tier, finding.fault) if finding.fault != usual else (finding.tier,) if finding.tier != "certain" else ()
    return (finding.path, finding.subtype, *tail)


def charged(raw: str) -> list[Place]:
    """Everything charged in a compact trajectory, as (error, path, subtype, ...) in the order of the detectors."""
    return [(finding.error, *place(finding)) for found in verdict(raw).outcomes for finding in found.findings]


def tables(
    code: str, flagged: Mapping[str, tuple[str, Sequence[Place]]], clean: Mapping[str, str]
) -> tuple[Callable[..., None], Callable[..., None]]:
    """``test_flagged`` and ``test_clean`` of the detector ``code``: a sentence → raw JSON and all its findings, a sentence → raw JSON."""

    @pytest.mark.parametrize(("raw", "expected"), flagged.values(), ids=list(flagged))
    def test_flagged(raw: str, expected: Sequence[Place]) -> None:
        assert [place(finding) for finding in outcome(raw, code).findings] == list(expected)

    @pytest.mark.parametrize("raw", clean.values(), ids=list(clean))
    def test_clean(raw: str) -> None:
        assert [place(finding) for finding in outcome(raw, code).findings] == []

    return test_flagged, test_clean
