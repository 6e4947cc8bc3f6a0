"""Tool error: a tool's reply that reports a failure.

An event, not a mistake: it blames nobody by itself. What the model did to cause it is charged under its own pattern,
and what it made of it under ``ignored_tool_error``. Read from the log's own error flag, else from how the reply begins.

Source: API-Bank's ``HAS_EXCEPTION``; decision 12 of the taxonomy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spectool.classify.case import Case, finding
from spectool.classify.invocation import show
from spectool.model import Finding, Result

CODE = "tool_error"

# How replies begin that report a failure; data that merely mentions errors does not begin so.
FAILED = re.compile(
    r"\s*(?:\{\s*[\"'](?:error|err|exception|detail)[\"']\s*:(?!\s*(?:null|false|None|False|\"\"|''|\[\]|\{\})\s*[,}])"
    r"|<?(?:tool[ _-]?)?error\b\s*[:>\-]|error (?:executing|calling|code|occurred|when|while)|exception\b|traceback \(most recent"
    r"|(?:invalid|unknown|missing|unexpected) (?:argument|parameter|tool|function|request)"
    r"|HTTP/?\s?(?:1\.1 )?[45]\d\d|Status Code: [45]\d\d)",
    re.IGNORECASE,
)


def is_failure(result: Result) -> bool:
    """Whether a reply reports that the call failed."""
    return result.is_error or FAILED.match(result.content[:400]) is not None


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
