"""The labelled sample: the rows it names exist, it was drawn as said, and SpecTool keeps to the figures reached on it."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.gold_sample import ITEMS, attempts, items, references
from benchmarks.labels import ANY, scored, sides
from scripts.labelling.draw import drawn, key_lines
from spectool.results.reader_labels import labelled_codes

# Fractions reached on the labels, (recall, precision) of the code; a change may raise them, and lowering one needs its reason here.
FLOORS = {"IFN": (1.0, 1.0), "IAN": (1.0, 1.0), "IAV": (0.85, 0.9), "IAC": (0.85, 0.9), ANY: (0.8, 0.85)}


@pytest.fixture(scope="module")
def found(shared_data):
    return attempts(shared_data, items().values())


def test_the_sample_is_what_the_page_says():
    sample = items()
    assert list(sample) == list(range(1, 401))
    assert Counter(each.published for each in sample.values()) == {"fail": 254, "pass": 100, "none": 46}
    assert len({each.model for each in sample.values() if each.published == "fail"}) == 8
    assert len({(each.source, each.line) for each in sample.values()}) == 400


def test_the_draw_is_repeatable_and_shows_neither_model_nor_source(shared_data):
    shown = drawn(shared_data)
    assert key_lines(candidate for candidate, _ in shown) == ITEMS.read_text(encoding="utf-8")
    telling = [(each.model, each.source, each.id) for each, text in shown if each.source in text or each.model in text]
    assert telling == []


def test_every_reference_resolves(found):
    sample = items()
    assert found.keys() == sample.keys()
    wrong = [each.item for each in sample.values() if each.source.startswith("bfcl/") and found[each.item].id != each.id]
    assert wrong == []
    rewards = {"fail": {0.0, None}, "pass": {1.0}, "none": {None}}
    assert [each.item for each in sample.values() if found[each.item].reward not in rewards[each.published]] == []


def test_the_labels_hold_known_codes_and_no_text_of_the_rows():
    codes, settled = labelled_codes(), references()
    assert items().keys() == settled.keys()
    given = [(each.item, label) for each in settled.values() for label in (*each.labels, *each.a, *each.b)]
    assert [item for item, label in given if label.subtype not in codes.get(label.code, ())] == []
    assert [item for item, label in given if label.note] == []
    assert [each.item for each in settled.values() if len(each.why) > 160] == []
    assert [each.item for each in settled.values() if each.settled == "agreed" and each.a != each.labels] == []


def test_the_figures_reached_are_kept(found):
    pairs = sides(found, items(), references())
    reached = {code: scored(pairs, "code", code) for code in FLOORS}
    rates = {code: (score.recall.rate or 0.0, score.precision.rate or 0.0) for code, score in reached.items()}
    assert {code: rate for code, rate in rates.items() if rate[0] < FLOORS[code][0] or rate[1] < FLOORS[code][1]} == {}
