"""Writes a result folder: in streams, beside its place, and put there whole only when everything is written.

Memory holds one row group a table at most. A reader never sees half a folder, and a run that fails (a full disk, an interrupt)
leaves the old folder as it was.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Self

import msgspec

from spectool.model import Rejected, Trajectory, Verdict
from spectool.results.rows import (
    FINDING_COLUMNS,
    OUTCOME_COLUMNS,
    TOOL_COLUMNS,
    TRAJECTORY_COLUMNS,
    finding_rows,
    outcome_rows,
    to_json,
    tools_row,
    trajectory_row,
)

SCHEMA_VERSION = 1
MARKER = "summary.json"
TABLES: Mapping[str, Mapping[str, str]] = {
    "trajectories": TRAJECTORY_COLUMNS,
    "findings": FINDING_COLUMNS,
    "outcomes": OUTCOME_COLUMNS,
    "tools": TOOL_COLUMNS,
}

# Large enough for DuckDB to skip and scan well, small enough to hold: a trajectory takes some 2-20 kB.
ROWS_PER_GROUP = 20_000
BYTES_PER_GROUP = 32 << 20

# Tool lists are written once while they are remembered; forgetting them costs a repeated row, never memory without end.
REMEMBERED_TOOLS = 50_000


class ResultFolderError(ValueError):
    """A result folder cannot be written or read; the message says which, why and what to do."""


def is_result_folder(path: Path) -> bool:
    """Whether ``path`` holds a result folder of any version: a ``summary.json`` with a ``schema_version``."""
    try:
        with (path / MARKER).open("rb") as file:
            return isinstance(json.load(file).get("schema_version"), int)
    except (OSError, ValueError, AttributeError, RecursionError):
        return False


def ensure_replaceable(path: Path) -> None:
    """Refuses a place whose content is not ours to replace.

    Raises:
        ResultFolderError: ``path`` is a file, or a folder with something else in it than results.
    """
    if not path.exists() and not path.is_symlink():
        return
    if not path.is_dir():
        raise ResultFolderError(f"'{path}' is a file, not a result folder; pass another -o")
    if any(path.iterdir()) and not is_result_folder(path):
        raise ResultFolderError(f"'{path}' is no result folder (it has no {MARKER} of ours), so it is not replaced; pass another -o")


class FolderWriter:
    """The tables and ``rejected.jsonl`` of a folder in the making; ``folder`` is where they lie for now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._tables = {name: _Table(folder / f"{name}.parquet", columns) for name, columns in TABLES.items()}
        self._rejected: IO[bytes] = (folder / "rejected.jsonl").open("wb")
        self._tools_seen: set[str] = set()

    def add(self, trajectories: Sequence[Trajectory], verdicts: Sequence[Verdict]) -> None:
        """Writes a batch; ``verdicts`` in the order of ``trajectories``."""
        offered = [tools_row(trajectory) for trajectory in trajectories]
        triples = zip(trajectories, verdicts, offered, strict=True)
        self._tables["trajectories"].add([trajectory_row(one, verdict, tools and tools[0]) for one, verdict, tools in triples])
        self._tables["findings"].add([row for verdict in verdicts for row in finding_rows(verdict)])
        self._tables["outcomes"].add([row for verdict in verdicts for row in outcome_rows(verdict)])
        self._tables["tools"].add([tools for tools in offered if tools and self._is_new(tools[0])])

    def reject(self, rejected: Rejected) -> None:
        """Names an unreadable record."""
        row = {"file": rejected.source, "line": rejected.line, "reason": rejected.reason, "head": rejected.head}
        self._rejected.write(to_json(row).encode() + b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Ends every file; after an exception what still waits is dropped, and a second failure does not hide the first."""
        with contextlib.suppress(OSError) if kind else contextlib.nullcontext():
            self._rejected.close()
        for table in self._tables.values():
            with contextlib.suppress(OSError) if kind else contextlib.nullcontext():
                table.close(drop=kind is not None)

    def _is_new(self, tools: str) -> bool:
        if tools in self._tools_seen:
            return False
        if len(self._tools_seen) >= REMEMBERED_TOOLS:
            self._tools_seen.clear()
        self._tools_seen.add(tools)
        return True


class _Table:
    """One Parquet file, written a row group at a time."""

    def __init__(self, path: Path, columns: Mapping[str, str]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        kinds = {"string": pa.string(), "int32": pa.int32(), "int64": pa.int64(), "double": pa.float64(), "bool": pa.bool_()}
        kinds["list"] = pa.list_(pa.string())
        self._schema = pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._waiting: list[Any] = []
        self._rows = self._bytes = 0

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        import pyarrow as pa

        if not rows:
            return
        columns = [pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), self._schema, strict=True)]
        self._waiting.append(pa.RecordBatch.from_arrays(columns, schema=self._schema))
        self._rows += len(rows)
        self._bytes += self._waiting[-1].nbytes
        if self._rows >= ROWS_PER_GROUP or self._bytes >= BYTES_PER_GROUP:
            self._flush()

    def close(self, *, drop: bool) -> None:
        if not drop:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        waiting, self._waiting = self._waiting, []
        self._rows = self._bytes = 0
        if waiting:
            self._writer.write_table(pa.Table.from_batches(waiting))


@contextlib.contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A temporary folder beside ``out`` that takes its place when the block ends well, and vanishes when it does not.

    Raises:
        ResultFolderError: ``out`` may not be replaced, or a file in it could not be written (for example: the disk is full).
    """
    out = out.resolve()
    ensure_replaceable(out)
    partial = out.parent / f".{out.name}.partial-{os.getpid()}"
    missing = [parent for parent in out.parents if not parent.exists()]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        yield partial
        _swap(partial, out)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ResultFolderError(f"could not write '{out}': {reason}; nothing was changed there") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        with contextlib.suppress(OSError):
            # Only what is still empty, and was made here, goes again.
            for parent in missing:
                parent.rmdir()


def _swap(partial: Path, out: Path) -> None:
    """Puts ``partial`` in the place of ``out``; the old folder comes back if that fails."""
    old = out.parent / f".{out.name}.old-{os.getpid()}"
    if out.exists():
        out.rename(old)
    try:
        partial.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_summary(folder: Path, summary: Any) -> None:
    """Writes ``summary.json``, the marker that makes a folder a result folder; it comes last."""
    data = msgspec.json.format(msgspec.json.encode(summary), indent=2)
    with (folder / MARKER).open("wb") as file:
        file.write(data + b"\n")
