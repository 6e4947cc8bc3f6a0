"""Members of an Inspect ``.eval`` zip, also those packed with zstd (method 93), which ``zipfile`` refuses before Python 3.14."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from spectool.read.source import FormatError, Source

ZSTD_METHOD = 93
# A sample's log of a long agent run takes tens of megabytes; a member that claims more than this is no log.
MAX_MEMBER_BYTES = 1 << 30
_MAGIC = b"PK\x03\x04"
_LOCAL_HEADER = 30


def is_eval(source: Source) -> bool:
    """Whether a source is a zip with the members of an Inspect log."""
    head = source.head()
    if source.path is None or not head.startswith(_MAGIC):
        return False
    return any(name in head for name in (b"samples/", b"_journal/", b"header.json")) or source.name.endswith(".eval")


def members(source: Source, prefixes: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the members that start with one of ``prefixes``, in the order they were written.

    Raises:
        FormatError: the zip or a member is damaged, or larger than any log.
    """
    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                if info.filename.startswith(tuple(prefixes)) and not info.is_dir():
                    yield info.filename, _content(archive, file, info)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise FormatError(f"{source.name}: damaged zip: {error}") from None


def _content(archive: zipfile.ZipFile, file: BinaryIO, info: zipfile.ZipInfo) -> bytes:
    if info.file_size > MAX_MEMBER_BYTES:
        raise FormatError(f"{info.filename}: expected at most {MAX_MEMBER_BYTES:,} bytes, got {info.file_size:,}")
    if info.compress_type != ZSTD_METHOD:
        return archive.read(info)
    return _unpacked(file, info)


def _unpacked(file: BinaryIO, info: zipfile.ZipInfo) -> bytes:
    """A zstd member, read no further than the size it claims, so that a small file can not fill the memory."""
    from zstandard import ZstdDecompressor, ZstdError

    file.seek(info.header_offset)
    header = file.read(_LOCAL_HEADER)
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    try:
        data = ZstdDecompressor().stream_reader(file.read(info.compress_size)).read(info.file_size + 1)
    except ZstdError as error:
        raise FormatError(f"{info.filename}: damaged zstd data: {error}") from None
    if zlib.crc32(data) != info.CRC:
        raise FormatError(f"{info.filename}: checksum differs, the file is damaged")
    return data
