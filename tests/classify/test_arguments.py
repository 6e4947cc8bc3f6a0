"""What separates the arguments of a call from the gold's, as findings: raw JSON in, (path, subtype, tier) out."""

import json

import pytest

from tests.classify.build import verdict

TOOL = {
    "name": "book",
    "parameters": {
        "type": "object",
        "properties": {
            "hotel": {"type": "string"},
            "nights": {"type": "integer", "default": 1},
            "from": {"type": "string"},
            "to": {"type": "string"},
            "breakfast": {"type": "boolean"},
            "note": {"type": "string"},
            "guest": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "age": {"type": "integer"}, "city": {"type": "string"}},
                "required": ["name"],
            },
            "rooms": {"type": "array", "items": {"type": "integer"}},
        },
        "required": ["hotel"],
    },
}
CALL = "$.turns[1].calls[0].arguments"


def want(**arguments):
    return [{"book": {"hotel": "Ritz", **arguments}}]


def one_of(*values, optional=False):
    return {"one_of": list(values), "optional": optional}


# gold, arguments given beside the hotel, (path, code and subtype, tier)
FLAGGED = {
    "another value where the gold leaves the default": (
        want(nights=one_of("", 1, optional=True)),
        {"nights": 5},
        [("nights", "IAV.unexpected", "likely")],
    ),
    "another value where the gold leaves it out": (
        want(note=one_of("", optional=True)),
        {"note": "late"},
        [("note", "IAV.unexpected", "likely")],
    ),
    "a boolean where the gold leaves it out": (
        want(breakfast=one_of("", optional=True)),
        {"breakfast": True},
        [("breakfast", "IAV.boolean_flipped", "certain")],
    ),
    "another value where the gold may have one of its own": (
        want(note=one_of("", "quiet", optional=True)),
        {"note": "late"},
        [("note", "IAV.other", "certain")],
    ),
    "two arguments exchanged": (
        want(**{"from": "Oslo", "to": "Rome"}),
        {"from": "Rome", "to": "Oslo"},
        [("from", "IAV.reordered", "certain"), ("to", "IAV.reordered", "certain")],
    ),
    "a field that the schema does not know is charged once": (
        want(guest={"name": "Ann"}),
        {"guest": {"name": "Ann", "mood": "good"}},
        [("guest.mood", "IAN.unknown", "likely")],
    ),
    "a wrong value beside a field of the wrong type": (
        want(guest={"name": "Ann", "age": 4, "city": "Oslo"}),
        {"guest": {"name": "Ann", "age": "four", "city": "Rome"}},
        [("guest.age", "IAT.nested", "certain"), ("guest.city", "IAV.other", "certain")],
    ),
    "a wrong value beside a required field left out": (
        want(guest={"name": "Ann", "city": "Oslo"}),
        {"guest": {"city": "Rome"}},
        [("guest.city", "IAV.other", "certain"), ("guest.name", "IAV.missing_required", "certain")],
    ),
    "an optional field that the gold needs": (
        want(guest={"name": "Ann", "city": "Oslo"}),
        {"guest": {"name": "Ann"}},
        [("guest.city", "IAV.omitted", "certain")],
    ),
    "an optional field that the gold omits": (
        want(guest={"name": "Ann"}),
        {"guest": {"name": "Ann", "city": "Oslo"}},
        [("guest.city", "IAV.unexpected", "likely")],
    ),
    "an item of the wrong type in a list too long": (
        want(rooms=[1, 2]),
        {"rooms": [1, 2, "three"]},
        [("rooms", "IAV.partial", "certain"), ("rooms[2]", "IAT.nested", "certain")],
    ),
}
CLEAN = {
    "an optional text left out where the gold has an empty one": (want(note=""), {}),
    "an optional list left out where the gold has an empty one": (want(rooms=[]), {}),
    "an optional value left out where the gold has null": (want(note=None), {}),
    "the default given where the gold leaves it out": (want(nights=one_of("", optional=True)), {"nights": 1}),
    "the default given where the gold allows that or another value": (want(nights=one_of("", 3, optional=True)), {"nights": 1}),
    "an optional field left out": (
        want(guest={"objects": [{"name": "Ann", "age": {"optional": True}}]}),
        {"guest": {"name": "Ann"}},
    ),
    "equal values in both arguments": (want(**{"from": "Oslo", "to": "Oslo"}), {"from": "Oslo", "to": "Oslo"}),
}


def found(gold, arguments):
    row = {"tools": [TOOL], "gold": gold, "turns": ["?", [{"book": {"hotel": "Ritz", **arguments}}]]}
    findings = [f for outcome in verdict(json.dumps(row)).outcomes for f in outcome.findings]
    return sorted((f.path.removeprefix(CALL + "."), f"{f.error}.{f.subtype}", f.tier) for f in findings)


@pytest.mark.parametrize(("gold", "arguments", "expected"), FLAGGED.values(), ids=list(FLAGGED))
def test_flagged(gold, arguments, expected):
    assert found(gold, arguments) == sorted(expected)


@pytest.mark.parametrize(("gold", "arguments"), CLEAN.values(), ids=list(CLEAN))
def test_clean(gold, arguments):
    assert found(gold, arguments) == []
