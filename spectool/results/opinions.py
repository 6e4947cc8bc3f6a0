"""Opinions of a tagger or a judge beside what the rules found: an optional table each, written into a finished result folder.

Rates, tests and shapes stay those of the rules. A new classification of the folder drops the opinions, for they are of what was classified.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from spectool.classify.taxonomy import load
from spectool.model import Finding, Opinion
from spectool.read.source import decode
from spectool.results.columns import schema
from spectool.results.folder import ROWS_PER_GROUP, ResultFolderError
from spectool.results.rows import opinion_row

OpinionSource = Literal["tagger", "judge"]
OPINION_TABLES: Mapping[OpinionSource, str] = {"tagger": "tagged", "judge": "judged"}


def write_opinions(folder: Path, source: OpinionSource, opinions: Iterable[Opinion]) -> int:
    """Puts ``opinions`` in the place of all earlier ones of ``source``; whole, or not at all. Returns how many there were.

    Args:
        folder: a result folder.
        source: who thinks so.
        opinions: one a trajectory and pattern that was looked at; streamed.

    Raises:
        ResultFolderError: the table could not be written (for example: the disk is full); the old one stays.
    """
    path = folder / f"{OPINION_TABLES[source]}.parquet"
    partial = path.with_name(f".{path.name}.partial-{os.getpid()}")
    try:
        written = _write(partial, OPINION_TABLES[source], iter(opinions))
        partial.replace(path)
    except OSError as error:
        raise ResultFolderError(f"could not write '{path}': {error.strerror or error}; nothing was changed there") from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()
    return written


def _write(path: Path, table: str, opinions: Iterable[Opinion]) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    written, rows = 0, schema(table)
    with pq.ParquetWriter(path, rows, compression="zstd") as writer:
        while group := [opinion_row(each) for each in islice(opinions, ROWS_PER_GROUP)]:
            writer.write_table(pa.Table.from_struct_array(pa.array(group, pa.struct(list(rows)))))
            written += len(group)
    return written


def opinion_from(row: Mapping[str, Any]) -> Opinion:
    """The opinion of a row of ``tagged`` or ``judged``."""
    fields = {name: row[name] for name in Opinion.__struct_fields__}
    return Opinion(**fields | {"got": None if row["got"] is None else decode(row["got"]), "evidence": tuple(decode(row["evidence"]))})


def finding_of(opinion: Opinion, source: OpinionSource) -> Finding | None:
    """The opinion as a finding, to be shown beside those of the rules; ``None`` where it says nothing."""
    if opinion.tier is None:
        return None
    shared = {name: getattr(opinion, name) for name in ("error", "subtype", "tier", "step", "call", "tool", "path", "message", "got")}
    error = load().error(opinion.error)
    return Finding(level=error.level, fault=error.fault, source=source, **shared)
