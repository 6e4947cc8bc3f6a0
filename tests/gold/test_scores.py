"""Scores of made-up labels, worked out by hand, and the way from two readers to the reference."""

from __future__ import annotations

import json

import pytest

from benchmarks.gold_sample import Item, Reference
from benchmarks.labels import ANY, Side, agreement_lines, disagreements, reader_table, score_table, scored, verdict_table
from scripts.labelling.settle import Settled, disputed, merged
from spectool.read.source import FormatError
from spectool.results.reader_labels import Label, Labelled


def label(text, call=0, path=""):
    code, _, subtype = text.partition(".")
    return Label(code=code, subtype=subtype, call=call, path=path)


CITY, CITY_PARTIAL, DAY = label("IAV.other", path="city"), label("IAV.partial", path="city"), label("IAV.other", path="day")
MISSING, UNKNOWN = label("IAC.no_call", None, "get_weather"), label("IAN.unknown", path="mood")
NARROW = label("gold_fault.narrow", path="city")


def side(number, seen, tool, published="fail"):
    item = Item(item=number, source="a/b.jsonl", line=number, id=f"id_{number}", model="m", category="c", published=published)
    return Side(item=item, readers=seen, tool=tool)


SIDES = [
    side(1, (CITY, DAY), (CITY_PARTIAL, DAY)),
    side(2, (MISSING,), ()),
    side(3, (), (UNKNOWN,), "pass"),
    side(4, (CITY,), (CITY, UNKNOWN), "none"),
    side(5, (), (), "pass"),
]


@pytest.mark.parametrize(
    ("level", "code", "recall", "precision"),
    [
        ("code", "IAV", (3, 3), (3, 3)),
        ("code and subtype", "IAV", (2, 3), (2, 3)),
        ("code and place", "IAV", (3, 3), (3, 3)),
        ("code", "IAC", (0, 1), (0, 0)),
        ("code", "IAN", (0, 0), (0, 2)),
        ("code", ANY, (3, 4), (3, 5)),
        ("all three", ANY, (2, 4), (2, 5)),
    ],
)
def test_recall_is_of_the_readers_labels_and_precision_of_the_tools_findings(level, code, recall, precision):
    found = scored(SIDES, level, code)
    assert ((found.recall.count, found.recall.n), (found.precision.count, found.precision.n)) == (recall, precision)


def test_the_page_has_a_row_a_pattern_and_one_for_all():
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in score_table(SIDES).splitlines()[2:]]
    assert [row[0] for row in rows] == ["IAN", "IAV", "IAC", "any"]
    assert rows[1][1:] == ["3 of 3 = 100.0 % (34.2–100.0)", "3 of 3 = 100.0 % (34.2–100.0)", "0.667 / 0.667", "1.000 / 1.000"]
    assert rows[2][1:] == ["0 of 1 = 0.0 % (0.0–79.3)", "–", "0.000 / –", "0.000 / –"]


def test_items_are_counted_by_published_verdict_and_by_who_sees_a_slip():
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in verdict_table(SIDES).splitlines()]
    head = ["readers slip, SpecTool slip", "readers slip, SpecTool clean", "readers clean, SpecTool slip", "readers clean, SpecTool clean"]
    assert rows[0] == ["published", *head]
    assert rows[2:] == [["fail", "1", "1", "0", "0"], ["pass", "0", "0", "1", "1"], ["none", "1", "0", "0", "0"]]


def test_every_disagreement_is_listed_with_both_sides():
    assert list(disagreements(SIDES, "code")) == [
        "- 2 `b.jsonl:2` (id_2): readers `IAC.no_call get_weather`; SpecTool –",
        "- 3 `b.jsonl:3` (id_3): readers –; SpecTool `IAN.unknown [0] mood`",
        "- 4 `b.jsonl:4` (id_4): readers –; SpecTool `IAN.unknown [0] mood`",
    ]
    assert (
        next(iter(disagreements(SIDES, "all three")))
        == "- 1 `b.jsonl:1` (id_1): readers `IAV.other [0] city`; SpecTool `IAV.partial [0] city`"
    )


REFERENCES = {
    1: Reference(item=1, labels=(CITY,), settled="agreed", a=(CITY,), b=(CITY,)),
    2: Reference(item=2, labels=(CITY, NARROW), settled="b", a=(CITY_PARTIAL,), b=(CITY, NARROW)),
    3: Reference(item=3, labels=(), settled="agreed", a=(), b=()),
    4: Reference(item=4, labels=(MISSING,), settled="neither", a=(), b=(DAY,)),
}


