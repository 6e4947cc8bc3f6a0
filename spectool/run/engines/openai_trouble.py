"""What to do about a server's refusals: try again and when, fail the one request, or stop.

Source: RFC 9110, section 10.2.3 (``Retry-After``: seconds or a date); OpenAI's guide "Rate limits" (``x-ratelimit-remaining-*`` and
``x-ratelimit-reset-*`` with spans like ``6m0s`` or ``20ms``; Azure gives bare seconds).
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Literal

import msgspec

from spectool.read.source import FormatError, decode

TRIES = 8
# A request that ran into the time limit so often will not be answered within it.
TIMEOUTS = 3
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
# Seconds to wait at a server's request; one that wants more is better gone back to later.
LONGEST_PAUSE = 300.0
# The limits' reset is when all is as at first, which may be long after the first request that would be taken.
LONGEST_RESET = 60.0

Kind = Literal["again", "pause", "timeout", "unreachable", "alone", "refused", "unknown", "stop"]

_AGAIN = frozenset({408, 409, 425})
_CONTEXT = ("context_length_exceeded", "exceed_context_size", "maximum context length", "context size", "context window")
# What a server says where no request can ever succeed, and what to do.
_STOP = (
    ("enable-auto-tool-choice", "start vllm serve with --enable-auto-tool-choice --tool-call-parser NAME, or pass --prompt json_list"),
    ("--jinja", "start llama-server with --jinja, or pass --prompt json_list"),
    ("not support tools", "pass --prompt json_list, which puts the tools into the messages"),
    ("insufficient_quota", "the account has no credit left; go on later with --resume"),
)
_SPAN = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """A try that gave no answer.

    ``again`` is worth another try, ``pause`` too, but all requests have to wait; ``timeout`` and ``unreachable`` are tries without any
    reply; ``alone`` is this request's own; ``refused`` is a 403, which may be either; ``unknown`` a 404; ``stop`` concerns all requests.
    ``wait`` is what the server asks for, in seconds, ``None`` where it says nothing. ``said`` is what the server said, codes included.
    """

    kind: Kind
    reason: str
    wait: float | None = None
    said: str = ""


class Tries:
    """What a request has been through; ``answered`` counts the server's answers to all requests so far, and when this one began."""

    def __init__(self, answered: int) -> None:
        self.began = time.monotonic()
        self.answered = answered
        self._before = answered
        self.counted = 0
        self.all = 0
        self.timeouts = 0

    def count(self, trouble: Trouble, answered: int) -> None:
        """A server at its limit serves some requests at a time: to hear so once more after others were answered is no failure."""
        self.all += 1
        self.counted += trouble.kind != "pause" or answered == self._before
        self.timeouts += trouble.kind == "timeout"
        self._before = answered

    @property
    def used_up(self) -> bool:
        """Whether it is not tried again."""
        return self.counted >= TRIES or self.timeouts >= TIMEOUTS


def trouble_in(status: int, headers: Mapping[str, str], body: bytes) -> Trouble:
    """What a reply that is no answer means."""
    message, code = _said(body)
    reason = f"{status} {_phrase(status)}: {_cut(message)}" if message else f"{status} {_phrase(status)}"
    whole = f"{code} {message}"
    if (todo := next((todo for mark, todo in _STOP if mark in whole), None)) is not None:
        return Trouble(kind="stop", reason=f"{reason}; {todo}")
    if status == 413 or (status >= 400 and status != 429 and any(mark in whole for mark in _CONTEXT)):
        advice = "shorten it, lower --max-new-tokens, or have the server allow more context"
        return Trouble(kind="alone", reason=f"the prompt is too long for the server: {reason}; {advice}")
    return Trouble(kind=_kind(status), reason=reason, wait=asked_wait(headers, status), said=whole)


def _kind(status: int) -> Kind:
    if status == 429:
        return "pause"
    if status in _AGAIN or (status >= 500 and status != 501):
        return "again"
    if status in (401, 402, 405) or status < 400:
        return "stop"
    return "refused" if status == 403 else "unknown" if status == 404 else "alone"


def status_inside(status: int, body: bytes) -> int:
    """The status that counts: some servers answer 200 and say inside that it went wrong."""
    if status != 200 or b'"error"' not in body:
        return status
    try:
        read = decode(body)
    except FormatError:
        return status
    if not isinstance(read, Mapping) or not read.get("error") or read.get("choices"):
        return status
    code = read["error"].get("code") if isinstance(read["error"], Mapping) else None
    return code if isinstance(code, int) and 400 <= code < 600 else 502


def asked_wait(headers: Mapping[str, str], status: int) -> float | None:
    """Seconds that the server asks to wait; ``None`` where it does not say."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        if (value := headers.get(name)) is not None and (seconds := _seconds(value, unit)) is not None:
            return seconds
    return spent(headers) if status == 429 else None


def spent(headers: Mapping[str, str]) -> float | None:
    """Seconds until limits that are used up are whole again, at most a minute; ``None`` where none is used up."""
    found = []
    for what in ("requests", "tokens"):
        if headers.get(f"x-ratelimit-remaining-{what}", "0") != "0":
            continue
        if (seconds := _seconds(headers.get(f"x-ratelimit-reset-{what}", ""), 1.0)) is not None:
            found.append(min(seconds, LONGEST_RESET))
    return max(found, default=None)


def _seconds(value: str, unit: float) -> float | None:
    """A number, a span such as ``6m0s``, or a date, as seconds from now; ``None`` for anything else."""
    value = value.strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", value):
        return float(value) * unit
    if re.fullmatch(rf"(?:{_SPAN.pattern})+", value):
        return sum(float(number) * _UNITS[name] for number, name in _SPAN.findall(value))
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def backoff(number: int, asked: float | None) -> float:
    """Seconds to wait after try ``number`` (from 1): up to twice as long each time, at random, on top of what the server asked for.

    Source: "Exponential Backoff And Jitter", AWS Architecture Blog ("full jitter").
    """
    most = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (number - 1))
    return (asked or 0.0) + random.uniform(0.0, most if asked is None else min(most, 1.0))


def _said(body: bytes) -> tuple[str, str]:
    """The message in an error's body, whichever shape it has (the text itself where it has none), and the codes beside it."""
    try:
        read: Any = decode(body)
    except FormatError:
        return _text(body), ""
    code = ""
    for name in ("error", "message", "detail"):
        if isinstance(read, Mapping) and read.get(name):
            code += " ".join(str(read[each])[:100] for each in ("type", "code", "param") if read.get(each))
            read = read[name]
    return (read if isinstance(read, str) else _text(body)), code


def _text(body: bytes) -> str:
    return " ".join(body[:2000].decode("utf-8", "replace").split())


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 300 else f"{text[:299]}…"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "(no known status)"
