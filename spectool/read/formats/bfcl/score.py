"""BFCL's score files: the published verdict of each result, laid over our rows as ``compat_label`` and ``reward``; never rows themselves.

A score file has a header line, then the failures only; every other id of the category passed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from spectool.read.formats.bfcl.naming import file_name
from spectool.read.source import FormatError, Source

OK = "ok"


class _Failure(msgspec.Struct, frozen=True):
    id: str | int | None = None
    error_type: str | None = None
    error: Any = None


_DECODER = msgspec.json.Decoder(_Failure)


def labels_beside(source: Source) -> Mapping[str, str] | None:
    """Error types by id from the score file that belongs to a result file; ``None`` where there is none.

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


def _labels(source: Source) -> dict[str, str]:
    found: dict[str, str] = {}
    parsed = file_name(source.name)
    category = parsed.category if parsed else ""
    try:
        for _, line in source.lines():
            try:
                row = _DECODER.decode(line)
            except (msgspec.MsgspecError, UnicodeError, RecursionError):
                continue
            if row.id is not None:
                found[row.id if isinstance(row.id, str) else f"{category}_{row.id}"] = _error_type(row)
    except FormatError:
        pass  # what stands before the damage still holds; the file itself is named when it is read as an input
    return found


def _error_type(row: _Failure) -> str:
    """Single turn writes it beside the error, multi turn inside."""
    if row.error_type:
        return row.error_type
    inner = row.error.get("error_type") if isinstance(row.error, Mapping) else None
    return inner if isinstance(inner, str) else "unknown"
