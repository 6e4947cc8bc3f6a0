"""What there is to read, portioned: a job is some small sources, or a part of a large one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from spectool.read.source import Source
from spectool.results.parts import parts, size_of
from spectool.results.stream import sources

# Bytes on disk. Small sources share a job, because each costs a message; what is larger than LARGEST_JOB and can not be taken apart is
# read by the first process in a stream, because a job's results come back in one piece.
BUNDLE = 256 << 10
LARGEST_JOB = 64 << 20
_PACKED = (".gz", ".zst")
_PACKED_GROWTH = 8  # how much larger logs are unpacked, about


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A source or a part of one, and how it is read; ``first`` is whether it holds the source's first record."""

    given: int
    source: Source
    format: str | None
    first: bool


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Pieces done one after another; ``here`` is whether they must be read by the first process."""

    pieces: tuple[Piece, ...]
    here: bool = False


def jobs(paths: Sequence[str | Path], format: str | None) -> Iterator[Job]:
    """Everything below ``paths``, in order.

    Raises:
        FormatError: A path does not exist or holds no data file.
    """
    bundle: list[Piece] = []
    weight = 0
    for piece in _pieces(paths, format):
        size, here = size_of(piece.source), not _can_move(piece.source)
        if bundle and (here or weight + size > BUNDLE):
            yield Job(pieces=tuple(bundle))
            bundle, weight = [], 0
        if here:
            yield Job(pieces=(piece,), here=True)
        else:
            bundle.append(piece)
            weight += size
    if bundle:
        yield Job(pieces=tuple(bundle))


def _pieces(paths: Sequence[str | Path], format: str | None) -> Iterator[Piece]:
    for given, whole in sources(paths):
        for number, (source, form) in enumerate(parts(whole, format)):
            yield Piece(given=given, source=source, format=form, first=number == 0)


def _can_move(source: Source) -> bool:
    """Whether another process can open it (standard input and pipes are read once) and its results are not too large to send."""
    if source.path is None or not source.path.is_file():
        return False
    return size_of(source) * (_PACKED_GROWTH if source.path.suffix.lower() in _PACKED else 1) <= LARGEST_JOB
