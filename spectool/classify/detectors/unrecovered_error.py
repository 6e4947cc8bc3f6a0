"""Unrecovered error: a tool failed, the model gave up, and the calls that were due never came.

Flagged where a call of the last calling step failed, no later call was made, and gold calls are left unmatched (where the
gold tells user turns apart, each by itself): the error was noticed (else it is ``ignored_tool_error``) but not overcome.
The missing calls themselves are charged as ``IAC.stopped_early``. Likely: some errors cannot be overcome.

Source: PALADIN (arXiv 2509.25238); MCP-Atlas failure diagnosis.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.detectors.ignored_tool_error import ADMITS, ends_in_failure
from spectool.classify.failures import is_failure
from spectool.classify.finding import finding
from spectool.model import Finding

CODE = "unrecovered_error"


def assess(case: Case) -> int | str:
    """The replies that reported a failure, where gold tells what was still due."""
    if case.match is None:
        return case.unmatched or "no gold: whether anything was left undone is unknown (pass --tasks)"
    if case.attempts and not case.replied:
        return "the log holds no tool replies"
    return sum(1 for a in case.attempts if a.call.result is not None and is_failure(a.call.result))


def detect(case: Case) -> Iterator[Finding]:
    """The failed call after which the model gave up."""
    if case.match is None or not case.match.missing:
        return
    for last, texts in ends_in_failure(case):
        undone = [call for call in case.match.missing if not case.has_turns or call.turn == last.turn]
        if undone and texts and any(ADMITS.search(text) for text in texts):
            message = f"expected another attempt after {last.name or 'a call'} failed, got an end with {len(undone)} calls undone"
            yield finding(CODE, "gave_up", message, attempt=last, tier="likely", got=texts[-1][:400])
