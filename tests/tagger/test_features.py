"""What each family of features sees of one argument, call or trajectory."""

from __future__ import annotations

import math

import pytest

from spectool.model import Call, Logprob, Message, Step, Tool, Trajectory
from spectool.tagger.entities import clauses, entities
from spectool.tagger.examples import example_of
from spectool.tagger.features.registry import meanings, names, vector
from spectool.tagger.truth import Truth
from spectool.tagger.view import View
from tests.tagger.world import HEATER, LIGHTS, run

KITCHEN = {"room": "kitchen", "mode": "eco"}


def seen(trajectory, unit, argument=None, peers=()):
    """The features by name: of the first call's argument, of the first call, or of all."""
    view = View(trajectory, peers)
    if unit == "trajectory":
        values = vector(unit, view)
    elif unit == "call":
        values = vector(unit, view, view.attempts[0])
    else:
        values = vector(unit, view, next(slot for slot in view.slots(view.attempts[0]) if slot.name == argument))
    return dict(zip(names(unit), values, strict=True))


@pytest.mark.parametrize("unit", ["argument", "call", "trajectory"])
def test_every_feature_has_one_name_and_a_meaning(unit):
    assert len(set(names(unit))) == len(names(unit)) == len(meanings(unit))
    assert all(meanings(unit).values())


@pytest.mark.parametrize(
    ("value", "argument", "expected"),
    [
        pytest.param("kitchen", "room", {"given": 1, "verbatim": 1, "words_said": 1, "supported": 1, "unsaid": 0}, id="said as it is"),
        pytest.param("Kitchen", "room", {"verbatim": 0, "verbatim_any_case": 1, "case_changed": 1}, id="said in another case"),
        pytest.param("Zanzibar Hall", "room", {"supported": 0, "words_said": 0, "unsaid": 2, "mention": -1}, id="never said"),
        pytest.param("eco", "mode", {"has_enum": 1, "choice_said": 1, "other_choice_said": 0}, id="the listed value that was said"),
        pytest.param("boost", "mode", {"has_enum": 1, "choice_said": 1, "other_choice_said": 1}, id="another listed value was said"),
        pytest.param(2, "hours", {"is_default": 1, "required": 0, "is_number": 1}, id="the default, given"),
    ],
)
def test_an_argument_is_seen_as_it_is(value, argument, expected):
    trajectory = run(calls=(("set_heater", {**KITCHEN, argument: value}),))
    features = seen(trajectory, "argument", argument)
    assert {name: features[name] for name in expected} == expected


def test_an_argument_left_out_has_no_grounding():
    features = seen(run("Set the heater in the kitchen to eco for 5 hours"), "argument", "hours")
    expected = {"given": 0, "supported": -1, "uncovered_figures": 1, "name_said": 1}
    assert {name: features[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("said", "value", "description", "expected"),
    [
        ("to Berkeley", "Berkeley", "City, such as 'Oakland, CA'", {"lacks_comma": 1, "state_form": 1, "like_example": 0}),
        ("to Berkeley, CA", "Berkeley, CA", "City, such as 'Oakland, CA'", {"lacks_comma": 0, "state_form": 0, "like_example": 1}),
        ("on March 10", "2024-03-10", "The day", {"year_unsaid": 1, "is_date": 1, "date_said": 0}),
        ("on 2024-03-10", "2024-03-10", "The day", {"year_unsaid": 0, "is_date": 1, "date_said": 1}),
    ],
    ids=["a city without its state", "a city as the example", "a year that nobody said", "a date as it was said"],
)
def test_the_form_of_a_value(said, value, description, expected):
    tool = Tool(name="go", parameters={"type": "object", "properties": {"to": {"type": "string", "description": description}}})
    features = seen(run(f"Go {said}", (("go", {"to": value}),), tools=(tool,)), "argument", "to")
    assert {name: features[name] for name in expected} == expected


def test_a_tool_that_fits_worse_than_another_is_seen():
    said = "Switch the lights of the hall on"
    chosen = seen(run(said, (("switch_lights", {}),)), "call")
    missed = seen(run(said, (("set_heater", KITCHEN),)), "call")
    assert chosen["margin"] > 0 > missed["margin"]
    assert chosen["name_hit"] == 1
    assert missed["best_other_name_hit"] == 1


def test_what_no_call_covers_is_counted():
    features = seen(run("Set the heaters in the kitchen and in Anna's Room to eco, both for 7 hours"), "trajectory")
    assert features["uncovered"] == 2
    assert features["clauses_less_calls"] > 0
    assert features["many"] == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which room do you mean?", {"asks": 1, "lacks": 1, "refuses": 0}),
        ("Sorry, I am unable to do that.", {"asks": 0, "refuses": 1}),
        ("Now 21 degrees.", {"claims": 0, "figures_unsupported": 0, "answer_from_results": 1}),
        ("Done: 35 degrees.", {"claims": 1, "figures_unsupported": 1}),
    ],
    ids=["asks back", "refuses", "tells what the tool answered", "tells what no tool answered"],
)
def test_the_last_answer(text, expected):
    features = seen(run(text=text, results=("21 degrees now",)), "trajectory")
    assert {name: features[name] for name in expected} == expected


