"""Rows as Arrow record batches, a table each: in this form results travel between processes and wait to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from spectool.classify.compat.ruling import Ruling
from spectool.model import Trajectory, Verdict
from spectool.results.rows import (
    COMPAT_COLUMNS,
    FINDING_COLUMNS,
    OPINION_COLUMNS,
    OUTCOME_COLUMNS,
    TOOL_COLUMNS,
    TRAJECTORY_COLUMNS,
    compat_row,
    finding_rows,
    outcome_rows,
    tools_row,
    trajectory_row,
)

TABLES: Mapping[str, Mapping[str, str]] = {
    "trajectories": TRAJECTORY_COLUMNS,
    "findings": FINDING_COLUMNS,
    "outcomes": OUTCOME_COLUMNS,
    "tools": TOOL_COLUMNS,
}
# Written only where they were asked for: another system's rulings; what a tagger, and what a judge, thinks of a classified folder.
OPTIONAL_TABLES: Mapping[str, Mapping[str, str]] = {"compat": COMPAT_COLUMNS, "tagged": OPINION_COLUMNS, "judged": OPINION_COLUMNS}
# A record batch a table; a table without rows is left out.
Columns = Mapping[str, Any]


def columns_of(
    trajectories: Sequence[Trajectory], verdicts: Sequence[Verdict], rulings: Mapping[str, Sequence[Ruling]] | None = None
) -> Columns:
    """What a batch leaves in each table; equal tool lists once.

    Args:
        trajectories: of the batch.
        verdicts: in the order of ``trajectories``.
        rulings: of other systems by their names, each in the order of ``trajectories``.
    """
    offered = [tools_row(trajectory) for trajectory in trajectories]
    triples = zip(trajectories, verdicts, offered, strict=True)
    rows: dict[str, list[tuple[Any, ...]]] = {
        "trajectories": [trajectory_row(one, verdict, tools and tools[0]) for one, verdict, tools in triples],
        "findings": [row for verdict in verdicts for row in finding_rows(verdict)],
        "outcomes": [row for verdict in verdicts for row in outcome_rows(verdict)],
        "tools": list({tools[0]: tools for tools in offered if tools}.values()),
        "compat": [
            compat_row(one, system, ruling)
            for system, found in (rulings or {}).items()
            for one, ruling in zip(trajectories, found, strict=True)
        ],
    }
    return {table: _batch(table, found) for table, found in rows.items() if found}


@cache
def schema(table: str) -> Any:
    """The Arrow schema of a table."""
    import pyarrow as pa

    kinds = {"string": pa.string(), "int32": pa.int32(), "int64": pa.int64(), "double": pa.float64(), "bool": pa.bool_()}
    kinds["list"] = pa.list_(pa.string())
    return pa.schema([(name, kinds[kind]) for name, kind in {**TABLES, **OPTIONAL_TABLES}[table].items()])


def _batch(table: str, rows: Sequence[tuple[Any, ...]]) -> Any:
    import pyarrow as pa

    # Rows as structs: twice as fast as turning them into columns here and handing these over one by one.
    return pa.RecordBatch.from_struct_array(pa.array(rows, pa.struct(list(schema(table)))))
