"""What users took back: what they said in, old and new values out."""

import time

import pytest

from spectool.classify.case import build
from spectool.classify.corrections import Correction, corrections
from spectool.model import Call, Message, Step, Trajectory


def taken_back(*said: str) -> list[tuple[str, str]]:
    turns = [part for text in said for part in (Message(role="user", content=text), Step(text="?"))]
    calls = Step(calls=(Call(name="f", arguments={"x": 1}),))
    case = build(Trajectory(key="k", id="t", turns=(*turns, calls)))
    return [(" ".join(each.old), " ".join(each.new)) for each in corrections(case) if each.thing is None]


CORRECTED = {
    "not X but Y": (("I go to Paris", "not Paris but Lyon"), [("paris", "lyon")]),
    "Y, not X": (("A table for 3 people", "It's 4 people, not 3"), [("3", "4")]),
    "Y instead of X": (("Weather in Rome", "Give me Milan instead of Rome"), [("rome", "milan")]),
    "Y rather than X": (("Meet on Friday", "Monday rather than Friday"), [("friday", "monday")]),
    "instead of X, Y": (("Some tea", "instead of tea, coffee"), [("tea", "coffee")]),
    "no, Y": (("Weather in Paris", "No, Lyon."), [("paris", "lyon")]),
    "no, make it Y": (("See you on Friday", "No, make it Monday"), [("friday", "monday")]),
    "in one message": (("Weather in Paris. No, Lyon.",), [("paris", "lyon")]),
    "actually Y of the same things": (("A table for 3 people at 7 pm", "Actually 4 people"), [("3", "4")]),
    "sorry, I meant Y": (("Write to a@b.com", "Sorry, I meant c@b.com"), [("a b com", "c b com")]),
    "a long number": (("Cancel order 1234567", "not 1234567 but 7654321"), [("1234567", "7654321")]),
    "an id": (("Cancel order W1234", "wait, W1243"), [("w1234", "w1243")]),
    "a new address": (("I am at a@b.com", "my new email is c@b.com"), [("a b com", "c b com")]),
}
KEPT = {
    "nothing said before": ("Book a window seat instead of an aisle seat",),
    "a change that is the task": ("Change my flight from Rome to Milan",),
    "another change that is the task": ("My flight is HAT001", "Change it from HAT001 to HAT002"),
    "several values of the kind": ("From Rome to Milan by train", "No, Paris."),
    "numbers of other things": ("A table for 3 people", "Actually 2 days later would do"),
    "an answer that begins with no": ("Weather in Paris", "No problem, Ann"),
    "no and a sentence": ("Weather in Paris", "No, Ann told me that it is fine"),
    "a denial without a value": ("Weather in Paris", "I am not sure"),
    "mentioned again": ("Weather in Paris", "No, Lyon.", "Hm, Paris after all"),
    "an answer to the model's question": ("I have to quote Hospital beds for my part of the world", "I mean Wend."),
    "no correction at all": ("Weather in Paris", "and in Lyon"),
    "the same value again": ("Weather in Paris", "Yes, not Lyon but Paris"),
}


@pytest.mark.parametrize(("said", "expected"), CORRECTED.values(), ids=list(CORRECTED))
def test_corrected(said, expected):
    assert taken_back(*said) == expected


@pytest.mark.parametrize("said", KEPT.values(), ids=list(KEPT))
def test_kept(said):
    assert taken_back(*said) == []


def test_a_named_thing_takes_back_what_was_given_under_that_name():
    named = Correction(position=2, old=("main", "street", "1"), new=("side", "street", "2"), thing="address")
    assert named.took_back("Main Street 1", "delivery_address")
    assert not named.took_back("Main Street 1", "note")
    assert not named.took_back("Side Street 2", "delivery_address")


def test_values_of_any_type_can_be_asked_about():
    one = Correction(position=0, old=("3",), new=("4",))
    assert [one.took_back(value, "n") for value in (3, 3.0, "3", "three", True, None, [3], 4)] == [True] * 4 + [False] * 4


@pytest.mark.parametrize("part", ["not ", "no, ", "a not b but ", "instead of ", "Aa ", "1 ", "make it ", "a", "A", "1", "a."])
def test_hostile_text_takes_no_long(part):
    start = time.process_time()
    taken_back((part * 2_000)[:4_000], (part * 2_000)[:4_000])
    assert time.process_time() - start < 3.0
