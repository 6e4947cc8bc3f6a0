"""Opening what people have: files, folders, ``.gz``, ``.zst`` and standard input, as records with their places.

A ``Source`` never raises on a bad line: `Source.records` yields it as ``Rejected`` and reads on. Memory does not grow with the
number of lines; an array or a single document is held whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from spectool.model import Rejected
from spectool.read.json_documents import HEAD_CHARACTERS, Flaw, records_of, spans_lines
from spectool.read.json_values import FormatError, decode, duplicate_keys
from spectool.read.streams import CUT_SHORT, open_bytes, spool

HEAD_BYTES = 1 << 16
SAMPLE_RECORDS = 5
# What a walk through a folder opens; a file named by the user is opened whatever it is called.
DATA_SUFFIXES = (".json", ".jsonl", ".ndjson", ".eval")
# The journal that a run keeps beside its outputs: settings, no data.
JOURNAL_SUFFIX = ".run.json"
_PACKED_SUFFIXES = (".gz", ".zst")
_BOM = b"\xef\xbb\xbf"

Record = tuple[int, Any]


class Source:
    """One file (or standard input, or a folder as a whole), read as often as needed.

    ``name`` is shown to people and hashed into keys: it is the path below the folder the user named (or the bare file name), so it does
    not change with the working directory or the machine.
    """

    def __init__(self, path: Path | None, name: str | None = None) -> None:
        if path is None or path.is_fifo():
            # Held so that the temporary file lives as long as its Source.
            self._spool = spool(path)
            self._opened = Path(self._spool.name)
        else:
            self._opened = path
        self.path = path
        self.name = name or ("stdin" if path is None else path.name)
        self.is_dir = path is not None and path.is_dir()

    def __repr__(self) -> str:
        return f"Source({self.name!r})"

    def open(self) -> BinaryIO:
        """The file's bytes, decompressed.

        Raises:
            FormatError: it can not be opened.
        """
        try:
            return open_bytes(self._opened)
        except OSError as error:
            raise FormatError(f"{self.name}: can not be opened: {error.strerror}") from None

    @cached_property
    def _head(self) -> bytes:
        if self.is_dir:
            return b""
        found = b""
        with self.open() as file:
            try:
                # In portions, so that data cut short still shows its beginning.
                while len(found) < HEAD_BYTES and (portion := file.read1(HEAD_BYTES - len(found))):  # type: ignore[attr-defined]
                    found += portion
            except CUT_SHORT:
                pass
        return found.removeprefix(_BOM)

    def head(self) -> bytes:
        """The first 64 KiB, decompressed, without byte-order mark; empty for a folder or where nothing can be decompressed."""
        return self._head

    @cached_property
    def _sample(self) -> tuple[Any, ...]:
        if self.is_dir or not self._head.lstrip().startswith((b"{", b"[")):
            return ()
        found = (item[1] for item in self.records() if not isinstance(item, Rejected))
        return tuple(islice(found, SAMPLE_RECORDS))

    def sample(self) -> tuple[Any, ...]:
        """The first records that decode (at most 5; of a single document, that one) for sniffing; empty when it is not JSON."""
        return self._sample

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Line numbers from 1 and lines without their ends and without byte-order mark.

        Raises:
            FormatError: compressed data that ends early, after the lines before it.
        """
        number = 0
        try:
            with self.open() as file:
                for number, line in enumerate(file, 1):
                    yield number, (line.removeprefix(_BOM) if number == 1 else line).rstrip(b"\r\n")
        except CUT_SHORT as error:
            raise FormatError(f"{self.name}:{number + 1}: {_cut_short(error)}") from None

    def records(self) -> Iterator[Record | Rejected]:
        """Records with their places: a line's number in JSON lines, an item's number (from 1) in an array, 1 for one document.

        Lines, items and tails that do not decode are yielded as ``Rejected``, blank lines skipped.
        """
        return self._items() if self._is_document else self._rows()

    def _rows(self) -> Iterator[Record | Rejected]:
        number = 0
        try:
            with self.open() as file:
                for number, line in enumerate(file, 1):
                    try:
                        value = decode(line)
                    except FormatError as error:
                        # The byte-order mark is looked for here only: it costs nothing on the lines that decode.
                        yield from self._second_try(number, line, error)
                    else:
                        yield number, value
        except CUT_SHORT as error:
            yield self._rejected(number + 1, _cut_short(error))

    def _second_try(self, number: int, line: bytes, error: FormatError) -> Iterator[Record | Rejected]:
        if number == 1 and line.startswith(_BOM):
            try:
                yield number, decode(line.removeprefix(_BOM))
            except FormatError as fault:
                yield self._rejected(number, fault, line)
        elif not line.isspace():
            yield self._rejected(number, error, line)

    def _rejected(self, line: int | None, reason: object, head: bytes | str = "") -> Rejected:
        text = head.decode("utf-8", "replace") if isinstance(head, bytes) else head
        return Rejected(source=self.name, line=line, reason=str(reason), head=text[:HEAD_CHARACTERS])

    @cached_property
    def _is_document(self) -> bool:
        """Whether the file is one JSON value (also an array of records) rather than a value a line."""
        head = self._head.lstrip()
        if not head.startswith((b"{", b"[")):
            return False
        if not head.partition(b"\n")[2].strip():
            return head.startswith(b"[") and not self._has_second_line()
        return spans_lines(head, whole=len(self._head) < HEAD_BYTES - len(_BOM))

    def _has_second_line(self) -> bool:
        if len(self._head) < HEAD_BYTES - len(_BOM):
            return False
        try:
            return any(line.strip() for _, line in islice(self.lines(), 1, None))
        except FormatError:
            return False

    def document(self) -> Any:
        """The whole file as one JSON value.

        Raises:
            FormatError: it is not one, with file and line.
        """
        data = self._bytes()
        try:
            return decode(data)
        except FormatError as error:
            raise FormatError(f"{self.name}: {error}") from None

    def _bytes(self) -> bytes:
        with self.open() as file:
            try:
                return file.read().removeprefix(_BOM)
            except CUT_SHORT as error:
                raise FormatError(f"{self.name}: {_cut_short(error)}") from None

    def _items(self) -> Iterator[Record | Rejected]:
        try:
            data = self._bytes()
        except FormatError as error:
            yield self._rejected(1, error)
            return
        for item in records_of(data):
            yield self._rejected(item.place, item.reason, item.head) if isinstance(item, Flaw) else item

    def sibling(self, relative: str) -> Source | None:
        """A file beside this one (or inside this folder), for formats made of several files; ``None`` when there is none."""
        if self.path is None:
            return None
        folder = self.path if self.is_dir else self.path.parent
        path = folder / relative
        return Source(path, f"{self.name.rpartition('/')[0]}/{relative}".lstrip("/")) if path.exists() else None


