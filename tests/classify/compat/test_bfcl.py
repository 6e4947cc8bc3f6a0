"""BFCL's verdict and first label: a table for every error type of its single-turn categories, and the order in which they win."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectool.classify.compat.bfcl import is_single_turn, rule
from spectool.classify.compat.ruling import PASSED, Ruling
from spectool.classify.compat.stricter import decisions
from spectool.model import Gold, Message, Request, Step, Task, Trajectory
from tests.classify.compat.asking import attempt, function, question, ruling

AREA = function("area", base="integer", height="integer", unit=("string", {"default": "m"}))
AREA_10_5 = {"area": {"base": [10], "height": [5], "unit": ["m", "units", ""]}}
CITY = function("city", name="string")
PLAY = function("music.play", artist="string", minutes="integer")
SEND = function("send", to=("array", "string"), tags=("array", "string"), point=("tuple", "float"))


def asks(kind: object, allowed: list[object], **more: object) -> tuple[dict, list[dict]]:
    """A question for one argument ``x``."""
    return function("f", x=kind, **more), [{"f": {"x": allowed}}]


PASSES = {
    "the call as expected": ("[area(base=10, height=5)]", AREA, [AREA_10_5]),
    "an optional argument with an allowed value": ("[area(base=10, height=5, unit='units')]", AREA, [AREA_10_5]),
    "text without brackets": ("area(base=10, height=5)", AREA, [AREA_10_5]),
    "text in backticks": ("```\n[area(base=10, height=5)]\n```", AREA, [AREA_10_5]),
    "an unnamed argument beside named ones is dropped": ("[area(1, base=10, height=5)]", AREA, [AREA_10_5]),
    "the last of two values of one name": ("[area(base=1, base=10, height=5)]", AREA, [AREA_10_5]),
    "case, spaces and punctuation of a string": ("[city(name='new-york, N.Y.')]", CITY, [{"city": {"name": ["New York, NY"]}}]),
    "single quotes in a string for double ones": ("[city(name=\"a 'b'\")]", CITY, [{"city": {"name": ['a "b"']}}]),
    "a whole number where a float is declared": ("[f(x=3)]", *asks("float", [3.0])),
    "a string where the gold allows one, whatever is declared": ("[f(x='n')]", *asks("integer", ["n"])),
    "a bare name is its text": ("[f(x=radius)]", *asks("string", ["radius"])),
    "a list equal but for case": ("[f(x=['A b'])]", *asks(("array", "string"), [["ab"]])),
    "an empty list where the argument may be left out": ("[f(x=[])]", *asks(("array", "string"), [["a"], ""])),
    "a tuple where one is declared": ("[f(x=(1.0, 2.0))]", *asks(("tuple", "float"), [[1.0, 2.0]])),
    "a list where a tuple is declared": ("[f(x=[1.0, 2.0])]", *asks(("tuple", "float"), [[1.0, 2.0]])),
    "items of the gold's type": ("[f(x=[1, 2])]", *asks(("array", "float"), [[1, 2]])),
    "an object key by key": ("[f(x={'a': 'X'})]", *asks("dict", [{"a": ["x", "y"], "b": [1, ""]}])),
    "the second of two allowed objects": ("[f(x={'b': 1})]", *asks("dict", ["", {"a": [1]}, {"b": [1]}])),
    "objects in a list": ("[f(x=[{'a': 1}, {'b': 2}])]", *asks(("array", "dict"), [[{"a": [1]}, {"b": [2]}]])),
    "arithmetic on constants": ("[f(x=2*3)]", *asks("integer", [6])),
    "a true boolean": ("[f(x=True)]", *asks("boolean", [True])),
}
FAILS = {
    "prose": ("I can not do that.", AREA, [AREA_10_5], "ast_decoder:decoder_failed"),
    "a list of names": ("[area]", AREA, [AREA_10_5], "ast_decoder:decoder_failed"),
    "a call that breaks off": ("[area(base=10, height=", AREA, [AREA_10_5], "ast_decoder:decoder_failed"),
    "text after a fence's opening": ("```python\n[area(base=10, height=5)]\n```", AREA, [AREA_10_5], "ast_decoder:decoder_failed"),
    "no call": ("[]", AREA, [AREA_10_5], "simple_function_checker:wrong_count"),
    "a second call": ("[area(base=10, height=5), area(base=1, height=1)]", AREA, [AREA_10_5], "simple_function_checker:wrong_count"),
    "another function": ("[volume(base=10, height=5)]", AREA, [AREA_10_5], "simple_function_checker:wrong_func_name"),
    "a name in another case": ("[Area(base=10, height=5)]", AREA, [AREA_10_5], "simple_function_checker:wrong_func_name"),
    "a required argument missing": ("[area(base=10)]", AREA, [AREA_10_5], "simple_function_checker:missing_required"),
    "an argument that is not declared": ("[area(base=10, height=5, c=1)]", AREA, [AREA_10_5], "simple_function_checker:unexpected_param"),
    "a declared argument that the gold lacks": (
        "[area(base=10, height=5, unit='m')]", AREA, [{"area": {"base": [10], "height": [5]}}], "simple_function_checker:unexpected_param",
    ),
    "arguments spread from a mapping": (
        "[area(base=10, height=5, **{'a': 1})]", AREA, [AREA_10_5], "simple_function_checker:unexpected_param",
    ),
    "an optional argument that the gold needs": (
        "[area(base=10, height=5)]", AREA, [{"area": {"base": [10], "height": [5], "unit": ["m"]}}],
        "simple_function_checker:missing_optional",
    ),
    "text for a number": ("[f(x='5')]", *asks("integer", [5]), "type_error:simple"),
    "a float for an integer": ("[f(x=5.0)]", *asks("integer", [5]), "type_error:simple"),
    "a boolean for an integer": ("[f(x=True)]", *asks("integer", [1]), "type_error:simple"),
    "a number where any is declared and the gold has text": ("[f(x=5)]", *asks("any", ["5"]), "type_error:simple"),
    "null": ("[f(x=None)]", *asks("string", ["a"]), "type_error:simple"),
    "a tuple for a list": ("[f(x=('a',))]", *asks(("array", "string"), [["a"]]), "type_error:simple"),
    "an int in a list of floats": ("[f(x=[1, 2])]", *asks(("array", "float"), [[1.0, 2.0]]), "type_error:nested"),
    "a list where the gold allows nothing": ("[f(x=['a'])]", *asks(("array", "string"), []), "type_error:simple"),
    "another number": ("[f(x=6)]", *asks("integer", [5]), "value_error:others"),
    "a sign that negates": ("[f(x=+5)]", *asks("integer", [5]), "value_error:others"),
    "a variable in other case": ("[f(x='N')]", *asks("integer", ["n"]), "value_error:others"),
    "another string": ("[city(name='Rome')]", CITY, [{"city": {"name": ["Oslo"]}}], "value_error:string"),
    "a string where the gold allows nothing": ("[f(x='a')]", *asks("string", []), "value_error:string"),
    "a list in another order": ("[f(x=['b', 'a'])]", *asks(("array", "string"), [["a", "b"]]), "value_error:list/tuple"),
    "an object's key that is not allowed": ("[f(x={'a': 1, 'c': 1})]", *asks("dict", [{"a": [1]}]), "value_error:dict_key"),
    "an object's key missing": ("[f(x={})]", *asks("dict", [{"a": [1]}]), "value_error:dict_key"),
    "an object's key missing beside a wrong value": ("[f(x={'a': 2})]", *asks("dict", [{"a": [1], "b": [1]}]), "value_error:dict_key"),
    "an object's value": ("[f(x={'a': 2})]", *asks("dict", [{"a": [1]}]), "value_error:dict_value"),
    "an object in an object, whose alternatives BFCL does not open": (
        "[f(x={'a': {'b': 1}})]", *asks("dict", [{"a": [{"b": [1]}]}]), "value_error:dict_value",
    ),
    "the last object tried names the error": ("[f(x={'a': 2})]", *asks("dict", [{"b": [1]}, {"a": [1]}]), "value_error:dict_value"),
    "an object where the gold allows none": ("[f(x={'a': 1})]", *asks("dict", [""]), "dict_checker:unclear"),
    "an object too few in a list": (
        "[f(x=[{'a': 1}])]", *asks(("array", "dict"), [[{"a": [1]}, {"a": [1]}]]), "value_error:list_dict_count",
    ),
    "an object with keys that JSON has not": ("[f(x={(1, 2): 3, None: 4})]", *asks("dict", [{"a": [1]}]), "value_error:dict_key"),
    "an object of a list": ("[f(x=[{'a': 2}])]", *asks(("array", "dict"), [[{"a": [1]}]]), "value_error:dict_value"),
}  # fmt: skip


@pytest.mark.parametrize(("said", "functions", "answers"), PASSES.values(), ids=PASSES)
def test_passes(said, functions, answers):
    assert ruling(said, functions, answers) == Ruling(passed=True, label=PASSED)


@pytest.mark.parametrize(("said", "functions", "answers", "label"), FAILS.values(), ids=FAILS)
def test_fails_with_the_first_label(said, functions, answers, label):
    found = ruling(said, functions, answers)
    assert (found.passed, found.label) == (False, label)
    assert found.reason.startswith("expected ")


ORDER = {
    "the number of calls before their names": ("[g(), h()]", "simple_function_checker:wrong_count"),
    "the name before arguments": ("[g(c=1)]", "simple_function_checker:wrong_func_name"),
    "a missing argument before a surplus one": ("[area(base='x', c=1)]", "simple_function_checker:missing_required"),
    "a surplus argument before a wrong type written after it": (
        "[area(c=1, base='x', height=5)]",
        "simple_function_checker:unexpected_param",
    ),
    "a wrong type written before a surplus argument": ("[area(base='x', c=1, height=5)]", "type_error:simple"),
    "a value before an optional argument left out": ("[area(base=1, height=5)]", "value_error:others"),
}


@pytest.mark.parametrize(("said", "label"), ORDER.values(), ids=ORDER)
def test_the_first_error_wins(said, label):
    answer = {"area": {"base": [10], "height": [5], "unit": ["m"]}}
    assert ruling(said, AREA, [answer]).label == label


PLAYS = [{"music.play": {"artist": ["Abba"], "minutes": [20]}}, {"music.play": {"artist": ["Cher"], "minutes": [15]}}]
MANY = {
    "several: the function that the answer names": ("[city(name='Oslo')]", "multiple", [{"city": {"name": ["Oslo"]}}], PASSED),
    "several: more than one call": (
        "[city(name='Oslo'), city(name='Oslo')]", "multiple", [{"city": {"name": ["Oslo"]}}], "multiple_function_checker:wrong_count",
    ),
    "several: the label of the call": ("[city(name='Rome')]", "live_multiple", [{"city": {"name": ["Oslo"]}}], "value_error:string"),
    "parallel: in any order": (
        "[music.play(artist='Cher', minutes=15), music.play(artist='Abba', minutes=20)]", "parallel", PLAYS, PASSED,
    ),
    "parallel: one call too few": (
        "[music.play(artist='Cher', minutes=15)]", "parallel", PLAYS, "parallel_function_checker_no_order:wrong_count",
    ),
    "parallel: one call serves one answer": (
        "[music.play(artist='Abba', minutes=20), music.play(artist='Abba', minutes=20)]", "live_parallel_multiple", PLAYS,
        "parallel_function_checker_no_order:cannot_find_match",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("said", "category", "answers", "label"), MANY.values(), ids=MANY)
def test_several_functions_or_calls(said, category, answers, label):
    found = ruling(said, [CITY, PLAY], answers, category)
    assert (found.passed, found.label) == (label == PASSED, label)


def test_a_summary_label_keeps_the_labels_behind_it():
    found = ruling("[music.play(artist='Cher', minutes=1), city(name='Oslo')]", [CITY, PLAY], PLAYS, "parallel_multiple")
    assert found.sub_labels == ("value_error:string", "simple_function_checker:wrong_func_name")


RELEVANCE = {
    "no call where none is due": ("None of these tools fits.", "irrelevance", PASSED),
    "an empty list is no call": ("[]", "live_irrelevance", PASSED),
    "a call where none is due": ("[area(base=1)]", "live_irrelevance", "irrelevance_error:decoder_success"),
    "a word in brackets is no call": ("sorry", "irrelevance", PASSED),
    "any call where one is due": ("[nonsense()]", "live_relevance", PASSED),
    "prose where a call is due": ("Which city?", "live_relevance", "relevance_error:decoder_failed"),
    "an empty list where a call is due": ("[]", "live_relevance", "relevance_error:decoder_failed"),
    "no call where v1 expects none": ("None of these fits.", "relevance", PASSED),
    "a call where v1 expects none": ("[area(base=1)]", "relevance", "relevance_error:decoder_success"),
}


@pytest.mark.parametrize(("said", "category", "label"), RELEVANCE.values(), ids=RELEVANCE)
def test_relevance_asks_whether_anything_decodes(said, category, label):
    found = ruling(said, AREA, None, category)
    assert (found.passed, found.label) == (label == PASSED, label)


BRACKETS = {
    "a space after the bracket is an indent": ("[ area(base=10, height=5)]", "ast_decoder:decoder_failed", PASSED),
    "a surplus bracket is dropped": ("[area(base=10, height=5)]]", PASSED, "ast_decoder:decoder_failed"),
    "brackets within arguments stay": ("[area(base=10, height=5)]", PASSED, PASSED),
}


@pytest.mark.parametrize(("said", "before", "since"), BRACKETS.values(), ids=BRACKETS)
def test_the_decoder_dropped_brackets_up_to_v3(said, before, since):
    labels = {generation: ruling(said, AREA, [AREA_10_5], "simple", generation=generation).label for generation in ("v1", "v3", "v4")}
    assert labels == {"v1": before, "v3": before, "v4": since}


def test_an_api_that_refuses_dots_is_held_against_the_name_without_them():
    said = [{"music_play": '{"artist": "Abba", "minutes": 20}'}]
    assert ruling(said, PLAY, PLAYS[:1], asked="native").label == PASSED
    assert ruling("[music_play(artist='Abba', minutes=20)]", PLAY, PLAYS[:1]).label == "simple_function_checker:wrong_func_name"


UNSAID = {
    "no question at hand": ("simple", None, "pass --tasks with BFCL's dataset folder"),
    "a task of another format": ("simple", Task(id="q"), "pass --tasks with BFCL's dataset folder"),
    "a category of several turns": ("multi_turn_base", None, "expected a single-turn category of BFCL, got 'multi_turn_base'"),
    "no category": ("", None, "expected a single-turn category of BFCL, got ''"),
    "an answer that allows no list": ("simple", question([AREA], [{"area": {"base": 10}}], "simple", "v4"), "possible answers"),
    "a question whose functions are damaged": ("simple", question([], [], "simple", "v4"), "pass --tasks with BFCL's dataset folder"),
}


@pytest.mark.parametrize(("category", "task", "reason"), UNSAID.values(), ids=UNSAID)
def test_no_verdict_where_the_rule_can_not_be_applied(category, task, reason):
    said = Trajectory(key="k", id="q", turns=(Step(raw="[f()]"),), gold=Gold(), meta={"category": category})
    found = rule(said, task)
    assert (found.passed, found.label) == (None, None)
    assert reason in found.reason


STOPS = {
    "a type that is none of BFCL's": ("[f(x=1)]", *asks("number", [1])),
    "a text in a list of objects, where the list may be left out": ("[f(x=['a'])]", *asks(("array", "dict"), [[{"a": [1]}], ""])),
    "a number that no float can hold": (f"[f(x={'9' * 400})]", *asks("float", [1.0])),
}


@pytest.mark.parametrize(("said", "functions", "answers"), STOPS.values(), ids=STOPS)
def test_no_verdict_where_bfcls_checker_would_stop(said, functions, answers):
    assert (ruling(said, functions, answers).passed, ruling(said, functions, answers).reason[:9]) == (None, "expected ")


def test_an_answer_that_names_no_offered_function_gives_no_verdict():
    assert ruling("[city(name='Oslo')]", [AREA, CITY], [{"town": {"name": ["Oslo"]}}], "multiple").passed is None


def test_results_of_another_generation_than_the_question_give_no_verdict():
    task = question([AREA], [AREA_10_5], "simple", "v3")
    said = Trajectory(key="k", id="q", task="q", turns=(Step(raw="[area(base=10, height=5)]"),), gold=None, meta={"category": "simple"})
    assert rule(said, task).passed is None


def test_v1_numbers_repeated_names_in_its_answers():
    task = question([PLAY, CITY], None, "parallel", "v1")
    task = type(task)(
        id="q", gold=Gold(), meta=task.meta, functions=task.functions,
        answer={"id": 0, "music.play_1": PLAYS[0]["music.play"], "music.play_2": PLAYS[1]["music.play"]},
    )  # fmt: skip
    said = attempt("[music.play(artist='Cher', minutes=15), music.play(artist='Abba', minutes=20)]", task, "pythonic")
    assert rule(said, task).label == PASSED


def test_the_first_turn_of_the_model_counts():
    task = question([AREA], [AREA_10_5], "simple", "v4")
    turns = (Message(role="user", content="How large?"), Step(raw="[area(base=10, height=5)]"), Step(raw="Done."))
    said = Trajectory(key="k", id="q", turns=turns, gold=Gold(), request=Request(dialect="pythonic"), meta={"category": "simple"})
    assert rule(said, task).label == PASSED


@pytest.mark.parametrize("category", ["simple", "live_parallel_multiple", "simple_javascript", "java", "live_irrelevance", "relevance"])
def test_single_turn_categories(category):
    assert is_single_turn(category)


@pytest.mark.parametrize(
    "category", ["", "multi_turn_base", "multi_turn_miss_param", "exec_simple", "rest", "memory_kv", "web_search_base"]
)
def test_other_categories(category):
    assert not is_single_turn(category)


@given(
    said=st.text(alphabet="area(bse=10,)[]{}'\"<tol_cn>\n;:", max_size=80),
    category=st.sampled_from(["simple", "parallel", "multiple", "java", "javascript", "irrelevance", "live_relevance"]),
    asked=st.sampled_from([None, "pythonic", "native", "json_list", "hermes", "llama_json", "java", "mistral", "unheard of"]),
)
def test_any_text_has_a_ruling(said, category, asked):
    task = question([AREA], [AREA_10_5], category, "v3")
    turn = Trajectory(key="k", id="q", turns=(Step(raw=said),), gold=Gold(), request=Request(dialect=asked), meta={"category": category})
    found = rule(turn, task)
    assert (found.passed is None) == (found.label is None)
    assert found.passed is not True or decisions(turn, task) == ()
