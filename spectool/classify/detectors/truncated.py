"""Truncated (artefact): the engine cut the text at its length limit, so what was to come is unknown.

The harness's doing, counted apart from the patterns. It masks ``IFE.truncated`` at that step: a call that breaks off
because the engine stopped is no format error.

Source: OpenAI's ``finish_reason: length``, Anthropic's ``stop_reason: max_tokens``.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.finding import finding
from spectool.model import Finding

CODE = "truncated"
CUT = frozenset({"length", "max_tokens", "model_context_window_exceeded", "max_output_tokens"})


def assess(case: Case) -> int | str:
    """The steps whose finish reason is known."""
    known = sum(1 for _, step in case.steps if step.finish_reason is not None)
    return known or ("the log holds no finish reasons" if case.steps else 0)


def detect(case: Case) -> Iterator[Finding]:
    """Every step that the engine cut."""
    for position, step in case.steps:
        if step.finish_reason in CUT:
            message = f"expected a finished turn, got finish_reason '{step.finish_reason}'"
            yield finding(CODE, "length", message, step=position, fault="harness", got=step.finish_reason)
