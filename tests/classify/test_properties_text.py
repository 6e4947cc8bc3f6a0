"""What holds for every text a model may write: nothing raises, findings come in the document's order, the layout of JSON is nothing."""

import copy
import json

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectool.classify.case import build
from spectool.classify.classify import classify
from spectool.classify.detectors.registry import DETECTORS
from spectool.model import Call, Expected, ExpectedCall, Gold, Message, Request, Result, Step, Tool, Trajectory
from spectool.read.dialects.registry import ASKED_FOR, DIALECTS
from spectool.read.steps import step_from_native, step_from_text
from spectool.schema import normalise
from tests.classify.build import CATALOGUE

QUICK = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
ASKED = (*(module.NAME for module in (*DIALECTS, *ASKED_FOR)), "native", None)
TOOLS = tuple(CATALOGUE.values())
NAMES = tuple(CATALOGUE)

GOOD = (
    Call(name="get_weather", arguments={"city": "Paris", "days": 3}),
    Call(name="plan_trip", arguments={"stops": ["Rome", "Lyon"], "address": {"street": "Main"}, "budget": 7.5}),
    Call(name="cancel_order", arguments={"order_id": "7"}),
    Call(name="get_weather", arguments={"days": "soon"}),
    Call(name="fetch", arguments={"x": None, "é": [{}]}),
)
MARKS = (
    "<think>",
    "</think>",
    "<tool_call>",
    "[TOOL_CALLS]",
    "```json\n",
    "Action: ",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    '"',
    "'",
    "\\",
    ",",
    "=",
    "\ud800",
    "\x00",
)
CUTS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 12), st.one_of(st.sampled_from(MARKS), st.text(max_size=3))), max_size=4)


def edited(text, cuts):
    """A text with some places cut out and something else put there."""
    for start, length, instead in cuts:
        place = start % (len(text) + 1)
        text = text[:place] + instead + text[place + length :]
    return text


WRITTEN = st.builds(
    lambda module, calls: module.write(calls), st.sampled_from(DIALECTS), st.lists(st.sampled_from(GOOD), min_size=1, max_size=3)
)
RUBBLE = st.lists(st.sampled_from(MARKS), max_size=10).map("".join)
OUTPUTS = st.one_of(WRITTEN, st.builds(edited, WRITTEN, CUTS), st.one_of(st.text(max_size=30), RUBBLE))
COMPLAINTS = (
    "Error: get_weather() got an unexpected keyword argument 'city'",
    "Missing required argument: 'unit'",
    "Days must be one of '1', '2'.",
    "order_id must be an integer",
    "get_weather is not a valid tool, try one of [get_time].",
    '{"detail": [{"loc": ["body", "stops"], "msg": "field required", "type": "missing"}]}',
)
REPLIES = st.one_of(
    st.none(),
    st.builds(Result, content=st.sampled_from(COMPLAINTS), is_error=st.booleans()),
    st.builds(Result, content=st.text(max_size=20), is_error=st.booleans()),
)
SPOKEN = st.builds(Message, role=st.sampled_from(["user", "system", "tool"]), content=st.text(max_size=20))
GOLD = st.one_of(
    st.none(),
    st.builds(
        lambda calls, mode, turn: Gold(
            paths=(
                tuple(
                    ExpectedCall(name=c.name, arguments={k: Expected(values=(v,)) for k, v in c.arguments.items()}, turn=turn)
                    for c in calls
                ),
            ),
            mode=mode,
        ),
        st.lists(st.sampled_from(GOOD), max_size=3),
        st.sampled_from(["exact", "ordered", "unordered", "required", "writes", "any_call", "state"]),
        st.integers(0, 1),
    ),
)


