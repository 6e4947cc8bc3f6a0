"""The decision that clears a row BFCL fails: one case for each, and rows that none clears."""

from __future__ import annotations

import pytest

from spectool.classify.compat.stricter import DECISIONS, bfcl_stricter, decisions
from spectool.model import Gold, Message, Request, Step, Trajectory
from tests.classify.compat.asking import attempt, function, question


def asks(kind: object, allowed: list[object], **more: object) -> tuple[dict, dict]:
    """A question for one argument ``x``."""
    return function("f", x=kind, **more), {"x": allowed}


LIMIT = function("f", x="integer", limit=("integer", {"default": 10}))
CLEARED = {
    "an int in a list of floats": ("[f(x=[1, 2.5])]", *asks(("array", "float"), [[1.0, 2.5]]), ("number",)),
    "a whole float for an int": ("[f(x=3.0)]", *asks("integer", [3]), ("number",)),
    "a float that differs in the last digit": ("[f(x=0.30000000000000004)]", *asks("float", [0.3]), ("number",)),
    "a line end after a string": ("[f(x='Oslo\\n')]", *asks("string", ["Oslo"]), ("text",)),
    "another normal form of a string": ("[f(x='Z\\u0075\\u0308rich')]", *asks("string", ["Zürich"]), ("text",)),
    "a tuple for a list": ("[f(x=(1, 2))]", *asks(("array", "integer"), [[1, 2]]), ("sequence",)),
    "alternatives in an object in an object": ("[f(x={'a': {'b': 2}})]", *asks("dict", [{"a": [{"b": [1, 2]}]}]), ("nested",)),
    "the default given": ("[f(x=1, limit=10)]", LIMIT, {"x": [1]}, ("default_given",)),
    "the default given where the gold may be left out": ("[f(x=1, limit=10)]", LIMIT, {"x": [1], "limit": ["", 5]}, ("default_given",)),
    "the default left out": ("[f(x=1)]", LIMIT, {"x": [1], "limit": [10]}, ("default_omitted",)),
    "an item that allows no value": ("[f(x=['a'])]", *asks(("array", "string"), []), ("any_value",)),
    "a name that the harness rewrote": ("[a_f(x=1)]", function("a.f", x="integer"), {"x": [1]}, ("renamed",)),
    "a fence around a good call": ("```python\n[f(x=1)]\n```", *asks("integer", [1]), ("meaning",)),
    "two decisions at once": ("[f(x=(1, 2.5))]", *asks(("array", "float"), [[1.0, 2.5]]), ("number", "sequence")),
}  # fmt: skip


@pytest.mark.parametrize(("said", "offered", "allowed", "names"), CLEARED.values(), ids=CLEARED)
def test_the_fewest_decisions_that_clear_a_row(said, offered, allowed, names):
    task = question([offered], [{offered["name"]: allowed}], "simple_python", "v4")
    assert decisions(attempt(said, task, "pythonic"), task) == names


NOT_CLEARED = {
    "a row that passes": ("[f(x=1)]", *asks("integer", [1])),
    "an int for a float in an object, which BFCL allows": ("[f(x={'a': [1]})]", *asks("dict", [{"a": [[1.0]]}])),
    "another value": ("[f(x=2)]", *asks("integer", [1])),
    "text for a number": ("[f(x='1')]", *asks("integer", [1])),
    "a boolean for a number": ("[f(x=True)]", *asks("integer", [1])),
    "a value beside the default": ("[f(x=1, limit=5)]", LIMIT, {"x": [1]}),
    "the default given where the gold needs another": ("[f(x=1, limit=10)]", LIMIT, {"x": [1], "limit": [5]}),
    "a value other than the default left out": ("[f(x=1)]", LIMIT, {"x": [1], "limit": [5]}),
    "an argument that is not declared": ("[f(x=1, y=2)]", *asks("integer", [1])),
    "another function": ("[g(x=1)]", *asks("integer", [1])),
    "a call too many": ("[f(x=1), f(x=1)]", *asks("integer", [1])),
    "prose": ("Which one?", *asks("integer", [1])),
    "case within a list of lists": ("[f(x=[['A']])]", *asks(("array", "array"), [[["a"]]])),
    "a required argument missing, default or not": ("[f(limit=10)]", LIMIT, {"x": [1], "limit": [10]}),
    "a key too many in an object": ("[f(x={'a': 1, 'b': 1})]", *asks("dict", [{"a": [1]}])),
    "a call that is broken for us too": ("[f(x=", *asks("integer", [1])),
}


@pytest.mark.parametrize(("said", "offered", "allowed"), NOT_CLEARED.values(), ids=NOT_CLEARED)
def test_no_decision_clears_what_is_wrong_here_too(said, offered, allowed):
    task = question([offered], [{offered["name"]: allowed}], "simple_python", "v4")
    assert decisions(attempt(said, task, "pythonic"), task) == ()


def test_the_answer_is_a_text_for_people():
    task = question([LIMIT], [{"f": {"x": [1]}}], "simple_python", "v4")
    assert bfcl_stricter(attempt("[f(x=1, limit=10)]", task, "pythonic"), task) == DECISIONS["default_given"]
    assert bfcl_stricter(attempt("[f(x=1)]", task, "pythonic"), task) is None


def test_a_decision_may_clear_one_of_several_calls():
    offered = function("f", x=("array", "float"))
    task = question([offered], [{"f": {"x": [[1.5]]}}, {"f": {"x": [[2.0]]}}], "parallel", "v4")
    assert decisions(attempt("[f(x=[2]), f(x=[1.5])]", task, "pythonic"), task) == ("number",)


@pytest.mark.parametrize("task", [None, question([], None, "irrelevance", "v4")], ids=["no question", "a question without answers"])
def test_nothing_is_said_without_the_answers(task):
    turns = (Message(role="user", content="?"), Step(raw="[f()]"))
    said = Trajectory(key="k", id="q", turns=turns, gold=Gold(), request=Request(), meta={"category": "irrelevance"})
    assert decisions(said, task) == ()
