"""What schemas inferred from a log say of its calls that did not succeed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectool.classify.classify import classify
from spectool.classify.induction import induce
from spectool.model import Call, Expected, ExpectedCall, Finding, Gold, Result, Step, Tool, Trajectory

FAILED = Result(content="Error: it did not work", is_error=True)
DONE = Result(content="done")
TAKEN = {"city": "Paris", "days": 3, "unit": "celsius", "stops": [{"at": "Lyon"}]}


def attempt(*calls: Call, gold: Gold | None = None, tools: tuple[Tool, ...] = (), key: str = "k", task: str = "t") -> Trajectory:
    return Trajectory(key=key, id=key, task=task, turns=(Step(calls=calls),), gold=gold, tool_sets=(tools,) if tools else ())


def call(arguments: Any, result: Result | None = FAILED, name: str = "get_weather") -> Call:
    return Call(name=name, arguments=arguments, result=result)


def learned(tasks: int, *calls: Any, name: str = "get_weather") -> dict[str, Tool]:
    """Tools from a log in which each of ``tasks`` made these calls with success."""
    log = [
        attempt(*(call({**arguments, "city": f"{arguments['city']} {n}"}, DONE, name) for arguments in calls), task=f"t{n}")
        for n in range(tasks)
    ]
    return {tool.name: tool for tool in induce(log)}


def inferred(*calls: Call, tasks: int = 30, gold: Gold | None = None, **more: Any) -> list[Finding]:
    """The findings that rest on schemas inferred from ``tasks`` tasks."""
    verdict = classify(attempt(*calls, gold=gold, **more), inferred=learned(tasks, TAKEN))
    assert verdict.crashed == ()
    return [finding for outcome in verdict.outcomes for finding in outcome.findings if finding.source == "inferred"]


def told(findings: list[Finding]) -> list[tuple[str, str, str, str]]:
    return [(each.error, each.subtype, each.tier, each.path.removeprefix("$.turns[0].calls[0]")) for each in findings]


FLAGGED = {
    "an argument that no call that succeeded was given": ({**TAKEN, "colour": 1}, ("IAN", "unknown", "likely", ".arguments.colour")),
    "a misspelt argument fills the slot it stands for": (
        {"town": 1, **{name: value for name, value in TAKEN.items() if name != "days"}, "dayss": 3} | {"town": 1},
        ("IAN", "unknown", "likely", ".arguments.town"),
        ("IAN", "near_miss", "likely", ".arguments.dayss"),
    ),
    "an argument that every one of them was given": (
        {name: value for name, value in TAKEN.items() if name != "city"},
        ("IAV", "missing_required", "likely", ".arguments.city"),
    ),
    "a type that none of them had": ({**TAKEN, "days": "many"}, ("IAT", "incompatible", "likely", ".arguments.days")),
    "a type that reads as the right one": ({**TAKEN, "days": "3"}, ("IAT", "coercible", "likely", ".arguments.days")),
    "a list in place of a text": ({**TAKEN, "city": ["Paris"]}, ("IAT", "container", "likely", ".arguments.city")),
    "a value outside a set that seems closed": ({**TAKEN, "unit": "kelvin"}, ("IAV", "outside_enum", "candidate", ".arguments.unit")),
    "a name inside a list of objects": (
        {**TAKEN, "stops": [{"at": "Lyon", "by": "car"}]},
        ("IAN", "unknown", "likely", ".arguments.stops[0].by"),
    ),
}
CLEAN: dict[str, tuple[Call, ...]] = {
    "a call like those that succeeded": (call(TAKEN),),
    "a value not met before": (call({**TAKEN, "city": "Rome"}),),
    "a whole number in place of another": (call({**TAKEN, "days": 9_000}),),
    "a null, which most tools take for left out": (call({**TAKEN, "days": None}),),
    "an argument never given, in a call that succeeded": (call({**TAKEN, "colour": 1}, DONE),),
    "a tool that never succeeded": (call({"x": 1}, name="get_time"),),
    "a tool whose name is merely like one": (call({"x": 1}, name="set_weather"),),
    "arguments that could not be read": (call(None),),
    "a reply that says itself what is wrong": (
        call({**TAKEN, "colour": 1}, Result(content="Error: unexpected keyword argument 'colour'", is_error=True)),
    ),
    "a reply that knows no such function": (
        call({**TAKEN, "colour": 1}, Result(content="Error: no such tool: get_weather", is_error=True)),
    ),
}


@pytest.mark.parametrize("case", FLAGGED.values(), ids=list(FLAGGED))
def test_flagged(case: tuple[Any, ...]) -> None:
    arguments, *expected = case
    assert sorted(told(inferred(call(arguments)))) == sorted(expected)


@pytest.mark.parametrize("calls", CLEAN.values(), ids=list(CLEAN))
def test_clean(calls: tuple[Call, ...]) -> None:
    assert told(inferred(*calls)) == []


@pytest.mark.parametrize(
    ("tasks", "reply", "tier"),
    [
        pytest.param(1, FAILED, None, id="what one task never gave is no error"),
        pytest.param(2, FAILED, "candidate", id="of two tasks it is unproven"),
        pytest.param(7, FAILED, "candidate", id="and of seven"),
        pytest.param(8, FAILED, "likely", id="from eight on it is likely"),
        pytest.param(100, FAILED, "likely", id="and never certain"),
        pytest.param(100, None, "candidate", id="a call without a reply may have been taken"),
    ],
)
def test_the_tier_follows_the_support(tasks: int, reply: Result | None, tier: str | None) -> None:
    found = inferred(call({**TAKEN, "colour": 1}, reply), tasks=tasks)
    assert [finding.tier for finding in found] == ([tier] if tier else [])


@pytest.mark.parametrize(
    ("reply", "tier"),
    [
        pytest.param("Error: the promo code has expired", "candidate", id="a reply that speaks of the argument"),
        pytest.param("Error: SUMMER-24 is not accepted in Paris", "candidate", id="a reply that speaks of its value"),
        pytest.param("Error: no such city", "likely", id="a reply that speaks of something else"),
    ],
)
def test_an_argument_that_the_reply_speaks_of_may_be_known_to_the_tool(reply: str, tier: str) -> None:
    (found,) = inferred(call({**TAKEN, "promo_code": "Summer 24"}, Result(content=reply, is_error=True)))
    assert found.tier == tier


def test_the_message_says_what_the_finding_rests_on() -> None:
    (found,) = inferred(call({**TAKEN, "colour": 1}), tasks=12)
    expected = (
        "expected an argument of get_weather (city, days, stops, unit), got 'colour'; by a schema inferred from 12 calls that succeeded"
    )
    assert (found.message, found.fault, found.expected) == (expected, "agent", ["city", "days", "stops", "unit"])


def test_another_spelling_of_a_name_that_works_is_likely_meant_for_it() -> None:
    (found,) = inferred(call(TAKEN, name="GetWeather"))
    assert (found.error, found.subtype, found.tier, found.repair) == ("IFN", "near_miss", "likely", "get_weather")


def test_tools_of_its_own_silence_what_was_inferred() -> None:
    assert inferred(call({**TAKEN, "colour": 1}), tools=(Tool(name="get_weather", parameters={"type": "object"}),)) == []


def gold(**arguments: Any) -> Gold:
    expected = {name: Expected(values=(value,)) for name, value in arguments.items()}
    return Gold(paths=((ExpectedCall(name="get_weather", arguments=expected),),))


def test_gold_judges_values_and_an_unknown_name_is_charged_once() -> None:
    arguments = {**TAKEN, "days": "3", "colour": 1}
    plain = classify(attempt(call(arguments), gold=gold(**TAKEN)))
    verdict = classify(attempt(call(arguments), gold=gold(**TAKEN)), inferred=learned(30, TAKEN))
    charged = [(f.error, f.subtype, f.tier, f.source) for o in verdict.outcomes for f in o.findings if f.level == "core"]
    before = [(f.error, f.subtype, f.tier, f.source) for o in plain.outcomes for f in o.findings if f.level == "core"]
    assert before == [("IAV", "format_variant", "certain", "rule"), ("IAV", "unexpected", "likely", "rule")]
    assert charged == [("IAN", "unknown", "likely", "inferred"), ("IAV", "format_variant", "certain", "rule")]
    assert verdict.passed is plain.passed is False


def test_places_of_calls_that_succeeded_are_counted_as_judged() -> None:
    verdict = classify(attempt(call(TAKEN, DONE), call({**TAKEN, "colour": 1})), inferred=learned(30, TAKEN))
    assert {o.error: o.assessed for o in verdict.outcomes if o.error in ("IFN", "IAN", "IAT", "IAV")} == {
        "IFN": 2, "IAN": 9, "IAT": 9, "IAV": 9,
    }  # fmt: skip


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=6,
)
ARGUMENTS = st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3)


@given(st.lists(ARGUMENTS, min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_no_call_that_was_taken_breaks_the_schema_inferred_from_it(taken: list[dict[str, Any]]) -> None:
    tools = {tool.name: tool for tool in induce(attempt(call(each, DONE), task=str(n)) for n, each in enumerate(taken))}
    for each in taken:
        verdict = classify(attempt(call(each)), inferred=tools)
        assert (verdict.crashed, [f for o in verdict.outcomes for f in o.findings if f.source == "inferred"]) == ((), [])
