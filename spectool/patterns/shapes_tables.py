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
# Which names were offered or declared says nothing about how a wrong name is wrong: without them, few of these messages differ.
_WHOLE = f"left(coalesce(f.message, ''), {MAX_MESSAGE})"
_MESSAGE = f"""CASE WHEN f.error IN ('IFN', 'IAN') AND f.subtype <> 'near_miss'
    THEN split_part(split_part({_WHOLE}, ', got ', 1), ' (', 1) ELSE {_WHOLE} END"""


def prepare(cursor: Any, where: str = "true", parameters: list[Any] | None = None) -> None:
    """Makes the temporary table ``shaped``, a row a counted finding, and ``shaped_tasks``, a row a task of the selection."""
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE shaped_findings AS
        SELECT *, hash(error, subtype, tool, message, repair) AS text_id, hash(path) AS path_id FROM (
            SELECT f.row, f.key, t.model, {TASK} AS task, {FAILED} AS failed, f.error, f.subtype, coalesce(f.tool, '') AS tool,
                left(coalesce(f.path, ''), {MAX_PATH}) AS path, {_MESSAGE} AS message,
                CASE WHEN f.subtype = 'near_miss' THEN left(f.repair, {MAX_MESSAGE}) ELSE '' END AS repair
            FROM findings f JOIN trajectories t USING (key) WHERE f.counted AND ({where}))""",
        parameters or [],
    )
    _lookup(cursor, "text", ("error", "subtype", "tool", "message", "repair"), ("text", "bare"), fingerprint)
    _lookup(cursor, "path", ("path",), ("argument",), lambda path: (argument_of(path),))
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE shaped AS SELECT f.row, f.key, f.model, f.task, f.failed, f.error, f.subtype, f.tool, p.argument,
            x.text, x.bare FROM shaped_findings f JOIN shaped_path p USING (path_id) JOIN shaped_text x USING (text_id)"""
    )
    cursor.execute("DROP TABLE shaped_text; DROP TABLE shaped_path; DROP TABLE shaped_findings")
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE shaped_tasks AS SELECT {TASK} AS task, count(*) AS n FROM trajectories t WHERE {where} GROUP BY ALL",
        parameters or [],
    )


def _lookup(cursor: Any, name: str, columns: tuple[str, ...], made: tuple[str, ...], make: Any) -> None:
    """A temporary table ``shaped_<name>`` with what ``make`` makes of each different row of ``columns``, by its hash.

    64 bits stand for the texts: a million of them are far fewer than would make two meet.
    """
    import pyarrow as pa

    schema = pa.schema([(f"{name}_id", pa.uint64()), *((each, pa.string()) for each in made)])
    values = ", ".join(f"any_value({column})" for column in columns)
    cursor.execute(f"SELECT {name}_id, {values} FROM shaped_findings GROUP BY {name}_id")
    batches = [schema.empty_table()]
    while found := cursor.fetchmany(_BATCH):
        columns_made = zip(*((row[0], *make(*row[1:])) for row in found), strict=True)
        batches.append(pa.table([pa.array(each, field.type) for each, field in zip(columns_made, schema, strict=True)], schema=schema))
    cursor.register("shaped_batches", pa.concat_tables(batches))
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE shaped_{name} AS SELECT * FROM shaped_batches")
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
