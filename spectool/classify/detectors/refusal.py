"""Refusal: the model declined, where no call was made in that step.

An event, not a mistake: declining is right where no tool fits or a policy forbids. A call that was due and is missing
is charged as ``IAC``. Read from the opening words only, so that a result which reports a failure is not taken for one.

Source: API providers' ``refusal`` field and stop reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.finding import finding
from spectool.classify.invocation import show
from spectool.model import Finding, Tier

CODE = "refusal"

# Nothing in it can be read in two ways: a pattern that can be takes exponential time on a hostile text.
_SORRY = r"(?:(?:(?:i['’]?m|i am)\s+(?:really |very |so )?sorry|sorry|unfortunately|i apologi[sz]e),?\s+(?:but\s+)?)*+"
DECLINES = re.compile(
    rf"\s*{_SORRY}(?:as an ai[\w ,-]{{0,80}}?{_SORRY})?"
    r"(?:i\s+(?:can(?:not|['’]t| not)|(?:am|['’]m) (?:not able|unable)|won['’]t|will not)|it(?:['’]s| is) not possible)"
    r"\s*(?:to\s+)?(?:assist|help|do|fulfil|fulfill|provide|comply|process|perform|complete|book|access|answer|share|directly)",
    re.IGNORECASE,
)


def assess(case: Case) -> int | str:
    """The steps without a call."""
    return sum(1 for _, step in case.steps if not step.calls)


def detect(case: Case) -> Iterator[Finding]:
    """Every step that declines instead of calling."""
    for position, step in case.steps:
        if step.calls or (not step.text and step.finish_reason != "refusal"):
            continue
        marked = step.finish_reason in ("refusal", "content_filter")
        if marked or DECLINES.match(step.text[:300]):
            message = f"expected an attempt or an answer, got {show(step.text.strip())}"
            tier: Tier = "certain" if marked else "likely"
            yield finding(CODE, "refused", message, step=position, tier=tier, fault="unknown", got=step.text[:400])
