"""Opens a result folder for reading: counts, facets, pages, one trajectory whole. Rows stay in Parquet; DuckDB fetches what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import msgspec

from spectool.classify.taxonomy import load
from spectool.model import Finding
from spectool.read.source import decode
from spectool.results.answers import Cell, Facet, Neighbours, Opened, Page, cell
from spectool.results.columns import TABLES
from spectool.results.export import export_rows
from spectool.results.filters import EVERYTHING, OF_FINDING, OF_TRAJECTORY, Condition, Filter, on_findings, on_trajectories
from spectool.results.folder import MARKER, SCHEMA_VERSION, ResultFolderError, is_result_folder
from spectool.results.opinions import OPINION_TABLES, finding_of, opinion_from
from spectool.results.restore import finding_from, outcomes_from, trajectory_from
from spectool.results.rows import FINDING_COLUMNS
from spectool.results.summarise import summarise_models
from spectool.results.summary import ModelSummary, Summary
from spectool.results.tables import connect, has_table, rows

Unit = Literal["trajectories", "findings"]

SORTS: Mapping[str, str] = {
    "place": "t.row",
    "-place": "t.row DESC",
    "id": "t.id, t.row",
    "model": "t.model, t.row",
    "findings": "coalesce(m.findings, 0) DESC, t.row",
}
FINDING_SORTS: Mapping[str, str] = {
    "place": "f.row",
    "-place": "f.row DESC",
    "id": "t.id, f.row",
    "model": "t.model, f.row",
    "findings": "len(t.patterns) DESC, f.row",
}
LISTED = (
    *("key", "id", "task", "sample", "model", "run", "category", "environment", "passed", "reward", "steps", "calls", "n_tools"),
    *("patterns", "query", "output", "source", "line"),
)
_BESIDE = ["id", "model", "category", "environment", "passed"]


def open_folder(path: str | Path) -> Results:
    """Opens a result folder.

    Raises:
        ResultFolderError: ``path`` is none, is of another version, or lacks a file.
    """
    path = Path(path)
    if not path.is_dir():
        raise ResultFolderError(f"no result folder '{path}'; make one with: spectool classify OUTPUTS -o {path}")
    if not is_result_folder(path):
        raise ResultFolderError(
            f"'{path}' is no result folder: it has no {MARKER} of ours; make one with: spectool classify OUTPUTS -o DIR"
        )
    version = decode((path / MARKER).read_bytes())["schema_version"]
    if version != SCHEMA_VERSION:
        raise ResultFolderError(f"'{path}' was written as version {version}, this spectool reads version {SCHEMA_VERSION}; classify again")
    if missing := [f"{name}.parquet" for name in TABLES if not (path / f"{name}.parquet").is_file()]:
        raise ResultFolderError(f"'{path}' lacks {', '.join(missing)}; classify again")
    return Results(path)


def find_result_folders(start: str | Path, depth: int = 4) -> list[Path]:
    """Result folders at or below ``start``, at most ``depth`` levels down, newest first; hidden folders and links are not followed."""
    found, level = [], [Path(start)]
    for _ in range(depth + 1):
        found += [folder for folder in level if is_result_folder(folder)]
        level = [below for folder in level for below in _below(folder)]
    return sorted(found, key=lambda folder: (-(folder / MARKER).stat().st_mtime, str(folder)))


def _below(folder: Path) -> list[Path]:
    try:
        return [path for path in sorted(folder.iterdir()) if path.is_dir() and not path.is_symlink() and not path.name.startswith(".")]
    except OSError:
        return []


class Results:
    """A result folder, open. Safe to share between threads: each query has its own cursor."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.resolve().name
        self._opined = {source: table for source, table in OPINION_TABLES.items() if has_table(path, table)}
        self._connection = connect(path.resolve())

    @property
    def stamp(self) -> str:
        """Changes when the folder is replaced, or opinions of a tagger or a judge are written into it."""
        opinions = [self.path / f"{table}.parquet" for table in OPINION_TABLES.values() if has_table(self.path, table)]
        states = [path.stat() for path in (self.path / MARKER, *opinions)]
        return "-".join(f"{state.st_mtime_ns}-{state.st_ino}" for state in states)

    def close(self) -> None:
        """Ends the connection; a closed folder answers nothing more."""
        self._connection.close()

    def summary(self) -> Summary:
        """``summary.json``, decoded."""
        return self._summary

    @cached_property
    def _summary(self) -> Summary:
        try:
            return msgspec.json.decode((self.path / MARKER).read_bytes(), type=Summary)
        except (msgspec.MsgspecError, OSError) as error:
            raise ResultFolderError(f"'{self.path / MARKER}' can not be read: {error}; classify again") from error

    def matrix(self, choices: Filter = EVERYTHING) -> list[Cell]:
        """Pattern by model, in the order of the input and of the taxonomy.

        Choices about trajectories narrow what is counted, ``error`` which patterns are shown; other choices about findings do not apply,
        because a rate of some findings over all opportunities would mislead.
        """
        condition = on_trajectories(choices)
        models = self.summary().models if condition.sql == "(true)" else self._sliced(condition)
        return [cell(model.model, each) for model in models for each in model.patterns if not choices.error or each.error in choices.error]

    def _sliced(self, condition: Condition) -> tuple[ModelSummary, ...]:
        with self._connection.cursor() as cursor:
            return summarise_models(cursor, condition.sql, list(condition.values))

    def facets(self, choices: Filter = EVERYTHING) -> dict[str, list[Facet]]:
        """Values of each choice with their counts; a facet ignores its own selection, so that another value can be chosen."""
        found = {name: self._facet(choices.without(name), name) for name in (*OF_TRAJECTORY, *OF_FINDING)}
        order = load().positions
        found["error"].sort(key=lambda facet: order.get(facet.value, len(order)))
        return found

    def _facet(self, choices: Filter, name: str) -> list[Facet]:
        column = {**OF_TRAJECTORY, **OF_FINDING}[name]
        if name in OF_FINDING:
            table, where = _findings_from(choices)
            counts = "count(*) AS findings, count(DISTINCT f.key) AS trajectories"
        else:
            table, where = _trajectories_from(choices)
            counts = "coalesce(sum(m.findings), 0)::BIGINT AS findings, count(*) AS trajectories"
        statement = f"SELECT {column} AS value, {counts} {table} WHERE {where.sql} GROUP BY ALL ORDER BY trajectories DESC, value"
        return [Facet(**row) for row in self._rows(statement, where)]

    def page(
        self, choices: Filter = EVERYTHING, limit: int = 50, offset: int = 0, sort: str = "place", unit: Unit = "trajectories"
    ) -> Page:
        """Rows ``offset`` to ``offset + limit`` of what ``choices`` leave.

        Raises:
            ValueError: No such ``sort``.
        """
        statement, where = _statement(choices, sort, unit)
        total = self._rows(f"SELECT count(*) AS total FROM ({statement})", where)[0]["total"]
        found = self._rows(f"{statement} ORDER BY {_order(sort, unit)} LIMIT ? OFFSET ?", _with(where, limit, offset))
        return Page(rows=found, total=total)

    def neighbours(self, choices: Filter, key: str, sort: str = "place") -> Neighbours:
        """The trajectories before and after ``key`` among those that ``choices`` leave."""
        table, where = _trajectories_from(choices)
        _known(sort)
        columns = "lag(t.key) OVER place AS previous, lead(t.key) OVER place AS following, row_number() OVER place AS position"
        window = f"SELECT t.key, {columns}, count(*) OVER () AS total {table} WHERE {where.sql} WINDOW place AS (ORDER BY {SORTS[sort]})"
        if found := self._rows(f"SELECT * EXCLUDE (key) FROM ({window}) WHERE key = ?", _with(where, key)):
            return Neighbours(**found[0])
        total = self._rows(f"SELECT count(*) AS total {table} WHERE {where.sql}", where)[0]["total"]
        return Neighbours(previous=None, following=None, position=0, total=total)

    def trajectory(self, key: str) -> Opened | None:
        """The trajectory ``key`` with everything said about it; ``None`` when there is none."""
        by_key = Condition(sql="key = ?", values=(key,))
        found = self._rows("SELECT * FROM trajectories WHERE key = ? LIMIT 1", by_key)
        if not found:
            return None
        row = found[0]
        tools = self._rows("SELECT tools FROM tools WHERE hash = ? LIMIT 1", Condition(sql="", values=(row["tools_hash"],)))
        findings = tuple(map(finding_from, self._rows("SELECT * FROM findings WHERE key = ? ORDER BY row", by_key)))
        outcomes = self._rows("SELECT error, assessed, skipped FROM outcomes WHERE key = ? ORDER BY row", by_key)
        return Opened(
            row=row,
            trajectory=trajectory_from(row, tools[0]["tools"] if tools else "[]"),
            findings=(*findings, *self._opinions(by_key)),
            outcomes=outcomes_from(outcomes, findings),
        )

    def _opinions(self, by_key: Condition) -> list[Finding]:
        """What a tagger or a judge says of a trajectory, as findings with that source."""
        said = [
            finding_of(opinion_from(row), source)
            for source, table in self._opined.items()
            for row in self._rows(f"SELECT * FROM {table} WHERE key = ? ORDER BY row", by_key)
        ]
        return [finding for finding in said if finding is not None]

    def export(self, choices: Filter = EVERYTHING, format: str = "csv", unit: Unit = "findings", sort: str = "place") -> bytes:
        """Everything ``choices`` leave, as ``csv``, ``jsonl`` or ``parquet``.

        Raises:
            ValueError: No such ``format`` or ``sort``.
        """
        statement, where = _statement(choices, sort, unit)
        with self._connection.cursor() as cursor:
            return export_rows(cursor, f"{statement} ORDER BY {_order(sort, unit)}", list(where.values), format)

    def _rows(self, statement: str, where: Condition) -> list[dict[str, Any]]:
        with self._connection.cursor() as cursor:
            return rows(cursor, statement, list(where.values))


