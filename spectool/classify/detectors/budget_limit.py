"""Budget limit: the run ended because it ran out of steps, not because the model was done.

The harness says that it stopped the run; where it gives no reason for the end, the last allowed step still calls a tool
other than the one that ends the task. A single answer cut by the engine's token limit is the artefact ``truncated``.

Source: ToolScan's step limit (10); tau2's ``max_steps`` termination.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.finding import finding
from spectool.model import Finding, Step

CODE = "budget_limit"

STOPPED = frozenset(
    {"max_steps", "max_turns", "max_errors", "too_many_errors", "step_limit", "limit", "message_limit", "token_limit", "timeout"}
)
TOKENS = frozenset({"token_limit", "context_length"})


def assess(case: Case) -> int | str:
    """One where a limit was stated or the harness gave a reason for the end."""
    if case.trajectory.request.max_steps is None and not _end_reason(case):
        return "no step limit is stated"
    return 1


def detect(case: Case) -> Iterator[Finding]:
    """The step at which the budget ran out."""
    if not case.steps:
        return
    position, last = case.steps[-1]
    limit = case.trajectory.request.max_steps
    reason = _end_reason(case)
    if reason in STOPPED | TOKENS:
        yield finding(CODE, "tokens" if reason in TOKENS else "steps", f"expected an end, got '{reason}'", step=position, got=reason)
    elif not reason and limit is not None and len(case.steps) >= limit > 1 and _is_open(case, last):
        message = f"expected an end within {limit} steps, got a call in step {len(case.steps)}"
        yield finding(CODE, "steps", message, step=position, expected=limit, got=len(case.steps))


def _is_open(case: Case, step: Step) -> bool:
    """Whether a step calls for replies that the model then did not get to read."""
    return any(call.name != case.trajectory.request.finish for call in step.calls)


def _end_reason(case: Case) -> str:
    """Why the harness ended the run; ``stopped`` is what `spectool run` writes."""
    meta = case.trajectory.meta
    return str(meta.get("termination_reason") or meta.get("stopped") or "")
