"""Shapes: counted findings without their ids, numbers and values, counted by the trajectories they affect.

Fifty failures of one cause are fifty rows that differ in their values only; as a shape they are one row, with a number. A shape is counted
at one of three grains: at its ``tool`` and argument; at its ``argument``, whichever tool has it; and as a ``slip``, wherever it happens.
Where each task has tools of its own, the largest causes show at the coarser grains only.

Messages are told apart by DuckDB and each different one is taken apart once, so a million findings need no more memory than their texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from spectool.patterns.shapes_advice import advice
from spectool.patterns.shapes_rates import rates_of
from spectool.patterns.shapes_tables import COLUMNS, Grain, prepare, rank
from spectool.results.interval import Rate
from spectool.results.tables import rows

EXAMPLES = 3
PLACES = 3
LIMIT = 100


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a shape shows, and in how many trajectories; ``argument`` is empty where the slip is not in one."""

    tool: str
    argument: str
    trajectories: int


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """One way of going wrong.

    ``rate`` is ``trajectories`` of all those of the selection, with its interval over tasks; where a pattern could not be judged its shapes
    can not show, so it may be more. ``None`` where rates were not asked for.
    ``tool`` and ``argument`` are ``None`` where the grain leaves them out, empty where the slip has none. ``models`` maps a model to its
    affected trajectories; of the affected ones ``decided`` have a verdict (reward, else ours) and ``failed`` of these failed. ``tools``
    and ``arguments`` count different ones, ``places`` are the most frequent. ``examples`` are keys, in the order of the input; ``message``
    is that of the first. ``todo`` says in a sentence what to do about it.
    """

    id: str
    error: str
    subtype: str
    tool: str | None
    argument: str | None
    text: str
    findings: int
    trajectories: int
    tasks: int
    rate: Rate | None
    models: Mapping[str, int]
    decided: int
    failed: int
    tools: int
    arguments: int
    places: tuple[Place, ...]
    examples: tuple[str, ...]
    message: str
    todo: str


class Shapes(msgspec.Struct, frozen=True, kw_only=True):
    """The largest shapes of a selection; ``distinct`` counts all of them, ``trajectories`` all of the selection, with a finding or not."""

    grain: Grain
    trajectories: int
    affected: int
    findings: int
    distinct: int
    shapes: tuple[Shape, ...]


def find_shapes(
    cursor: Any, grain: Grain = "slip", *, where: str = "true", parameters: list[Any] | None = None, limit: int = LIMIT
) -> Shapes:
    """The shapes of a result folder, those of most trajectories first.

    Args:
        cursor: of ``spectool.results.tables.connect``; temporary tables are left behind in it.
        grain: at what a shape is told apart, besides pattern, subtype and text.
        where: a condition on ``trajectories AS t``.
        parameters: the values of its placeholders.
        limit: shapes returned; all are counted.
    """
    prepare(cursor, where, parameters)
    return shapes_of(cursor, grain, limit)


def shapes_of(cursor: Any, grain: Grain, limit: int = LIMIT, *, rated: bool = True) -> Shapes:
    """The largest shapes of what ``prepare`` has made ready; their rates take a bootstrap each."""
    rank(cursor, grain)
    columns = ", ".join(COLUMNS[grain])
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE shaped_hits AS SELECT rank, s.* FROM shaped s JOIN shaped_ranks USING ({columns})
        WHERE rank <= {limit:d}"""
    )
    totals = rows(
        cursor,
        """SELECT (SELECT coalesce(sum(n), 0)::BIGINT FROM shaped_tasks) AS trajectories,
        (SELECT count(DISTINCT key) FROM shaped) AS affected,
        (SELECT count(*) FROM shaped) AS findings, (SELECT count(*) FROM shaped_ranks) AS distinct""",
    )[0]
    return Shapes(grain=grain, shapes=tuple(_shapes(cursor, grain, limit, rates_of(cursor) if rated else {})), **totals)


def _shapes(cursor: Any, grain: Grain, limit: int, rates: Mapping[int, Rate]) -> Iterator[Shape]:
    models = _by_rank(cursor, "SELECT rank, model, count(DISTINCT key) AS n FROM shaped_hits GROUP BY ALL ORDER BY rank, n DESC, model")
    places = _by_rank(
        cursor, "SELECT rank, tool, argument, count(DISTINCT key) AS n FROM shaped_hits GROUP BY ALL ORDER BY rank, n DESC, tool, argument"
    )
    examples = _by_rank(
        cursor,
        f"""SELECT rank, key, min(row) AS first FROM shaped_hits GROUP BY rank, key
        QUALIFY row_number() OVER (PARTITION BY rank ORDER BY first) <= {EXAMPLES} ORDER BY rank, first""",
    )
    ranks = rows(
        cursor,
        f"SELECT r.*, f.message FROM shaped_ranks r JOIN findings f ON f.row = r.row WHERE rank <= {limit:d} ORDER BY rank",
    )
    for each in ranks:
        rank, at = each["rank"], places[each["rank"]]
        text = each["text"] if grain == "tool" else each["bare"]
        yield Shape(
            id=shape_id(grain, *(each[column] for column in COLUMNS[grain])),
            text=text,
            rate=rates.get(rank),
            models={row["model"]: row["n"] for row in models[rank]},
            tools=len({row["tool"] for row in at}),
            arguments=len({row["argument"] for row in at}),
            places=tuple(Place(tool=row["tool"], argument=row["argument"], trajectories=row["n"]) for row in at[:PLACES]),
            examples=tuple(row["key"] for row in examples[rank]),
            message=each["message"] or "",
            todo=advice(each["error"], each["subtype"], text),
            error=each["error"],
            subtype=each["subtype"],
            tool=each.get("tool"),
            argument=each.get("argument"),
            findings=each["findings"],
            trajectories=each["trajectories"],
            tasks=each["tasks"],
            decided=each["decided"],
            failed=each["failed"],
        )


def shape_id(grain: Grain, *parts: str) -> str:
    """A short name that a shape keeps in every run and folder: it is made of the shape's own text."""
    return hashlib.sha256("\x1f".join((grain, *parts)).encode("utf-8", "replace")).hexdigest()[:12]


def _by_rank(cursor: Any, statement: str) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for each in rows(cursor, statement):
        found.setdefault(each["rank"], []).append(each)
    return found
