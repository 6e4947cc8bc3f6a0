"""Constraint violation: the request stated a limit on calls, and the model broke it.

``parallel_tool_calls: false`` and two or more calls in one step; more calls than ``max_calls``. A forced tool that was
ignored is ``wrong_tool``, a call under ``tool_choice: none`` is ``unneeded_call``, and no call under ``required`` is
``IAC``. Where the harness decodes under constraint, what it let through is its own fault.

Source: decision 10 of the taxonomy.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.finding import finding
from spectool.model import Finding

CODE = "constraint_violation"


def assess(case: Case) -> int | str:
    """The steps under a stated limit."""
    request = case.trajectory.request
    if request.parallel_tool_calls is not False and request.max_calls is None:
        return "the request states no limit on calls"
    return len(case.steps)


def detect(case: Case) -> Iterator[Finding]:
    """Every step that calls in parallel against the request, and the first call beyond the limit."""
    request = case.trajectory.request
    if request.parallel_tool_calls is False:
        for position, step in case.steps:
            if len(step.calls) > 1:
                message = f"expected at most one call in a step, got {len(step.calls)}"
                yield finding(CODE, "parallel", message, step=position, fault=case.failing_fault, expected=1, got=len(step.calls))
    if request.max_calls is not None and len(case.attempts) > request.max_calls:
        attempt = case.attempts[request.max_calls]
        message = f"expected at most {request.max_calls} calls, got {len(case.attempts)}"
        yield finding(CODE, "limit", message, attempt=attempt, expected=request.max_calls, got=len(case.attempts))
