"""Lost call (artefact): the model's text holds more calls than the harness kept.

Some parsers keep only the first of several parallel calls, or drop all when one is malformed. Judged where a log holds
both the raw text and the structured calls. The calls that were lost cannot be charged to the model as missing.

Source: vLLM's all-or-nothing tool parsers; BFCL's parallel categories.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.finding import finding
from spectool.model import Finding, Step
from spectool.read.dialects.scan import scan

CODE = "lost_call"


def assess(case: Case) -> int | str:
    """The steps that hold both raw text and structured calls."""
    both = sum(1 for _, step in case.steps if _has_both(step))
    return both or ("no step holds raw text beside structured calls" if case.steps else 0)


def detect(case: Case) -> Iterator[Finding]:
    """Every step whose text calls more than was kept."""
    for position, step in case.steps:
        if not _has_both(step):
            continue
        parsed, _ = scan(step.raw or "", names=frozenset(case.effects if case.has_tools else ()))
        written = sum(1 for call in parsed.calls if call.arguments is not None)
        if written > len(step.calls):
            message = f"expected {written} calls as the text writes them, got {len(step.calls)}"
            yield finding(CODE, "parallel", message, step=position, fault="harness", expected=written, got=len(step.calls))


def _has_both(step: Step) -> bool:
    return step.dialect == "native" and bool(step.raw) and bool(step.calls)
