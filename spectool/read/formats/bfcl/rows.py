"""The lines of a BFCL result file, and the dialect they seem to answer in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import msgspec

from spectool.model import Rejected
from spectool.read.dialects.registry import dialect
from spectool.read.dialects.scan import scan
from spectool.read.record import as_json, rejected
from spectool.read.source import FormatError, Source, decode

INFERENCE_ERROR = "Error during inference"
# BFCL's names of what a result cost, and ours: tokens read, tokens written, seconds.
COUNTS = {"input_token_count": "prompt_tokens", "output_token_count": "completion_tokens", "latency": "seconds"}
_CALLS_LOOKED_AT = 20
_ROWS_LOOKED_AT = 200


class Row(msgspec.Struct, frozen=True):
    """One result: ``idx`` in place of ``id`` is v1's; the log stays undecoded until a multi-turn row needs it.

    ``finish_reason`` is ours: BFCL does not say that an answer was cut short.
    """

    result: Any
    id: str | int | None = None
    idx: int | None = None
    reasoning_content: Any = None
    inference_log: msgspec.Raw = msgspec.Raw()
    input_token_count: Any = None
    output_token_count: Any = None
    latency: Any = None
    finish_reason: str | None = None


_DECODER = msgspec.json.Decoder(Row)


def rows(source: Source) -> Iterator[tuple[int, Row] | Rejected]:
    """Results with their places; a line that is none is yielded as ``Rejected``."""
    if source.head().lstrip().startswith(b"["):
        for item in source.records():
            yield item if isinstance(item, Rejected) else _patient(source, item[0], msgspec.json.encode(item[1]))
        return
    try:
        for line, data in source.lines():
            if not data or data.isspace():
                continue
            try:
                yield line, _DECODER.decode(data)
            except (msgspec.MsgspecError, UnicodeError, RecursionError):
                yield _patient(source, line, data)
    except FormatError as error:
        yield rejected(source, None, str(error))


def _patient(source: Source, line: int, data: bytes) -> tuple[int, Row] | Rejected:
    """The second look at a line that the typed decoder refused: a broken one, or one with NaN or a lone surrogate."""
    record: Any = data.decode("utf-8", "replace")
    try:
        record = decode(data)
        log = record.pop("inference_log", None)
        row = msgspec.convert(
            {name: record[name] for name in ("result", "id", "idx", "reasoning_content", "finish_reason", *COUNTS) if name in record}, Row
        )
        return line, msgspec.structs.replace(row, inference_log=msgspec.Raw(as_json(log).encode("utf-8", "replace"))) if log else row
    except (FormatError, msgspec.MsgspecError, AttributeError, TypeError) as error:
        return rejected(source, line, f"expected a BFCL result: {error}", record)


def costs(row: Row) -> dict[str, float]:
    """What a result cost, by our names; of several turns the sum. Empty where the row does not say."""
    found = {ours: _total(getattr(row, theirs)) for theirs, ours in COUNTS.items()}
    return {name: value for name, value in found.items() if value is not None}


def _total(value: Any) -> float | None:
    if isinstance(value, list):
        parts = [part for part in map(_total, value) if part is not None]
        return sum(parts) if parts else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def asked_dialect(source: Source) -> str | None:
    """The dialect most of a file's first calls are written in; ``native`` for FC mode, ``None`` where nothing calls."""
    found: Counter[str] = Counter()
    guess: str | None = None
    for item in islice(rows(source), _ROWS_LOOKED_AT):
        for step in () if isinstance(item, Rejected) else _leaves(item[1].result):
            if isinstance(step, Mapping):
                return "native"
            if isinstance(step, str) and not step.startswith(INFERENCE_ERROR):
                seen = _dialect_of(step, guess)
                found.update(() if seen is None else (seen,))
                guess = seen or guess
        if found.total() >= _CALLS_LOOKED_AT:
            break
    return found.most_common(1)[0][0] if found else None


def _dialect_of(text: str, guess: str | None) -> str | None:
    """The dialect a text calls in; the one before is tried first, since a model mostly keeps to one."""
    if guess is not None and (calls := dialect(guess).parse(text).calls) and all(call.problem is None for call in calls):
        return guess
    return scan(text)[1]


def _leaves(result: Any) -> Iterator[Any]:
    """Texts and call objects of a result, however deep its turns nest."""
    if isinstance(result, list):
        for item in result:
            yield from _leaves(item)
    else:
        yield result