def test_a_fault_of_the_gold_is_no_slip_of_the_model():
    assert [each.slips for each in REFERENCES.values()] == [(CITY,), (CITY,), (), (MISSING,)]


def test_the_readers_agreement_is_counted_item_by_item():
    assert reader_table(REFERENCES).splitlines()[2:] == [
        "| any slip | 2 | 1 | 1 | 0.500 |",
        "| IAV | 2 | 1 | 1 | 0.500 |",
        "| gold_fault | 0 | 1 | 3 | 0.000 |",
    ]
    lines = list(agreement_lines(REFERENCES))
    assert [line.partition(" = ")[0] for line in lines[:4]] == [
        "- the same labels by code: 2 of 4",
        "- the same labels by code and subtype: 2 of 4",
        "- the same labels by code and place: 2 of 4",
        "- the same labels by all three: 2 of 4",
    ]
    assert lines[4:] == [
        "- settled: 2 agreed, 0 as reader a, 1 as reader b, 1 otherwise, 0 by a later definition",
        "- items whose gold is at fault somewhere: 1",
    ]


@pytest.fixture
def three_items(tmp_path, monkeypatch):
    monkeypatch.setattr("scripts.labelling.settle.GOLD", tmp_path)
    (tmp_path / "items.jsonl").write_text("".join(json.dumps({"item": item}) + "\n" for item in (1, 2, 3)))


def reader(**labels):
    return {int(name[1:]): Labelled(item=int(name[1:]), labels=found) for name, found in labels.items()}


@pytest.mark.usefixtures("three_items")
def test_readings_that_differ_are_settled_and_say_whose_they_are():
    a, b = reader(_1=(DAY, CITY), _2=(CITY,), _3=()), reader(_1=(CITY, DAY), _2=(CITY_PARTIAL,), _3=(MISSING,))
    assert disputed(a, b) == [2, 3]
    decisions = {2: Settled(item=2, labels=(CITY_PARTIAL,), why="the state is left out"), 3: Settled(item=3, labels=(DAY,))}
    rows = list(merged(a, b, decisions))
    assert [(row["item"], row["settled"], row.get("why")) for row in rows] == [
        (1, "agreed", None),
        (2, "b", "the state is left out"),
        (3, "neither", None),
    ]
    assert rows[0]["labels"] == [
        {"code": "IAV", "subtype": "other", "call": 0, "path": "city"},
        {"code": "IAV", "subtype": "other", "call": 0, "path": "day"},
    ]
    assert (rows[2]["a"], rows[2]["b"]) == ([], [{"code": "IAC", "subtype": "no_call", "call": None, "path": "get_weather"}])


@pytest.mark.usefixtures("three_items")
def test_what_both_readers_agreed_on_can_still_be_overruled_and_says_so():
    a = reader(_1=(CITY,), _2=(), _3=())
    rows = list(merged(a, a, {1: Settled(item=1, labels=(), why="a default of the schema")}))
    assert [(row["settled"], len(row["labels"])) for row in rows] == [("neither", 0), ("agreed", 0), ("agreed", 0)]


@pytest.mark.usefixtures("three_items")
def test_an_agreed_item_that_a_third_confirms_stays_agreed_and_one_that_a_definition_changes_says_so():
    a = reader(_1=(CITY,), _2=(CITY,), _3=())
    decisions = {1: Settled(item=1, labels=(CITY,)), 2: Settled(item=2, definition=True), 3: Settled(item=3, definition=True)}
    assert [row["settled"] for row in merged(a, a, decisions)] == ["agreed", "definition", "definition"]


@pytest.mark.usefixtures("three_items")
def test_an_item_that_nobody_read_yet_is_left_out():
    a = reader(_1=(CITY,), _3=())
    assert [row["item"] for row in merged(a, a, {})] == [1, 3]


@pytest.mark.usefixtures("three_items")
@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (reader(_1=(), _2=()), reader(_1=(), _2=(), _3=()), "item 3: expected two readers, got one"),
        (reader(_1=(), _2=(), _3=(CITY,)), reader(_1=(), _2=(), _3=()), "item 3: the readers differ and nobody settled it"),
    ],
)
def test_an_open_item_stops_the_merge(first, second, message):
    with pytest.raises(FormatError, match=message):
        list(merged(first, second, {}))
