"""What a hostile or careless model, log or schema holds must not crash, stall or excuse anything."""

from __future__ import annotations

import time
from typing import Any

import pytest

from spectool.classify.classify import classify
from spectool.classify.detectors.refusal import DECLINES
from spectool.model import Call, Expected, ExpectedCall, Gold, Message, Step, Tool, Trajectory
from spectool.schema import normalise

LONG_LIST = list(range(2_000))
NESTED_LISTS = {"properties": {"parts": {"$ref": "#/$defs/L"}}, "$defs": {"L": {"type": "array", "items": {"$ref": "#/$defs/L"}}}}


def slips(argument: Any, schema: dict[str, Any], *, gold: Expected | None = None, name: str = "a") -> list[tuple[str, str]]:
    tools = (Tool(name="f", parameters=normalise(schema)), Tool(name="g", parameters=normalise({"type": "object", "properties": 7})))
    trajectory = Trajectory(
        key="k",
        id="i",
        tool_sets=(tools,),
        turns=(Message(role="user", content="?"), Step(calls=(Call(name="f", arguments={name: argument}, raw="f"),))),
        gold=None if gold is None else Gold(paths=((ExpectedCall(name="f", arguments={"a": gold}),),)),
    )
    verdict = classify(trajectory)
    assert verdict.crashed == ()
    return [(finding.error, finding.subtype) for outcome in verdict.outcomes for finding in outcome.findings]


def of(kind: str) -> dict[str, Any]:
    return {"type": "object", "properties": {"a": {"type": kind}}}


CASES = {
    "a literal that can not be a key": ("{[1]: 2}", of("object"), ("IAT", "container")),
    "a set of sets": ("{{}}", of("object"), ("IAT", "container")),
    "an ellipsis for a list": ("[...]", of("array"), ("IAT", "container")),
    "bytes in a list": ("[b'x']", of("array"), ("IAT", "container")),
    "a lone surrogate in a list": (["\ud800"], of("integer"), ("IAT", "container")),
    "not a number for a text": (float("nan"), of("string"), ("IAT", "coercible")),
}


@pytest.mark.parametrize(("argument", "schema", "slip"), CASES.values(), ids=list(CASES))
def test_an_odd_value_is_a_slip_like_any_other(argument, schema, slip):
    assert slips(argument, schema) == [slip]


def test_an_unknown_name_beside_a_recursive_schema_and_a_broken_one():
    assert slips(1, NESTED_LISTS, name="zzz") == [("IAN", "unknown")]


def test_a_list_much_too_long_is_judged_at_once():
    started = time.perf_counter()
    assert slips(LONG_LIST, of("array"), gold=Expected(lists=((Expected(values=("x",)),),))) == [("IAV", "other")]
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("text", ["as an ai " * 33, "sorry " * 50, "i'm sorry but " * 20, "as an ai sorry " * 20])
def test_no_text_stalls_the_reading_of_refusals(text):
    started = time.perf_counter()
    assert DECLINES.match(text) is None
    assert time.perf_counter() - started < 1
