"""The contract: one pattern, one module, one entry of the taxonomy, two tables."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from spectool.classify.detectors.registry import DETECTORS
from spectool.classify.taxonomy import load

HERE = Path(__file__).parent
DETECTOR_OF = {detector.CODE: detector for detector in DETECTORS}
RULED = [error.code for error in load().errors if error.decided_by == "rule"]


@cache
def tables(code: str) -> ModuleType:
    """The test module of a detector."""
    path = HERE / "detectors" / f"test_{code.lower()}.py"
    spec = importlib.util.spec_from_file_location(f"contract_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def flagged(code: str) -> list[tuple[str, str]]:
    """(subtype, tier) of every finding in a detector's table."""
    found = [place for _, places in tables(code).FLAGGED.values() for place in places]
    return [(place[1], place[2] if len(place) > 2 else "certain") for place in found]


def test_every_pattern_decided_by_rule_has_its_detector_and_the_reverse():
    assert sorted(DETECTOR_OF) == sorted(RULED)


@pytest.mark.parametrize("code", RULED)
def test_the_detector_stands_in_the_file_of_its_name(code):
    assert DETECTOR_OF[code].__name__.rsplit(".", 1)[-1] == code.lower()


@pytest.mark.parametrize("code", RULED)
def test_the_docstring_says_what_it_is_and_where_it_comes_from(code):
    doc = DETECTOR_OF[code].__doc__ or ""
    assert len(doc.splitlines()[0]) <= 140
    assert doc.splitlines()[0].endswith(".")
    assert "\nSource: " in doc


@pytest.mark.parametrize("code", RULED)
def test_both_tables_are_there_and_the_clean_one_is_as_long(code):
    assert len(tables(code).FLAGGED) >= 1
    assert len(tables(code).CLEAN) >= len(tables(code).FLAGGED)


@pytest.mark.parametrize("code", RULED)
def test_every_subtype_of_the_tables_is_declared_and_every_declared_one_is_in_the_tables(code):
    declared = {subtype.code for subtype in load().error(code).subtypes if not subtype.judged}
    assert {subtype for subtype, _ in flagged(code)} == declared


@pytest.mark.parametrize("code", RULED)
def test_the_usual_tier_of_a_subtype_is_seen(code):
    usual = {(subtype.code, subtype.tier) for subtype in load().error(code).subtypes if not subtype.judged}
    assert usual <= set(flagged(code))


def test_what_no_rule_tells_is_marked_as_a_judge_s():
    for error in load().errors:
        judged = [subtype for subtype in error.subtypes if error.decided_by == "candidate" or subtype.judged]
        assert {subtype.tier for subtype in judged} <= {"candidate"}
        assert len(judged) < len(error.subtypes) or error.code not in DETECTOR_OF
