"""Comparing values: equal or not, and what kind of difference it is."""

import json

import pytest

from spectool.classify.spelling import is_scaled, moments, number_in, words_of
from spectool.classify.values import Difference, accepts, differences, equal, example
from spectool.model import Expected

NAN, INFINITY = float("nan"), float("inf")
HUGE = 10**400

EQUAL = {
    "the same text": ("Paris", "Paris"),
    "composed and decomposed accents": ("Orl\u00e9ans", "Orle\u0301ans"),
    "outer white space": (" Paris\n", "Paris"),
    "an integer and the same float": (3, 3.0),
    "rounding in the last place": (0.1 + 0.2, 0.3),
    "huge integers": (HUGE, HUGE),
    "nulls": (None, None),
    "truths": (True, True),
    "lists item by item": ([1, "a", [None]], [1.0, "a", [None]]),
    "a list and a tuple": ([1, 2], (1, 2)),
    "objects, whatever the order of their keys": ({"a": 1, "b": [2]}, {"b": [2], "a": 1}),
    "infinity": (INFINITY, INFINITY),
    "nothing": ([], []),
}
UNEQUAL = {
    "case": ("Paris", "paris"),
    "inner white space": ("New York", "New  York"),
    "a number and its text": (3, "3"),
    "true and one": (True, 1),
    "false and nought": (0, False),
    "false and null": (False, None),
    "an empty text and null": ("", None),
    "a relative difference above 1e-9": (1.0, 1.00000001),
    "huge integers that differ by one": (HUGE, HUGE + 1),
    "a huge integer and infinity": (HUGE, INFINITY),
    "a huge integer and a float": (HUGE, 1.5),
    "order in a list": ([1, 2], [2, 1]),
    "a longer list": ([1], [1, 1]),
    "a list and an object": ([], {}),
    "another key": ({"a": 1}, {"b": 1}),
    "a key more": ({"a": 1}, {"a": 1, "b": 2}),
    "not a number, as ever": (NAN, 1.0),
    "a list and its only item": ([1], 1),
}


@pytest.mark.parametrize(("a", "b"), EQUAL.values(), ids=list(EQUAL))
def test_equal(a, b):
    assert equal(a, b)
    assert equal(b, a)


@pytest.mark.parametrize(("a", "b"), UNEQUAL.values(), ids=list(UNEQUAL))
def test_unequal(a, b):
    assert not equal(a, b)
    assert not equal(b, a)


