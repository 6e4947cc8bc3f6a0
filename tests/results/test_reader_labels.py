"""Readers' labels: read, compared, and SpecTool's findings put in their terms."""

from __future__ import annotations

import json

import pytest

from spectool.classify.classify import classify
from spectool.model import Call, Expected, ExpectedCall, Gold, Step, Tool, Trajectory
from spectool.read.source import FormatError
from spectool.results.place import placed, plain_path
from spectool.results.reader_labels import LEVELS, Kappa, Label, Labelled, answers_on, kappa, labels_of, overlap, read_labels, same

CITY = Label(code="IAV", subtype="other", call=0, path="city")
PARTIAL = Label(code="IAV", subtype="partial", call=0, path="city")
DAY = Label(code="IAV", subtype="other", call=0, path="day")
MISSING = Label(code="IAC", subtype="no_call", path="get_weather")
NARROW = Label(code="gold_fault", subtype="narrow", call=0, path="city")


def line(item, *labels, **more):
    return json.dumps({"item": item, "labels": labels, **more}) + "\n"


SLIP = {"code": "IAV", "subtype": "other", "call": 0, "path": "city", "note": "Rome for Paris"}


def test_a_readers_file_is_read_and_the_last_line_of_an_item_counts(tmp_path):
    path = tmp_path / "reader.jsonl"
    path.write_text(line(2, SLIP) + "\n" + line(1, confidence="low") + line(2, {**SLIP, "subtype": "partial", "note": ""}))
    assert read_labels(path) == {1: Labelled(item=1, confidence="low"), 2: Labelled(item=2, labels=(PARTIAL,))}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            line(1, {**SLIP, "subtype": "odd"}), "r.jsonl:1: expected a code and subtype of the guide, got 'IAV.odd'", id="subtype"
        ),
        pytest.param(line(1, {**SLIP, "code": "tool_error"}), "got 'tool_error.other'", id="a code that nobody labels"),
        pytest.param(line(1) + line(2, {**SLIP, "call": "0"}), "r.jsonl:2: Expected `int | null`", id="a call that is no number"),
        pytest.param("{\n", "r.jsonl:1: ", id="no JSON"),
        pytest.param(line(1, confidence="so so"), "r.jsonl:1: Invalid enum value 'so so'", id="another confidence"),
    ],
)
def test_a_record_that_the_guide_does_not_know_is_refused_with_its_line(tmp_path, text, message):
    path = tmp_path / "r.jsonl"
    path.write_text(text)
    with pytest.raises(FormatError) as caught:
        read_labels(path)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("$.turns[1].calls[0].arguments.city", "city"),
        ("$.turns[1].calls[0].arguments.stops[0].name", "stops[0].name"),
        ('$.turns[12].calls[3].arguments["a b"][0]["c-d"]', "a b[0].c-d"),
        ("$.turns[1].calls[0].arguments", ""),
        ("$.turns[1].calls[0]", ""),
        ("$.turns[3]", ""),
        ("$", ""),
        ("city", "city"),
        ("address['zip code']", "address.zip code"),
        ("arguments", "arguments"),
        ("", ""),
    ],
)
def test_a_path_is_compared_without_its_way_to_the_call(path, plain):
    assert plain_path(path) == plain
    assert placed(path, "expected '1', got '2'") == (f"{plain}: expected '1', got '2'" if plain else "expected '1', got '2'")


@pytest.mark.parametrize(
    ("level", "left", "right", "shared"),
    [
        pytest.param("code", (CITY,), (PARTIAL,), (1, 0, 0), id="the same code in another subtype agrees on the code"),
        pytest.param("code and subtype", (CITY,), (PARTIAL,), (0, 1, 1), id="and differs with the subtype"),
        pytest.param("code and place", (CITY,), (PARTIAL,), (1, 0, 0), id="and agrees with the place"),
        pytest.param("code and subtype", (CITY,), (DAY,), (1, 0, 0), id="another argument agrees with the subtype"),
        pytest.param("code and place", (CITY,), (DAY,), (0, 1, 1), id="and differs with the place"),
        pytest.param("code", (CITY, DAY), (PARTIAL,), (1, 1, 0), id="one label has one partner only"),
        pytest.param("code", (MISSING,), (CITY, DAY), (0, 1, 2), id="nothing shared"),
        pytest.param("all three", (CITY, DAY), (DAY, CITY), (2, 0, 0), id="order is nothing"),
        pytest.param("code", (), (), (0, 0, 0), id="both clean"),
    ],
)
def test_two_sides_are_matched_one_to_one(level, left, right, shared):
    found = overlap(left, right, LEVELS[level])
    assert (len(found.both), len(found.left), len(found.right)) == shared
    assert same(left, right, LEVELS[level]) is (shared[1:] == (0, 0))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param((20, 5, 10, 15), 0.4, id="a textbook table: 70 % observed, 50 % by chance"),
        pytest.param((45, 15, 25, 15), 0.1304, id="60 % observed, 54 % by chance"),
        pytest.param((5, 0, 0, 5), 1.0, id="they always agree"),
        pytest.param((0, 5, 5, 0), -1.0, id="they never agree"),
        pytest.param((25, 25, 25, 25), 0.0, id="as by chance"),
        pytest.param((7, 0, 0, 0), None, id="both always say yes"),
        pytest.param((0, 0, 0, 0), None, id="nothing was read"),
    ],
)
def test_kappa_takes_chance_away(counts, expected):
    both, first, second, neither = counts
    found = kappa([(True, True)] * both + [(True, False)] * first + [(False, True)] * second + [(False, False)] * neither)
    assert found == Kappa(n=sum(counts), both=both, neither=neither, kappa=expected and pytest.approx(expected, abs=5e-5))


def test_answers_are_taken_where_both_read_and_a_fault_of_the_gold_is_no_slip():
    first = {1: Labelled(item=1, labels=(CITY,)), 2: Labelled(item=2, labels=(NARROW,)), 3: Labelled(item=3)}
    second = {2: Labelled(item=2, labels=(MISSING,)), 1: Labelled(item=1, labels=(MISSING, CITY))}
    assert list(answers_on("IAC", first, second)) == [(False, True), (False, True)]
    assert list(answers_on("gold_fault", first, second)) == [(False, False), (True, False)]
    assert list(answers_on(None, first, second)) == [(True, True), (False, True)]


def test_findings_are_put_in_a_readers_terms_with_calls_counted_over_all_steps():
    tool = Tool(name="get_weather", parameters={"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]})
    gold = [ExpectedCall(name="get_weather", arguments={"city": Expected(values=(city,))}) for city in ("Paris", "Lyon", "Nice")]
    calls = [Call(name="get_weather", arguments={"city": "Paris"}), Call(name="get_weather", arguments={"town": "Lyon"})]
    trajectory = Trajectory(
        key="k", id="1", tool_sets=((tool,),), turns=tuple(Step(calls=(call,)) for call in calls), gold=Gold(paths=(tuple(gold),))
    )
    found = labels_of(trajectory, classify(trajectory))
    assert [(each.code, each.subtype, each.call, each.path) for each in found] == [
        ("IAN", "near_miss", 1, "town"),
        ("IAC", "stopped_early", None, "get_weather"),
    ]
