"""A result folder's Parquet files as DuckDB views, each with its ``row`` number: trajectories, findings, outcomes, tools; compat if any."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spectool.results.columns import OPTIONAL_TABLES, TABLES

# Of a view only; nothing a user or a model wrote becomes part of a statement.
_ESCAPED = str.maketrans({"*": "[*]", "?": "[?]", "[": "[[]"})


def connect(folder: Path) -> Any:
    """A DuckDB connection that sees the folder's tables. Use one cursor a thread."""
    import duckdb

    connection = duckdb.connect(":memory:")
    for name in (*TABLES, *(table for table in OPTIONAL_TABLES if has_table(folder, table))):
        path = str(folder / f"{name}.parquet").translate(_ESCAPED).replace("'", "''")
        table = f"read_parquet('{path}', file_row_number = true)"
        connection.execute(f"CREATE VIEW {name} AS SELECT file_row_number AS row, * EXCLUDE (file_row_number) FROM {table}")
    return connection


def has_table(folder: Path, name: str) -> bool:
    """Whether the folder holds this table; an optional one may be absent."""
    return (folder / f"{name}.parquet").is_file()


def rows(cursor: Any, statement: str, parameters: list[Any] | dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """What a statement answers, a dict a row."""
    cursor.execute(statement, parameters or [])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
