"""Writes a result folder: in streams, beside its place, and put there whole only when everything is written.

Memory holds one row group a table at most. A reader never sees half a folder, and a run that fails (a full disk, an interrupt)
leaves the old folder as it was.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import IO, Any, Self

import msgspec

from spectool.model import Rejected, Trajectory, Verdict
from spectool.results.columns import TABLES, Columns, columns_of, schema
from spectool.results.labels_file import carried
from spectool.results.rows import to_json

SCHEMA_VERSION = 1
MARKER = "summary.json"

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
        self._tables: dict[str, _Table] = {}
        for name in TABLES:
            self._table(name)
        self._rejected: IO[bytes] = (folder / "rejected.jsonl").open("wb")
        self._tools_seen: set[str] = set()

    def add(self, trajectories: Sequence[Trajectory], verdicts: Sequence[Verdict]) -> None:
        """Writes a batch; ``verdicts`` in the order of ``trajectories``."""
        self.append(columns_of(trajectories, verdicts))

    def append(self, columns: Columns) -> None:
        """Writes what ``columns_of`` made of a batch, here or in another process."""
        for table, batch in columns.items():
            for part in self._unseen(batch) if table == "tools" else (batch,):
                self._table(table).add(part)

    def _table(self, name: str) -> _Table:
        """The table of that name; an optional one begins with its first rows."""
        if name not in self._tables:
            self._tables[name] = _Table(self.folder / f"{name}.parquet", schema(name))
        return self._tables[name]

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

    def _unseen(self, tools: Any) -> Iterator[Any]:
        """The runs of rows whose tool list was not written before."""
        new = [self._is_new(key) for key in tools["hash"].to_pylist()]
        for is_new, run in groupby(range(len(new)), key=new.__getitem__):
            if is_new:
                rows = list(run)
                yield tools.slice(rows[0], len(rows))

    def _is_new(self, tools: str) -> bool:
        if tools in self._tools_seen:
            return False
        if len(self._tools_seen) >= REMEMBERED_TOOLS:
            self._tools_seen.clear()
        self._tools_seen.add(tools)
        return True


class _Table:
    """One Parquet file, written a row group at a time."""

    def __init__(self, path: Path, schema: Any) -> None:
        import pyarrow.parquet as pq

        self._writer = pq.ParquetWriter(path, schema, compression="zstd")
        self._waiting: list[Any] = []
        self._rows = self._bytes = 0

    def add(self, batch: Any) -> None:
        """Takes a record batch; writes once enough of them wait."""
        self._waiting.append(batch)
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
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
        with carried(out, partial):
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