def _cut_short(error: Exception) -> str:
    return f"compressed data is cut short or damaged ({error}); the lines before it were read"


def open_path(path: str | Path) -> Iterator[Source]:
    """Opens a file, a folder's data files (recursively, sorted, hidden ones skipped) or ``-``; names count from the folder that holds it.

    Raises:
        FormatError: there is no such path, or a folder without data files.
    """
    if str(path) == "-":
        yield Source(None)
        return
    root = Path(path)
    if not root.exists():
        raise FormatError(f"{path}: no such file or folder")
    base = root.resolve().parent
    if not root.is_dir():
        yield Source(root, _name(root, base))
        return
    found = False
    for file in _walk(root):
        found = True
        yield Source(file, _name(file, base))
    if not found:
        raise FormatError(f"{path}: folder has no readable file ({', '.join(DATA_SUFFIXES)}, also .gz and .zst)")


def _walk(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            plain = name.lower()
            for suffix in _PACKED_SUFFIXES:
                plain = plain.removesuffix(suffix)
            if not name.startswith(".") and plain.endswith(DATA_SUFFIXES) and not plain.endswith(JOURNAL_SUFFIX):
                yield Path(folder) / name


def _name(path: Path, base: Path) -> str:
    full = path.parent.resolve() / path.name
    return full.relative_to(base).as_posix() if full.is_relative_to(base) else full.as_posix()


def key(source_name: str, line: int | None, index: int = 0) -> str:
    """A trajectory's key: 16 hexadecimal characters, the same for the same file name, place and index in every run."""
    return blake2b(f"{source_name}\0{line}\0{index}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


__all__ = ["FormatError", "Source", "decode", "duplicate_keys", "key", "open_path"]