def _statement(choices: Filter, sort: str, unit: Unit) -> tuple[str, Condition]:
    """The rows of a page, not yet ordered or cut."""
    _known(sort)
    if unit == "trajectories":
        table, where = _trajectories_from(choices)
        columns = ", ".join(f"t.{name}" for name in LISTED)
        return f"SELECT {columns}, coalesce(m.findings, 0) AS findings {table} WHERE {where.sql}", where
    table, where = _findings_from(choices)
    columns = ", ".join(f"f.{name}" for name in FINDING_COLUMNS if name != "key")
    return f"SELECT f.row AS number, f.key, {', '.join(f't.{name}' for name in _BESIDE)}, {columns} {table} WHERE {where.sql}", where


def _trajectories_from(choices: Filter) -> tuple[str, Condition]:
    """Trajectories ``t`` beside the number ``m.findings`` of their findings that are chosen."""
    of_finding, of_trajectory = on_findings(choices), on_trajectories(choices)
    found = f"(SELECT f.key, count(*) AS findings FROM findings f WHERE {of_finding.sql} GROUP BY f.key)"
    kind = "JOIN" if choices.chooses_findings else "LEFT JOIN"
    return f"FROM trajectories t {kind} {found} m USING (key)", Condition(
        sql=of_trajectory.sql, values=of_finding.values + of_trajectory.values
    )


def _findings_from(choices: Filter) -> tuple[str, Condition]:
    of_finding, of_trajectory = on_findings(choices), on_trajectories(choices)
    where = f"{of_finding.sql} AND {of_trajectory.sql}"
    return "FROM findings f JOIN trajectories t USING (key)", Condition(sql=where, values=of_finding.values + of_trajectory.values)


def _order(sort: str, unit: Unit) -> str:
    return SORTS[sort] if unit == "trajectories" else FINDING_SORTS[sort]


def _known(sort: str) -> None:
    if sort not in SORTS:
        raise ValueError(f"unknown sort '{sort[:80]}'; known: {', '.join(SORTS)}")


def _with(where: Condition, *values: Any) -> Condition:
    return Condition(sql=where.sql, values=(*where.values, *values))
