"""Tool error: a tool's reply that reports a failure.

An event, not a mistake: it blames nobody by itself. What the model did to cause it is charged under its own pattern,
and what it made of it under ``ignored_tool_error``. Read from the log's own error flag, else from how the reply begins.

Source: API-Bank's ``HAS_EXCEPTION``; decision 12 of the taxonomy.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.failures import is_failure
from spectool.classify.finding import finding
from spectool.classify.invocation import show
from spectool.model import Finding

CODE = "tool_error"


def assess(case: Case) -> int | str:
    """The calls with a reply."""
    if case.attempts and not case.replied:
        return "the log holds no tool replies"
    return case.replied


def detect(case: Case) -> Iterator[Finding]:
    """Every reply that reports a failure."""
    for attempt in case.attempts:
        result = attempt.call.result
        if result is not None and is_failure(result):
            message = f"expected a result, got {show(result.content.strip())}"
            yield finding(CODE, "error_reply", message, attempt=attempt, fault="unknown", got=result.content[:400])
