"""Rates of patterns, split by any dimension: findings, trajectories and opportunities, with intervals that know about tasks.

All rows are counted by DuckDB; what reaches Python is the number of tasks that look alike (so many findings at so many places), from which
``results/interval.py`` makes the rate and its interval. Rates are always of one model and one pattern: a mean over models or patterns
hides what either of them does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from spectool.classify.taxonomy import load
from spectool.patterns.rates_dimensions import JUDGED, Dimension, dimension
from spectool.patterns.rates_findings import finding_cells
from spectool.patterns.rates_row import Cell, RateRow, largest
from spectool.patterns.rates_trajectories import trajectory_cells
from spectool.results.tables import rows

# Rows with intervals: more is not read by anyone, and each costs a bootstrap.
LIMIT = 500


class Rates(msgspec.Struct, frozen=True, kw_only=True):
    """Rows by model, pattern (in the order of the taxonomy) and value; ``of`` says what ``n`` counts.

    Values in their own order where the dimension has one, else the most trajectories first. ``left_out``: rows with fewer trajectories
    than those kept.
    """

    by: str
    title: str
    of: str
    rows: tuple[RateRow, ...]
    left_out: int


def rates(cursor: Any, by: str, pattern: str | None = None, limit: int = LIMIT) -> Rates:
    """Rates of every model and pattern, split by ``by``.

    Args:
        cursor: of ``results.tables.connect``.
        by: a name of ``rates_dimensions.DIMENSIONS``.
        pattern: a code of the taxonomy; ``None``: all that were found (by ``model`` or ``pattern``: all that were looked for).
        limit: rows kept, those with the most trajectories.

    Raises:
        ValueError: no such dimension or pattern.
    """
    chosen, order = dimension(by), load().positions
    if pattern is not None and pattern not in order:
        raise ValueError(f"no pattern '{pattern[:80]}'; there are {', '.join(order)}")
    errors = [each["error"] for each in rows(cursor, "SELECT DISTINCT error FROM outcomes ORDER BY error")]
    cells, left_out = _cells(cursor, chosen, [error for error in errors if pattern in (None, error)], limit)
    models, values = _models(cursor), _values(cursor, chosen)

    def place(row: RateRow) -> tuple[Any, ...]:
        own = values.get(row.value, len(values)) if chosen.ordered else -row.trajectories
        return (models[row.model], order.get(row.error, len(order)), row.error, own, row.value)

    made = sorted((cell.row(places=chosen.of == JUDGED) for cell in cells), key=place)
    return Rates(by=by, title=chosen.title, of=chosen.of, rows=tuple(made), left_out=left_out)


def _cells(cursor: Any, by: Dimension, errors: Sequence[str], limit: int) -> tuple[list[Cell], int]:
    if by.kind == "finding":
        return finding_cells(cursor, by, errors, limit)
    cells = trajectory_cells(cursor, by, errors)
    found = {(cell.model, cell.error) for cell in cells if cell.findings}
    every = by.name in ("model", "pattern") or len(errors) == 1
    return largest((cell for cell in cells if every or (cell.model, cell.error) in found), limit)


def _models(cursor: Any) -> Mapping[str, int]:
    found = rows(cursor, "SELECT model FROM trajectories GROUP BY model ORDER BY min(row)")
    return {each["model"]: place for place, each in enumerate(found)}


def _values(cursor: Any, by: Dimension) -> Mapping[str, int]:
    """The places of values that have an order of their own."""
    if by.edges or not by.ordered:
        return {label: place for place, label in enumerate(by.labels)}
    first = "min(row)" if by.name == "run" else f"part = '{by.missing}', part"
    found = rows(cursor, f"SELECT part FROM rates_attempts GROUP BY part ORDER BY {first}")
    return {each["part"]: place for place, each in enumerate(found)}


def frame(found: Rates) -> Any:
    """The rows as a pandas DataFrame, rates and intervals in columns of their own; NaN where there is none."""
    import pandas as pd

    kinds = ("per_trajectory", "per_opportunity")
    names = ("count", "n", "rate", "low", "high")
    return pd.DataFrame(
        [
            {
                **{"model": row.model, "error": row.error, found.by: row.value, "findings": row.findings, "unchecked": row.unchecked},
                **{f"{kind}_{name}": getattr(getattr(row, kind), name, None) for kind in kinds for name in names},
            }
            for row in found.rows
        ]
    )
