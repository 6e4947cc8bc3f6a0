"""pass^k by hand."""

from __future__ import annotations

import pytest

from spectool.benchmark.pass_hat import all_of, pass_hats


@pytest.mark.parametrize(
    ("succeeded", "attempts", "k", "share"),
    [
        pytest.param(4, 4, 4, 1.0, id="all of all"),
        pytest.param(3, 4, 4, 0.0, id="one failed, all drawn"),
        pytest.param(3, 4, 1, 0.75, id="one drawn: the rate"),
        pytest.param(3, 4, 2, 0.5, id="three of the six pairs"),
        pytest.param(2, 4, 2, 1 / 6, id="one of the six pairs"),
        pytest.param(0, 4, 1, 0.0, id="none"),
    ],
)
def test_the_share_of_draws_that_all_succeed(succeeded: int, attempts: int, k: int, share: float) -> None:
    assert all_of(succeeded, attempts, k) == pytest.approx(share)


@pytest.mark.parametrize(("succeeded", "attempts", "k"), [(1, 2, 3), (3, 2, 1), (-1, 2, 1), (1, 2, 0)])
def test_what_can_not_be_drawn_is_refused(succeeded: int, attempts: int, k: int) -> None:
    with pytest.raises(ValueError, match="expected successes and k within the attempts"):
        all_of(succeeded, attempts, k)


def test_the_mean_is_over_tasks_and_those_with_fewer_attempts_are_left_out() -> None:
    found = [(each.k, each.rate.mean, each.rate.n, each.left_out) for each in pass_hats([(4, 4), (2, 4), (1, 2), (1, 1)])]
    assert found == [
        (1, pytest.approx((1 + 0.5 + 0.5 + 1) / 4), 4, 0),
        (2, pytest.approx((1 + 1 / 6 + 0) / 3), 3, 1),
        (3, pytest.approx(0.5), 2, 2),
        (4, pytest.approx(0.5), 2, 2),
    ]


def test_without_attempts_there_is_none() -> None:
    assert list(pass_hats([])) == []


def test_it_never_rises_with_k() -> None:
    rates = [each.rate.mean for each in pass_hats([(c, 8) for c in range(9)])]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] == pytest.approx(0.5)
