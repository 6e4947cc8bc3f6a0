"""The temporary tables that shapes are counted in: a row a counted finding, with the text of its shape, and a row a shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from spectool.patterns.fingerprint import MAX_MESSAGE, fingerprint
from spectool.patterns.shapes_arguments import MAX_PATH, argument_of
from spectool.results.tables import FAILED, TASK

Grain = Literal["tool", "argument", "slip"]
GRAINS: tuple[Grain, ...] = get_args(Grain)
COLUMNS: Mapping[Grain, tuple[str, ...]] = {
    "tool": ("error", "subtype", "tool", "argument", "text"),
    "argument": ("error", "subtype", "argument", "bare"),
    "slip": ("error", "subtype", "bare"),
}
_BATCH = 50_000


def prepare(cursor: Any, where: str = "true", parameters: list[Any] | None = None) -> None:
    """Makes the temporary table ``shaped``, a row a counted finding, and ``shaped_tasks``, a row a task of the selection."""
    chosen = f"findings f JOIN trajectories t USING (key) WHERE f.counted AND ({where})"
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE shaped_findings AS SELECT f.row, f.key, t.model, {TASK} AS task, {FAILED} AS failed,
            f.error, f.subtype, coalesce(f.tool, '') AS tool, left(coalesce(f.path, ''), {MAX_PATH}) AS path,
            left(coalesce(f.message, ''), {MAX_MESSAGE}) AS message,
            CASE WHEN f.subtype = 'near_miss' THEN left(f.repair, {MAX_MESSAGE}) ELSE '' END AS repair FROM {chosen}""",
        parameters or [],
    )
    _lookup(cursor, "shaped_texts", ("error", "subtype", "tool", "message", "repair"), ("text", "bare"), fingerprint)
    _lookup(cursor, "shaped_paths", ("path",), ("argument",), lambda path: (argument_of(path),))
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE shaped AS SELECT f.row, f.key, f.model, f.task, f.failed, f.error, f.subtype, f.tool, p.argument,
            x.text, x.bare FROM shaped_findings f JOIN shaped_paths p USING (path)
            JOIN shaped_texts x USING (error, subtype, tool, message, repair)"""
    )
    cursor.execute("DROP TABLE shaped_texts; DROP TABLE shaped_paths; DROP TABLE shaped_findings")
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE shaped_tasks AS SELECT {TASK} AS task, count(*) AS n FROM trajectories t WHERE {where} GROUP BY ALL",
        parameters or [],
    )


def _lookup(cursor: Any, name: str, columns: tuple[str, ...], made: tuple[str, ...], make: Any) -> None:
    """A temporary table with what ``make`` makes of each different row of ``columns``."""
    import pyarrow as pa

    names = (*columns, *made)
    cursor.execute(f"SELECT DISTINCT {', '.join(columns)} FROM shaped_findings")
    batches = []
    while found := cursor.fetchmany(_BATCH):
        texts = zip(*((*row, *make(*row)) for row in found), strict=True)
        batches.append(pa.table([pa.array(each, pa.string()) for each in texts], names=names))
    empty = pa.schema([(each, pa.string()) for each in names]).empty_table()
    cursor.register("shaped_batches", pa.concat_tables([empty, *batches]))
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM shaped_batches")
    cursor.unregister("shaped_batches")


def rank(cursor: Any, grain: Grain) -> None:
    """Makes the temporary table ``shaped_ranks``, a row a shape, its ``rank`` from 1 for the one of most trajectories."""
    columns = ", ".join(COLUMNS[grain])
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE shaped_ranks AS
        SELECT {columns}, sum(n)::BIGINT AS findings, count(*) AS trajectories, count(DISTINCT task) AS tasks, count(failed) AS decided,
            count(*) FILTER (failed) AS failed, min(row) AS row,
            row_number() OVER (ORDER BY count(*) DESC, sum(n) DESC, {columns}) AS rank
        FROM (SELECT {columns}, key, any_value(task) AS task, any_value(failed) AS failed, count(*) AS n, min(row) AS row
              FROM shaped GROUP BY {columns}, key) GROUP BY {columns}"""
    )
