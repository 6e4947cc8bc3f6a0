"""Ignored tool error: the model went on to answer as if a failed call had succeeded.

After a reply that reports a failure the model may call again, call something else, ask, or tell the user. Flagged when
it does none of these: its next words are an answer with no later call and no mention of a problem. Likely, never
certain: words are read by rule.

Source: PALADIN (arXiv 2509.25238), recovery failures; ToolScan's premature finish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.failures import is_failure
from spectool.classify.finding import finding
from spectool.model import Finding

CODE = "ignored_tool_error"

ADMITS = re.compile(
    r"error|fail|unable|sorry|apolog|could(?: not|n['’]t)|can(?:not| not|['’]t)|not (?:found|available|possible|valid|able|exist|allowed)|"
    r"no (?:such|match|result|record|available|data)|issue|problem|invalid|unfortunately|didn['’]t|did not|does(?: not|n['’]t)|wrong|"
    r"try again|missing|\bno(?:ne|thing)?\b(?! (?:problem|worr))|need (?:more|a|the|your)|please (?:provide|confirm|check)|transfer|\?",
    re.IGNORECASE,
)


def assess(case: Case) -> int | str:
    """The replies that reported a failure."""
    if case.attempts and not case.replied:
        return "the log holds no tool replies"
    return sum(1 for a in case.attempts if a.call.result is not None and is_failure(a.call.result))


def detect(case: Case) -> Iterator[Finding]:
    """The last failed call, when the answer that follows passes over it."""
    if not case.attempts:
        return
    last = case.attempts[-1]
    if last.call.result is None or not is_failure(last.call.result):
        return
    texts = [step.text for position, step in case.steps if position > last.step and step.text.strip()]
    if texts and not any(ADMITS.search(text) for text in texts):
        message = f"expected {last.name or 'the call'} to be mended or its failure told, got an answer that passes over it"
        yield finding(CODE, "continued", message, attempt=last, tier="likely", got=texts[-1][:400])
