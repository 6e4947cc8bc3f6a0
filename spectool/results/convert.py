"""Trajectories of any format written as rows of another."""

from __future__ import annotations

import contextlib
import os
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


def convert_paths(
    paths: Sequence[str | Path], *, to: str, out: IO[bytes], reading: Reading, refuse: Callable[[Rejected], None]
) -> Converted:
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
