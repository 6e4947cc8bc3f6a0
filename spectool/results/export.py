"""Rows of a query as a file: CSV for spreadsheets, JSON lines and Parquet for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from spectool.results.rows import to_json

FORMATS = ("csv", "jsonl", "parquet")

# A spreadsheet would run a cell that starts so as a formula, and cells hold what a model wrote.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CHUNK = 5000


def export_rows(cursor: Any, statement: str, values: list[Any], format: str) -> bytes:
    """What a DuckDB cursor answers to ``statement`` with ``values`` in its placeholders.

    CSV holds lists joined by a space and puts an apostrophe before text that a spreadsheet would take for a formula; the other
    formats are exact.

    Raises:
        ValueError: No such ``format``.
    """
    if format == "parquet":
        return _parquet(cursor.sql(statement, params=values))
    if format not in FORMATS:
        raise ValueError(f"unknown export format '{format[:80]}'; known: {', '.join(FORMATS)}")
    cursor.execute(statement, values)
    names = [column[0] for column in cursor.description]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    if format == "csv":
        writer.writerow(names)
    while chunk := cursor.fetchmany(_CHUNK):
        if format == "csv":
            writer.writerows([_cell(value) for value in row] for row in chunk)
        else:
            text.writelines(_lines(names, chunk))
    return text.getvalue().encode()


def _lines(names: list[str], chunk: Iterable[tuple[Any, ...]]) -> Iterable[str]:
    return (to_json(dict(zip(names, row, strict=True))) + "\n" for row in chunk)


def _parquet(relation: Any) -> bytes:
    import pyarrow.parquet as pq

    target = io.BytesIO()
    pq.write_table(relation.to_arrow_table(), target, compression="zstd")
    return target.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return _cell(" ".join(map(str, value)))
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
