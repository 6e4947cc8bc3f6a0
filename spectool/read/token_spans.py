"""From characters to tokens: which of a step's tokens wrote a call, and which one argument's value."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from spectool.model import Call, Step

Span = tuple[int, int]
"""(start, end), the end not included."""

_DECODER = json.JSONDecoder()


def call_tokens(step: Step, call: Call) -> Span | None:
    """The step's tokens that wrote the call.

    Returns:
        Indices into ``step.logprobs``; ``None`` where there are no log-probabilities, where they are not those of the raw text, or where
        the call has no place in it.
    """
    return None if call.span is None else token_range(step, call.span)


def value_tokens(step: Step, call: Call, argument: str) -> Span | None:
    """The step's tokens that wrote the value of one argument, a text's quotes not included.

    Returns:
        As ``call_tokens``; also ``None`` where ``value_span`` finds no place.
    """
    place = value_span(step, call, argument)
    return None if place is None else token_range(step, place)


def token_range(step: Step, span: Span) -> Span | None:
    """The tokens that wrote any of the characters ``span`` of ``step.raw``, or a part of one of them; else as ``call_tokens``."""
    if step.logprobs is None or step.raw is None or not 0 <= span[0] < span[1] <= len(step.raw):
        return None
    if "".join(each.token for each in step.logprobs) != step.raw:
        return None
    ends = list(accumulate(len(each.token) for each in step.logprobs))
    first = bisect_right(ends, span[0])
    begins = ends[first - 1] if first else 0
    if begins == span[0]:
        # A character of several tokens stands in the last of them, behind pieces that are empty.
        first = bisect_left(ends, begins) + 1 if begins else 0
    return first, bisect_left(ends, span[1]) + 1


def value_span(step: Step, call: Call, argument: str) -> Span | None:
    """The characters of ``step.raw`` that are the value of an argument, a text's quotes not included unless it is empty.

    ``None`` where what stands behind the argument's name does not read as the value that was read, as after some repairs. Where the same
    name and value stand in the call twice, it is the first place.
    """
    if call.span is None or step.raw is None or call.arguments is None or argument not in call.arguments:
        return None
    start, end = call.span
    written, value = step.raw[start:end], call.arguments[argument]
    for place in _places(written, argument):
        found = _json_value(written, place, value) or _plain_value(written, place, value)
        if found is not None:
            return start + found[0], start + found[1]
    return None


def _places(written: str, argument: str) -> Iterator[int]:
    """Where a value may begin: behind the argument's name and ``:`` (JSON), ``=`` (source code) or ``>`` (tags)."""
    names = {argument, json.dumps(argument)[1:-1]}
    for found in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})[\"']?\s*+[:=>]\s*+", written):
        yield found.end()


def _json_value(written: str, place: int, value: Any) -> Span | None:
    try:
        read, end = _DECODER.raw_decode(written, place)
    except (ValueError, RecursionError):
        return None
    if type(read) is not type(value) or read != value or _goes_on(written, end):
        return None
    return (place + 1, end - 1) if isinstance(value, str) and value else (place, end)


def _plain_value(written: str, place: int, value: Any) -> Span | None:
    """A value as source code and tags have it: in either kind of quotes, or in none."""
    quote = written[place : place + 1] if isinstance(value, str) and written[place : place + 1] in ("'", '"') else ""
    for spelled in _spellings(value):
        begin = place + len(quote)
        end = begin + len(spelled)
        if written.startswith(spelled + quote, begin) and (quote or (spelled and not _goes_on(written, end))):
            return (begin, end) if spelled else (place, end + len(quote))
    return None


def _spellings(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return value, repr(value)[1:-1], json.dumps(value)[1:-1]
    try:
        return repr(value), json.dumps(value, default=str)
    except (ValueError, RecursionError):
        return ()


def _goes_on(written: str, end: int) -> bool:
    """Whether the word or number that ends here has more characters."""
    return re.match(r"\w[\w.]", written[end - 1 : end + 1]) is not None
