"""A large file of JSON lines taken apart at line ends, so that several processes can read it and memory holds little of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from spectool.model import Rejected
from spectool.read.formats.registry import detect
from spectool.read.source import FormatError, Record, Source, decode

# Bytes: a second's work or less, so that processes finish together, and much more than what it costs to open a file.
PART = 2 << 20
# Formats whose every line stands alone. The others say something in one line, or in the first few, that holds for further ones.
LINEWISE = frozenset({"anthropic", "openai_batch", "openai_chat", "openai_response", "spectool", "xlam_60k", "xlam_unified"})


class Part(Source):
    """Whole lines of a JSON-lines file, numbered as in the file: bytes ``start`` to ``stop``, after ``before`` lines."""

    def __init__(self, path: Path, name: str, start: int, stop: int, before: int) -> None:
        super().__init__(path, name)
        self.start, self.stop, self.before = start, stop, before

    def open(self) -> BinaryIO:
        """The bytes of these lines."""
        with super().open() as file:
            file.seek(self.start)
            return io.BytesIO(file.read(self.stop - self.start))

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """As `Source.lines`, with the file's line numbers."""
        return ((number + self.before, line) for number, line in super().lines())

    def records(self) -> Iterator[Record | Rejected]:
        """As `Source.records`, with the file's line numbers."""
        for item in super().records():
            if isinstance(item, Rejected):
                yield item if item.line is None else msgspec.structs.replace(item, line=item.line + self.before)
            else:
                yield item[0] + self.before, item[1]


def parts(source: Source, format: str | None) -> Iterator[tuple[Source, str | None]]:
    """``source`` in parts of some ``PART`` bytes, each with the name of its format; whole where it is small or can not be cut."""
    form = _linewise(source, format) if size_of(source) > PART else None
    if form is None or source.path is None:
        yield source, format
        return
    with source.path.open("rb") as file:
        for start, stop, before in _cuts(file):
            yield Part(source.path, source.name, start, stop, before), form


def size_of(source: Source) -> int:
    """Bytes on disk; 0 of what is no regular file."""
    if isinstance(source, Part):
        return source.stop - source.start
    return source.path.stat().st_size if source.path is not None and source.path.is_file() else 0


def _linewise(source: Source, format: str | None) -> str | None:
    """The format's name when it reads line by line and the file, as it lies on disk, begins with a line that is a whole record."""
    try:
        name = detect(source, format).NAME
    except FormatError:
        return None  # told when it is read
    if name not in LINEWISE or source.path is None or not source.head().startswith(b"{"):
        return None
    with source.path.open("rb") as file:
        return name if _is_record(file.readline()) else None


def _cuts(file: BinaryIO) -> Iterator[tuple[int, int, int]]:
    """Start, stop and lines before, of each part; all but the first begin with a whole record, as a file would."""
    start = before = 0
    while block := file.read(PART):
        lines = block.count(b"\n") + file.readline().count(b"\n")
        stop = file.tell()
        while (line := file.readline()) and not _is_record(line):
            lines, stop = lines + 1, file.tell()
        yield start, stop, before
        file.seek(stop)
        start, before = stop, before + lines


def _is_record(line: bytes) -> bool:
    try:
        return isinstance(decode(line), dict)
    except FormatError:
        return False
