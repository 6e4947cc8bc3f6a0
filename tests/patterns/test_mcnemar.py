"""McNemar's test against whole numbers and against every change of sign written out."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from itertools import product

import pytest

from spectool.patterns import mcnemar
from spectool.patterns.mcnemar import exact, paired_p


def by_fractions(up: int, down: int) -> float:
    ways = sum(math.comb(up + down, each) for each in range(min(up, down) + 1))
    return min(1.0, float(Fraction(2 * ways, 2 ** (up + down))))


def by_every_sign(differences: list[int]) -> float:
    """The share of all changes of sign whose sum lies at least as far from 0."""
    sizes, total = [abs(each) for each in differences if each], abs(sum(differences))
    sums = [abs(sum(size * sign for size, sign in zip(sizes, signs, strict=True))) for signs in product((1, -1), repeat=len(sizes))]
    return sum(each >= total for each in sums) / len(sums)


@pytest.mark.parametrize(
    ("up", "down", "p"),
    [
        pytest.param(0, 0, 1.0, id="no task differs"),
        pytest.param(7, 7, 1.0, id="as many each way"),
        pytest.param(5, 0, 0.0625, id="five of five are too few to tell"),
        pytest.param(6, 0, 0.03125, id="six of six are enough"),
        pytest.param(0, 6, 0.03125, id="the direction does not matter"),
        pytest.param(10, 2, 0.03857421875, id="ten against two"),
        pytest.param(6, 1, 0.125, id="six against one"),
    ],
)
def test_small_counts_are_right_to_the_last_digit(up: int, down: int, p: float) -> None:
    assert exact(up, down) == p
    assert exact(up, down) == by_fractions(up, down)


@pytest.mark.parametrize(("up", "down"), [(101, 100), (120, 90), (300, 2), (558, 200), (1000, 900)])
def test_large_counts_agree_with_whole_numbers(up: int, down: int) -> None:
    assert exact(up, down) == pytest.approx(by_fractions(up, down), rel=1e-10)


def test_a_million_tasks_do_not_overflow() -> None:
    assert exact(500_000, 500_001) == pytest.approx(1.0)
    assert exact(510_000, 490_000) == pytest.approx(math.erfc(19_999 / math.sqrt(2_000_000)), rel=1e-2)
    assert exact(1_000_000, 0) == 0.0


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="expected counts of tasks, got -1 and 3"):
        exact(-1, 3)


def test_one_size_of_difference_is_mcnemars_test() -> None:
    assert paired_p([(1, 10), (-1, 2), (0, 500)]) == exact(10, 2)
    assert paired_p([(3, 10), (-3, 2)]) == exact(10, 2)
    assert paired_p([]) == paired_p([(0, 9)]) == 1.0


@pytest.mark.parametrize("seed", range(25))
def test_several_sizes_agree_with_every_change_of_sign(seed: int) -> None:
    draw = random.Random(seed)
    differences = [draw.randint(-4, 4) for _ in range(draw.randint(2, 11))]
    assert paired_p((each, 1) for each in differences) == pytest.approx(by_every_sign(differences), abs=1e-12)


def test_a_large_gain_outweighs_many_small_losses() -> None:
    gains, losses = (4, 15), (-1, 20)
    assert paired_p([gains, losses]) < 0.05
    assert exact(gains[1], losses[1]) > 0.2


@pytest.mark.parametrize("total", [20, 60, 100, 150])
def test_the_normal_sum_agrees_with_the_enumerated_one(total: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = ((1, 250), (2, 150), (3, 100))
    written_out = mcnemar._sign_changes.__wrapped__(total, sizes)
    monkeypatch.setattr(mcnemar, "_ENUMERATED", 10)
    assert mcnemar._sign_changes.__wrapped__(total, sizes) == pytest.approx(written_out, rel=0.05)


@pytest.mark.parametrize("sizes", [(1,) * 9, (1, 1, 2, 2, 2, 4), (4, 4, 4, 4, 4, 4, 1), (3, 2, 1, 3, 2, 1, 3)])
def test_the_nominal_level_is_kept_whatever_the_differences(sizes: tuple[int, ...]) -> None:
    """Under the null all changes of sign are as likely; at most 5 % of them may be called significant."""
    chances = [paired_p((size * sign, 1) for size, sign in zip(sizes, signs, strict=True)) for signs in product((1, -1), repeat=len(sizes))]
    assert sum(p < 0.05 for p in chances) / len(chances) <= 0.05
    assert min(chances) < 0.05
