"""Each systemic cause planted alone, and what must not look like one."""

from __future__ import annotations

import json

import pytest

from spectool.model import Call, ExpectedCall, Gold, Message, Outcome, Step
from spectool.patterns.systemic import find_systemic
from spectool.results.tables import connect
from tests.results.conftest import finding, trajectory, verdict, write

ASKED = Message(role="user", content="Rain?")
TWO = Gold(paths=((ExpectedCall(name="get_weather"), ExpectedCall(name="get_weather")),))


def calls(*names: str) -> Step:
    return Step(text="", calls=tuple(Call(name=name, arguments={"city": "Paris"}, raw="{}") for name in names))


def named(kind: str, number: int):
    """The slip of one run, as its detector writes it."""
    if kind == "dialect":
        return finding("IFE", "other_syntax", message="expected a Python literal, got 'true'")
    if kind == "prefix":
        return finding("IFN", "near_miss", tool=f"f{number}", got=f"f{number}", repair=f"weather.f{number}", message="expected one, got f")
    if kind == "misspelt":
        return finding(
            "IFN", "near_miss", tool=f"wether{number}", got=f"wether{number}", repair=f"weather{number}", message="expected one, got f"
        )
    if kind == "id":
        return finding("IAV", "other", expected=[f"id-{number}"], got="12345678", message=f"expected 'id-{number}', got '12345678'")
    if kind == "city":
        return finding("IAV", "other", expected=["Rome"], got="Paris", message="expected 'Rome', got 'Paris'")
    if kind == "wind":
        path = "$.turns[1].calls[0].arguments.wind"
        return finding("IAN", "unknown", path=path, got={"wind": 1}, message="expected an argument of get_weather (city), got 'wind'")
    return finding(
        "truncated", "length", level="artefact", tool=None, call=None, message="expected a finished turn, got finish_reason 'length'"
    )


def run(number: int, *kinds: str, passed: bool = False, **fields):
    one = trajectory(number, **{"turns": (ASKED, calls("get_weather")), **fields})
    return one, verdict(one, Outcome(error="IAV", assessed=1, findings=tuple(named(kind, number) for kind in kinds)), passed=passed)


@pytest.fixture
def causes(tmp_path):
    def found(*runs, **choice):
        write(tmp_path / "demo", list(runs))
        with connect(tmp_path / "demo") as connection:
            return find_systemic(connection, **choice)

    return found


def clean(start: int, count: int = 10):
    return [run(number, passed=True) for number in range(start, start + count)]


PLANTED = [
    ("one syntax that is not the one asked for", 25, {"kinds": ["dialect"]}, {"one_subtype": (25, 25), "one_format": (25, 25)}),
    ("a lost prefix", 6, {"kinds": ["prefix"]}, {"renamed_alike": (6, 6)}),
    ("one stand-in for many values", 6, {"kinds": ["id"]}, {"stand_in_value": (6, 16)}),
    ("an argument of another schema", 12, {"kinds": ["wind"]}, {"other_schema": (12, 22)}),
    ("the length limit", 6, {"kinds": ["cut"], "meta": {"completion_tokens": 192}}, {"artefact": (6, 16), "cut_at_one_length": (6, 16)}),
    ("no turn of the model", 3, {"turns": (ASKED,), "meta": {"termination_reason": "context_length"}}, {"no_turn": (3, 13)}),
    ("only the first of two calls", 10, {"gold": TWO}, {"first_call_only": (10, 10)}),
]
INNOCENT = [
    ("too few near misses", 4, {"kinds": ["prefix"]}),
    ("slips of spelling", 9, {"kinds": ["misspelt"]}),
    ("one confusion, however often", 30, {"kinds": ["city"]}),
    ("an argument given now and then", 9, {"kinds": ["wind"]}),
    ("lengths that are all another", 9, {}),
    ("the first of two calls, and then the other", 12, {"gold": TWO, "turns": (ASKED, calls("get_weather"), calls("get_weather"))}),
    ("both calls at once", 12, {"gold": TWO, "turns": (ASKED, calls("get_weather", "get_weather"))}),
]


def planted(count: int, fields: dict):
    fields = dict(fields)
    kinds = fields.pop("kinds", [])
    return [run(number, *kinds, **fields) for number in range(count)]


@pytest.mark.parametrize(("count", "fields", "expected"), [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED])
def test_a_planted_cause_is_named_with_its_count_and_denominator(causes, count, fields, expected) -> None:
    found = causes(*planted(count, fields), *clean(count))
    assert {each.kind: (each.rate.count, each.rate.n) for each in found} == expected
    assert all(each.evidence == ("small-0", "small-1", "small-2") and each.failed == each.rate.count for each in found)
    assert all(each.fix.endswith((".", "all.")) and each.rate.low <= each.rate.rate <= each.rate.high for each in found)


@pytest.mark.parametrize(("count", "fields"), [row[1:] for row in INNOCENT], ids=[row[0] for row in INNOCENT])
def test_what_is_no_systemic_cause(causes, count, fields) -> None:
    assert causes(*planted(count, fields), *clean(count)) == ()


def test_a_model_that_makes_two_calls_elsewhere_is_not_suspected_of_losing_them(causes) -> None:
    both = run(50, turns=(ASKED, calls("get_weather", "get_weather")), passed=True)
    assert causes(*planted(12, {"gold": TWO}), both) == ()


def test_causes_stand_by_model_and_then_by_size_and_a_slice_hides_the_others(causes) -> None:
    other = [run(100 + number, "prefix", model="large") for number in range(5)]
    found = causes(*planted(6, {"kinds": ["id", "prefix"]}), *planted_again(), *other)
    assert [(each.model, each.kind, each.rate.count) for each in found] == [
        ("small", "stand_in_value", 7),
        ("small", "renamed_alike", 6),
        ("large", "renamed_alike", 5),
    ]


def planted_again():
    return [run(40, "id")]


def test_a_slice_is_judged_by_itself(causes) -> None:
    found = causes(
        *planted(6, {"kinds": ["prefix"]}), *[run(100 + n, "prefix", model="large") for n in range(5)], where="t.model = 'large'"
    )
    assert [(each.model, each.rate.count, each.rate.n) for each in found] == [("large", 5, 5)]


def test_hostile_names_and_values_do_no_harm(causes) -> None:
    bad = "'; DROP TABLE x --\"\\"
    slips = [finding("IAN", "unknown", tool=bad, path=f"$.turns[1].calls[0].arguments[{json.dumps(bad)}]", message=bad, got=bad)]
    runs = []
    for number in range(12):
        one = trajectory(number, turns=(ASKED, calls(bad)))
        runs.append((one, verdict(one, Outcome(error="IAN", assessed=1, findings=tuple(slips)), passed=False)))
    assert [(each.kind, each.rate.count, each.rate.n) for each in causes(*runs)] == [("other_schema", 12, 12)]
