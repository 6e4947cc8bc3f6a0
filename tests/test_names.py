"""Which name was meant."""

from __future__ import annotations

import pytest

from spectool.names import nearest_first

FIRST = {
    "equal but for a separator": ("multistep", ["parallel", "multi_turn", "multi_step"], ["multi_step", "multi_turn", "parallel"]),
    "equal but for a namespace": ("maps.find", ["maps_fine", "search.find"], ["search.find", "maps_fine"]),
    "like none": ("", ["b", "a"], ["b", "a"]),
}


@pytest.mark.parametrize(("name", "candidates", "expected"), FIRST.values(), ids=FIRST)
def test_of_all_candidates_the_one_meant_comes_first_then_those_most_alike(name: str, candidates: list[str], expected: list[str]) -> None:
    assert nearest_first(name, candidates) == expected
