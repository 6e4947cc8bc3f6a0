"""What holds for every trajectory: nothing raises, gold replayed is clean, key order is nothing, inputs stay as they are."""

import json

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectool.classify.classify import classify
from spectool.model import Call, Expected, ExpectedCall, Gold, Message, Request, Result, Step, Tool, Trajectory
from spectool.schema import normalise
from tests.classify.build import CATALOGUE

QUICK = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

TEXTS = st.one_of(
    st.text(max_size=12), st.sampled_from(["Paris", "3", "2024-03-04", "<id>", "true", "[1", "1e999", "10:00 EST", "\ud800", ""])
)
NUMBERS = st.one_of(st.integers(), st.floats(), st.sampled_from([10**400, -(10**400), 1e308, 0, 1, -1]))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
KEYS = st.one_of(st.sampled_from(["city", "City", "days", "unit", "stops", "address", "order_id", "x"]), st.text(max_size=4))
NAMES = st.one_of(st.sampled_from([*CATALOGUE, "getWeather", "f", "fetch"]), st.text(max_size=5))
SCHEMAS = st.recursive(
    st.one_of(
        st.sampled_from(
            [
                {"type": "integer"},
                {"type": "str"},
                {"enum": ["a", 1]},
                {"$ref": "#/$defs/X"},
                {"$ref": "http://x/y"},
                {"type": "array"},
                {"const": None},
            ]
        ),
        VALUES,
    ),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"type": st.just("object"), "properties": st.dictionaries(KEYS, inner, max_size=3)}),
        st.fixed_dictionaries({"type": st.just("array"), "items": inner}),
        st.fixed_dictionaries({"anyOf": st.lists(inner, max_size=3)}),
        st.fixed_dictionaries({"allOf": st.lists(inner, max_size=2), "required": VALUES}),
    ),
    max_leaves=6,
)
TOOLS = st.one_of(
    st.sampled_from(list(CATALOGUE.values())),
    st.builds(Tool, name=NAMES, parameters=SCHEMAS.map(normalise), effect=st.sampled_from(["read", "write", "unknown"])),
)
ARGUMENTS = st.dictionaries(KEYS, VALUES, max_size=4)
RESULTS = st.one_of(st.none(), st.builds(Result, content=TEXTS, is_error=st.booleans()))
CALLS = st.builds(Call, name=NAMES, arguments=ARGUMENTS, result=RESULTS)
STEPS = st.builds(
    Step,
    text=TEXTS,
    raw=st.one_of(st.none(), TEXTS),
    calls=st.lists(CALLS, max_size=3).map(tuple),
    tool_set=st.integers(-1, 2),
    dialect=st.sampled_from([None, "native", "json_list"]),
    finish_reason=st.sampled_from([None, "stop", "length", "error"]),
)
MESSAGES = st.builds(Message, role=st.sampled_from(["user", "system", "tool"]), content=TEXTS)
EXPECTED = st.recursive(
    st.builds(
        Expected,
        values=st.lists(VALUES, max_size=2).map(tuple),
        optional=st.booleans(),
        any=st.booleans(),
        tolerance=st.one_of(st.none(), st.floats(0, 1)),
    ),
    lambda inner: st.one_of(
        st.builds(Expected, objects=st.lists(st.dictionaries(KEYS, inner, max_size=2), max_size=2).map(tuple)),
        st.builds(Expected, lists=st.lists(st.lists(inner, max_size=2).map(tuple), max_size=2).map(tuple)),
    ),
    max_leaves=4,
)
DUE = st.builds(ExpectedCall, name=NAMES, arguments=st.dictionaries(KEYS, EXPECTED, max_size=3), turn=st.integers(0, 2))
GOLD = st.builds(
    Gold,
    paths=st.lists(st.lists(DUE, max_size=3).map(tuple), max_size=2).map(tuple),
    mode=st.sampled_from(["exact", "ordered", "unordered", "required", "writes", "any_call", "state"]),
)
TRAJECTORIES = st.builds(
    Trajectory,
    key=st.just("k"),
    id=st.just("i"),
    tool_sets=st.lists(st.lists(TOOLS, max_size=3).map(tuple), max_size=2).map(tuple),
    request=st.builds(
        Request,
        tool_choice=st.sampled_from([None, "auto", "none", "required", "get_time"]),
        parallel_tool_calls=st.sampled_from([None, True, False]),
        strict=st.booleans(),
        max_steps=st.sampled_from([None, 1, 2]),
        max_calls=st.sampled_from([None, 0, 2]),
    ),
    turns=st.lists(st.one_of(MESSAGES, STEPS), max_size=5).map(tuple),
    gold=st.one_of(st.none(), GOLD),
)


@QUICK
@given(TRAJECTORIES)
def test_no_trajectory_makes_it_raise_or_a_detector_crash(trajectory):
    assert classify(trajectory).crashed == ()


@QUICK
@given(TRAJECTORIES)
def test_inputs_are_unchanged_and_the_verdict_is_the_same_again(trajectory):
    before = repr(trajectory)
    first = classify(trajectory)
    assert repr(trajectory) == before
    assert repr(classify(trajectory)) == repr(first)


def turned(value):
    """A JSON value with the keys of every object in reverse."""
    if isinstance(value, dict):
        return {key: turned(inner) for key, inner in reversed(value.items())}
    return [turned(item) for item in value] if isinstance(value, list) else value


@QUICK
@given(TRAJECTORIES)
def test_the_order_of_keys_does_not_matter(trajectory):
    def with_turned(step):
        if not isinstance(step, Step):
            return step
        calls = tuple(msgspec.structs.replace(call, arguments=turned(call.arguments)) for call in step.calls)
        return msgspec.structs.replace(step, calls=calls)

    other = msgspec.structs.replace(trajectory, turns=tuple(map(with_turned, trajectory.turns)))

    def places(subject):
        return sorted((f.error, f.path, f.subtype, f.tier, f.fault) for o in classify(subject).outcomes for f in o.findings)

    assert places(trajectory) == places(other)


CITIES = st.sampled_from(["Paris", "Rome", "Lyon", "New York, NY"])
GOOD_CALLS = st.one_of(
    st.builds(lambda city, days: ("get_weather", {"city": city, "days": days}), CITIES, st.integers(1, 14)),
    st.builds(lambda city: ("get_time", {"city": city}), CITIES),
    st.builds(lambda amount: ("convert", {"amount": amount, "currency": "EUR"}), st.floats(0, 1e6)),
    st.builds(lambda stops: ("plan_trip", {"stops": stops, "address": {"street": "Main"}}), st.lists(CITIES, max_size=3)),
    st.builds(lambda order: ("cancel_order", {"order_id": order}), st.integers(0, 10**20)),
)


@QUICK
@given(st.lists(GOOD_CALLS, max_size=5), st.sampled_from(["exact", "ordered", "unordered", "required", "writes"]), st.booleans())
def test_gold_replayed_has_no_findings(calls, mode, at_once):
    made = tuple(Call(name=name, arguments=json.loads(json.dumps(arguments))) for name, arguments in calls)
    steps = (Step(calls=made),) if at_once else tuple(Step(calls=(call,)) for call in made)
    due = tuple(ExpectedCall(name=n, arguments={k: Expected(values=(v,)) for k, v in a.items()}) for n, a in calls)
    verdict = classify(
        Trajectory(
            key="k",
            id="i",
            tool_sets=(tuple(CATALOGUE.values()),),
            turns=(Message(role="user", content="?"), *steps),
            gold=Gold(paths=(due,), mode=mode),
        )
    )
    assert [f for o in verdict.outcomes for f in o.findings] == []
    assert verdict.passed is True
