"""pass^k: how likely k attempts at one task all succeed; reliability, where pass@k measures luck.

Of n attempts at a task of which c succeeded, C(c, k) / C(n, k) is the share of all draws of k attempts that all succeeded: without bias for
the chance that k new ones would. The mean over tasks is pass^k. A task with fewer than k attempts tells nothing of k and is left out.

Source: tau-bench (Yao et al., arXiv 2406.12045).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import comb

import msgspec

from spectool.results.mean import Mean, mean_of

Tried = tuple[int, int]
"""Of one task: attempts that succeeded, and attempts."""


class PassHat(msgspec.Struct, frozen=True, kw_only=True):
    """pass^k as a mean over tasks; ``left_out`` tasks have attempts, but fewer than ``k`` that were scored."""

    k: int
    rate: Mean
    left_out: int


def all_of(succeeded: int, attempts: int, k: int) -> float:
    """The share of draws of ``k`` of ``attempts`` that all succeeded, 0-1.

    Raises:
        ValueError: there are fewer than ``k`` attempts, or more successes than attempts.
    """
    if not 0 <= succeeded <= attempts or not 1 <= k <= attempts:
        raise ValueError(f"expected successes and k within the attempts, got {succeeded} and {k} of {attempts}")
    return comb(succeeded, k) / comb(attempts, k)


def pass_hats(tried: Sequence[Tried]) -> Iterator[PassHat]:
    """pass^k for each k that a task has attempts for, from 1."""
    most = max((attempts for _, attempts in tried), default=0)
    for k in range(1, most + 1):
        shares = [(all_of(succeeded, attempts, k),) for succeeded, attempts in tried if attempts >= k]
        yield PassHat(k=k, rate=mean_of(shares), left_out=len(tried) - len(shares))