@st.composite
def conversations(draw):
    """A trajectory as a reader makes it of texts: any dialect asked for, replies on some calls, tools that may be unknown."""
    asked = draw(st.sampled_from(ASKED))
    known = draw(st.booleans())
    names = NAMES if known else ()
    turns = [draw(SPOKEN)]
    for text in draw(st.lists(OUTPUTS, min_size=1, max_size=3)):
        finish = draw(st.sampled_from([None, "stop", "length", "error"]))
        reply = draw(REPLIES)
        native = [(None, draw(st.sampled_from(NAMES)), text)] if asked == "native" and draw(st.booleans()) else []
        step = step_from_native(text, native, names=names, asked=asked, finish_reason=finish)
        calls = tuple(msgspec.structs.replace(call, result=reply) for call in step.calls)
        turns += [msgspec.structs.replace(step, calls=calls), draw(SPOKEN)]
    return Trajectory(
        key="k",
        id="i",
        tool_sets=(TOOLS,) if known else (),
        request=Request(dialect=asked),
        turns=tuple(turns),
        gold=draw(GOLD),
        reward=draw(st.sampled_from([None, 0.0, 1.0])),
    )


@QUICK
@given(conversations())
def test_no_text_in_any_dialect_makes_it_raise_or_changes_its_input(trajectory):
    before = copy.deepcopy(trajectory)
    assert classify(trajectory).crashed == ()
    assert repr(trajectory) == repr(before)


@QUICK
@given(conversations())
def test_detectors_yield_in_the_order_of_the_document_and_only_where_they_assess(trajectory):
    case = build(trajectory)
    for detector in DETECTORS:
        assessed = detector.assess(case)
        if isinstance(assessed, str):
            continue
        places = [(f.step, f.call) for f in detector.detect(case)]
        assert assessed or not places, detector.CODE
        assert places == sorted(places, key=place), detector.CODE


def place(found):
    """An absence (no step) comes last, a step as a whole after its calls."""
    return tuple(float("inf") if part is None else part for part in found)


def judged(trajectory):
    """Findings without their words, which quote the text as it was written."""
    return sorted(
        json.dumps([f.error, f.subtype, f.tier, f.fault, f.path, f.expected, f.repair], sort_keys=True, default=str)
        for outcome in classify(trajectory).outcomes
        for f in outcome.findings
    )


def turned(value):
    """A JSON value with the keys of every object in reverse."""
    if isinstance(value, dict):
        return {key: turned(inner) for key, inner in reversed(value.items())}
    return [turned(item) for item in value] if isinstance(value, list) else value


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-99, 99), st.sampled_from(["Paris", "3", "celsius", "<id>", ""])),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.sampled_from(["street", "zip", "x"]), inner, max_size=2)),
    max_leaves=4,
)
CALLS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from([*NAMES, "get_wether"]),
            "arguments": st.dictionaries(
                st.sampled_from(["city", "days", "unit", "stops", "address", "order_id", "x"]), VALUES, max_size=3
            ),
        }
    ),
    min_size=1,
    max_size=2,
)
LAYOUTS = st.sampled_from(
    [{"indent": None, "separators": (",", ":")}, {"indent": 2}, {"indent": "\t"}, {"separators": (" , ", " : ")}, {"ensure_ascii": False}]
)


@QUICK
@given(CALLS, LAYOUTS, st.booleans(), GOLD)
def test_key_order_and_white_space_of_written_json_change_nothing(calls, layout, turn, gold):
    def told(text):
        step = step_from_text(text, asked="json_list", names=NAMES)
        return Trajectory(
            key="k",
            id="i",
            tool_sets=(TOOLS,),
            request=Request(dialect="json_list"),
            turns=(Message(role="user", content="?"), step),
            gold=gold,
        )

    other = [{"arguments": turned(call["arguments"]), "name": call["name"]} for call in calls] if turn else calls
    assert judged(told(json.dumps(calls))) == judged(told(json.dumps(other, **layout)))


