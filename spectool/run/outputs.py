"""The outputs file while a run writes it: every finished episode is appended and flushed at once, with a checksum."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Literal

import msgspec

from spectool.model import Trajectory
from spectool.read.formats.spectool_rows import write
from spectool.read.source import FormatError, decode
from spectool.results.rows import to_json
from spectool.run.errors import RunError
from spectool.run.locks import lock

# (task, sample): which attempt a row is of.
Place = tuple[str, int]
Dropped = Literal["failed", "damaged"]
# The last field of a row; it is over the row's bytes before it.
_CHECKSUM = re.compile(rb',"checksum":"([0-9a-f]{16})"}\n\Z')


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of an interrupted run: ``done`` are the attempts that stay, the counts those taken out of the file.

    ``failed`` could not be generated and ``damaged`` are not as they were written: both are run again. ``repeated`` were there twice.
    """

    done: frozenset[Place] = frozenset()
    failed: int = 0
    damaged: int = 0
    repeated: int = 0


def sealed(row: str) -> bytes:
    """A row's line: the JSON object with ``checksum`` as its last field."""
    body = row.encode()[:-1]
    return body + b',"checksum":"' + _checksum(body) + b'"}\n'


def intact(line: bytes) -> bool:
    """Whether a line is whole and as it was written; a row without a checksum (of an older version) only has to be whole."""
    found = _CHECKSUM.search(line)
    return line.endswith(b"\n") if found is None else _checksum(line[: found.start()]) == found[1]


def _checksum(body: bytes) -> bytes:
    return blake2b(body, digest_size=8).hexdigest().encode()


def finished(out: Path, place_of: Callable[[bytes], Place | Dropped] | None = None) -> Kept:
    """What an interrupted run finished; rows that do not stay are taken out. ``place_of`` reads a whole line; ``None``: an attempt's."""
    done: set[Place] = set()
    # Runs of lines that stay, as (start, end) in bytes.
    stays: list[list[int]] = []
    dropped = dict.fromkeys(("failed", "damaged", "repeated"), 0)
    end = 0
    with out.open("rb") as file:
        for line in file:
            start, end = end, end + len(line)
            place = (place_of or _place)(line) if intact(line) else "damaged"
            if isinstance(place, str):
                dropped[place] += 1
            elif place in done:
                dropped["repeated"] += 1
            else:
                done.add(place)
                if stays and stays[-1][1] == start:
                    stays[-1][1] = end
                else:
                    stays.append([start, end])
    if any(dropped.values()):
        _keep(out, stays)
    return Kept(done=frozenset(done), **dropped)


def _keep(out: Path, stays: list[list[int]]) -> None:
    """Leaves only these parts of the file."""
    if not stays or (len(stays) == 1 and stays[0][0] == 0):
        # What broke off at the end is the usual case, and needs no room on a disk that may be full.
        os.truncate(out, stays[0][1] if stays else 0)
        return
    temporary = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with out.open("rb") as file, temporary.open("wb") as target:
            for start, end in stays:
                file.seek(start)
                for at in range(start, end, 1 << 20):
                    target.write(file.read(min(1 << 20, end - at)))
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)


def _place(line: bytes) -> Place | Dropped:
    """The attempt that a row is of, or why it is to be run again."""
    try:
        row = decode(line)
    except FormatError:
        row = None
    if not isinstance(row, Mapping):
        return "damaged"
    task, sample = row.get("task") or row.get("id"), row.get("sample", 0)
    if not isinstance(task, str) or not isinstance(sample, int):
        return "damaged"
    return "failed" if _failed(row) else (task, sample)


def _failed(row: Mapping[str, Any]) -> bool:
    meta = row.get("meta")
    return isinstance(meta, Mapping) and meta.get("stopped") == "error"


class Outputs:
    """Appends rows; each is on disk, as far as the operating system is concerned, when ``add`` returns."""

    def __init__(self, out: Path) -> None:
        # Unbuffered: after a write that failed, nothing is left that would be tried again.
        self._file = out.open("ab", buffering=0)
        self._out = out

    def __enter__(self) -> Outputs:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def add(self, trajectory: Trajectory) -> None:
        """One row, self-contained; raises as `append`."""
        self.append(to_json(write(trajectory)))

    def append(self, row: str) -> None:
        """One row, a JSON object.

        Raises:
            RunError: it could not be written whole; ``--resume`` takes out what was.
        """
        rest = memoryview(sealed(row))
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise RunError(f"{self._out} can not be written: {error.strerror}; what was finished is in it, go on with --resume") from error


class Writing:
    """One process at a time writes an outputs file; the hold ends with the process, however it ends.

    On a file system without locks there is no such hold.
    """

    def __init__(self, out: Path) -> None:
        self._path = out.with_name(f".{out.name}.lock")
        self._out = out
        self._file: BinaryIO | None = None

    def __enter__(self) -> Writing:
        """Takes hold of the file.

        Raises:
            RunError: another run has it.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        while self._file is None:
            self._file = self._held()
        return self

    def _held(self) -> BinaryIO | None:
        """The lock's file, held; ``None`` when the run before took it away just now."""
        file = self._path.open("ab")
        try:
            lock(file, wait=False)
            if self._is_current(file):
                return file
        except BlockingIOError:
            file.close()
            raise RunError(f"another run is writing {self._out}; wait for it or choose another -o") from None
        except OSError:
            file.close()
            raise
        file.close()
        return None

    def _is_current(self, file: BinaryIO) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self._path.stat())
        except FileNotFoundError:
            return False

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._file is not None:
            # While it is held, so that whoever opened it meanwhile sees that it is gone.
            self._path.unlink(missing_ok=True)
            self._file.close()
