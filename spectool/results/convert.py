"""Trajectories of any format written as rows of another."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import msgspec

from spectool.model import Rejected, Trajectory
from spectool.read.formats.registry import FORMATS, by_name
from spectool.read.source import FormatError
from spectool.results.rows import to_json
from spectool.results.stream import Reading, read_batches

Write = Callable[[Trajectory], dict[str, Any]]
Refuse = Callable[[Rejected], None]
# Rows of one file of a folder: each one's order and id with its line.
Rows = dict[tuple[tuple[int, str], str], bytes]


class Converted(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows were written, and how many records could not be read."""

    written: int
    rejected: int


def writable() -> tuple[str, ...]:
    """Names of the formats that can be written."""
    return tuple(module.NAME for module in FORMATS if hasattr(module, "write"))


def writer(name: str) -> Write:
    """What turns a trajectory into a row of format ``name``.

    Raises:
        FormatError: There is no such format, or it can only be read.
    """
    module = by_name(name)
    write: Write | None = getattr(module, "write", None)
    if write is None:
        raise FormatError(f"format '{name}' can be read, not written; those that can: {', '.join(writable())}")
    return write


def convert_paths(paths: Sequence[str | Path], *, to: str, out: IO[bytes], reading: Reading, refuse: Refuse) -> Converted:
    """Writes every trajectory below ``paths`` to ``out`` as JSON lines of format ``to``; ``refuse`` is told of what could not be read.

    Raises:
        FormatError: As ``writer`` and ``read_batches``.
    """
    write = writer(to)
    written = rejected = 0
    for batch in read_batches(paths, reading):
        for trajectory in batch.trajectories:
            out.write(to_json(write(trajectory)).encode() + b"\n")
        written += len(batch.trajectories)
        rejected += len(batch.rejected)
        for each in batch.rejected:
            refuse(each)
    return Converted(written=written, rejected=rejected)


def makes_folder(name: str) -> bool:
    """Whether format ``name`` is written as a folder of files, each row in the one that its ``place(trajectory)`` says.

    Raises:
        FormatError: As ``writer``.
    """
    writer(name)
    return hasattr(by_name(name), "place")


def convert_into(paths: Sequence[str | Path], *, to: str, folder: Path, reading: Reading, refuse: Refuse) -> Converted:
    """Writes every trajectory below ``paths`` into ``folder`` as files of format ``to``; ``refuse`` is told of what has no place there.

    The rows of a file stand in the order that the format gives them, so all are held until the last is read. All files appear together
    or none does.

    Raises:
        FormatError: As ``writer`` and ``read_batches``, or a file is there already.
    """
    files: dict[str, Rows] = {}
    rejected = 0
    for batch in read_batches(paths, reading):
        refused = [*batch.rejected, *filter(None, (_added(files, trajectory, to) for trajectory in batch.trajectories))]
        rejected += len(refused)
        for each in refused:
            refuse(each)
    _write_all(files, folder)
    return Converted(written=sum(map(len, files.values())), rejected=rejected)


def _added(files: dict[str, Rows], trajectory: Trajectory, to: str) -> Rejected | None:
    """Adds the row of a trajectory to its file; why it can not be one."""
    try:
        file, order = by_name(to).place(trajectory)  # type: ignore[attr-defined]
        row = writer(to)(trajectory)
    except FormatError as error:
        return Rejected(source=trajectory.source, line=trajectory.line, reason=str(error))
    if files.setdefault(file, {}).setdefault((order, row["id"]), line := to_json(row).encode() + b"\n") is not line:
        reason = f"a second answer to '{row['id'][:80]}' in {file}; the first is kept"
        return Rejected(source=trajectory.source, line=trajectory.line, reason=reason)
    return None


def _write_all(files: dict[str, Rows], folder: Path) -> None:
    there = next((folder / name for name in files if (folder / name).exists()), None)
    if there is not None:
        raise FormatError(f"{there} is there already; remove it or choose another -o")
    partial = folder.with_name(f".{folder.name}.partial-{os.getpid()}")
    try:
        for name, rows in files.items():
            (partial / name).parent.mkdir(parents=True, exist_ok=True)
            (partial / name).write_bytes(b"".join(line for _, line in sorted(rows.items())))
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (partial / name).replace(folder / name)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its place when the block ends well, and vanishes when it does not."""
    partial = path.with_name(f".{path.name}.partial-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            yield file
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
