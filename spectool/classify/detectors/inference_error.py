"""Inference error (artefact): the engine or API failed, and an error stands where the model's turn should be.

The harness's doing: the model said nothing. It is counted apart, and no pattern is judged at that step.

Source: BFCL's "Error during inference", batch files' ``error`` rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.finding import finding
from spectool.classify.invocation import show
from spectool.model import Finding

CODE = "inference_error"


def assess(case: Case) -> int | str:
    """The steps."""
    return len(case.steps)


def detect(case: Case) -> Iterator[Finding]:
    """Every step that holds an error of the engine."""
    for position, step in case.steps:
        if step.finish_reason == "error":
            text = (step.raw or step.text).strip()
            yield finding(CODE, "error", f"expected a model's turn, got {show(text)}", step=position, fault="harness", got=text[:400])
