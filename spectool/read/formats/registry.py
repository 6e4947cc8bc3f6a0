"""All input formats in one tuple, and which of them a file is.

To add one: write ``formats/NAME.py`` with ``NAME``, ``DESCRIPTION``, ``EXAMPLE``, ``sniff`` and ``read`` (``read_tasks``, ``write``
where they make sense), and append the module here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Protocol, cast

from spectool.model import Rejected, Task, Trajectory
from spectool.read.formats import (
    anthropic,
    docent,
    hammerbench,
    inspect_log,
    openai_batch,
    openai_chat,
    openai_items,
    openai_response,
    otel_genai,
    spectool_rows,
    tau2,
    tau_bench,
    toolalpaca,
    toolbench,
    workbench,
    xlam_60k,
    xlam_unified,
)
from spectool.read.formats.bfcl import results as bfcl
from spectool.read.record import kind, quoted
from spectool.read.source import FormatError, Source
from spectool.read.streams import GZIP, ZSTD

# Below this a reader does not know the file; it only has something in common with it.
SURE = 0.5
_SHOWN_KEYS = 12
_BINARY = {b"PAR1": "a Parquet", b"PK\x03\x04": "a zip", b"SQLite format 3\0": "an SQLite", b"ARROW1": "an Arrow"}


class Format(Protocol):
    """What every module of the tuple offers; ``read_tasks(source)`` and ``write(trajectory)`` only where they make sense.

    One that is written as a folder of files has ``place(trajectory)``: the file a row belongs in, and its order there.
    """

    NAME: str
    DESCRIPTION: str
    EXAMPLE: str

    def sniff(self, source: Source) -> float:
        """How sure this reader is that the source is its own, 0-1."""

    def read(self, source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
        """The attempts in the source, tools and gold joined from ``tasks`` by id."""


FORMATS: tuple[Format, ...] = cast(
    "tuple[Format, ...]",
    (
        spectool_rows,
        openai_chat,
        openai_batch,
        openai_response,
        openai_items,
        anthropic,
        otel_genai,
        xlam_unified,
        xlam_60k,
        bfcl,
        tau_bench,
        tau2,
        workbench,
        toolbench,
        toolalpaca,
        inspect_log,
        docent,
        hammerbench,
    ),
)


def by_name(name: str) -> Format:
    """The format of that name.

    Raises:
        FormatError: there is none.
    """
    for module in FORMATS:
        if name == module.NAME:
            return module
    raise FormatError(f"no format is called {quoted(name)}; there are {', '.join(module.NAME for module in FORMATS)}")


def scores(source: Source) -> list[tuple[float, Format]]:
    """How sure each format is of the source, surest first; equally sure ones in the order of the tuple."""
    return sorted(((module.sniff(source), module) for module in FORMATS), key=lambda pair: -pair[0])


def detect(source: Source, name: str | None = None) -> Format:
    """The format of that name, or the one surest of the source.

    Raises:
        FormatError: none is sure; says what was seen, the nearest format and why it is not that, and what to pass.
    """
    if name is not None:
        return by_name(name)
    best, module = scores(source)[0]
    if best >= SURE:
        return module
    raise FormatError(f"{source.name}: {_seen(source)}")


def _seen(source: Source) -> str:
    """What the file is, as far as can be told, and what to do."""
    head, sample = source.head(), source.sample()
    if fault := _unreadable(head):
        return fault
    if not sample:
        line = head.lstrip().split(b"\n", 1)[0].decode("utf-8", "replace")
        return f"not JSON, the first line is {quoted(line)}; SpecTool reads JSON lines, JSON arrays and single JSON documents"
    first = sample[0]
    if not isinstance(first, Mapping):
        inner = f" of {kind(first[0])}s" if isinstance(first, list) and first else ""
        return f"no format fits: the first record is a {kind(first)}{inner}, {quoted(first)}; {_advice()}"
    if _is_tool(first):
        return "a list of tools, not outputs; pass it with --tools"
    return f"no format fits: the first record has the keys {_listed(first)}; {_nearest(first)}; {_advice()}"


def _is_tool(record: Mapping[str, Any]) -> bool:
    """Whether a record is a tool, or an object that holds nothing but tools."""
    inner = record.get("function", record)
    schemas = {"parameters", "inputSchema", "input_schema"}
    return isinstance(inner, Mapping) and (("name" in inner and bool(schemas & inner.keys())) or set(record) <= {"tools", "nextCursor"})


def _unreadable(head: bytes) -> str | None:
    """Why this can not be text at all."""
    if not head.strip():
        return "empty, or nothing could be decompressed"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16 text; save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)"
    if head.startswith((GZIP, ZSTD)):
        return "compressed twice; decompress it once"
    for opening, name in _BINARY.items():
        if head.startswith(opening):
            return f"{name} file; export it as JSON lines first"
    if b"\0" in head[:4096]:
        return f"binary, the first bytes are {head[:8].hex(' ')}; SpecTool reads JSON lines, JSON arrays and single JSON documents"
    return None


def _listed(record: Mapping[str, Any]) -> str:
    names = [quoted(name) for name in list(record)[:_SHOWN_KEYS]]
    return ", ".join(names) + (f" and {len(record) - _SHOWN_KEYS} more" if len(record) > _SHOWN_KEYS else "")


def _nearest(record: Mapping[str, Any]) -> str:
    """The format whose example shares most keys with the record, and which keys it misses."""
    best, shared, name, missing = 0.0, set[str](), "", list[str]()
    for module in FORMATS:
        example = json.loads(module.EXAMPLE)
        wanted = set(example if isinstance(example, dict) else ())
        common = wanted & set(record)
        if wanted and len(common) / len(wanted) > best:
            best, shared, name, missing = len(common) / len(wanted), common, module.NAME, sorted(wanted - set(record))
    if not shared:
        return "no format's example shares a key with it"
    lacks = f"but an example of it also has {', '.join(map(quoted, missing))}" if missing else "but their values have another shape"
    return f"nearest is {name}, which has {', '.join(map(quoted, sorted(shared)))} too, {lacks}"


def _advice() -> str:
    return f"pass --format NAME ({', '.join(module.NAME for module in FORMATS)}) or see docs/formats.md"
