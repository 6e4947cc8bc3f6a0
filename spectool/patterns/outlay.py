"""What each model's attempts came to and what they took: success, seconds and tokens, where the logs tell."""

from __future__ import annotations

from typing import Any

import msgspec

from spectool.results.interval import Cluster, Rate, rate_of
from spectool.results.tables import FAILED, TASK, rows

# Seconds of the turns that have a time; else those that the run, or the benchmark's log, gives for the whole attempt.
_SECONDS = """coalesce(list_sum(TRY_CAST(json_extract(t.turns, '$[*].time') AS DOUBLE[])),
    TRY_CAST(json_extract_string(t.meta, '$.seconds') AS DOUBLE))"""
_SPENT = f"""
SELECT model, count(seconds) AS timed, avg(seconds) AS seconds, median(seconds) AS median_seconds,
    sum(seconds) FILTER (steps > 0) / nullif(sum(steps) FILTER (seconds IS NOT NULL), 0) AS turn_seconds,
    count(written) AS counted, avg(read) AS prompt_tokens, avg(written) AS completion_tokens, coalesce(any_value(told), '') AS parameters
FROM (SELECT t.model, t.row, t.steps, {_SECONDS} AS seconds,
        TRY_CAST(json_extract_string(t.meta, '$.prompt_tokens') AS BIGINT) AS read,
        TRY_CAST(json_extract_string(t.meta, '$.completion_tokens') AS BIGINT) AS written,
        json_extract_string(t.meta, '$.run.parameters') AS told
    FROM trajectories t) GROUP BY model ORDER BY min(row)"""
_DECIDED = f"""
SELECT model, passed, decided, count(*) AS tasks FROM (
    SELECT t.model, count(*) FILTER (NOT {FAILED}) AS passed, count({FAILED}) AS decided FROM trajectories t GROUP BY t.model, {TASK})
GROUP BY ALL ORDER BY ALL"""


class Outlay(msgspec.Struct, frozen=True, kw_only=True):
    """One model. ``success``: attempts that passed of those with a verdict (the harness's reward, else ours), with its interval over tasks.

    ``timed`` attempts have a time, ``counted`` their tokens; means and the median are an attempt's, ``turn_seconds`` a turn's; ``None``
    where no log tells. ``parameters``: the size of the model as its run told, or empty.
    """

    model: str
    success: Rate
    timed: int
    seconds: float | None
    median_seconds: float | None
    turn_seconds: float | None
    counted: int
    prompt_tokens: float | None
    completion_tokens: float | None
    parameters: str


def outlays(cursor: Any) -> tuple[Outlay, ...]:
    """Every model, in the order of the input; ``cursor`` is of ``results.tables.connect``."""
    clusters: dict[str, list[Cluster]] = {}
    for each in rows(cursor, _DECIDED):
        clusters.setdefault(each["model"], []).append(Cluster(count=each["passed"], n=each["decided"], tasks=each["tasks"]))
    return tuple(Outlay(success=rate_of(clusters[each["model"]]), **each) for each in rows(cursor, _SPENT))
