"""A gold answer broken in exactly one way shows exactly that finding, at that path, and nothing else."""

import copy
import json

import pytest

from tests.classify.build import charged, verdict

TRIP = {"plan_trip": {"stops": ["Paris", "Lyon", "Nice"], "budget": 1200, "sizes": [1, 2], "address": {"street": "Main Street 5"}}}
WEATHER = {"get_weather": {"city": "Paris, France", "days": 3, "hourly": True, "unit": "fahrenheit"}}
MONEY = {"convert": {"amount": 250, "currency": "EUR", "date": "2024-12-25"}}
MAIL = {"send_mail": {"to": "ann@example.org", "body": "See you at noon", "urgent": False}}
ORDER = {"cancel_order": {"order_id": 42}}
GOLD = [TRIP, WEATHER, MONEY, MAIL, ORDER]
T, W, M, S, O = (f"$.turns[1].calls[{i}]" for i in range(5))  # noqa: E741


def put(index, *path):
    """Sets the value at the end of ``path`` in the arguments of one call."""

    def broken(calls):
        at = next(iter(calls[index].values()))
        for part in path[:-2]:
            at = at[part]
        at[path[-2]] = path[-1]

    return broken


def drop(index, name):
    return lambda calls: next(iter(calls[index].values())).pop(name)


def rename(index, old, new):
    def broken(calls):
        name = next(iter(calls[index]))
        calls[index][name] = {new if key == old else key: value for key, value in calls[index][name].items()}

    return broken


def call_it(index, name):
    return lambda calls: calls.__setitem__(index, {name: next(iter(calls[index].values()))})


