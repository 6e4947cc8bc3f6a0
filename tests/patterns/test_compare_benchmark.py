"""The nominal level over simulated comparisons, through the benchmark that prints it."""

from __future__ import annotations

import math

import pytest

from benchmarks.compare import TESTS, Setting, cells, main, rejections

SIMULATIONS = 400


@pytest.mark.parametrize(("samples", "own"), [(1, 0.0), (4, 0.0), (4, 0.3)])
def test_alike_models_are_seldom_called_different(samples: int, own: float) -> None:
    found = rejections(Setting(tasks=100, samples=samples, own=own), SIMULATIONS)
    assert found[0] <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / SIMULATIONS)


def test_samples_taken_for_tasks_cry_wolf() -> None:
    found = dict(zip(TESTS, rejections(Setting(tasks=240, samples=4, own=0.5), SIMULATIONS), strict=True))
    assert found["samples as tasks"] > 0.09 > found["compare"]


def test_samples_see_more_than_their_majority() -> None:
    found = dict(zip(TESTS, rejections(Setting(tasks=240, samples=4, gain=0.05), 100), strict=True))
    assert found["compare"] > found["by majority"] + 0.2


def test_a_task_has_one_of_all_outcomes_and_gains_what_was_asked() -> None:
    outcomes, summed = cells(Setting(tasks=1, samples=4, gain=0.05, own=0.3))
    assert summed[-1] == pytest.approx(1)
    chances = [above - below for above, below in zip(summed, [0.0, *summed], strict=False)]
    assert sum(chance * (after - before) / 4 for (before, after, _), chance in zip(outcomes, chances, strict=True)) == pytest.approx(0.05)


def test_the_tables_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    few = ("--tasks", "20", "--samples", "2", "--points", "5", "--own", "0.3", "--simulations", "5", "--intervals", "2", "--patterns", "3")
    assert main(few) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Significant at p < 0.05, in % of 5 comparisons"
    assert [line.split("|")[1:5] for line in lines if "20 | 2" in line] == [
        [" 0 (null) ", " 0.3 ", " 20 ", " 2 "],
        [" 5 ", " 0.3 ", " 20 ", " 2 "],
        lines[-1].split("|")[1:5],
    ]
