"""Which replies report that a call failed: by the log's own flag, else by how the reply begins or, where it is short, by all it says."""

from __future__ import annotations

import re

from spectool.model import Result

# How replies begin that report a failure; data that merely mentions errors does not begin so.
_FAILED = re.compile(
    r"\s*(?:\{\s*[\"'](?:error|err|exception|detail)[\"']\s*:(?!\s*(?:null|false|None|False|\"\"|''|\[\]|\{\})\s*[,}])"
    r"|<?(?:tool[ _-]?)?error\b\s*[:>\-]|error (?:executing|calling|code|occurred|when|while)|exception\b|traceback \(most recent"
    r"|(?:(?:parameter|argument|input|type|value|validation|request|runtime|server|internal|syntax|api|database) ){1,3}error\s*:"
    r"|(?:[a-z]\w*\.)*[a-z]\w+(?:error|exception)\s*:"
    r"|(?:invalid|unknown|missing|unexpected) (?:argument|parameter|tool|function|request)"
    r"|HTTP/?\s?(?:1\.1 )?[45]\d\d|Status Code: [45]\d\d)",
    re.IGNORECASE,
)
# A reply that says nothing but that the one thing named is not there; "no results found" is an answer.
_ABSENT = re.compile(
    r"\s*(?!no\b|none\b|nothing\b)[a-z][\w' -]{0,60}? (?:not found|does not exist|doesn['’]t exist)[.!]?\s*", re.IGNORECASE
)


def is_failure(result: Result) -> bool:
    """Whether a reply reports that the call failed."""
    head = result.content[:400]
    return result.is_error or _FAILED.match(head) is not None or (len(head) < 100 and _ABSENT.fullmatch(head) is not None)