BREAKS = {
    "an argument's name misspelt": (rename(2, "currency", "curency"), [("IAN", f"{M}.arguments.curency", "near_miss")]),
    "an optional argument's name misspelt": (rename(1, "hourly", "Hourly"), [("IAN", f"{W}.arguments.Hourly", "near_miss")]),
    "a required argument under another word": (rename(4, "order_id", "number"), [("IAN", f"{O}.arguments.number", "near_miss")]),
    "an argument too many": (put(4, "mood", 1), [("IAN", f"{O}.arguments.mood", "unknown")]),
    "an argument of another tool": (put(4, "currency", "EUR"), [("IAN", f"{O}.arguments.currency", "other_tool")]),
    "a nested argument one level up": (put(0, "zip", "75001"), [("IAN", f"{T}.arguments.zip", "misplaced")]),
    "a required argument dropped": (drop(2, "currency"), [("IAV", f"{M}.arguments.currency", "missing_required")]),
    "a required nested argument dropped": (
        lambda calls: calls[0]["plan_trip"]["address"].pop("street"),
        [("IAV", f"{T}.arguments.address.street", "missing_required")],
    ),
    "an optional argument dropped that the gold needs": (drop(2, "date"), [("IAV", f"{M}.arguments.date", "omitted")]),
    "an optional argument with a default dropped": (drop(1, "unit"), [("IAV", f"{W}.arguments.unit", "omitted")]),
    "the default instead of the value": (put(1, "unit", "celsius"), [("IAV", f"{W}.arguments.unit", "omitted")]),
    "an optional argument added": (put(0, "note", "hurry"), [("IAV", f"{T}.arguments.note", "unexpected", "likely")]),
    "a number as text": (put(4, "order_id", "42"), [("IAT", f"{O}.arguments.order_id", "coercible")]),
    "a list as text": (put(0, "sizes", "[1, 2]"), [("IAT", f"{T}.arguments.sizes", "coercible")]),
    "an item as text": (put(0, "sizes", 1, "2"), [("IAT", f"{T}.arguments.sizes[1]", "coercible")]),
    "a word for a number": (put(2, "amount", "plenty"), [("IAT", f"{M}.arguments.amount", "incompatible")]),
    "an item of another type": (put(0, "sizes", 1, "large"), [("IAT", f"{T}.arguments.sizes[1]", "nested")]),
    "a value for a list": (put(0, "stops", "Paris"), [("IAT", f"{T}.arguments.stops", "container")]),
    "a list for a value": (put(2, "currency", ["EUR"]), [("IAT", f"{M}.arguments.currency", "container")]),
    "null for a required argument": (put(2, "currency", None), [("IAT", f"{M}.arguments.currency", "null")]),
    "null for an optional one": (put(2, "date", None), [("IAT", f"{M}.arguments.date", "null", "likely")]),
    "another value": (put(2, "currency", "GBP"), [("IAV", f"{M}.arguments.currency", "other")]),
    "a part of the value": (put(1, "city", "Paris"), [("IAV", f"{W}.arguments.city", "partial")]),
    "an item dropped": (put(0, "stops", ["Paris", "Lyon"]), [("IAV", f"{T}.arguments.stops", "partial")]),
    "a wrong item": (put(0, "stops", 1, "Lille"), [("IAV", f"{T}.arguments.stops[1]", "other")]),
    "a nested value": (put(0, "address", "street", "Side Alley 9"), [("IAV", f"{T}.arguments.address.street", "other")]),
    "the value in capitals": (put(3, "body", "SEE YOU AT NOON"), [("IAV", f"{S}.arguments.body", "format_variant")]),
    "a thousandfold": (put(2, "amount", 250000), [("IAV", f"{M}.arguments.amount", "scale")]),
    "a percentage": (put(0, "budget", 12), [("IAV", f"{T}.arguments.budget", "scale")]),
    "a boolean flipped": (put(3, "urgent", True), [("IAV", f"{S}.arguments.urgent", "boolean_flipped")]),
    "items in another order": (put(0, "stops", ["Lyon", "Paris", "Nice"]), [("IAV", f"{T}.arguments.stops", "reordered")]),
    "outside the enumeration": (put(1, "unit", "kelvin"), [("IAV", f"{W}.arguments.unit", "outside_enum")]),
    "outside the bounds": (put(1, "days", 30), [("IAV", f"{W}.arguments.days", "outside_bounds")]),
    "a date of another format": (put(2, "date", "25.12.2024"), [("IAV", f"{M}.arguments.date", "outside_bounds")]),
    "a placeholder": (put(3, "to", "YOUR_EMAIL_HERE"), [("IAV", f"{S}.arguments.to", "placeholder")]),
    "a function's name misspelt": (call_it(2, "Convert"), [("IFN", M, "near_miss")]),
    "a function's name in a namespace": (call_it(1, "functions.get_weather"), [("IFN", W, "near_miss")]),
    "a function that nobody offered": (call_it(4, "void_purchase"), [("IFN", O, "invented")]),
    "a parallel call dropped": (lambda calls: calls.pop(), [("IAC", "$", "missing_parallel")]),
    "a call repeated": (lambda calls: calls.append(copy.deepcopy(calls[0])), [("RAC", "$.turns[1].calls[5]", "same_batch")]),
    "a call added": (lambda calls: calls.append({"get_time": {"city": "Oslo"}}), [("extra_call", "$.turns[1].calls[5]", "unmatched")]),
    "a tool swapped for another": (call_it(4, "return_order"), [("wrong_tool", O, "offered")]),
    "the syntax broken": (lambda calls: calls.__setitem__(4, {"cancel_order": '{"order_id" 42}'}), [("IFE", O, "malformed")]),
}


def row(calls, **more) -> str:
    return json.dumps({"turns": ["Please do all of it.", calls], "gold": GOLD, "mode": "unordered", **more})


@pytest.mark.parametrize(("broken", "expected"), BREAKS.values(), ids=list(BREAKS))
def test_one_break_one_finding(broken, expected):
    calls = copy.deepcopy(GOLD)
    broken(calls)
    assert charged(row(calls)) == expected


@pytest.mark.parametrize(("broken", "expected"), BREAKS.values(), ids=list(BREAKS))
def test_one_break_fails_the_run_where_it_is_certain(broken, expected):
    calls = copy.deepcopy(GOLD)
    broken(calls)
    assert verdict(row(calls)).passed is ("likely" in expected[0])


def test_unbroken_it_is_clean():
    assert charged(row(GOLD)) == []


def test_two_steps_swapped():
    gold = [MAIL, ORDER]
    raw = json.dumps({"turns": ["?", [ORDER], [MAIL]], "gold": gold, "mode": "ordered"})
    assert charged(raw) == [("wrong_order", "$.turns[2].calls[0]", "order")]


def test_nothing_called():
    assert charged(json.dumps({"turns": ["?", {"say": "Done."}], "gold": [ORDER]})) == [("IAC", "$", "no_call")]


def test_a_call_where_none_was_due():
    assert charged(json.dumps({"turns": ["?", [ORDER]], "gold": []})) == [("unneeded_call", "$.turns[1].calls[0]", "no_call_due")]
