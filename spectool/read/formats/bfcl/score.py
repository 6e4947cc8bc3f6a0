"""BFCL's score files: the published verdict of each result, laid over our rows as ``compat_label`` and ``reward``; never rows themselves.

A score file has a header line, then the failures only; every other id of the category passed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from spectool.read.formats.bfcl.naming import file_name
from spectool.read.source import FormatError, Source, decode

OK = "ok"


class _Failure(msgspec.Struct, frozen=True):
    id: str | int | None = None
    error_type: str | None = None
    error: Any = None


_DECODER = msgspec.json.Decoder(_Failure)


def labels_beside(source: Source) -> Mapping[str, str] | None:
    """Error types by id from the score file that belongs to a result file; ``None`` where there is none, or it is damaged.

    It is looked for in the parallel tree (``result`` replaced by ``score``) and in the same folder.
    """
    if source.path is None:
        return None
    name = source.path.name.replace("_result.", "_score.")
    if name == source.path.name:
        return None
    for path in (*_parallel(source.path.absolute(), name), source.path.with_name(name)):
        if path.is_file():
            return _labels(Source(path))
    return None


def _parallel(path: Path, name: str) -> list[Path]:
    parts = path.parent.parts
    places = [index for index, part in enumerate(parts) if part == "result"]
    return [Path(*parts[:index], "score", *parts[index + 1 :]) / name for index in reversed(places)]


def _labels(source: Source) -> dict[str, str] | None:
    """``None`` for a damaged file: what it fails to name would count as passed."""
    found: dict[str, str] = {}
    parsed = file_name(source.name)
    category = parsed.category if parsed else ""
    try:
        for _, line in source.lines():
            if line.strip() and (row := _failure(line)).id is not None:
                found[row.id if isinstance(row.id, str) else f"{category}_{row.id}"] = _error_type(row)
    except (FormatError, msgspec.MsgspecError):
        return None
    return found


def _failure(line: bytes) -> _Failure:
    """One line; the second look takes NaN and lone surrogates, which the typed decoder refuses.

    Raises:
        FormatError: it is not JSON.
        msgspec.ValidationError: it is no failure's row.
    """
    try:
        return _DECODER.decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return msgspec.convert(decode(line), _Failure)


def _error_type(row: _Failure) -> str:
    """Single turn writes it beside the error, multi turn inside."""
    if row.error_type:
        return row.error_type
    inner = row.error.get("error_type") if isinstance(row.error, Mapping) else None
    return inner if isinstance(inner, str) else "unknown"