def test_the_least_probability_of_a_value_is_of_its_own_tokens():
    raw = '{"name": "set_heater", "arguments": {"room": "kitchen", "mode": "eco"}}'
    parts = ['{"name": "set_heater", "arguments": {"room": "', "kit", "chen", '", "mode": "', "eco", '"}}']
    chances = [0.99, 0.2, 0.9, 0.99, 0.8, 0.99]
    logprobs = tuple(Logprob(token=token, logprob=math.log(chance)) for token, chance in zip(parts, chances, strict=True))
    trajectory = run(raw=raw, logprobs=logprobs, spans=((0, len(raw)),))
    assert seen(trajectory, "argument", "room")["value_least_probability"] == pytest.approx(0.2)
    assert seen(trajectory, "argument", "mode")["value_least_probability"] == pytest.approx(0.8)
    assert seen(trajectory, "call")["call_least_probability"] == pytest.approx(0.2)
    assert seen(run(), "argument", "room")["value_least_probability"] == -1


def test_other_attempts_agree_or_not():
    same, other = run(key="a"), run(calls=(("set_heater", {"room": "kitchen", "mode": "boost"}),), key="b")
    silent = run(calls=(), key="c")
    features = seen(run(), "argument", "mode", (same, other, other, silent))
    expected = {"peers_same_value": 1 / 3, "peers_one_other": 2 / 3, "peers_give": 1, "peers_same_tool": 0.75, "peers_no_call": 0.25}
    assert {name: features[name] for name in expected} == pytest.approx(expected)
    assert {value for name, value in seen(run(), "argument", "mode").items() if name.startswith("peers_")} == {-1}


def test_gold_changes_no_feature():
    plain, golden = run(), run(gold=(("set_heater", {"room": "hall", "mode": "night"}),))
    nothing = Truth(found={})
    assert example_of(View(plain), nothing).rows == example_of(View(golden), nothing).rows


def test_entities_and_clauses():
    found = [(each.kind, each.text) for each in entities('Ask Dr. Jane Goodall about "wild chimps", then book 3 rooms in New York')]
    assert ("quotation", "wild chimps") in found
    assert ("figure", "3") in found
    assert ("name", "Jane Goodall") in found
    assert ("name", "New York") in found
    assert clauses("Book a room and then call me. Also send it") == 3


HOSTILE = [
    pytest.param("a" * 100_000, id="one endless word"),
    pytest.param('"' * 100_000, id="quotes alone"),
    pytest.param("A " * 50_000, id="capitals without end"),
    pytest.param("1," * 50_000, id="figures without end"),
    pytest.param("\ud800 \x00 ͏ €" * 1_000, id="what is no text"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_cut_and_give_finite_numbers(text):
    tool = Tool(name="f", description=text, parameters={"type": "object", "properties": {"a": {"description": text, "enum": [text] * 9}}})
    calls = tuple(Call(name="f", arguments={"a": [text, {"b": [text] * 50}], text[:50]: float("inf")}) for _ in range(7))
    trajectory = Trajectory(
        key="k", id="k", tool_sets=((tool, HEATER, LIGHTS),), turns=(Message(role="user", content=text), Step(text=text, calls=calls))
    )
    view = View(trajectory, (trajectory,))
    rows = example_of(view, Truth(found={})).rows
    assert len(rows["call"]) == 7
    assert all(math.isfinite(value) for unit in rows.values() for row in unit for value in row.features)
