"""A result folder's Parquet files as DuckDB views, each with its ``row`` number: trajectories, findings, outcomes, tools; compat if any."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spectool.classify.classify import PASSING_REWARD
from spectool.results.columns import OPTIONAL_TABLES, TABLES

# Of ``trajectories AS t``: what joins the attempts at one task, the unit of every interval and test; and whether a run failed, by its
# harness's reward where there is one, else by our own verdict.
TASK = "coalesce(nullif(t.task, ''), t.id)"
FAILED = f"coalesce(t.reward < {PASSING_REWARD}, NOT t.passed)"
# No folder has as many rows.
ROWS_OF_A_FOLDER = 10**10
# Of a view only; nothing a user or a model wrote becomes part of a statement.
_ESCAPED = str.maketrans({"*": "[*]", "?": "[?]", "[": "[[]"})


def connect(*folders: Path) -> Any:
    """A DuckDB connection that sees the tables of the folders. Use one cursor a thread.

    Every view has a column ``result``, the folder's place among ``folders``. Of several folders the keys begin with that number, since two
    files of one name give the same keys; an optional table is there if one of them has it.
    """
    import duckdb

    connection = duckdb.connect(":memory:")
    for name in (*TABLES, *OPTIONAL_TABLES):
        parts = [
            _rows_of(folder, name, place, len(folders)) for place, folder in enumerate(folders) if name in TABLES or has_table(folder, name)
        ]
        if parts:
            connection.execute(f"CREATE VIEW {name} AS {' UNION ALL BY NAME '.join(parts)}")
    return connection


def _rows_of(folder: Path, name: str, place: int, folders: int) -> str:
    path = str(folder / f"{name}.parquet").translate(_ESCAPED).replace("'", "''")
    row = f"file_row_number + {place * ROWS_OF_A_FOLDER}" if place else "file_row_number"
    key = f" REPLACE ('{place}:' || key AS key)" if folders > 1 and "key" in TABLES.get(name, OPTIONAL_TABLES.get(name, ())) else ""
    chosen = f"{row} AS row, {place} AS result, * EXCLUDE (file_row_number){key}"
    return f"SELECT {chosen} FROM read_parquet('{path}', file_row_number = true)"


def has_table(folder: Path, name: str) -> bool:
    """Whether the folder holds this table; an optional one may be absent."""
    return (folder / f"{name}.parquet").is_file()


def rows(cursor: Any, statement: str, parameters: list[Any] | dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """What a statement answers, a dict a row."""
    cursor.execute(statement, parameters or [])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
