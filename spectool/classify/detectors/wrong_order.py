"""Wrong order: the right calls, made in an order that the gold does not allow.

Judged in the modes that bind order (``exact``, ``ordered``), between steps only: calls of one parallel batch have no
order among themselves, and parallel gold done one after the other is clean. One finding per call that comes after one
that had to wait for it.

Source: tau2's ``wrong_sequence``.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.finding import finding
from spectool.classify.invocation import show
from spectool.classify.matching import ORDERED
from spectool.model import Finding

CODE = "wrong_order"


def assess(case: Case) -> int | str:
    """The matched calls that have another before them."""
    if case.match is None:
        return case.unmatched or "no gold: the order needed is unknown (pass --tasks)"
    if case.mode not in ORDERED:
        return f"gold mode '{case.mode}' binds no order"
    return max(len(case.match.pairs) - 1, 0)


def detect(case: Case) -> Iterator[Finding]:
    """Every matched call that was made after one that should follow it."""
    if case.match is None or case.mode not in ORDERED or len(case.match.pairs) < 2:
        return
    latest = None
    for pair in case.match.pairs:
        attempt = case.attempts[pair.attempt]
        if latest is not None and pair.order < latest.order and case.attempts[latest.attempt].step != attempt.step:
            after = case.attempts[latest.attempt].name
            message = f"expected {show(attempt.name)} before {show(after)}, got it after"
            yield finding(CODE, "order", message, attempt=attempt, expected=pair.order, got=pair.attempt)
        elif latest is None or pair.order > latest.order:
            latest = pair
