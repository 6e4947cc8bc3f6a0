"""Incomplete answer: the model never says what the gold's answer claims.

By rule only where the gold gives atomic claims: a claim whose figures or telling words stand nowhere in what the model
told the user. Words are compared, not meanings: a candidate, which counts for nothing by itself. A claim told with
another figure is ``wrong_answer``. Not judged where the engine failed or cut the last turn: what was to come is unknown.
Whether an answer leaves out anything else is a judge's to say.

Source: tau-bench (goal_partially_completed).
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.claims import standings
from spectool.classify.detectors import wrong_answer
from spectool.classify.detectors.truncated import CUT
from spectool.classify.finding import finding
from spectool.model import Finding
from spectool.read.wording import show

CODE = "incomplete_answer"


def assess(case: Case) -> int | str:
    """The claims of the gold's answer, where the model said anything and was let finish."""
    claims = wrong_answer.assess(case)
    if claims and not isinstance(claims, str) and case.steps[-1][1].finish_reason in CUT | {"error"}:
        return "the harness cut the answer short: what was to come is unknown"
    return claims


def detect(case: Case) -> Iterator[Finding]:
    """Every claim that is nowhere told."""
    last = max((position for position, step in case.steps if step.text), default=None)
    for claim, standing, _ in standings(case):
        if standing == "missing":
            message = f"expected {show(claim)} to be said, got an answer without it"
            yield finding(CODE, "claim", message, step=last, tier="candidate", expected=claim)
