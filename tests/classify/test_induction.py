"""What is learned of tools from the calls that succeeded."""

from __future__ import annotations

import json
from typing import Any

import pytest

from spectool.classify import induction
from spectool.classify.induction import CLOSED_TASKS, MAX_CHOICES, MAX_NAMES, Induction, Support, induce, support_of
from spectool.model import Call, Result, Step, Tool, Trajectory


def log(*calls: dict[str, Any] | None, task: str = "", reply: str | None = "ok", name: str = "f", fails: bool = False) -> list[Trajectory]:
    """One trajectory a call of ``name``, each of its own task unless ``task`` is given; ``None`` stands for unreadable arguments."""
    result = None if reply is None else Result(content=reply, is_error=fails)
    steps = [Step(calls=(Call(name=name, arguments=call, result=result),)) for call in calls]
    return [Trajectory(key=f"{task}{n}", id=f"t{n}", task=task or f"t{n}", turns=(step,)) for n, step in enumerate(steps)]


def bare(schema: Any) -> Any:
    """A schema without its support."""
    if isinstance(schema, dict):
        return {name: bare(inner) for name, inner in schema.items() if name != "x-inferred"}
    return schema


def learned(attempts: list[Trajectory]) -> dict[str, Any]:
    (tool,) = induce(attempts)
    return bare(tool.parameters)


def text(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": sorted(required)}


STRING = {"type": "string"}
CASES = {
    "an argument of every one of three calls is required, another is not": (
        [{"a": "x"}, {"a": "y", "b": "z"}, {"a": "w"}],
        text("a", a=STRING, b=STRING),
    ),
    "of two calls nothing is required": ([{"a": "x"}, {"a": "y"}], text(a=STRING)),
    "whole numbers and others are numbers": ([{"n": 1}, {"n": 1.5}], text(n={"type": "number"})),
    "whole numbers alone are integers": ([{"n": 1}, {"n": 2}], text(n={"type": "integer"})),
    "a null that was taken is a type like any other": ([{"a": None}, {"a": "x"}], text(a={"type": ["null", "string"]})),
    "a truth value is no number": ([{"a": True}, {"a": 1}], text(a={"type": ["boolean", "integer"]})),
    "objects in a list have names and required ones": (
        [{"l": [{"x": 1}, {"x": 2, "y": 3}]}, {"l": [{"x": 4}]}],
        text(l={"type": "array", "items": text("x", x={"type": "integer"}, y={"type": "integer"})}),
    ),
    "an empty list says nothing of its items": ([{"l": []}], text(l={"type": "array"})),
    "no argument at all": ([{}], text()),
}


@pytest.mark.parametrize(("calls", "schema"), CASES.values(), ids=list(CASES))
def test_a_schema_declares_all_that_was_taken_and_requires_what_all_gave(calls: list[Any], schema: Any) -> None:
    assert learned(log(*calls)) == schema


@pytest.mark.parametrize(
    "attempts",
    [
        pytest.param(log({"a": 1}, reply=None), id="a call without a reply"),
        pytest.param(log({"a": 1}, fails=True), id="a reply marked as an error"),
        pytest.param(log({"a": 1}, reply="Error: no such user"), id="a reply that reads as an error"),
        pytest.param(log({"a": 1}, reply="unexpected keyword argument 'a'"), id="a reply that complains of the call"),
        pytest.param(log(None), id="arguments that could not be read"),
    ],
)
def test_only_a_call_that_succeeded_is_evidence(attempts: list[Trajectory]) -> None:
    assert induce(attempts) == ()


def test_a_trajectory_with_tools_of_its_own_teaches_nothing() -> None:
    (attempt,) = log({"a": 1})
    offered = Trajectory(key="k", id="i", turns=attempt.turns, tool_sets=((Tool(name="f"),),))
    induction = Induction()
    induction.add(offered)
    assert (induction.tools(), induction.calls, induction.used) == ((), 0, 0)


def test_support_counts_calls_and_tasks_at_every_place() -> None:
    (tool,) = induce([*log({"a": "x"}, {"a": "y", "b": 1}, task="one"), *log({"a": "z"}, task="two")])
    places = (tool.parameters, tool.parameters["properties"]["a"], tool.parameters["properties"]["b"])
    assert [support_of(place) for place in places] == [Support(calls=3, tasks=2), Support(calls=3, tasks=2), Support(calls=1, tasks=1)]


def test_a_set_of_values_is_closed_only_where_every_value_was_met_in_several_of_many_tasks() -> None:
    met = [{"unit": ("day", "week")[n % 2]} for n in range(CLOSED_TASKS)]
    closed = {"type": "string", "enum": ["day", "week"]}
    assert learned(log(*met))["properties"]["unit"] == closed
    assert learned(log(*met[:-1]))["properties"]["unit"] == STRING, "a task too few"
    assert learned(log(*met, {"unit": "year"}))["properties"]["unit"] == STRING, "one value met once"
    assert learned(log(*met * 2, task="same"))["properties"]["unit"] == STRING, "repeats of one task"


def test_what_is_remembered_does_not_grow_with_the_log() -> None:
    many = [{f"key{n}": n, "id": f"id-{n}"} for n in range(MAX_NAMES + 1)]
    assert learned(log(*many)) == {"type": "object"}, "names without end are data"
    ids = [{"id": f"id-{n % (MAX_CHOICES + 1)}"} for n in range(100)]
    assert learned(log(*ids))["properties"]["id"] == STRING


def test_places_within_places_are_bounded_for_all_tools_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(induction, "MAX_PLACES", 20)
    deep = {f"a{n}": {f"b{m}": {f"c{k}": k for k in range(9)} for m in range(9)} for n in range(9)}
    tools = induce([*log({"x": 1}, name="first"), *log(deep, name="second"), *log({"x": 1}, name="third"), *log({"x": 2}, name="first")])
    assert [tool.name for tool in tools] == ["first", "second"], "no room for another tool"
    assert json.dumps([tool.parameters for tool in tools]).count("x-inferred") <= 20
    assert support_of(tools[0].parameters) == Support(calls=2, tasks=1), "one that is known still learns"


def test_the_order_of_the_log_does_not_matter() -> None:
    attempts = [*log({"b": 1, "a": "x"}, {"a": None}, {"c": [1, "x"]}), *log({"q": 1}, name="a_tool")]
    assert json.dumps([tool.parameters for tool in induce(attempts)]) == json.dumps([t.parameters for t in induce(reversed(attempts))])
    assert [tool.name for tool in induce(attempts)] == ["a_tool", "f"]