# want, got, kind: of two plain values
KINDS = {
    "the other truth value": (True, False, "boolean_flipped"),
    "a power of ten": (0.05, 5, "scale"),
    "a thousandfold": (3, 3000, "scale"),
    "hours as minutes": (2, 120, "scale"),
    "miles as kilometres": (10, 16.09344, "scale"),
    "Celsius as Fahrenheit": (20, 68, "scale"),
    "a unit in the text": ("3 km", "3000 m", "scale"),
    "a sign lost": (-5, 5, "other"),
    "nought for ten": (0, 10, "other"),
    "another number": (3, 4, "other"),
    "the month first": ("2024-12-25", "12/25/2024", "format_variant"),
    "a month in words": ("2024-12-25", "December 25, 2024", "format_variant"),
    "half past two": ("14:30", "2:30 PM", "format_variant"),
    "another day in the same notation": ("2024-03-04", "2024-05-09", "other"),
    "day and month exchanged": ("2024-03-04 18:00", "2024-04-03 18:00", "reordered"),
    "day and month exchanged, at another time": ("2024-03-04 18:00", "2024-04-03 19:00", "other"),
    "an ambiguous date": ("2024-03-04", "03/04/2024", "format_variant"),
    "another year": ("2024-12-25", "2023-12-25", "partial"),
    "another day": ("2024-12-25", "2024-11-24", "other"),
    "case": ("Paris", "PARIS", "format_variant"),
    "an accent": ("Orl\u00e9ans", "Orleans", "format_variant"),
    "punctuation": ("New York, NY", "New York NY", "format_variant"),
    "a number in words": ("3", "three", "format_variant"),
    "thousands with a comma": ("1000", "1,000", "format_variant"),
    "a unit spelt out": ("5 km", "5 kilometers", "format_variant"),
    "a number for its text": ("3", 3, "format_variant"),
    "its text for a number": (7, "7", "format_variant"),
    "words in another order": ("New York weather", "weather New York", "format_variant"),
    "less of the text": ("New York, NY", "New York", "partial"),
    "more than the text": ("Paris", "Paris, France", "partial"),
    "an item dropped": (["a", "b"], ["a"], "partial"),
    "an item added": (["a"], ["a", "b"], "partial"),
    "a list for one of its items": ("a", ["a"], "partial"),
    "another order": ([1, 2, 3], [3, 1, 2], "reordered"),
    "lists that share nothing": (["a", "b"], ["x"], "other"),
    "another text": ("Paris", "Rome", "other"),
    "an empty text": ("Paris", "", "other"),
    "null": ("Paris", None, "other"),
    "a text for a truth": (True, "true", "format_variant"),
    "a number for a truth": (True, 1, "other"),
    "an object for a text": ("Paris", {"city": "Paris"}, "other"),
    "not a number": (3, NAN, "other"),
    "infinity": (3, INFINITY, "other"),
    "a huge integer": (3, HUGE, "other"),
    "a huge integer for another": (HUGE, HUGE + 1, "other"),
    "a very long number in a text": ("3", "9" * 5000, "other"),
    "a full hour with am or pm": ("23:00", "11 PM", "format_variant"),
    "a year added": ("20th June", "2022-06-20", "partial"),
    "half of the words": ("London, UK", "London, England", "partial"),
    "less than half of the words": ("the old man and the sea", "the quick fox", "other"),
    "one name of two": ("New York, NY", "New York City", "partial"),
    "numbers alike and nothing else": ("7 apples 3 pears", "7 boats 3 oars", "other"),
    "initials": ("Los Angeles", "LA", "format_variant"),
    "initials of a part": ("Los Angeles, CA", "LA", "partial"),
    "initials and a word more": ("SF", "San Francisco home", "other"),
    "initials but for small words": ("United States of America", "USA", "format_variant"),
    "a country's other name": ("Santa Cruz, USA", "Santa Cruz, United States", "format_variant"),
    "the plural": ("bananas", "banana", "format_variant"),
    "a short word and an s": ("gas", "ga", "partial"),
    "a backslash less": ("dir C:\\", "dir C:", "partial"),
    "a number with a digit less": (9.81, 9.8, "partial"),
    "a number with its first digit alone": (3.14, 3, "other"),
    "an address at another domain": ("ann@atlas.com", "ann@example.com", "other"),
    "ids that share a word": ("credit_card_50", "gift_card_5", "other"),
    "one field of an object": ({"name": "Ann", "age": 7}, "Ann", "partial"),
    "a list as text, an item more": (["a"], "a,b", "partial"),
    "a country's code": ("Kuala Lumpur, Malaysia", "Kuala Lumpur, MY", "format_variant"),
    "a state spelt out": ("San Diego, CA", "San Diego, California", "format_variant"),
    "another state's code": ("San Diego, CA", "San Diego, TX", "partial"),
    "a code for a name it does not fit": ("Germany", "DE", "other"),
    "a truth in words": ("false", "true", "boolean_flipped"),
    "half of the items": ([1, 2, 3], [1, 2, 4, 5], "partial"),
    "less than half of the items": ([1, 2, 3], [1, 5, 6, 7], "other"),
    "a list's items in one text": ([101, 202], "101, 202", "format_variant"),
    "another list's items in one text": ([101, 202], "101, 303", "other"),
    "a time with a zone's name": ("10:00 EST", "10:00 AM EST", "format_variant"),
}


@pytest.mark.parametrize(("want", "got", "kind"), KINDS.values(), ids=list(KINDS))
def test_the_kind_of_a_difference(want, got, kind):
    assert [d.kind for d in differences(Expected(values=(want,)), got)] == [kind]


def test_a_wrong_item_is_judged_as_that_item_s_slip():
    assert differences(Expected(values=(["a", "b", "c"],)), ["a", "B", "x"]) == (
        Difference(kind="format_variant", path=(1,), expected="b", got="B"),
        Difference(kind="other", path=(2,), expected="c", got="x"),
    )


def test_fields_below_fields_keep_their_place():
    want = Expected(values=({"a": {"b": [1, {"c": True}]}, "d": 2},))
    assert differences(want, {"d": 2, "a": {"b": [1, {"c": False}]}}) == (
        Difference(kind="boolean_flipped", path=("a", "b", 1, "c"), expected=True, got=False),
    )


def test_a_field_lost_and_fields_added_in_the_order_given():
    want = Expected(values=({"a": 1, "b": 2},))
    assert differences(want, {"z": 9, "a": 1, "y": 8}) == (
        Difference(kind="omitted", path=("b",), expected=2),
        Difference(kind="unexpected", path=("z",), got=9),
        Difference(kind="unexpected", path=("y",), got=8),
    )


def test_an_empty_alternative_that_only_allows_leaving_out_explains_nothing():
    want = Expected(values=("", "Paris"), optional=True)
    assert example(want) == "Paris"
    assert differences(want, "Rome") == (Difference(kind="other", expected="Paris", got="Rome"),)


def test_a_boolean_field_that_nobody_asked_for_is_a_flipped_one():
    assert differences(Expected(values=({"a": 1},)), {"a": 1, "b": True}) == (Difference(kind="boolean_flipped", path=("b",), got=True),)


def test_the_alternative_that_differs_least_is_reported_against():
    assert differences(Expected(values=("Rome", "Paris, France")), "Paris") == (
        Difference(kind="partial", expected="Paris, France", got="Paris"),
    )


def text(*values):
    return Expected(values=values)


