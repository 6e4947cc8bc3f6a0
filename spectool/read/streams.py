"""Bytes of a file or of standard input, decompressed; gzip and zstd are known by their first bytes, not by their suffix."""

from __future__ import annotations

import gzip
import io
import shutil
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any, BinaryIO, cast

GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
CUT_SHORT = (EOFError, gzip.BadGzipFile, zlib.error)
_CHUNK = 1 << 20


def open_bytes(path: Path) -> BinaryIO:
    """Opens a file for reading its decompressed bytes.

    Raises:
        OSError: it can not be opened.
    """
    file = path.open("rb", buffering=_CHUNK)
    magic = file.read(4)
    file.seek(0)
    if magic.startswith(GZIP):
        file.close()
        return cast(BinaryIO, gzip.open(path))
    if magic == ZSTD:
        return cast(BinaryIO, io.BufferedReader(_Zstd(file), _CHUNK))
    return file


def spool(path: Path | None) -> Any:
    """Standard input or a pipe in a temporary file, which goes away with the object: sniffing and reading need the bytes twice.

    Raises:
        OSError: the pipe can not be opened.
    """
    kept = tempfile.NamedTemporaryFile(prefix="spectool-")  # noqa: SIM115 - it lives as long as its Source
    if path is None:
        shutil.copyfileobj(sys.stdin.buffer, kept, _CHUNK)
    else:
        with path.open("rb") as pipe:
            shutil.copyfileobj(pipe, kept, _CHUNK)
    kept.flush()
    return kept


class _Zstd(io.RawIOBase):
    """Decompressed zstd frames; unlike the library's own reader it says when the last frame is cut short."""

    def __init__(self, file: BinaryIO) -> None:
        from zstandard import ZstdDecompressor

        self._file = file
        self._decompressor = ZstdDecompressor()
        self._frame = self._decompressor.decompressobj()
        self._ready = b""

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        """Fills ``buffer``; 0 at the end of the last frame.

        Raises:
            EOFError: the data is cut short or damaged.
        """
        from zstandard import ZstdError

        try:
            while not self._ready:
                if not self._fill():
                    return 0
        except ZstdError as error:
            raise EOFError(str(error)) from None
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _fill(self) -> bool:
        """Decompresses the next chunk; False at the end."""
        rest = self._frame.unused_data if self._frame.eof else b""
        chunk = rest or self._file.read(_CHUNK)
        if self._frame.eof and chunk:
            self._frame = self._decompressor.decompressobj()
        if not chunk:
            if not self._frame.eof:
                raise EOFError("zstd data ends before its end marker")
            return False
        self._ready = self._frame.decompress(chunk)
        return True
