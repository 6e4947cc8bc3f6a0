"""Benjamini and Hochberg's q-values."""

from __future__ import annotations

import pytest

from spectool.patterns.false_discovery import q_values


@pytest.mark.parametrize(
    ("p_values", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([0.2], [0.2], id="one stays as it is"),
        pytest.param([0.01, 0.04, 0.03, 0.005, 0.9], [0.025, 0.05, 0.05, 0.025, 0.9], id="each by its rank, and none above a larger one's"),
        pytest.param([1.0, 0.9], [1.0, 1.0], id="never above one"),
    ],
)
def test_q_values_are_benjamini_and_hochbergs(p_values: list[float], expected: list[float]) -> None:
    assert q_values(p_values) == pytest.approx(expected)