ACCEPTED = {
    "any of the values": (Expected(values=(1, "one")), "one"),
    "anything at all": (Expected(any=True), {"x": [1]}),
    "within the tolerance": (Expected(values=(10,), tolerance=0.5), 10.5),
    "fields with alternatives": (Expected(objects=({"a": text("x", "y"), "b": text(1)},)), {"b": 1, "a": "y"}),
    "an optional field left out": (Expected(objects=({"a": text("x"), "b": Expected(values=(1,), optional=True)},)), {"a": "x"}),
    "the second shape of an object": (Expected(objects=({"a": text("x")}, {"b": text("y")})), {"b": "y"}),
    "items with alternatives": (Expected(lists=((text("a", "b"), text("c")),)), ["b", "c"]),
    "the second list": (Expected(lists=((text("a"),), (text("b"), text("c")))), ["b", "c"]),
    "the empty list": (Expected(lists=((),)), []),
    "objects in lists": (Expected(lists=((Expected(objects=({"a": text(1)},)),),)), [{"a": 1.0}]),
    "a huge number within the tolerance": (Expected(values=(HUGE,), tolerance=1.0), HUGE),
}
REFUSED = {
    "none of the values": (Expected(values=(1, "one")), "two"),
    "beyond the tolerance": (Expected(values=(10,), tolerance=0.5), 10.6),
    "true within a tolerance": (Expected(values=(1,), tolerance=0.5), True),
    "not a number within a tolerance": (Expected(values=(1,), tolerance=0.5), NAN),
    "a field too many": (Expected(objects=({"a": text("x")},)), {"a": "x", "b": 1}),
    "a needed field left out": (Expected(objects=({"a": text("x"), "b": text(1)},)), {"a": "x"}),
    "an item too many": (Expected(lists=((text("a"),),)), ["a", "a"]),
    "nothing is allowed": (Expected(), None),
}


@pytest.mark.parametrize(("expected", "got"), ACCEPTED.values(), ids=list(ACCEPTED))
def test_accepted(expected, got):
    assert accepts(expected, got)
    assert differences(expected, got) == ()


@pytest.mark.parametrize(("expected", "got"), REFUSED.values(), ids=list(REFUSED))
def test_refused(expected, got):
    assert not accepts(expected, got)
    assert differences(expected, got) != ()


def test_items_with_alternatives_in_another_order():
    assert [d.kind for d in differences(Expected(lists=((text("a", "A"), text("b")),)), ["b", "A"])] == ["reordered"]


def test_one_item_twice_is_no_other_order():
    assert differences(Expected(lists=((text("a"), text("b")),)), ["a", "a"]) == (
        Difference(kind="other", path=(1,), expected="b", got="a"),
    )


def test_other_items_and_fewer_of_them_share_nothing():
    assert [d.kind for d in differences(Expected(lists=((text("a"), text("b")),)), ["x"])] == ["other"]
    assert [d.kind for d in differences(Expected(lists=((text("a"), text("b")),)), ["b"])] == ["partial"]


def test_differences_say_the_same_in_every_process(tmp_path):
    import subprocess
    import sys

    code = (
        "from spectool.classify.values import differences; from spectool.model import Expected; import json, sys\n"
        "print(json.dumps([d.path for d in differences(Expected(values=({},)), json.loads(sys.argv[1]))]))"
    )
    got = json.dumps(dict.fromkeys("hgfedcba", 1))
    said = [
        subprocess.run([sys.executable, "-c", code, got], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout
        for seed in ("1", "2")
    ]
    assert [json.loads(text) for text in said] == [[[name] for name in "hgfedcba"]] * 2


def test_an_example_holds_what_is_needed():
    shape = Expected(objects=({"a": text("x"), "b": Expected(values=(1,), optional=True), "c": Expected(lists=((text(2, 3),),))},))
    assert example(shape) == {"a": "x", "c": [2]}


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("1,000", 1000.0),
        ("7 days", 7.0),
        ("three", 3.0),
        ("-2.5e3", -2500.0),
        ("between 2 and 3", None),
        ("none", None),
        ([], None),
        (HUGE, None),
    ],
)
def test_the_number_in_a_value(value, number):
    assert number_in(value) == number


def test_words_in_one_spelling():
    assert list(words_of("Twenty KILOMETRES & 1,000 \u20ac")) == ["20", "km", "and", "1000", "eur"]


def test_long_texts_hold_no_date():
    assert moments("on 2024-12-25 we met, and talked of nothing else than the weather") == frozenset()


@pytest.mark.parametrize(
    "hostile",
    ["1/1/1", "99:99", "10:00 XYZ", "31/02/2024", "1.1.1.1.1", "0000-00-00", "12:00+99:99", "\u0661\u0662:\u0663\u0660", "9" * 30 + ":1"],
)
def test_no_text_makes_reading_a_date_raise(hostile):
    assert isinstance(moments(hostile), frozenset)


def test_a_scale_needs_one_sign_and_no_nought():
    assert not is_scaled(0, 10)
    assert not is_scaled(-1, 10)
    assert is_scaled(-1, -10)
