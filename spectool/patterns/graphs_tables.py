"""The temporary tables that the graphs of patterns are counted in: a row a trajectory, and a row a trajectory, pattern and turn."""

from __future__ import annotations

from typing import Any

from spectool.patterns.rates_dimensions import dimension
from spectool.results.tables import TASK, rows

# A code is a place in ``graph_codes``, a stratum one of environment, category and number of gold calls: numbers are quick to group by.
_RUNS = """
CREATE OR REPLACE TEMP TABLE graph_runs AS
SELECT t.row AS run, t.key, t.model, hash({task}) AS task, hash(t.environment, t.category, {bin}) AS stratum
FROM trajectories t WHERE {where}"""
_CODES = """
CREATE OR REPLACE TEMP TABLE graph_codes AS
SELECT error, row_number() OVER (ORDER BY error) - 1 AS code FROM (SELECT DISTINCT error FROM findings WHERE counted)"""
_SLIPS = """
CREATE OR REPLACE TEMP TABLE graph_slips AS
SELECT DISTINCT r.run, r.model, r.task, f.step, c.code
FROM findings f JOIN graph_runs r USING (key) JOIN graph_codes c USING (error) WHERE f.counted"""


def prepare(cursor: Any, where: str = "true", parameters: list[Any] | None = None) -> tuple[str, ...]:
    """Makes ``graph_runs``, ``graph_codes`` and ``graph_slips`` (counted findings); returns the patterns by their code."""
    cursor.execute(_RUNS.format(task=TASK, bin=dimension("n_gold").sql, where=where), parameters or [])
    cursor.execute(_CODES)
    cursor.execute(_SLIPS)
    return tuple(each["error"] for each in rows(cursor, "SELECT error FROM graph_codes ORDER BY code"))


def models_of(cursor: Any) -> dict[str, int]:
    """The models in the order of the input, each with its trajectories."""
    return {
        each["model"]: each["n"] for each in rows(cursor, "SELECT model, count(*) AS n FROM graph_runs GROUP BY model ORDER BY min(run)")
    }