@QUICK
@given(CALLS, LAYOUTS, GOLD)
def test_key_order_and_white_space_of_native_arguments_change_nothing(calls, layout, gold):
    def told(texts):
        native = [(None, call["name"], text) for call, text in zip(calls, texts, strict=True)]
        return Trajectory(
            key="k",
            id="i",
            tool_sets=(TOOLS,),
            turns=(Message(role="user", content="?"), step_from_native("", native, names=NAMES)),
            gold=gold,
        )

    plain = [json.dumps(call["arguments"]) for call in calls]
    assert judged(told(plain)) == judged(told([json.dumps(turned(call["arguments"]), **layout) for call in calls]))


# Values that a schema can declare and that nothing else can be said of: no placeholder, no date, no text in place of a number.
TYPED = {
    "string": st.from_regex(r"[A-Z][a-z]{3,8}", fullmatch=True),
    "integer": st.integers(-999, 999),
    "number": st.floats(-1e6, 1e6, allow_nan=False),
    "boolean": st.booleans(),
    "array": st.lists(st.from_regex(r"[A-Z][a-z]{3,8}", fullmatch=True), max_size=3),
}


@st.composite
def replayed(draw):
    """Tools of random schemas, gold of several alternatives, and calls that take one of them, over several user turns."""
    tools, turns, due = [], [], []
    for number in range(draw(st.integers(1, 3))):
        kinds = draw(st.dictionaries(st.from_regex(r"[a-z]{4,8}", fullmatch=True), st.sampled_from(list(TYPED)), min_size=1, max_size=4))
        required = draw(st.lists(st.sampled_from(list(kinds)), unique=True, max_size=4))
        schema = {"type": "object", "properties": {name: {"type": kind} for name, kind in kinds.items()}, "required": required}
        tools.append(Tool(name=f"tool_{number}", parameters=normalise(schema), effect=draw(st.sampled_from(["read", "write", "unknown"]))))
    for turn in range(draw(st.integers(1, 2))):
        made = []
        for tool in draw(st.lists(st.sampled_from(tools), max_size=3)):
            expected, given = {}, {}
            for name, prop in tool.parameters["properties"].items():
                values = draw(st.lists(TYPED[prop["type"]], min_size=1, max_size=3))
                optional = name not in tool.parameters["required"]
                expected[name] = Expected(values=tuple(values), optional=optional)
                if not optional or draw(st.booleans()):
                    given[name] = draw(st.sampled_from(values))
            due.append(ExpectedCall(name=tool.name, arguments=expected, turn=turn))
            made.append(Call(name=tool.name, arguments=given))
        steps = [Step(calls=tuple(made))] if draw(st.booleans()) else [Step(calls=(call,)) for call in made]
        said = " ".join(json.dumps(call.arguments) for call in made)
        turns += [Message(role="user", content=said), *(steps if made else []), Step(text="Done.")]
    mode = draw(st.sampled_from(["exact", "ordered", "unordered", "required", "writes"]))
    return Trajectory(key="k", id="i", tool_sets=(tuple(tools),), turns=tuple(turns), gold=Gold(paths=(tuple(due),), mode=mode))


@QUICK
@given(replayed())
def test_gold_of_random_schemas_and_turns_replayed_is_clean(trajectory):
    verdict = classify(trajectory)
    assert [f for outcome in verdict.outcomes for f in outcome.findings] == []
    assert verdict.passed is True


@pytest.mark.parametrize("asked", ASKED)
def test_good_calls_in_every_dialect_are_no_format_error(asked):
    module = next((each for each in (*DIALECTS, *ASKED_FOR) if asked == each.NAME), DIALECTS[0])
    text = module.write(GOOD[:1])
    trajectory = Trajectory(
        key="k",
        id="i",
        tool_sets=(TOOLS,),
        request=Request(dialect=asked),
        turns=(Message(role="user", content="?"), step_from_text(text, asked=asked, names=NAMES)),
    )
    assert [f.subtype for outcome in classify(trajectory).outcomes if outcome.error == "IFE" for f in outcome.findings] == []
