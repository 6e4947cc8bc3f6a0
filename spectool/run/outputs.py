"""The outputs file while a run writes it: every finished episode is appended and flushed at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from spectool.model import Trajectory
from spectool.read.formats.spectool_rows import write
from spectool.read.source import FormatError, decode
from spectool.results.rows import to_json
from spectool.run.journal import replace_file

Done = set[tuple[str, int]]


def finished(out: Path) -> Done:
    """(task, sample) of the episodes that an interrupted run finished.

    Rows of episodes that failed are taken out of the file, to be tried again, and so is a last line cut short.
    """
    lines = out.read_bytes().splitlines(keepends=True)
    kept = [(line, place) for line in lines if (place := _place(line)) is not None]
    if len(kept) < len(lines):
        replace_file(out, b"".join(line for line, _ in kept))
    return {place for _, place in kept}


def _place(line: bytes) -> tuple[str, int] | None:
    """The episode a row is of; ``None`` for one to be run again."""
    try:
        row = decode(line) if line.endswith(b"\n") else None
    except FormatError:
        return None
    if not isinstance(row, Mapping) or _failed(row):
        return None
    return str(row.get("task") or row.get("id")), int(row.get("sample", 0))


def _failed(row: Mapping[str, Any]) -> bool:
    meta = row.get("meta")
    return isinstance(meta, Mapping) and meta.get("stopped") == "error"


class Outputs:
    """Appends rows; each is on disk, as far as the operating system is concerned, when ``add`` returns."""

    def __init__(self, out: Path) -> None:
        self._file: BinaryIO = out.open("ab")

    def __enter__(self) -> Outputs:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def add(self, trajectory: Trajectory) -> None:
        """One row, self-contained."""
        self._file.write(to_json(write(trajectory)).encode() + b"\n")
        self._file.flush()
